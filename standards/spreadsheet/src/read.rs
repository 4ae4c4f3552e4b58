//! From a file to sheets.

mod shown;
mod unpack;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError, XlsxFormulaMetadata,
};
use shown::{Shown, ShownCells};

use crate::cell::{Sheet, Value, Workbook, cell_name};
use crate::error::{CellMistake, ReadError};

pub use unpack::LARGEST_FILE;

const MOST_SHEETS: usize = 64;
const MOST_CELLS: usize = 200_000;
/// Cells with the empty ones between them, which a row keeps.
const MOST_PLACES: usize = 1_000_000;
/// Bytes of text in all cells: one shared text may stand in each of them.
const MOST_TEXT: usize = 20 * 1024 * 1024;
/// Mistakes that are told at once.
const MOST_TOLD: usize = 100;

/// Reads a workbook.
///
/// # Errors
/// What is not a workbook, is larger than the limits, or has cells that hold errors.
pub fn read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    read_sheets(bytes, |_| true)
}

/// Reads the sheets whose names are wanted. What is in the others cannot be wrong.
///
/// # Errors
/// As [`read`].
pub fn read_sheets(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Workbook, ReadError> {
    unpack::look_through(bytes)?;
    // The parser's arithmetic on hostile cell references and dimensions overflows, which is a panic.
    let parsed = catch_unwind(AssertUnwindSafe(|| parse(bytes, wanted)));
    parsed.unwrap_or_else(|_| Err(ReadError::Damaged("its cells have no places".to_owned())))
}

fn parse(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Workbook, ReadError> {
    let mut source: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(of_parser)?;
    let names: Vec<String> = source
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if names.len() > MOST_SHEETS {
        return Err(ReadError::TooManySheets(names.len()));
    }
    let mut reader = SheetsReader::default();
    let mut sheets = Vec::new();
    for name in names.into_iter().filter(|name| wanted(name)) {
        let cells = reader.cells(&mut source, &name)?;
        let rows = reader.rows(&name, cells)?;
        sheets.push(Sheet { name, rows });
    }
    if reader.mistakes.is_empty() {
        Ok(Workbook { sheets })
    } else {
        Err(ReadError::Cells(reader.mistakes))
    }
}

fn of_parser(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Password,
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => ReadError::NotAWorkbook,
        other => ReadError::Damaged(other.to_string()),
    }
}

/// A cell with its row and column.
type Placed = (usize, usize, Value);

/// What was read of all sheets so far, against the limits.
#[derive(Default)]
struct SheetsReader {
    cells: usize,
    places: usize,
    text: usize,
    mistakes: Vec<CellMistake>,
}

impl SheetsReader {
    fn cells(
        &mut self,
        source: &mut Xlsx<Cursor<&[u8]>>,
        sheet: &str,
    ) -> Result<Vec<Placed>, ReadError> {
        self.refuse_merged(source, sheet)?;
        let shown = ShownCells::of(source, sheet)?;
        let mut reader = source.worksheet_cells_reader(sheet).map_err(of_parser)?;
        let mut cells = Vec::new();
        while let Some(cell) = reader
            .next_cell_with_formula_metadata()
            .map_err(of_parser)?
        {
            let (row, column) = place(cell.pos)?;
            match value(&cell.value, cell.formula.as_ref()) {
                Ok(Value::Empty) => continue,
                Ok(value) => {
                    let value = match (value, shown.of_cell(cell.pos)) {
                        (Value::Number(number), Shown::Percent) => Value::Percent(number),
                        (Value::Number(number), Shown::Pounds) => Value::Pounds(number),
                        (value, _) => value,
                    };
                    if let Value::Text(text) = &value {
                        self.text += text.len();
                    }
                    cells.push((row, column, value));
                }
                Err(reason) => self.tell(sheet, (row, column), reason),
            }
            self.cells += 1;
            if self.cells > MOST_CELLS {
                return Err(ReadError::TooManyCells);
            }
            if self.text > MOST_TEXT {
                return Err(ReadError::TooMuchText);
            }
        }
        Ok(cells)
    }

    /// Cells that are merged: whoever sees one value in three of them means it three times, and only the
    /// first of them holds it.
    fn refuse_merged(
        &mut self,
        source: &mut Xlsx<Cursor<&[u8]>>,
        sheet: &str,
    ) -> Result<(), ReadError> {
        for merged in source.merge_cells_by_sheet_name(sheet).map_err(of_parser)? {
            let (first, (row, column)) = (place(merged.start)?, place(merged.end)?);
            let last = cell_name(row, column);
            let reason = format!(
                "it is merged with the cells to {last}: take them apart, and write the value into each that has it"
            );
            self.tell(sheet, first, reason);
        }
        Ok(())
    }

    /// Notes a mistake; of those beyond the last that is told, that there are more.
    fn tell(&mut self, sheet: &str, (row, column): (usize, usize), reason: String) {
        let reason = match self.mistakes.len() {
            0..MOST_TOLD => reason,
            MOST_TOLD => "here and further on there is more: put these right first".to_owned(),
            _ => return,
        };
        self.mistakes.push(CellMistake {
            sheet: sheet.to_owned(),
            row: row.saturating_add(1),
            cell: cell_name(row, column),
            reason,
        });
    }

    /// Rows with the empty cells between those that were read.
    fn rows(&mut self, sheet: &str, mut cells: Vec<Placed>) -> Result<Vec<Vec<Value>>, ReadError> {
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for (row, column, value) in cells {
            let new_rows = (row + 1).saturating_sub(rows.len());
            let width = if new_rows > 0 {
                0
            } else {
                rows.last().map_or(0, Vec::len)
            };
            self.places += new_rows + (column + 1).saturating_sub(width);
            if self.places > MOST_PLACES {
                return Err(ReadError::TooFar {
                    sheet: sheet.to_owned(),
                    cell: cell_name(row, column),
                });
            }
            rows.resize_with((row + 1).max(rows.len()), Vec::new);
            if let Some(last) = rows.last_mut() {
                if last.len() > column {
                    return Err(ReadError::Damaged(format!(
                        "{sheet}!{} is there twice",
                        cell_name(row, column)
                    )));
                }
                last.resize(column, Value::Empty);
                last.push(value);
            }
        }
        Ok(rows)
    }
}

fn place((row, column): (u32, u32)) -> Result<(usize, usize), ReadError> {
    match (usize::try_from(row), usize::try_from(column)) {
        (Ok(row), Ok(column)) => Ok((row, column)),
        _ => Err(ReadError::Damaged("its cells have no places".to_owned())),
    }
}

/// What a cell holds, or why that cannot be taken.
fn value(stored: &DataRef<'_>, formula: Option<&XlsxFormulaMetadata>) -> Result<Value, String> {
    match stored {
        DataRef::Empty if formula.is_some() => Err(
            "a formula without a stored value: open the workbook in a spreadsheet program and save it again, or write the value"
                .to_owned(),
        ),
        DataRef::Empty => Ok(Value::Empty),
        DataRef::Error(error) => Err(format!("it shows the error {error}: put it right")),
        DataRef::String(text) => Ok(text.as_str().into()),
        DataRef::SharedString(text) => Ok((*text).into()),
        DataRef::Bool(holds) => Ok(Value::Boolean(*holds)),
        DataRef::DateTime(moment) if moment.is_datetime() => date(*moment),
        DataRef::DateTimeIso(text) => Ok(Value::Date(text.clone())),
        DataRef::DurationIso(_) | DataRef::DateTime(_) => {
            Err("it is a length of time: write a number".to_owned())
        }
        DataRef::Int(_) | DataRef::Float(_) => number(stored),
    }
}

fn number(stored: &DataRef<'_>) -> Result<Value, String> {
    let number = match Data::from(stored.clone()) {
        Data::Float(number) => Some(number),
        other => other.to_string().parse().ok(),
    };
    number
        .filter(|number: &f64| number.is_finite())
        .map(Value::Number)
        .ok_or_else(|| "it is not a number: write one".to_owned())
}

fn date(moment: ExcelDateTime) -> Result<Value, String> {
    // Spreadsheet programs count days from 1900 to 9999.
    if !(0.0..2_958_466.0).contains(&moment.as_f64()) {
        return Err("it has the format of a date and is none: write a date or a number".to_owned());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    Ok(Value::Date(if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }))
}
