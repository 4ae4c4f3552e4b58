//! What is wrong with a flow, and where.

use std::fmt::{self, Display};
use std::ops::Range;

use serde::Serialize;
use thiserror::Error;

/// One thing that is wrong with a flow, or that should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mistake {
    /// The line of the text, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.reason)
    }
}

/// All that is wrong with a flow, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(transparent)]
pub struct Mistakes(pub Vec<Mistake>);

impl Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, mistake) in self.0.iter().enumerate() {
            let gap = if position == 0 { "" } else { "\n" };
            write!(formatter, "{gap}{mistake}")?;
        }
        Ok(())
    }
}

/// Collects mistakes while a flow is checked, so that all are told at once.
#[derive(Debug)]
pub(crate) struct Checks {
    /// Where each line but the first begins.
    starts: Vec<usize>,
    found: Vec<Mistake>,
}

impl Checks {
    /// Nothing is wrong yet.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            starts: text
                .match_indices('\n')
                .map(|(at, _)| at.saturating_add(1))
                .collect(),
            found: Vec::new(),
        }
    }

    /// The line of a place, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        let before = self.starts.partition_point(|start| *start <= at);
        before.saturating_add(1)
    }

    /// Notes a mistake at this place of the text.
    pub(crate) fn refuse(&mut self, at: &Range<usize>, reason: impl Into<String>) {
        let line = self.line(at.start);
        self.refuse_line(line, reason);
    }

    /// Notes a mistake in this line.
    pub(crate) fn refuse_line(&mut self, line: usize, reason: impl Into<String>) {
        let reason = reason.into();
        self.found.push(Mistake { line, reason });
    }

    /// Notes a mistake unless this holds.
    pub(crate) fn ensure(
        &mut self,
        holds: bool,
        at: &Range<usize>,
        reason: impl FnOnce() -> String,
    ) {
        if !holds {
            self.refuse(at, reason());
        }
    }

    /// Whether nothing was wrong so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.found.is_empty()
    }

    /// Everything that was wrong.
    pub(crate) fn into_mistakes(mut self) -> Mistakes {
        self.found.sort();
        self.found.dedup();
        Mistakes(self.found)
    }
}
