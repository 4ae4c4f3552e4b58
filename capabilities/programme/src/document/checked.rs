//! A text that may be saved.

use std::sync::Arc;

use stour_appraisal::Case;

use super::reading::{Figures, Reading, read};
use super::{DocumentError, Kind, LONGEST_TEXT, Refusal};

/// Lines times years of a case that a page works out at once.
const MOST_CELLS: usize = 50_000;

/// A text that the engine has read and worked out. Only such a text is stored, so that no transaction has
/// to wait for the sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    text: Arc<str>,
    kind: Kind,
    figures: Arc<Figures>,
}

impl Checked {
    /// Reads a text and works it out.
    ///
    /// # Errors
    /// [`DocumentError::Mistakes`], by line; too long, too heavy, a sum that does not fit.
    pub fn of(text: &str) -> Result<Self, DocumentError> {
        if text.len() > LONGEST_TEXT {
            return Err(Refusal::TooLong.into());
        }
        let reading = read(text)?;
        if let Reading::Case(case) = &reading
            && cells(case) > MOST_CELLS
        {
            return Err(Refusal::TooHeavy.into());
        }
        Ok(Self {
            text: text.into(),
            kind: reading.kind(),
            figures: Arc::new(reading.figures()?),
        })
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its title, and what it comes to.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }
}

fn cells(case: &Case) -> usize {
    case.lines().saturating_mul(case.year_labels().len())
}
