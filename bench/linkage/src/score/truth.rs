//! Whom each record is truly about.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use csv::StringRecord;

/// Which columns of a file tell the truth.
#[derive(Debug, Clone, clap::Args)]
pub struct Columns {
    /// The column that names the record.
    #[arg(long, default_value = "rec_id")]
    pub id: String,
    /// The column that names whom it is truly about. Without it, the second part of a record's name
    /// tells, as in rec-12-dup-0.
    #[arg(long, default_value = "person_id")]
    pub truth: String,
    /// The column that names the household; may be absent.
    #[arg(long, default_value = "household")]
    pub household: String,
    /// The column with the NHS number; may be absent.
    #[arg(long, default_value = "nhs_number")]
    pub number: String,
}

/// One record's truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) person: u32,
    pub(super) household: Option<u32>,
    pub(super) numbered: bool,
}

/// The truth of every record, by its name.
#[derive(Debug, Default)]
pub struct Truth {
    pub(super) records: HashMap<String, Known>,
    people: HashMap<String, u32>,
    households: HashMap<String, u32>,
}

impl Truth {
    /// Adds the records of a file, and tells their names in order.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or a record has neither a column of truth nor a name that tells it.
    pub fn add(&mut self, path: &Path, columns: &Columns) -> Result<Vec<String>> {
        let mut table = open(path)?;
        let heads = table.headers()?.clone();
        let id = place(&heads, &columns.id)
            .with_context(|| format!("{} has no column {:?}", path.display(), columns.id))?;
        let person = place(&heads, &columns.truth);
        let household = place(&heads, &columns.household);
        let number = place(&heads, &columns.number);
        let mut names = Vec::new();
        for row in table.records() {
            let row = row?;
            let name = row.get(id).unwrap_or_default().to_owned();
            let told = match person {
                Some(column) => row.get(column),
                None => name.split('-').nth(1),
            };
            let told = told.with_context(|| format!("nothing tells whom {name:?} is about"))?;
            let known = Known {
                person: named(&mut self.people, told),
                household: household
                    .and_then(|column| row.get(column))
                    .map(|household| named(&mut self.households, household)),
                numbered: number
                    .and_then(|column| row.get(column))
                    .is_some_and(|number| !number.is_empty()),
            };
            self.records.insert(name.clone(), known);
            names.push(name);
        }
        Ok(names)
    }
}

/// A small number for a name: the same for the same name.
pub(super) fn named(names: &mut HashMap<String, u32>, name: &str) -> u32 {
    if let Some(number) = names.get(name) {
        return *number;
    }
    let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
    names.insert(name.to_owned(), number);
    number
}

/// A table with a line of heads; spaces around fields do not count.
pub(super) fn open(path: &Path) -> Result<csv::Reader<std::fs::File>> {
    csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("cannot read {}", path.display()))
}

pub(super) fn place(heads: &StringRecord, name: &str) -> Option<usize> {
    heads.iter().position(|head| head == name)
}

/// A column that has to be there.
pub(super) fn needed(heads: &StringRecord, name: &str, path: &Path) -> Result<usize> {
    place(heads, name).with_context(|| format!("{} has no column {name:?}", path.display()))
}
