//! The life of a review, as a function of the answers given.
//!
//! Open until two things are known: an answer, and whether somebody wants it confirmed. "Need more" keeps
//! it open. A second opinion is another person's; it closes the review when it agrees with an answer
//! given before, and otherwise a third person is asked, so that no single word decides a dispute.

use std::fmt;
use std::str::FromStr;

use stour_kernel::UserId;
use thiserror::Error;

use crate::person::UnknownValue;

/// What a review is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ReviewKind {
    /// A new record and the person it may be about.
    Link,
    /// Two known people who are alike.
    Duplicate,
    /// A sample of what was linked without a human.
    Quality,
}

impl ReviewKind {
    pub(crate) const ALL: [Self; 3] = [Self::Link, Self::Duplicate, Self::Quality];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Duplicate => "duplicate",
            Self::Quality => "quality",
        }
    }

    /// The answer by which records move: the two are joined, or the sampled record is parted.
    pub(crate) const fn moves(self) -> PairAnswer {
        match self {
            Self::Link | Self::Duplicate => PairAnswer::Same,
            Self::Quality => PairAnswer::Different,
        }
    }

    /// For the page.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Link => "New record",
            Self::Duplicate => "Two known people",
            Self::Quality => "Sampled link",
        }
    }
}

/// Where a review has got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ReviewState {
    /// Nobody has answered.
    Open,
    /// Something is awaited that will help to answer.
    More,
    /// Another person's answer is wanted.
    Second,
    /// One person.
    Same,
    /// Two people.
    Different,
}

impl ReviewState {
    pub(crate) const ALL: [Self; 5] = [
        Self::Open,
        Self::More,
        Self::Second,
        Self::Same,
        Self::Different,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::More => "more",
            Self::Second => "second",
            Self::Same => "same",
            Self::Different => "different",
        }
    }

    /// For the page.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Open => "To answer",
            Self::More => "Waiting for more",
            Self::Second => "Second opinion wanted",
            Self::Same => "One person",
            Self::Different => "Two people",
        }
    }

    /// The answer of a review that is closed.
    pub(crate) const fn closed(self) -> Option<PairAnswer> {
        match self {
            Self::Same => Some(PairAnswer::Same),
            Self::Different => Some(PairAnswer::Different),
            Self::Open | Self::More | Self::Second => None,
        }
    }
}

/// A human's word on whether two people are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PairAnswer {
    /// They are one person.
    Same,
    /// They are two people.
    Different,
}

impl PairAnswer {
    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }

    pub(crate) const fn state(self) -> ReviewState {
        match self {
            Self::Same => ReviewState::Same,
            Self::Different => ReviewState::Different,
        }
    }
}

/// What a reviewer can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Answer {
    Pair(PairAnswer),
    More,
}

impl Answer {
    pub(crate) const ALL: [Self; 3] = [
        Self::Pair(PairAnswer::Same),
        Self::Pair(PairAnswer::Different),
        Self::More,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Pair(answer) => answer.as_str(),
            Self::More => "more",
        }
    }
}

macro_rules! named {
    ($($kind:ty = $all:expr),+ $(,)?) => {$(
        impl fmt::Display for $kind {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl FromStr for $kind {
            type Err = UnknownValue;

            fn from_str(text: &str) -> Result<Self, UnknownValue> {
                $all.into_iter()
                    .find(|one: &Self| one.as_str() == text)
                    .ok_or(UnknownValue)
            }
        }

        stour_database::text_value!($kind);
    )+};
}

named!(
    ReviewKind = Self::ALL,
    ReviewState = Self::ALL,
    PairAnswer = [Self::Same, Self::Different],
    Answer = Self::ALL,
);

/// An answer, as far as the life of a review depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) answer: Answer,
    pub(crate) by: UserId,
    /// Another person's answer is wanted too.
    pub(crate) second: bool,
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum Refusal {
    /// It has its answer.
    #[error(
        "This pair has been answered. To change that, join the two records or undo the joining from one of them."
    )]
    Closed,
    /// A second opinion is another person's.
    #[error("You have answered this pair. The second opinion must be somebody else's.")]
    Own,
    /// Two people have answered, and they differ.
    #[error(
        "You have answered this pair. Two people have answered, and they differ: a third person must decide."
    )]
    Third,
    /// They became one by another way.
    #[error("These two records have been joined meanwhile.")]
    Joined,
}

/// Those of the answers that count together: all since something was last awaited.
pub(crate) fn round(given: &[Given]) -> &[Given] {
    let begins = given
        .iter()
        .rposition(|one| one.answer == Answer::More)
        .map_or(0, |last| last.saturating_add(1));
    given.get(begins..).unwrap_or_default()
}

/// Whether a second opinion is wanted that cannot be this user's, who has given an answer.
pub(crate) fn waits_for_another(state: ReviewState, given: &[Given], user: UserId) -> bool {
    state == ReviewState::Second && round(given).iter().any(|one| one.by == user)
}

/// Whether two people have answered and differ, so that a third must decide.
pub(crate) fn is_disputed(state: ReviewState, given: &[Given]) -> bool {
    let mut answers = round(given).iter().map(|one| one.answer);
    let first = answers.next();
    state == ReviewState::Second && answers.any(|answer| Some(answer) != first)
}

/// Whether a user sees an answer. While the review is open nobody sees what another said of the pair but
/// that more is awaited: a second opinion is one's own.
pub(crate) fn is_shown(state: ReviewState, given: &Given, user: UserId) -> bool {
    state.closed().is_some() || given.by == user || given.answer == Answer::More
}

/// Where a review is after one more answer.
pub(crate) fn after(
    state: ReviewState,
    given: &[Given],
    next: &Given,
) -> Result<ReviewState, Refusal> {
    if state.closed().is_some() {
        return Err(Refusal::Closed);
    }
    if waits_for_another(state, given, next.by) {
        return Err(if is_disputed(state, given) {
            Refusal::Third
        } else {
            Refusal::Own
        });
    }
    let before = round(given);
    let Answer::Pair(answer) = next.answer else {
        return Ok(ReviewState::More);
    };
    let agrees = before.iter().any(|one| one.answer == next.answer);
    Ok(match state {
        ReviewState::Second if !agrees => ReviewState::Second,
        ReviewState::Open | ReviewState::More if next.second => ReviewState::Second,
        _ => answer.state(),
    })
}

#[cfg(test)]
mod tests;
