//! What is wrong with one field of a message, and what to do about it.

use std::fmt;

use stour_hl7v2::{Issue, ParseError};

/// One thing wrong with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The segment, `PID`; empty when the whole message is meant.
    pub segment: String,
    /// The field of it, from 1; 0 when the whole segment is meant.
    pub field: usize,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub advice: String,
}

impl Fault {
    /// A fault of one field.
    pub fn of(
        segment: &str,
        field: usize,
        reason: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            segment: segment.to_owned(),
            field,
            reason: reason.into(),
            advice: advice.into(),
        }
    }

    /// `PID-7`, `PID` or nothing.
    pub fn place(&self) -> String {
        match (self.segment.as_str(), self.field) {
            (segment, 0) => segment.to_owned(),
            (segment, field) => format!("{segment}-{field}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place().as_str() {
            "" => out.write_str(&self.reason),
            place => write!(out, "{place}: {}", self.reason),
        }
    }
}

impl From<&Issue> for Fault {
    fn from(issue: &Issue) -> Self {
        match issue {
            Issue::Time { path, error } => Self::of(
                path.name(),
                path.field(),
                error.to_string(),
                "Have it corrected in the sender's system and sent again; everything else in the message was used.",
            ),
            Issue::SegmentName { .. } => Self::of(
                "",
                0,
                issue.to_string(),
                "Ask the sender to escape line breaks inside text.",
            ),
        }
    }
}

impl From<&ParseError> for Fault {
    fn from(error: &ParseError) -> Self {
        Self::of(
            &error.place.name,
            error.place.field,
            error.to_string(),
            "Ask the sender to put this right and send the message again.",
        )
    }
}
