//! What is different between two versions of a document, field by field.

use std::collections::BTreeMap;

use stour_kernel::Pence;
use toml::Value;

use crate::shown::percent;

/// One field that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where it is: `line bed-days, driver, take_up`.
    pub place: String,
    /// What it was; `None` where it was not there.
    pub before: Option<String>,
    /// What it is; `None` where it is not there any more.
    pub after: Option<String>,
}

/// Every field that is different, in the order of its place. The rows of a table are told apart by what
/// names them, and not by their order.
pub fn differences(before: &str, after: &str) -> Vec<Difference> {
    let (mut before, mut after) = (fields(before), fields(after));
    let places: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut all: Vec<Difference> = places
        .into_iter()
        .filter_map(|place| {
            let (before, after) = (before.remove(&place), after.remove(&place));
            (before != after).then_some(Difference {
                place,
                before,
                after,
            })
        })
        .collect();
    all.sort_by(|one, other| one.place.cmp(&other.place));
    all
}

/// Where a difference is, by the names that lines, groups of people and partners have in either text:
/// "Days in hospital not needed: take up".
pub(crate) fn place_in_words(place: &str, names: &BTreeMap<String, String>) -> String {
    let (row, rest) = place.split_once(", ").unwrap_or((place, ""));
    let rest = rest
        .strip_prefix("driver, ")
        .unwrap_or(rest)
        .replace('_', " ");
    match names.get(row) {
        Some(name) if rest.is_empty() => name.clone(),
        Some(name) => format!("{name}: {rest}"),
        None if rest.is_empty() => row.replace('_', " "),
        None => format!("{}: {rest}", row.replace('_', " ")),
    }
}

/// Fields of a line whose number is a part of one, which pages and forms give in per cent.
const PARTS: [&str; 6] = [
    "take_up",
    "deadweight",
    "displacement",
    "drop_off",
    "cashable",
    "managed",
];

/// A value at a place as pages give it: a part of one in per cent.
pub(crate) fn value_in_words(place: &str, value: &str) -> String {
    let mut keys = place.split(", ");
    let is_line = keys.next().is_some_and(|row| row.starts_with("line "));
    if !is_line || !keys.any(|key| PARTS.contains(&key) || key == "paid_by" || key == "gained_by") {
        return value.to_owned();
    }
    let each = value.split(", ").map(|one| one.parse().map(percent));
    let each: Result<Vec<String>, _> = each.collect();
    each.map_or_else(|_| value.to_owned(), |each| each.join(", "))
}

/// The names of the rows of a text, by their places: `line bed-days`.
pub(crate) fn row_names(text: &str) -> BTreeMap<String, String> {
    let table: toml::Table = text.parse().unwrap_or_default();
    let mut names = BTreeMap::new();
    for (of, rows) in &table {
        for row in rows.as_array().into_iter().flatten() {
            let text = |key: &str| row.get(key).and_then(Value::as_str);
            if let (Some(id), Some(name)) = (text("id"), text("name")) {
                names.insert(format!("{of} {id}"), name.to_owned());
            }
        }
    }
    names
}

fn fields(text: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    if let Ok(table) = text.parse::<toml::Table>() {
        walk(&Value::Table(table), "", &mut fields);
    }
    fields
}

fn walk(value: &Value, place: &str, fields: &mut BTreeMap<String, String>) {
    let below = |name: &str| {
        if place.is_empty() {
            name.to_owned()
        } else {
            format!("{place}, {name}")
        }
    };
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                walk(value, &below(key), fields);
            }
        }
        Value::Array(rows) if rows.iter().any(Value::is_table) => {
            for (position, row) in rows.iter().enumerate() {
                let name = name(row).unwrap_or_else(|| (position + 1).to_string());
                walk(row, &format!("{place} {name}"), fields);
            }
        }
        other => {
            fields.insert(place.to_owned(), said(other));
        }
    }
}

/// A value in words: 98 and 98.0 are the same number, £180000 and £180,000.00 the same amount.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let money = text
                .strip_prefix(['£', '-'])
                .and(text.parse::<Pence>().ok());
            money.map_or_else(|| text.clone(), |amount| amount.to_string())
        }
        Value::Float(number) => number.to_string(),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(said).collect();
            all.join(", ")
        }
        other => other.to_string(),
    }
}

/// What names a row of a table.
fn name(row: &Value) -> Option<String> {
    for key in ["id", "input", "what", "name", "level", "reached"] {
        match row.get(key) {
            Some(Value::String(text)) => return Some(text.clone()),
            Some(Value::Integer(number)) => return Some(number.to_string()),
            Some(Value::Float(number)) => return Some(number.to_string()),
            _ => {}
        }
    }
    let between = row.get("between")?.as_array()?;
    let two: Vec<&str> = between.iter().filter_map(Value::as_str).collect();
    Some(two.join(" and "))
}

#[cfg(test)]
mod tests;
