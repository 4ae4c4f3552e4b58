//! How the score of a risk has moved, from the versions of its entry.

use stour_kernel::Timestamp;
use stour_register::Entry;

use super::risk::score;
use super::scale::Score;

/// A score, from when somebody gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) score: Score,
    /// When it was saved.
    pub(crate) at: Timestamp,
    /// By whom.
    pub(crate) by: String,
    /// Why, in their words.
    pub(crate) why: String,
}

/// Where a score has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trend {
    /// Nobody has scored it.
    Unscored,
    /// It was scored once.
    New,
    /// It is worse than it was: what it was.
    Worse(u8),
    /// It is better than it was: what it was.
    Better(u8),
    /// Likelihood and impact changed, their product did not.
    Level,
}

impl Trend {
    /// In words, with a sign that tells it apart without colour.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Unscored => "Not scored".to_owned(),
            Self::New => "Scored once".to_owned(),
            Self::Worse(was) => format!("▲ Worse, was {was}"),
            Self::Better(was) => format!("▼ Better, was {was}"),
            Self::Level => "● Changed, same score".to_owned(),
        }
    }
}

/// Every score that a risk had, the first one first; versions that left it as it was are no new one. `versions` are those
/// of one entry, in any order.
pub(crate) fn scores(versions: &[Entry]) -> Vec<Scored> {
    let mut versions: Vec<&Entry> = versions.iter().collect();
    versions.sort_by_key(|version| version.version);
    let mut scores: Vec<Scored> = Vec::new();
    for version in versions {
        let Some(score) = score(&version.values) else {
            continue;
        };
        if scores.last().is_some_and(|last| last.score == score) {
            continue;
        }
        scores.push(Scored {
            score,
            at: version.at,
            by: version.by.name.clone(),
            why: version.why.clone(),
        });
    }
    scores
}

/// Where the score has gone since the one before.
pub(crate) fn trend(scores: &[Scored]) -> Trend {
    match scores {
        [] => Trend::Unscored,
        [_] => Trend::New,
        [.., before, last] => {
            let (was, is) = (before.score.number(), last.score.number());
            match is.cmp(&was) {
                std::cmp::Ordering::Greater => Trend::Worse(was),
                std::cmp::Ordering::Less => Trend::Better(was),
                std::cmp::Ordering::Equal => Trend::Level,
            }
        }
    }
}

#[cfg(test)]
mod tests;
