//! When somebody is expected to go home: by the system's estimate, until the hospital or somebody on the ward says
//! otherwise.

use std::fmt;
use std::str::FromStr;

use stour_kernel::{Date, Timestamp};
use thiserror::Error;

/// Who says when somebody is expected to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidBy {
    /// Worked out by this system from stays like this one.
    System,
    /// Sent by the hospital's system.
    Message,
    /// Set by somebody on the ward.
    Staff,
}

impl SaidBy {
    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Message => "message",
            Self::Staff => "staff",
        }
    }
}

impl fmt::Display for SaidBy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that names nobody who sets dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an expected date is said by the system, a message or staff")]
pub struct UnknownSaidBy;

impl FromStr for SaidBy {
    type Err = UnknownSaidBy;

    fn from_str(text: &str) -> Result<Self, UnknownSaidBy> {
        [Self::System, Self::Message, Self::Staff]
            .into_iter()
            .find(|by| by.as_str() == text)
            .ok_or(UnknownSaidBy)
    }
}

stour_database::text_value!(SaidBy);

/// An expected date of discharge, and why it should be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedDate {
    /// The day.
    pub on: Date,
    /// What kind of source says so.
    pub by: SaidBy,
    /// Who, or what it rests on.
    pub basis: String,
    /// When it was said.
    pub at: Timestamp,
}

/// Which of several dates stands: the latest that a person or the hospital said; the system's own
/// only where there is no other.
pub fn standing(dates: impl IntoIterator<Item = ExpectedDate>) -> Option<ExpectedDate> {
    dates
        .into_iter()
        .max_by_key(|date| (date.by != SaidBy::System, date.at))
}
