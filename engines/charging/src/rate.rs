//! A rate: what it is of, how much, from when to when, and who says so.

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, Pence, Period};

/// What a rate is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Pence, of capital or each week.
    Money,
    /// Whole weeks.
    Weeks,
    /// Hundredths of a per cent.
    PerCent,
}

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// Pence.
    Money(Pence),
    /// Weeks.
    Weeks(u16),
    /// Hundredths of a per cent: 5000 is a half.
    BasisPoints(u16),
}

impl Amount {
    /// What it is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Money(_) => Unit::Money,
            Self::Weeks(_) => Unit::Weeks,
            Self::BasisPoints(_) => Unit::PerCent,
        }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Money(amount) => amount.fmt(formatter),
            Self::Weeks(1) => formatter.pad("1 week"),
            Self::Weeks(weeks) => formatter.pad(&format!("{weeks} weeks")),
            Self::BasisPoints(points) if points % 100 == 0 => {
                formatter.pad(&format!("{}%", points / 100))
            }
            Self::BasisPoints(points) => {
                formatter.pad(&format!("{}.{:02}%", points / 100, points % 100))
            }
        }
    }
}

/// How far a rate can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Printed by the source that it names.
    Published,
    /// Believed, but not seen at such a source.
    Unverified,
}

/// How a rate stands on the day that it is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In force and published.
    Published,
    /// In force, but unverified.
    Unverified,
    /// The last that is known; its period is over.
    OutOfDate,
    /// Given by whoever asks.
    Supplied,
}

/// Something there are rates of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What it is counted in.
    pub unit: Unit,
    /// What it does, in a sentence without a full stop.
    pub meaning: String,
    /// A council need not have one.
    #[serde(default)]
    pub choice: bool,
}

/// A rate with its period and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// The code of its kind.
    pub kind: String,
    /// How much.
    pub amount: Amount,
    /// When it holds.
    pub period: Period,
    /// Who says so.
    pub source: String,
    /// How far it can be relied on.
    pub status: Status,
    /// What else must be known of it.
    pub note: Option<String>,
    /// The code of the area that it is of: a nation's or a council's.
    pub area: String,
}

impl Rate {
    /// How it stands on a day.
    pub fn standing(&self, on: Date) -> Standing {
        match (self.period.contains(on), self.status) {
            (false, _) => Standing::OutOfDate,
            (true, Status::Published) => Standing::Published,
            (true, Status::Unverified) => Standing::Unverified,
        }
    }
}
