//! From sheets to a file.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, Workbook as Target,
    Worksheet, XlsxError,
};

use crate::cell::{Sheet, Value, Workbook, cell_name};
use crate::error::WriteError;

/// The day that a workbook says it was made on, so that the same sheets give the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// From 1900.
    pub year: u16,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

/// How a sheet looks. Without one it is plain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Whether the first row is a header: bold, and in sight however far one scrolls.
    pub header: bool,
    /// Whether the rows are marked as a table, so that a screen reader and a program find it. The cells of the header
    /// must differ.
    pub table: bool,
    /// Widths of the columns from the first, in characters.
    pub widths: Vec<u16>,
}

const POUNDS: &str = "\"£\"#,##0.00;-\"£\"#,##0.00";
const PERCENT: &str = "0.00%";

/// Writes a workbook; `look` says how each sheet looks. Dates are written as text.
///
/// # Errors
/// A name or a cell that a workbook cannot have, such as a sheet's name of more than 31 characters.
pub fn write(
    workbook: &Workbook,
    created: Created,
    look: impl Fn(&Sheet) -> Look,
) -> Result<Vec<u8>, WriteError> {
    let whole = |error: XlsxError| WriteError::Workbook(error.to_string());
    let Created { year, month, day } = created;
    let made = ExcelDateTime::from_ymd(year, month, day).map_err(whole)?;
    let mut target = Target::new();
    target.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in &workbook.sheets {
        let page = target.add_worksheet();
        fill(page, sheet, &look(sheet)).map_err(|reason| WriteError::Sheet {
            sheet: sheet.name.clone(),
            reason,
        })?;
    }
    target.save_to_buffer().map_err(whole)
}

fn fill(page: &mut Worksheet, sheet: &Sheet, look: &Look) -> Result<(), String> {
    let told = |error: XlsxError| error.to_string();
    page.set_name(&sheet.name).map_err(told)?;
    let head = Format::new().set_bold().set_text_wrap();
    let pounds = Format::new().set_num_format(POUNDS);
    let percent = Format::new().set_num_format(PERCENT);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    if look.header {
        page.set_freeze_panes(1, 0).map_err(told)?;
    }
    for (column, width) in look.widths.iter().enumerate() {
        let column = u16::try_from(column).map_err(|error| error.to_string())?;
        page.set_column_width(column, *width).map_err(told)?;
    }
    for (row, values) in sheet.rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let format = match value {
                _ if look.header && row == 0 => Some(&head),
                Value::Pounds(_) => Some(&pounds),
                Value::Percent(_) => Some(&percent),
                Value::Text(_) => Some(&text),
                _ => None,
            };
            put(page, (row, column), value, format)
                .map_err(|reason| format!("{}: {reason}", cell_name(row, column)))?;
        }
    }
    if look.table {
        mark(page, sheet)?;
    }
    Ok(())
}

/// Marks all rows of a sheet as a table.
fn mark(page: &mut Worksheet, sheet: &Sheet) -> Result<(), String> {
    let columns = sheet.rows.first().map_or(0, Vec::len);
    let last_row = u32::try_from(sheet.rows.len())
        .map_err(|error| error.to_string())?
        .saturating_sub(1);
    let last_column = u16::try_from(columns)
        .map_err(|error| error.to_string())?
        .saturating_sub(1);
    let headings = sheet
        .rows
        .iter()
        .take(1)
        .flatten()
        .map(|heading| match heading {
            Value::Text(text) => TableColumn::new().set_header(text),
            _ => TableColumn::new(),
        });
    let table = Table::new()
        .set_columns(&headings.collect::<Vec<_>>())
        .set_autofilter(false);
    page.add_table(0, 0, last_row.max(1), last_column, &table)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

/// Text goes in as a string whatever it begins with, so that no program computes it.
fn put(
    page: &mut Worksheet,
    (row, column): (usize, usize),
    value: &Value,
    format: Option<&Format>,
) -> Result<(), String> {
    let row = u32::try_from(row).map_err(|error| error.to_string())?;
    let column = u16::try_from(column).map_err(|error| error.to_string())?;
    let plain = Format::default();
    let format = format.unwrap_or(&plain);
    let done = match value {
        Value::Empty => return Ok(()),
        Value::Text(text) | Value::Date(text) => {
            page.write_string_with_format(row, column, text, format)
        }
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => {
            if !number.is_finite() {
                return Err(format!("{number} is not a number that a cell can hold"));
            }
            page.write_number_with_format(row, column, *number, format)
        }
        Value::Boolean(holds) => page.write_boolean_with_format(row, column, *holds, format),
    };
    done.map(|_| ()).map_err(|error| error.to_string())
}
