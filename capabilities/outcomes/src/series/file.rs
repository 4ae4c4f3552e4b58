//! Cells of files of series.

use stour_spreadsheet::Value;

/// A number, or nothing.
pub(super) fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Empty, Value::Number)
}

/// A text, or nothing.
pub(super) fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Empty, Value::from)
}
