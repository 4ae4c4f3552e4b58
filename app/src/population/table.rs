//! The tables of a population's folder: their files and headings, and rows by the names of their
//! columns in any order.

use std::fmt::Display;
use std::fs::File;
use std::path::Path;
use std::str::FromStr;

use super::{Mistake, Mistakes};

/// The file of people.
pub(super) const PEOPLE: &str = "people.csv";
/// The file of events.
pub(super) const EVENTS: &str = "events.csv";
/// The file of relationships.
pub(super) const RELATIONSHIPS: &str = "relationships.csv";
/// The file of hospital messages.
pub(super) const MESSAGES: &str = "adt.hl7";

/// The headings of people.
pub(super) const PERSON_COLUMNS: [&str; 23] = [
    "index",
    "nhs_number",
    "family_name",
    "given_names",
    "sex",
    "born",
    "died",
    "address",
    "postcode",
    "lsoa",
    "imd_decile",
    "council",
    "locality",
    "practice",
    "telephone",
    "household",
    "household_kind",
    "conditions",
    "frailty",
    "restricted",
    "objection",
    "lives_alone",
    "care_home",
];
/// The headings of events.
pub(super) const EVENT_COLUMNS: [&str; 11] = [
    "person",
    "nhs_number",
    "kind",
    "started",
    "ended",
    "organisation",
    "outcome",
    "cost_pence",
    "source_system",
    "source_reference",
    "detail",
];
/// The headings of relationships.
pub(super) const RELATIONSHIP_COLUMNS: [&str; 3] = ["from_index", "kind", "to_index"];

/// What to do about a heading.
const HEADINGS: &str =
    "Give every column of the table its heading, once; the order does not matter.";

/// A table being read, a row at a time.
pub(super) struct Table {
    file: &'static str,
    columns: &'static [&'static str],
    reader: csv::Reader<File>,
    /// Where each column stands.
    places: Vec<usize>,
    record: csv::StringRecord,
    /// A row that was read and is not wanted yet.
    kept: bool,
    /// A row could not be read: what follows it means nothing.
    pub(super) broken: bool,
}

impl Table {
    /// Opens a table and finds its columns.
    pub(super) fn open(
        folder: &Path,
        (file, columns): (&'static str, &'static [&'static str]),
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        let path = folder.join(file);
        let reader = csv::ReaderBuilder::new()
            .buffer_capacity(1 << 18)
            .from_path(&path);
        let mut reader = match reader {
            Ok(reader) => reader,
            Err(error) => {
                let remedy = "Give the folder that `stour synth --out` wrote.";
                mistakes.add(Mistake::new(file, 0, "", error.to_string(), remedy));
                return None;
            }
        };
        let headings = match reader.headers() {
            Ok(headings) => headings.clone(),
            Err(error) => {
                mistakes.add(unreadable(file, &error));
                return None;
            }
        };
        let before = mistakes.count();
        let places = places(file, columns, &headings, mistakes);
        (mistakes.count() == before).then_some(Self {
            file,
            columns,
            reader,
            places,
            record: csv::StringRecord::new(),
            kept: false,
            broken: false,
        })
    }

    /// The next row, unless there is none; one that cannot be read is a mistake, and the last.
    pub(super) fn next(&mut self, mistakes: &mut Mistakes) -> bool {
        if std::mem::take(&mut self.kept) {
            return true;
        }
        match self.reader.read_record(&mut self.record) {
            Ok(more) => more,
            Err(error) => {
                mistakes.add(unreadable(self.file, &error));
                self.broken = true;
                false
            }
        }
    }

    /// Gives the row back: the next call of [`next`](Self::next) finds it again.
    pub(super) fn keep(&mut self) {
        self.kept = true;
    }

    /// How many bytes have been read.
    pub(super) fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The cell of a column, empty when there is none.
    pub(super) fn text(&self, column: &str) -> &str {
        let place = self.columns.iter().position(|known| *known == column);
        let place = place.and_then(|number| self.places.get(number));
        place
            .and_then(|place| self.record.get(*place))
            .unwrap_or_default()
            .trim()
    }

    /// The value of a column.
    pub(super) fn parse<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
        mistakes: &mut Mistakes,
    ) -> Option<T> {
        match self.text(column).parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let shown: String = self.text(column).chars().take(40).collect();
                self.wrong(
                    column,
                    format!("{shown:?}: {error}"),
                    "Correct the value.",
                    mistakes,
                );
                None
            }
        }
    }

    /// The value of a column that may be empty; none where it is, and where it is wrong.
    pub(super) fn optional<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
        mistakes: &mut Mistakes,
    ) -> Option<T> {
        if self.text(column).is_empty() {
            None
        } else {
            self.parse(column, mistakes)
        }
    }

    /// Notes that the value of a column is wrong.
    pub(super) fn wrong(
        &self,
        column: &str,
        reason: String,
        remedy: &'static str,
        mistakes: &mut Mistakes,
    ) {
        let line = self.record.position().map_or(0, csv::Position::line);
        mistakes.add(Mistake::new(self.file, line, column, reason, remedy));
    }
}

fn unreadable(file: &'static str, error: &csv::Error) -> Mistake {
    let line = error.position().map_or(0, csv::Position::line);
    let remedy =
        "Save the file as CSV in UTF-8, each row with as many cells as there are headings.";
    Mistake::new(file, line, "", error.to_string(), remedy)
}

/// Where each column stands. Every column is to be there once, and no other.
fn places(
    file: &'static str,
    columns: &[&str],
    headings: &csv::StringRecord,
    mistakes: &mut Mistakes,
) -> Vec<usize> {
    let headings: Vec<&str> = headings
        .iter()
        .map(|heading| heading.trim_start_matches('\u{feff}').trim())
        .collect();
    for heading in headings.iter().filter(|heading| !columns.contains(heading)) {
        mistakes.add(Mistake::new(
            file,
            1,
            heading,
            "no column has this heading".to_owned(),
            HEADINGS,
        ));
    }
    columns
        .iter()
        .filter_map(|column| {
            let mut found = headings
                .iter()
                .enumerate()
                .filter(|(_, heading)| *heading == column);
            let (first, second) = (found.next(), found.next());
            if second.is_some() {
                mistakes.add(Mistake::new(
                    file,
                    1,
                    column,
                    "two columns have this heading".to_owned(),
                    HEADINGS,
                ));
            } else if first.is_none() {
                mistakes.add(Mistake::new(
                    file,
                    1,
                    column,
                    "the column is missing".to_owned(),
                    HEADINGS,
                ));
            }
            first.map(|(place, _)| place)
        })
        .collect()
}
