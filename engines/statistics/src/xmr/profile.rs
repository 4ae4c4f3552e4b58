//! Whose rules, and which way is better. Every difference between the profiles is a question here.

use serde::{Deserialize, Serialize};

/// The fewest values for which limits are more than trial limits.
pub const FEWEST_FOR_LIMITS: usize = 13;

/// A named set of rules; the table of the [module](super) compares them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// NHS England's Making Data Count tools as their team describe them; not verified against the
    /// workbook.
    #[default]
    MakingDataCount,
    /// The R package `NHSRplotthedots`, version 0.2.2.
    PlotTheDots022,
}

impl Profile {
    /// Whether large moving ranges are screened out unless the caller says otherwise.
    pub fn screens(self) -> bool {
        self == Self::PlotTheDots022
    }

    /// Whether a group of so many values gets limits.
    pub(crate) fn gives_limits(self, count: usize) -> bool {
        match self {
            Self::MakingDataCount => count >= FEWEST_FOR_LIMITS,
            Self::PlotTheDots022 => true,
        }
    }

    /// Whether points are judged by the rules that need no limits when there are none.
    pub(super) fn judges_without_limits(self) -> bool {
        self == Self::PlotTheDots022
    }

    /// Whether screening that drops every moving range (they are all nought) leaves limits.
    pub(super) fn limits_a_constant(self) -> bool {
        self == Self::MakingDataCount
    }

    /// Whether a point outside a limit also counts as near it for two in three.
    pub(super) fn outside_is_near(self) -> bool {
        self == Self::MakingDataCount
    }

    /// Whether a rule that finds improvement wins over an earlier one that finds concern.
    pub(super) fn improvement_wins(self) -> bool {
        self == Self::MakingDataCount
    }

    /// Whether a trend is named by the step to the next point, as the R package does.
    pub(super) fn names_trend_by_step(self) -> bool {
        self == Self::PlotTheDots022
    }

    /// Whether a rebase between two points moves to the later of them.
    pub(super) fn moves_rebases(self) -> bool {
        self == Self::MakingDataCount
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Higher is better.
    Increase,
    /// Lower is better.
    Decrease,
    /// Neither is better.
    Neutral,
}
