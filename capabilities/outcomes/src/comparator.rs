//! Areas outside the partnership with which it is compared, and why each. They are data
//! (`reference/comparators/areas.csv`), built into the binary. Nobody's statistical neighbours are among
//! them: no published set was seen.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Date, Period};

use crate::area::Area;

/// An area outside the partnership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparator {
    /// The area.
    pub area: Area,
    /// Other codes that publishers used for it.
    pub other_codes: Vec<String>,
    /// Why it is compared with.
    pub why: String,
    /// How that is known.
    pub source: String,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    other_codes: String,
    name: String,
    kind: String,
    starts: Date,
    ends: Option<Date>,
    why: String,
    source: String,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ComparatorError {
    /// It is not the table it should be.
    #[error("reference/comparators/areas.csv: {0}")]
    Table(#[from] csv::Error),
    /// An area ends before it begins.
    #[error("reference/comparators/areas.csv: {code} ends before it begins: correct its dates")]
    Dates {
        /// Its code.
        code: String,
    },
}

/// Every comparator, in the order of the file.
///
/// # Errors
/// What is wrong with the file; the same answer every time.
pub fn comparators() -> Result<&'static [Comparator], &'static ComparatorError> {
    static COMPARATORS: OnceLock<Result<Vec<Comparator>, ComparatorError>> = OnceLock::new();
    COMPARATORS
        .get_or_init(|| parse(include_str!("../../../reference/comparators/areas.csv")))
        .as_ref()
        .map(Vec::as_slice)
}

/// The comparator that a publisher calls by this code.
pub fn comparator(code: &str) -> Option<&'static Comparator> {
    comparators()
        .unwrap_or_default()
        .iter()
        .find(|one| one.area.code == code || one.other_codes.iter().any(|other| other == code))
}

fn parse(text: &str) -> Result<Vec<Comparator>, ComparatorError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| {
            let row: Row = row?;
            let valid = Period::new(row.starts, row.ends).map_err(|_| ComparatorError::Dates {
                code: row.code.clone(),
            })?;
            Ok(Comparator {
                area: Area {
                    code: row.code,
                    kind: row.kind,
                    name: row.name,
                    valid,
                },
                other_codes: row
                    .other_codes
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
                why: row.why,
                source: row.source,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
