//! How far a row can be trusted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How far a row of the reference data can be trusted. A page that shows a row that is not
/// [`Status::Sourced`] or [`Status::Local`] says so beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Published by the body named as its source.
    Sourced,
    /// Believed, but no published source was seen.
    Unverified,
    /// The partnership's own.
    Local,
    /// Invented, or derived from invented records; to be replaced before use.
    Demonstration,
}

/// A text that is not a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a status is one of sourced, unverified, local and demonstration")]
pub struct StatusError;

impl Status {
    /// The word the files use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::Unverified => "unverified",
            Self::Local => "local",
            Self::Demonstration => "demonstration",
        }
    }

    /// Whether a reader must be told not to rely on it.
    pub const fn needs_warning(self) -> bool {
        matches!(self, Self::Unverified | Self::Demonstration)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Status {
    type Err = StatusError;

    fn from_str(text: &str) -> Result<Self, StatusError> {
        match text {
            "sourced" => Ok(Self::Sourced),
            "unverified" => Ok(Self::Unverified),
            "local" => Ok(Self::Local),
            "demonstration" => Ok(Self::Demonstration),
            _ => Err(StatusError),
        }
    }
}

stour_database::text_value!(Status);
