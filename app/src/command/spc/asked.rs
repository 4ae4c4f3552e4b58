//! What is asked for on the command line.

use std::str::FromStr;

use clap::ValueEnum;
use serde::Serialize;
use stour_kernel::Date;
use stour_statistics::attribute::Attribute;
use stour_statistics::xmr::{Annotation, Direction, Profile, Target};

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Individual values and moving ranges
    Xmr,
    /// About the median, without limits
    Run,
    /// A proportion: --value out of --denominator
    P,
    /// A rate: --value for each unit of --denominator
    U,
    /// Counts where every period has the same chance
    C,
    /// Cases between rare events
    G,
    /// Time between rare events
    T,
}

impl Kind {
    pub(super) fn attribute(self) -> Option<Attribute> {
        match self {
            Self::P => Some(Attribute::Proportion),
            Self::U => Some(Attribute::Rate),
            Self::C => Some(Attribute::Count),
            Self::Xmr | Self::Run | Self::G | Self::T => None,
        }
    }
}

/// Whose rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rules {
    /// The R package `NHSRplotthedots`, version 0.2.2
    Plotthedots,
    /// NHS England's Making Data Count, as its team describes it
    Mdc,
}

impl Rules {
    pub(super) fn profile(self) -> Profile {
        match self {
            Self::Plotthedots => Profile::PlotTheDots022,
            Self::Mdc => Profile::MakingDataCount,
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Better {
    /// Higher is better
    Increase,
    /// Lower is better
    Decrease,
    /// Neither is better
    Neutral,
}

impl Better {
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::Increase => Direction::Increase,
            Self::Decrease => Direction::Decrease,
            Self::Neutral => Direction::Neutral,
        }
    }
}

/// A target, and from when if that was said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    from: Option<Date>,
    value: f64,
}

impl Aim {
    pub(super) fn is_undated(&self) -> bool {
        self.from.is_none()
    }
}

impl FromStr for Aim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, value) = match text.split_once('=') {
            Some((from, value)) => (Some(date(from)?), value),
            None => (None, text),
        };
        let value = number(value).ok_or_else(|| {
            format!("{text:?} is no target: write 0.95, or 2026-04-01=0.95 with its first date")
        })?;
        Ok(Self { from, value })
    }
}

/// Whether each target has a date of its own.
pub(super) fn are_in_order(aims: &[Aim]) -> bool {
    let mut dates: Vec<Option<Date>> = aims.iter().map(|aim| aim.from).collect();
    dates.sort_unstable();
    dates.windows(2).all(|pair| match pair {
        [one, other] => one != other,
        _ => true,
    })
}

/// The targets in order; one without a date applies from the first date on.
pub(super) fn targets(aims: &[Aim], first: Date) -> Vec<Target<Date>> {
    let mut targets: Vec<Target<Date>> = aims
        .iter()
        .map(|aim| Target {
            from: aim.from.unwrap_or(first),
            value: aim.value,
        })
        .collect();
    targets.sort_unstable_by_key(|target| target.from);
    targets
}

/// What was done on a date.
#[derive(Debug, Clone)]
pub(super) struct Remark(pub(super) Annotation<Date>);

impl FromStr for Remark {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (at, words) = text
            .split_once('=')
            .ok_or_else(|| format!("{text:?} says no date: write DATE=TEXT"))?;
        let annotation = Annotation::new(date(at)?, words).map_err(|blank| blank.to_string())?;
        Ok(Self(annotation))
    }
}

/// A date as people and programs write it.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let parsed = match day.split('/').collect::<Vec<_>>()[..] {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}").parse(),
        _ if day.len() == 7 => format!("{day}-01").parse(),
        _ => day.parse(),
    };
    parsed.map_err(|_| format!("{text:?} is no date: write 2026-04-01, 2026-04 or 01/04/2026"))
}

/// A number that can be charted.
pub(super) fn number(text: &str) -> Option<f64> {
    let number: Option<f64> = text.trim().parse().ok();
    number.filter(|number| number.abs() < 1e15)
}
