//! Why somebody is referred, declined or withdrawn.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::request::draft::prose;

/// The most characters of a reason.
pub const LONGEST_REASON: usize = 2_000;
/// The same, as the page counts them.
pub(crate) const LONGEST_SHOWN: u32 = 2_000;

/// Text of 1 to 2,000 visible characters, of one or several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// Why a text is not a reason; the message names the reason as "The reason".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ReasonError(String);

impl Reason {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = ReasonError;

    fn from_str(text: &str) -> Result<Self, ReasonError> {
        let text = prose(text, LONGEST_REASON, "Enter the reason", "The reason");
        text.map(Self).map_err(ReasonError)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

stour_database::text_value!(Reason);
