//! Where something stands in a workbook, and what is wrong there.

use std::fmt::{self, Display};

use thiserror::Error;

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The sheet.
    pub sheet: String,
    /// The row, counted from 1 as spreadsheet programs do.
    pub row: usize,
    /// The heading of the column, where one cell is meant.
    pub heading: Option<String>,
}

impl Place {
    pub(super) fn new(sheet: &str, row: usize) -> Self {
        Self {
            sheet: sheet.to_owned(),
            row,
            heading: None,
        }
    }

    pub(super) fn under(&self, heading: &str) -> Self {
        Self {
            heading: Some(heading.to_owned()),
            ..self.clone()
        }
    }
}

impl Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "sheet \"{}\", row {}", self.sheet, self.row)?;
        match &self.heading {
            Some(heading) => write!(formatter, ", \"{heading}\""),
            None => Ok(()),
        }
    }
}

/// One thing that is wrong with a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookMistake {
    /// Where; nothing where the workbook as a whole is meant.
    pub place: Option<Place>,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Display for WorkbookMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(formatter, "{place}: {}", self.reason),
            None => formatter.write_str(&self.reason),
        }
    }
}

/// Mistakes that are told at once: one row that is filled down is told as often as there are rows.
const MOST: usize = 200;
const LAST: usize = MOST - 1;

/// All that is wrong with a workbook; of more than 200 mistakes the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Error)]
pub struct WorkbookMistakes(pub Vec<WorkbookMistake>);

impl WorkbookMistakes {
    pub(super) fn add(&mut self, place: impl Into<Option<Place>>, reason: impl Into<String>) {
        let (place, reason) = match self.0.len() {
            MOST.. => return,
            LAST => (None, "there is more: put these right first".to_owned()),
            _ => (place.into(), reason.into()),
        };
        self.0.push(WorkbookMistake { place, reason });
    }
}

impl Display for WorkbookMistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, mistake) in self.0.iter().enumerate() {
            let gap = if position == 0 { "" } else { "\n" };
            write!(formatter, "{gap}{mistake}")?;
        }
        Ok(())
    }
}
