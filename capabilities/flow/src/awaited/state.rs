//! How far something that is waited for has come.

use stour_kernel::Timestamp;
use thiserror::Error;

use crate::error::FlowError;

/// It has not come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// When it was asked for.
    pub since: Timestamp,
}

/// How the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ending {
    /// It came.
    Done,
    /// It was not needed any more.
    NotNeeded,
}

/// The waiting is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When it was asked for.
    pub since: Timestamp,
    /// When it ended.
    pub at: Timestamp,
    /// How.
    pub how: Ending,
    /// What came of it.
    pub words: Option<String>,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotSo {
    /// It ended before.
    #[error("Somebody has said already that this is no longer waited for.")]
    Over,
    /// It would end before it began, or has not ended yet.
    #[error("Enter a time from when it was asked for until now")]
    When,
}

impl From<NotSo> for FlowError {
    fn from(why: NotSo) -> Self {
        Self::NotNow(why.to_string())
    }
}

impl Waiting {
    /// It ends.
    ///
    /// # Errors
    /// [`NotSo::When`] for a moment before it was asked for or still to come.
    pub fn end(
        self,
        at: Timestamp,
        now: Timestamp,
        (how, words): (Ending, Option<String>),
    ) -> Result<Ended, NotSo> {
        let since = self.since;
        if at < since || at > now {
            return Err(NotSo::When);
        }
        Ok(Ended {
            since,
            at,
            how,
            words,
        })
    }
}

impl Ended {
    /// From asking to the end.
    pub fn minutes(&self) -> i64 {
        (self.at.as_second() - self.since.as_second()) / 60
    }
}

impl Ending {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotNeeded => "not-needed",
        }
    }

    /// From how it is stored.
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Done, Self::NotNeeded]
            .into_iter()
            .find(|ending| ending.as_str() == text)
    }
}
