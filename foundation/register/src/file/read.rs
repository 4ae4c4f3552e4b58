//! From a file to rows of texts.

use stour_spreadsheet::{ReadError, Sheet, Value};

use super::{FORMULA, NUMBER, VERSION, labels, sheet_name};
use crate::{Field, Holds, Kind};

/// The most rows of a file.
const MOST_ROWS: usize = 2_000;
/// The largest file, in bytes.
const LARGEST: usize = 5 * 1024 * 1024;

/// Why a file is not read; nothing of it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("Choose a file: this one is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("The file is larger than 5 MB: send fewer rows at a time")]
    TooLarge,
    /// More rows than are taken.
    #[error("The file has more than 2,000 rows: send fewer at a time")]
    TooManyRows,
    /// Not a text.
    #[error(
        "The file is not CSV in UTF-8: save it as “CSV UTF-8”, or as an Excel workbook (.xlsx)"
    )]
    NotText,
    /// A line that is no line of CSV.
    #[error("The file cannot be read as CSV: {0}")]
    Csv(String),
    /// Not a workbook that can be read.
    #[error("{0}")]
    Workbook(#[from] ReadError),
    /// No sheet of this kind.
    #[error("The workbook has more than one sheet and none is called “{0}”")]
    NoSheet(String),
    /// No line of headings.
    #[error("The first line has no headings. They are: {0}")]
    NoHeadings(String),
    /// A heading of nothing.
    #[error("Nothing is kept here under the heading “{found}”. The headings are: {known}")]
    UnknownHeading {
        /// What the file has.
        found: String,
        /// What it can have.
        known: String,
    },
    /// One heading twice.
    #[error("The heading “{0}” stands twice")]
    Twice(String),
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its line in the file, from 1.
    pub(crate) line: i64,
    /// The number of its entry as it was written; empty for a new one.
    pub(crate) number: String,
    /// The version that it was made from as it was written; may be empty.
    pub(crate) version: String,
    /// The text of each field that has a column, by the field's name, be it empty.
    pub(crate) fields: Vec<(&'static str, String)>,
}

/// The rows of a file of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows(pub(crate) Vec<Row>);

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads the rows of a kind from CSV or from a workbook: from its sheet of the kind's name, or its only one. Headings are
/// the names or labels of fields, in any order.
///
/// # Errors
/// [`FileError`], as a page says it.
pub fn read(kind: &'static Kind, bytes: &[u8]) -> Result<Rows, FileError> {
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(FileError::TooLarge);
    }
    // A workbook is a zip; one of the older kind, or one that is encrypted, begins otherwise.
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_workbook {
        from_workbook(kind, bytes)
    } else {
        from_csv(kind, bytes)
    }
}

fn from_csv(kind: &'static Kind, bytes: &[u8]) -> Result<Rows, FileError> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Err(FileError::NotText);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut columns, mut rows) = (None, Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| FileError::Csv(error.to_string()))?;
        let place = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(unguarded).collect();
        let Some(columns) = &columns else {
            columns = Some(Columns::of(kind, &cells)?);
            continue;
        };
        let line = i64::try_from(place).unwrap_or(i64::MAX);
        push(
            &mut rows,
            columns.row(line, |_, place| cells.get(place).cloned()),
        )?;
    }
    if columns.is_none() {
        return Err(FileError::NoHeadings(known_headings(kind)));
    }
    Ok(Rows(rows))
}

