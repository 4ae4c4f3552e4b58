//! Tables of series as files: CSV for programs, a workbook for people, JSON as the API has it.

use stour_design::{Markup, html};
use stour_spreadsheet::Value;

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
