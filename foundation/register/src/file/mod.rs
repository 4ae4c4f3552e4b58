//! Registers as files: CSV and workbooks, out and in.

mod export;
mod import;
mod read;
#[cfg(test)]
mod tests;

pub use export::{csv, json, workbook};
pub use import::{Imported, import};
pub use read::{FileError, Rows, read};

use std::collections::BTreeSet;

use crate::{Field, Kind};

/// The heading of the numbers of entries.
const NUMBER: &str = "number";
/// The heading of the versions that a file was made from.
const VERSION: &str = "version";
/// What a spreadsheet program takes for the beginning of a formula, and the sign that guards a text against it.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// The most characters of the name of a sheet.
const LONGEST_SHEET: usize = 31;

/// The name of the sheet of a kind.
fn sheet_name(kind: &Kind) -> String {
    let name = kind.many.replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
    name.chars().take(LONGEST_SHEET).collect()
}

/// The headings of a kind's sheet: the labels of its fields; where two have one label, their names.
fn labels(kind: &Kind) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let own = [NUMBER, VERSION];
    let is_new = |field: &Field| seen.insert(field.label.to_lowercase());
    let differ = kind.fields.iter().all(is_new) && !own.iter().any(|own| seen.contains(*own));
    let fields = kind.fields.iter();
    if differ {
        fields.map(|field| field.label).collect()
    } else {
        fields.map(|field| field.name).collect()
    }
}
