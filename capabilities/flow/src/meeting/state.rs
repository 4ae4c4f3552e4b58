//! How far a meeting and an action have come.

use stour_kernel::{Date, Timestamp};
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
    /// It was done before.
    #[error("Somebody has said already what came of this.")]
    Done,
    /// It is to be done before it is asked for.
    #[error("Enter today or a day to come")]
    Past,
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

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// By when.
    pub due: Date,
}

/// It is done, or it is known that it will not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// By when it was to be done.
    pub due: Date,
    /// When that was said.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: String,
}

impl Open {
    /// To be done by a day.
    ///
    /// # Errors
    /// [`NotSo::Past`].
    pub fn by(due: Date, today: Date) -> Result<Self, NotSo> {
        if due < today {
            return Err(NotSo::Past);
        }
        Ok(Self { due })
    }

    /// Whether its day has gone by.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due < today
    }

    /// It is done.
    #[must_use]
    pub fn done(self, at: Timestamp, outcome: &str) -> Done {
        Done {
            due: self.due,
            at,
            outcome: outcome.to_owned(),
        }
    }
}
