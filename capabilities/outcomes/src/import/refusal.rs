//! Why a file is refused: the line, the field, the reason and what to do.

use std::fmt;

use serde::Serialize;

/// How many mistakes are listed; the rest are counted.
const LISTED: usize = 20;

/// One mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The line, from 1 for the headings; `None` when it is about the file.
    pub line: Option<u64>,
    /// The column, by its heading; `None` when it is about the line.
    pub field: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
}

/// Why a file is refused. Nothing of it was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The first mistakes, in order.
    pub refusals: Vec<Refusal>,
    /// How many more there are.
    pub more: u64,
}

impl Refusal {
    /// A mistake of the whole file.
    pub(crate) fn file(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: None,
            field: None,
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }

    /// A mistake on a line.
    pub(crate) fn line(line: u64, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            ..Self::file(reason, remedy)
        }
    }

    /// The same mistake, in a column.
    pub(crate) fn in_field(self, field: &str) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..self
        }
    }
}

impl Refused {
    /// Notes a mistake.
    pub(crate) fn add(&mut self, refusal: Refusal) {
        if self.refusals.len() < LISTED {
            self.refusals.push(refusal);
        } else {
            self.more += 1;
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.refusals.is_empty()
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self {
            refusals: vec![refusal],
            more: 0,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.field) {
            (Some(line), Some(field)) => write!(out, "line {line}, {field}: ")?,
            (Some(line), None) => write!(out, "line {line}: ")?,
            (None, Some(field)) => write!(out, "{field}: ")?,
            (None, None) => {}
        }
        write!(out, "{} {}", self.reason, self.remedy)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("The file was refused. Nothing was recorded.")?;
        for refusal in &self.refusals {
            write!(out, "\n  {refusal}")?;
        }
        if self.more > 0 {
            write!(out, "\n  … and {} more.", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
impl std::error::Error for Refused {}
