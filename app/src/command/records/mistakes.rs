//! What is wrong with a file, told all at once.

use std::fmt;
use std::path::Path;

use anyhow::anyhow;
use hashbrown::HashSet;
use serde::Serialize;

use crate::program::give;

/// So many mistakes are told one by one on standard error.
const MOST_TOLD: usize = 20;
/// So many are kept, for JSON: whoever made more made one of them many times.
const MOST_KEPT: usize = 1000;

/// Something that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub(in crate::command) struct Mistake {
    /// The line; none where it is the file as a whole.
    pub(in crate::command) line: Option<u64>,
    pub(in crate::command) reason: String,
}

impl Mistake {
    /// Something that is wrong with a line.
    pub(in crate::command) fn new(line: u64, reason: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            reason: reason.into(),
        }
    }

    /// Something that is wrong with the file as a whole.
    pub(in crate::command) fn of_file(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Mistake {}

/// All that is wrong with a file: each thing once, and no more of them than anybody reads.
#[derive(Debug, Default)]
pub(in crate::command) struct Mistakes {
    kept: Vec<Mistake>,
    /// There are more than are kept.
    more: bool,
    known: HashSet<Mistake>,
}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        let mut mistakes = Self::default();
        mistakes.add(mistake);
        mistakes
    }
}

impl Mistakes {
    pub(in crate::command) fn add(&mut self, mistake: Mistake) {
        if self.known.contains(&mistake) {
            return;
        }
        if self.kept.len() >= MOST_KEPT {
            self.more = true;
            return;
        }
        self.known.insert(mistake.clone());
        self.kept.push(mistake);
    }

    pub(in crate::command) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Puts them in the order of the file.
    pub(in crate::command) fn sort(&mut self) {
        self.kept.sort_by_key(|mistake| mistake.line);
    }

    /// Those that are kept.
    pub(in crate::command) fn kept(&self) -> &[Mistake] {
        &self.kept
    }

    /// Whether there are more than are kept, so that nothing is won by looking for others.
    pub(in crate::command) fn are_more(&self) -> bool {
        self.more
    }

    /// What was read, or else what is wrong.
    pub(in crate::command) fn or<T>(self, read: T) -> Result<T, Self> {
        if self.is_empty() { Ok(read) } else { Err(self) }
    }

    /// Says why a file cannot be used: on standard error, and as JSON on standard output where asked for.
    pub(in crate::command) fn refuse(&self, file: &Path, json: bool) -> anyhow::Error {
        let file = file.display().to_string();
        if json {
            let refused = serde_json::json!({
                "refused": { "file": file, "mistakes": self.kept, "more": self.more }
            });
            give(&format!("{refused:#}"));
        }
        anyhow!("{file} cannot be used:\n{self}")
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, mistake) in self.kept.iter().take(MOST_TOLD).enumerate() {
            let end = if place == 0 { "" } else { "\n" };
            write!(f, "{end}  {mistake}")?;
        }
        match self.kept.len().checked_sub(MOST_TOLD) {
            Some(0) | None if self.more => f.write_str("\n  and there is more"),
            Some(0) | None => Ok(()),
            Some(more) if self.more => {
                write!(f, "\n  and there is more: {more} others and further ones")
            }
            Some(more) => write!(f, "\n  and there is more: {more} others"),
        }
    }
}
