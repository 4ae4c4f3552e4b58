//! Tables of series as files: CSV for programs, a workbook for people, JSON as the API has it.

use std::borrow::Cow;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_design::{Markup, html};
use stour_spreadsheet::Value;

use crate::indicator::download::FileTable;

/// A file of CSV.
pub(super) fn csv(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.csv\""),
        ),
    ];
    (headers, text).into_response()
}

/// A table as CSV has it.
pub(super) fn comma_separated(table: &FileTable) -> String {
    let mut out = String::new();
    let headings = table.headings.iter().map(|heading| quoted(heading));
    let mut line = |cells: Vec<Cow<'_, str>>| {
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    line(headings.collect());
    for row in &table.rows {
        line(row.iter().map(cell).collect());
    }
    out
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => match guarded(text) {
            Cow::Borrowed(text) => quoted(text),
            Cow::Owned(text) => Cow::Owned(quoted(&text).into_owned()),
        },
        Value::Date(date) => Cow::Borrowed(date),
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => {
            Cow::Owned(number.to_string())
        }
        Value::Boolean(holds) => Cow::Owned(holds.to_string()),
    }
}

/// Office programs compute text that begins with one of these, and could be made to send what they
/// hold elsewhere; after an apostrophe it stays text. Numbers are not text, so −5 stays −5.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A number, or nothing.
pub(super) fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Empty, Value::Number)
}

/// A text, or nothing.
pub(super) fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Empty, Value::from)
}

/// The files that a page can be taken away as; `asked` is what stands after the question mark.
pub(super) fn links(address: &str, asked: &str) -> Markup {
    html! {
        p.stour-downloads {
            "Take these numbers away: "
            a href={ (address) ".csv" (asked) } { "CSV" } ", "
            a href={ (address) ".xlsx" (asked) } { "spreadsheet" } ", "
            a href={ (address) ".json" (asked) } { "JSON" } "."
        }
    }
}

#[cfg(test)]
mod tests;