/// The text without the apostrophe that kept a spreadsheet program from taking it for a formula.
fn unguarded(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

fn push(rows: &mut Vec<Row>, row: Row) -> Result<(), FileError> {
    let is_blank = row.number.is_empty() && row.fields.iter().all(|(_, text)| text.is_empty());
    if is_blank {
        return Ok(());
    }
    if rows.len() >= MOST_ROWS {
        return Err(FileError::TooManyRows);
    }
    rows.push(row);
    Ok(())
}

fn from_workbook(kind: &'static Kind, bytes: &[u8]) -> Result<Rows, FileError> {
    let workbook = stour_spreadsheet::read(bytes)?;
    let name = sheet_name(kind);
    let ((Some(sheet), _) | (None, [sheet])) = (workbook.sheet(&name), workbook.sheets.as_slice())
    else {
        return Err(FileError::NoSheet(name));
    };
    from_sheet(kind, sheet)
}

fn from_sheet(kind: &'static Kind, sheet: &Sheet) -> Result<Rows, FileError> {
    let mut lines = (1..).zip(&sheet.rows);
    let Some((_, first)) = lines.next() else {
        return Err(FileError::NoHeadings(known_headings(kind)));
    };
    let headings: Vec<String> = first.iter().map(|cell| words(cell, None)).collect();
    let columns = Columns::of(kind, &headings)?;
    let mut rows = Vec::new();
    for (line, cells) in lines {
        let row = columns.row(line, |field, place| {
            cells.get(place).map(|cell| words(cell, field))
        });
        push(&mut rows, row)?;
    }
    Ok(Rows(rows))
}

/// What a cell holds, as somebody would type it into the field.
fn words(cell: &Value, field: Option<&Field>) -> String {
    let holds = field.map(|field| field.holds);
    match cell {
        Value::Empty => String::new(),
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => {
            if holds == Some(Holds::Money) {
                in_pence(*number)
            } else {
                number.to_string()
            }
        }
        Value::Boolean(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        // A month that somebody types into a spreadsheet program becomes the first day of it.
        Value::Date(text) => match text.strip_suffix("-01") {
            Some(month) if holds == Some(Holds::Month) => month.to_owned(),
            _ => text.clone(),
        },
    }
}

/// An amount to the penny, where the cell holds it but for what its arithmetic adds; otherwise all its digits.
fn in_pence(number: f64) -> String {
    const CLOSE: f64 = 1e-6;
    let pence = (number * 100.0).round();
    if (number * 100.0 - pence).abs() < CLOSE {
        format!("{number:.2}")
    } else {
        number.to_string()
    }
}

/// Which column of a file holds what.
struct Columns {
    number: Option<usize>,
    version: Option<usize>,
    fields: Vec<(&'static Field, usize)>,
}

impl Columns {
    fn of(kind: &'static Kind, headings: &[String]) -> Result<Self, FileError> {
        let labels = labels(kind);
        let mut columns = Self {
            number: None,
            version: None,
            fields: Vec::new(),
        };
        for (place, heading) in headings.iter().enumerate() {
            let wanted = heading.trim().to_lowercase();
            if wanted.is_empty() {
                continue;
            }
            let twice = || FileError::Twice(heading.clone());
            let mut labelled = kind.fields.iter().zip(&labels);
            let field = labelled
                .find(|(field, label)| field.name == wanted || label.to_lowercase() == wanted);
            if let Some((field, _)) = field {
                if columns.fields.iter().any(|(one, _)| one.name == field.name) {
                    return Err(twice());
                }
                columns.fields.push((field, place));
            } else if wanted == NUMBER || wanted == VERSION {
                let own = if wanted == NUMBER {
                    &mut columns.number
                } else {
                    &mut columns.version
                };
                if own.replace(place).is_some() {
                    return Err(twice());
                }
            } else {
                return Err(FileError::UnknownHeading {
                    found: heading.clone(),
                    known: known_headings(kind),
                });
            }
        }
        if columns.fields.is_empty() {
            return Err(FileError::NoHeadings(known_headings(kind)));
        }
        Ok(columns)
    }

    fn row(&self, line: i64, cell: impl Fn(Option<&Field>, usize) -> Option<String>) -> Row {
        let own = |place: Option<usize>| place.and_then(|place| cell(None, place));
        let fields = self.fields.iter().map(|(field, place)| {
            let text = cell(Some(field), *place).unwrap_or_default();
            (field.name, text)
        });
        Row {
            line,
            number: own(self.number).unwrap_or_default(),
            version: own(self.version).unwrap_or_default(),
            fields: fields.collect(),
        }
    }
}

fn known_headings(kind: &Kind) -> String {
    let own = ["Number", "Version"].into_iter();
    own.chain(labels(kind)).collect::<Vec<_>>().join(", ")
}
