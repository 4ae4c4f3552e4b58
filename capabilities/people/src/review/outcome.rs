//! What an answer did to its pair, to be told when the next is shown.

use std::fmt;
use std::str::FromStr;

use super::{PairAnswer, ReviewKind, ReviewState};
use crate::person::UnknownValue;

/// What became of a pair by one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Joined,
    Apart,
    /// The sampled link stands.
    Stands,
    /// The sampled record is a person of its own.
    Parted,
    More,
    Second,
    /// Two people differ.
    Third,
}

impl Outcome {
    pub(crate) const ALL: [Self; 7] = [
        Self::Joined,
        Self::Apart,
        Self::Stands,
        Self::Parted,
        Self::More,
        Self::Second,
        Self::Third,
    ];

    /// What an answer did that led from one state to the next.
    pub(crate) fn of(kind: ReviewKind, before: ReviewState, after: ReviewState) -> Self {
        let is_sample = kind == ReviewKind::Quality;
        match (after.closed(), is_sample) {
            (Some(PairAnswer::Same), false) => Self::Joined,
            (Some(PairAnswer::Same), true) => Self::Stands,
            (Some(PairAnswer::Different), false) => Self::Apart,
            (Some(PairAnswer::Different), true) => Self::Parted,
            (None, _) if after == ReviewState::More => Self::More,
            (None, _) if before == ReviewState::Second => Self::Third,
            (None, _) => Self::Second,
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Apart => "apart",
            Self::Stands => "stands",
            Self::Parted => "parted",
            Self::More => "more",
            Self::Second => "second",
            Self::Third => "third",
        }
    }

    /// For the page.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Joined => "The two records are now joined.",
            Self::Apart => "The two records stay apart.",
            Self::Stands => "The link stands, and counts as checked.",
            Self::Parted => "The record is now a person of its own.",
            Self::More => "The pair waits for more.",
            Self::Second => "The pair waits for a second opinion.",
            Self::Third => {
                "Two people have answered, and they differ: the pair waits for a third person."
            }
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Outcome {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        let mut all = Self::ALL.into_iter();
        all.find(|one| one.as_str() == text).ok_or(UnknownValue)
    }
}

#[cfg(test)]
mod tests;
