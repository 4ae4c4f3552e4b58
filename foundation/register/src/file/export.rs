//! From a register to a file.

use stour_kernel::Date;
use stour_spreadsheet::{Created, Look, Sheet, Value, Workbook, WriteError, write};
use stour_web::words::csv_field;

use super::{FORMULA, NUMBER, VERSION, labels, sheet_name};
use crate::known::{Known, label};
use crate::{Around, Entry, Field, Holds, Kind};

/// The widths of columns by what they hold, in characters.
const NARROW: u16 = 10;
const MIDDLE: u16 = 24;
const WIDE: u16 = 60;

/// A kind as CSV: number, version and fields by their names, values as they are kept, codes as codes. What a spreadsheet
/// program would take for a formula is guarded by an apostrophe, which importing takes off again.
pub fn csv(kind: &Kind, around: &Around) -> String {
    let names = kind.fields.iter().map(|field| field.name);
    let mut text = line(
        [NUMBER, VERSION]
            .into_iter()
            .chain(names)
            .map(str::to_owned),
    );
    for entry in around.of_kind(kind.name) {
        let own = [entry.number.to_string(), entry.version.to_string()];
        let fields = kind.fields.iter();
        let fields = fields.map(|field| cell(field, entry.get(field.name)));
        text.push_str(&line(own.into_iter().chain(fields)));
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("{}\r\n", cells.join(","))
}

/// A value as a cell. A number, which may be below nothing, is no formula, and stays one that can be added up.
fn cell(field: &Field, text: &str) -> String {
    let is_number = matches!(field.holds, Holds::Whole | Holds::Decimal | Holds::Money);
    if is_number && text.parse::<f64>().is_ok() {
        text.to_owned()
    } else {
        csv_field(&guarded(text))
    }
}

/// A text that begins with an apostrophe as if it were guarded gets one more, so that taking one off gives the text.
fn guarded(text: &str) -> String {
    let is_like_guarded = text
        .strip_prefix('\'')
        .is_some_and(|rest| rest.starts_with(FORMULA));
    if is_like_guarded {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Kinds as a workbook: a sheet each, headings in words, codes by their labels.
///
/// # Errors
/// What a workbook cannot hold, such as a cell of more than 32,767 characters.
pub fn workbook(known: &Known<'_>, kinds: &[&'static Kind]) -> Result<Vec<u8>, WriteError> {
    let sheets = kinds.iter().map(|kind| sheet(known, kind)).collect();
    let look = |sheet: &Sheet| Look {
        header: true,
        table: true,
        widths: kinds
            .iter()
            .find(|kind| sheet_name(kind) == sheet.name)
            .map_or_else(Vec::new, |kind| widths(kind)),
    };
    write(&Workbook { sheets }, created(known.today), look)
}

fn created(today: Date) -> Created {
    Created {
        year: u16::try_from(today.year()).unwrap_or(1900),
        month: u8::try_from(today.month()).unwrap_or(1),
        day: u8::try_from(today.day()).unwrap_or(1),
    }
}

fn widths(kind: &Kind) -> Vec<u16> {
    let fields = kind.fields.iter().map(|field| match field.holds {
        Holds::Text => WIDE,
        Holds::Line | Holds::Owner | Holds::Code(_) => MIDDLE,
        _ => NARROW,
    });
    [NARROW, NARROW].into_iter().chain(fields).collect()
}

fn sheet(known: &Known<'_>, kind: &Kind) -> Sheet {
    let own = ["Number", "Version"].into_iter();
    let mut rows = vec![own.chain(labels(kind)).map(Value::from).collect()];
    rows.extend(
        known
            .around
            .of_kind(kind.name)
            .map(|entry| row(kind, entry)),
    );
    Sheet {
        name: sheet_name(kind),
        rows,
    }
}

fn row(kind: &Kind, entry: &Entry) -> Vec<Value> {
    let own = [entry.number, entry.version].map(|number| exact(&number.to_string(), Value::Number));
    let fields = kind.fields.iter();
    let fields = fields.map(|field| value(field, entry.get(field.name)));
    own.into_iter().chain(fields).collect()
}

fn value(field: &Field, text: &str) -> Value {
    match field.holds {
        _ if text.is_empty() => Value::Empty,
        Holds::Whole | Holds::Decimal => exact(text, Value::Number),
        Holds::Money => exact(text, Value::Pounds),
        Holds::Code(list) => label(list, text).into(),
        _ => text.into(),
    }
}

/// A number where a cell holds it exactly; otherwise its digits as a text.
fn exact(text: &str, number: fn(f64) -> Value) -> Value {
    let plain = text.strip_suffix('0').filter(|_| text.contains('.'));
    match text.parse::<f64>() {
        Ok(value) if value.to_string() == plain.unwrap_or(text) => number(value),
        _ => text.into(),
    }
}

/// Everything in a scope for programs: by kind, each entry with its number, version and fields as they are kept.
pub fn json(kinds: &[&'static Kind], around: &Around) -> serde_json::Value {
    let all = kinds.iter().map(|kind| {
        let entries = around.of_kind(kind.name).map(|entry| {
            serde_json::json!({
                "number": entry.number,
                "reference": entry.reference(kind),
                "version": entry.version,
                "fields": entry.values,
                "saved_by": entry.by.name,
                "saved_at": entry.at.to_string(),
                "why": entry.why,
            })
        });
        let entries: Vec<serde_json::Value> = entries.collect();
        (kind.name.to_owned(), serde_json::Value::from(entries))
    });
    serde_json::Value::Object(all.collect())
}
