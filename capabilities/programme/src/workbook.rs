//! A case as a workbook, and back.
//!
//! [`write`] makes a workbook of a case's document, [`read`] a document of a workbook. The document knows
//! of each of its lines which row it comes from, so that a mistake that the engine finds in it is told where
//! its author wrote it.

mod cell;
mod document;
mod export;
mod guide;
mod import;
mod layout;
mod literal;
mod place;
mod tables;

use stour_appraisal::{Case, Mistakes};
use stour_spreadsheet::{Created, Look, ReadError, Sheet, Value, Workbook, WriteError};
use thiserror::Error;

pub use guide::page;
pub use place::{Place, WorkbookMistake, WorkbookMistakes};

/// The day that each workbook says it was made on: the same case gives the same bytes.
const MADE: Created = Created {
    year: 2026,
    month: 1,
    day: 1,
};

/// A sheet of results that goes after those of the case, as "Result - " and its name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResultSheet {
    /// Its name: at most 22 characters, without `[ ] : * ? / \`.
    pub name: String,
    /// Its rows; the first is the header.
    pub rows: Vec<Vec<Value>>,
}

/// Why a document does not become a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// It is not TOML.
    #[error("the document is not TOML: {0}")]
    Document(String),
    /// Keys that no sheet has a place for, or whose values no cell can hold.
    #[error("no sheet of a case has a place for: {}", .0.join(", "))]
    NoPlace(Vec<String>),
    /// Read back, it would not be the same document.
    #[error("the workbook would not be read back as the same case: {0}")]
    NotTheSame(String),
    /// A sheet that cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// A document that came from a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The case in TOML: one key a line, in the order of the sheets.
    pub text: String,
    /// Where each line of the text comes from.
    pub places: Vec<Place>,
}

impl Imported {
    /// Where a line, counted from 1, comes from.
    pub fn place_of(&self, line: usize) -> Option<&Place> {
        self.places.get(line.checked_sub(1)?)
    }

    /// What the engine finds wrong with the document, told by sheet and row.
    #[must_use]
    pub fn told(&self, mistakes: &Mistakes) -> WorkbookMistakes {
        let told = mistakes.0.iter().map(|mistake| {
            let place = self.place_of(mistake.line).cloned();
            match place
                .as_ref()
                .and_then(|place| lacks(place, &mistake.reason))
            {
                Some(told) => told,
                None => WorkbookMistake {
                    place,
                    reason: mistake.reason.clone(),
                },
            }
        });
        WorkbookMistakes(told.collect())
    }

    /// The case that the engine reads from it.
    ///
    /// # Errors
    /// All that the engine finds wrong, by sheet and row.
    pub fn case(&self) -> Result<Case, WorkbookMistakes> {
        Case::read(&self.text).map_err(|mistakes| self.told(&mistakes))
    }
}

/// A key that the document lacks, told by the heading under which its value would stand.
fn lacks(place: &Place, reason: &str) -> Option<WorkbookMistake> {
    let missing = reason.strip_prefix("missing field `")?.strip_suffix('`')?;
    let columns = layout::sheet(&place.sheet)?.columns;
    let near = place
        .heading
        .as_deref()
        .and_then(|heading| columns.iter().find(|column| column.heading == heading));
    let (group, _) = document::group_of(near.map_or("", |column| column.key));
    let column = columns
        .iter()
        .find(|column| document::group_of(column.key) == (group, missing))?;
    Some(WorkbookMistake {
        place: Some(Place::new(&place.sheet, place.row)),
        reason: format!(
            "{:?} is empty: it is needed with what else is filled in",
            column.heading
        ),
    })
}

/// Writes a case's document as a workbook, with these results after it.
///
/// # Errors
/// What is not TOML, lacks what a workbook needs, has keys without a place, or would not come back the same.
pub fn write(text: &str, results: &[ResultSheet]) -> Result<Vec<u8>, WorkbookError> {
    let document: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| WorkbookError::Document(error.to_string()))?;
    let settled = export::settled(&document);
    let bytes = written(document, results)?;
    let back = read(&bytes).map_err(|error| WorkbookError::NotTheSame(error.to_string()))?;
    let same = back
        .text
        .parse()
        .is_ok_and(|back| export::settled(&back) == settled);
    if !same {
        let reason =
            "a cell does not keep one of its values as it is, such as text with spaces around it";
        return Err(WorkbookError::NotTheSame(reason.to_owned()));
    }
    Ok(bytes)
}

/// A workbook with nothing in it but its headings, to be filled in.
///
/// # Errors
/// None that a caller can mend.
pub fn template() -> Result<Vec<u8>, WorkbookError> {
    written(toml::Table::new(), &[])
}

fn written(document: toml::Table, results: &[ResultSheet]) -> Result<Vec<u8>, WorkbookError> {
    let mut sheets = vec![guide::sheet()];
    sheets.extend(export::sheets(document).map_err(WorkbookError::NoPlace)?);
    sheets.extend(results.iter().map(|result| Sheet {
        name: format!("{} {}", layout::RESULT, result.name),
        rows: result.rows.clone(),
    }));
    let workbook = Workbook { sheets };
    let bytes = stour_spreadsheet::write(&workbook, MADE, look)?;
    Ok(bytes)
}

fn look(sheet: &Sheet) -> Look {
    let name = sheet.name.as_str();
    let widths = if let Some(layout) = layout::sheet(name) {
        export::widths(layout, sheet)
    } else if name == layout::README {
        vec![60, 30, 40, 60]
    } else {
        vec![24; sheet.rows.iter().map(Vec::len).max().unwrap_or(0)]
    };
    Look {
        header: true,
        table: false,
        widths,
    }
}

/// Reads a workbook as a case's document. "Read me" and sheets of results are passed over.
///
/// # Errors
/// A file that is no workbook or beyond the limits, and all that is wrong with its sheets.
pub fn read(bytes: &[u8]) -> Result<Imported, WorkbookMistakes> {
    let wanted = |name: &str| name != layout::README && !name.starts_with(layout::RESULT);
    let mut mistakes = WorkbookMistakes::default();
    let workbook = stour_spreadsheet::read_sheets(bytes, wanted).map_err(refused)?;
    let tables = tables::Tables::read(&workbook, &mut mistakes);
    if !mistakes.0.is_empty() {
        return Err(mistakes);
    }
    let document = import::document(&tables, &mut mistakes);
    if !mistakes.0.is_empty() {
        return Err(mistakes);
    }
    Ok(Imported {
        text: document.text,
        places: document.places,
    })
}

fn refused(error: ReadError) -> WorkbookMistakes {
    let mut mistakes = WorkbookMistakes::default();
    match error {
        ReadError::Cells(cells) => {
            for cell in cells {
                let place = Place::new(&cell.sheet, cell.row);
                mistakes.add(place, format!("{}: {}", cell.cell, cell.reason));
            }
        }
        other => mistakes.add(None, other.to_string()),
    }
    mistakes
}
