//! What people write on a chart: why it starts afresh, and what was done when.

use serde::Serialize;

use crate::Point;

/// A rebase that somebody decided: never without a reason and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision<T> {
    at: T,
    reason: String,
    by: String,
}

/// Why a rebase or an annotation cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Blank {
    /// A rebase without a reason.
    #[error("a rebase needs a reason: say what changed in the process")]
    Reason,
    /// A rebase without a name.
    #[error("a rebase needs the name of who decided it")]
    Name,
    /// An annotation without words.
    #[error("an annotation needs words: say what was done")]
    Words,
}

impl<T: Copy> Decision<T> {
    /// A rebase from a date on.
    ///
    /// # Errors
    /// When the reason or the name is blank.
    pub fn new(at: T, reason: &str, by: &str) -> Result<Self, Blank> {
        Ok(Self {
            at,
            reason: filled(reason).ok_or(Blank::Reason)?,
            by: filled(by).ok_or(Blank::Name)?,
        })
    }

    /// The first date of the new stretch.
    pub fn at(&self) -> T {
        self.at
    }

    /// What changed in the process.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Who decided.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// The dates of these decisions, as [`Options::rebases`](super::Options::rebases) takes them.
    pub fn dates(decisions: &[Self]) -> Vec<T> {
        decisions.iter().map(Self::at).collect()
    }
}

/// What was done on a date, such as the start of a new service. It is data beside the chart: it
/// changes no line and no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Annotation<T> {
    at: T,
    words: String,
}

/// An annotation and where it falls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed<T> {
    /// The date given.
    pub at: T,
    /// What was done.
    pub words: String,
    /// The first point on or after that date; `None` when the series ends before it.
    pub point: Option<T>,
}

impl<T: Ord + Copy> Annotation<T> {
    /// What was done on a date.
    ///
    /// # Errors
    /// When the words are blank.
    pub fn new(at: T, words: &str) -> Result<Self, Blank> {
        let words = filled(words).ok_or(Blank::Words)?;
        Ok(Self { at, words })
    }

    /// Where the annotations fall on a series in order of date.
    pub fn place(annotations: &[Self], points: &[Point<T>]) -> Vec<Placed<T>> {
        let placed = annotations.iter().map(|annotation| Placed {
            at: annotation.at,
            words: annotation.words.clone(),
            point: points
                .get(points.partition_point(|point| point.at < annotation.at))
                .map(|point| point.at),
        });
        placed.collect()
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
