//! How far a meeting has come.

use stour_kernel::Timestamp;
use thiserror::Error;

use crate::error::FlowError;

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingState {
    /// It goes on.
    Running(Running),
    /// It is over.
    Closed(Closed),
}

/// It goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Since when.
    pub since: Timestamp,
}

/// It is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When it began.
    pub since: Timestamp,
    /// When it ended.
    pub at: Timestamp,
    /// Who closed it.
    pub by: String,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotSo {
    /// The meeting is over.
    #[error("The meeting is closed. Start the next one to go on.")]
    Closed,
    /// Another goes on.
    #[error("A meeting of your hub goes on already. Join that one, or close it first.")]
    Another,
}

impl From<NotSo> for FlowError {
    fn from(why: NotSo) -> Self {
        Self::NotNow(why.to_string())
    }
}

impl Running {
    /// It ends.
    #[must_use]
    pub fn close(self, at: Timestamp, by: &str) -> Closed {
        Closed {
            since: self.since,
            at,
            by: by.to_owned(),
        }
    }
}

impl MeetingState {
    /// When it began.
    pub fn since(&self) -> Timestamp {
        match self {
            Self::Running(running) => running.since,
            Self::Closed(closed) => closed.since,
        }
    }

    /// Whole minutes that it has taken.
    pub fn minutes(&self, now: Timestamp) -> i64 {
        let until = match self {
            Self::Running(_) => now,
            Self::Closed(closed) => closed.at,
        };
        until.duration_since(self.since()).as_secs().max(0) / 60
    }
}
