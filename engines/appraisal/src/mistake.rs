//! What is wrong with a document, and where.

use std::fmt::{self, Display};
use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mistake {
    /// The line of the document, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

/// All that is wrong with a document, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(transparent)]
pub struct Mistakes(pub Vec<Mistake>);

impl Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, mistake) in self.0.iter().enumerate() {
            let gap = if position == 0 { "" } else { "\n" };
            write!(formatter, "{gap}line {}: {}", mistake.line, mistake.reason)?;
        }
        Ok(())
    }
}

/// Collects mistakes while a document is checked, so that all are told at once.
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
            starts: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
            found: Vec::new(),
        }
    }

    /// Reads the shape of a document; its meaning is checked afterwards.
    ///
    /// # Errors
    /// Text that is not TOML, an unknown or missing key, a value of another kind.
    pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<(T, Self), Mistakes> {
        let mut checks = Self::new(text);
        match toml::from_str(text) {
            Ok(document) => Ok((document, checks)),
            Err(error) => {
                checks.refuse(error.span().unwrap_or(0..0), error.message());
                Err(Mistakes(checks.found))
            }
        }
    }

    /// Notes a mistake at this place of the document.
    pub(crate) fn refuse(&mut self, at: Range<usize>, reason: impl Into<String>) {
        let line = self.starts.partition_point(|start| *start <= at.start) + 1;
        let reason = reason.into();
        self.found.push(Mistake { line, reason });
    }

    /// Notes a mistake unless this holds.
    pub(crate) fn ensure(
        &mut self,
        holds: bool,
        at: Range<usize>,
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

    /// The value, when nothing was wrong with it.
    ///
    /// # Errors
    /// Everything that was.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Mistakes> {
        self.found.sort();
        self.found.dedup();
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(Mistakes(self.found)),
        }
    }
}
