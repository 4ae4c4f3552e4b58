//! Fields with a few fixed words, as the schemas list them.

use serde::{Deserialize, Serialize};

/// The state of a service (schema `service`, field `status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It runs.
    Active,
    /// It does not run, and may again.
    Inactive,
    /// It has ended.
    Defunct,
    /// It is closed for a while.
    #[serde(rename = "temporarily closed")]
    TemporarilyClosed,
}

impl Status {
    /// The word of the schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Defunct => "defunct",
            Self::TemporarilyClosed => "temporarily closed",
        }
    }
}

/// What kind of place a location or an address is (schemas `location` and `address`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LocationType {
    /// One can go there.
    Physical,
    /// One can write there.
    Postal,
    /// Online or by telephone.
    Virtual,
}

impl LocationType {
    /// The word of the schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Postal => "postal",
            Self::Virtual => "virtual",
        }
    }
}

/// How a schedule repeats. The schema has only these two: what repeats daily is written as weekly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Frequency {
    /// By days of the week.
    Weekly,
    /// By days of the month.
    Monthly,
}
