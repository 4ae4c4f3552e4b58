//! Files of CSV with a heading, read record by record: what every command that takes one has in common.
//!
//! A mistake is told with the line that an editor shows. Nothing of a file is held here but one record.

mod guard;
mod mistakes;

use std::fs::File;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

use guard::Guard;
pub(super) use mistakes::{Mistake, Mistakes};

/// A table that is held in memory has at most so many rows.
const MOST_ROWS: u64 = 1_000_000;
/// No table has more columns.
const MOST_COLUMNS: usize = 1000;
/// So many names of columns are told when one is not there.
const MOST_NAMED: usize = 20;

/// A file of CSV, open after its heading.
pub(super) struct Records {
    reader: csv::Reader<Guard<File>>,
    heading: Vec<String>,
    heading_line: u64,
    /// Nothing more can be read of it.
    is_over: bool,
}

/// A record as it was written, and the line on which it begins.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    /// As many as the heading has, without spaces around them.
    pub(super) fields: Vec<String>,
}

impl Records {
    /// Opens a file and reads its heading. Names of columns that are not in UTF-8 are taken as Latin-1.
    ///
    /// # Errors
    /// When it cannot be read, or has no heading that names columns.
    pub(super) fn open(path: &Path) -> Result<Self, Mistake> {
        let cannot =
            |error: std::io::Error| Mistake::of_file(format!("it cannot be opened: {error}"));
        let file = File::open(path).map_err(cannot)?;
        if file.metadata().map_err(cannot)?.is_dir() {
            return Err(Mistake::of_file("it is a folder: name a file in it"));
        }
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 18)
            .from_reader(Guard::new(file));
        let mut records = Self {
            reader,
            heading: Vec::new(),
            heading_line: 0,
            is_over: false,
        };
        let mut record = ByteRecord::new();
        let Some(line) = records.record(&mut record)? else {
            return Err(Mistake::of_file(
                "it is empty and has no heading: its first line must name the columns",
            ));
        };
        records.heading_line = line;
        records.heading = record.iter().map(name).collect();
        if records.heading.iter().all(String::is_empty) {
            let told = "it has no heading: its first line must name the columns";
            return Err(Mistake::new(line, told));
        }
        if records.heading.len() > MOST_COLUMNS {
            let told = format!(
                "the heading has {} columns, and at most {MOST_COLUMNS} are read",
                records.heading.len()
            );
            return Err(Mistake::new(line, told));
        }
        Ok(records)
    }

    /// The names of the columns.
    pub(super) fn heading(&self) -> &[String] {
        &self.heading
    }

    /// The place of a column, which must be there once. `asked` says what names it.
    ///
    /// # Errors
    /// When it is not there or more than once, with the line of the heading.
    pub(super) fn place(&self, column: &str, asked: &str) -> Result<usize, Mistake> {
        let mut names = self.heading.iter().enumerate();
        let mut found = names.by_ref().filter(|(_, name)| *name == column);
        let told = match (found.next(), found.next()) {
            (Some((place, _)), None) => return Ok(place),
            (Some(_), Some(_)) => {
                format!("the heading has two columns {column:?}, and {asked} names it")
            }
            (None, _) => format!(
                "the heading has no column {column:?}, which {asked} names; it has {}{}",
                self.told(),
                self.advice(column)
            ),
        };
        Err(Mistake::new(self.heading_line, told))
    }

    /// That a column which is needed is not there: what to do, and what the heading has.
    pub(super) fn absent(&self, told: &str) -> Mistake {
        let told = format!("{told}; the heading has {}", self.told());
        Mistake::new(self.heading_line, told)
    }

    /// Whether the heading has this name, once or more.
    pub(super) fn has(&self, column: &str) -> bool {
        self.heading.iter().any(|name| name == column)
    }

    fn told(&self) -> String {
        let names: Vec<&str> = self.heading.iter().map(String::as_str).collect();
        match names.get(..MOST_NAMED) {
            Some(first) if names.len() > MOST_NAMED => format!(
                "{} and {} others",
                first.join(", "),
                names.len() - MOST_NAMED
            ),
            _ => names.join(", "),
        }
    }

    fn advice(&self, column: &str) -> String {
        let same = |name: &&String| name.eq_ignore_ascii_case(column);
        if let Some(name) = self.heading.iter().find(same) {
            return format!(": is {name:?} meant?");
        }
        match self.heading.as_slice() {
            [only] if only.contains([';', '\t']) => {
                ": columns are parted by commas, not by semicolons or tabs".to_owned()
            }
            [_] => ": the first line of the file must name the columns".to_owned(),
            _ => String::new(),
        }
    }

    /// Reads the next record, which has as many fields as the heading, and says on which line it begins.
    /// Records after one that is refused can be asked for, unless nothing more can be read.
    ///
    /// # Errors
    /// When it is no record of this file.
    pub(super) fn next(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, Mistake> {
        let Some(line) = self.record(record)? else {
            return Ok(None);
        };
        let (found, expected) = (record.len(), self.heading.len());
        if found == expected {
            return Ok(Some(line));
        }
        let advice = if record.iter().skip(expected).any(|field| !field.is_empty()) {
            ": a field that holds a comma must be in quotation marks"
        } else if found > expected {
            ": there are commas after its end"
        } else {
            ""
        };
        let told = format!(
            "it has {found} {}, and the heading has {expected}{advice}",
            if found == 1 { "field" } else { "fields" }
        );
        Err(Mistake::new(line, told))
    }

    fn record(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, Mistake> {
        if self.is_over {
            return Ok(None);
        }
        match self.reader.read_byte_record(record) {
            Ok(true) => {}
            Ok(false) => {
                self.is_over = true;
                return Ok(None);
            }
            Err(error) => {
                self.is_over = true;
                return Err(unreadable(error));
            }
        }
        let line = self.reader.get_mut().next_line().unwrap_or(0);
        if record.as_slice().contains(&0) {
            self.is_over = true;
            let told = "it holds a NUL byte: save the file as CSV in UTF-8";
            return Err(Mistake::new(line, told));
        }
        Ok(Some(line))
    }

    /// All rows, of text in UTF-8.
    ///
    /// # Errors
    /// With everything that is wrong with them, or when there are too many to hold.
    pub(super) fn rows(mut self) -> Result<Vec<Row>, Mistakes> {
        let (mut rows, mut mistakes) = (Vec::new(), Mistakes::default());
        let (mut record, mut count) = (ByteRecord::new(), 0);
        while !mistakes.are_more() {
            let found = self.next(&mut record);
            if !matches!(found, Ok(None)) {
                count += 1;
            }
            match found {
                Ok(None) => break,
                Ok(Some(line)) if count > MOST_ROWS => {
                    let told = format!("the file has more than {MOST_ROWS} rows: part it");
                    return Err(Mistake::new(line, told).into());
                }
                Ok(Some(line)) => match fields(&record) {
                    Some(fields) => rows.push(Row { line, fields }),
                    None => mistakes.add(Mistake::new(
                        line,
                        "it is not in UTF-8: save the file as CSV UTF-8",
                    )),
                },
                Err(mistake) => mistakes.add(mistake),
            }
        }
        mistakes.or(rows)
    }
}

/// The name of a column.
fn name(field: &[u8]) -> String {
    let text = match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => field.iter().copied().map(char::from).collect(),
    };
    text.trim().to_owned()
}

fn fields(record: &ByteRecord) -> Option<Vec<String>> {
    let text = |field| Some(std::str::from_utf8(field).ok()?.trim().to_owned());
    record.iter().map(text).collect()
}

/// Why nothing more can be read.
fn unreadable(error: csv::Error) -> Mistake {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => match error.downcast::<Mistake>() {
            Ok(mistake) => mistake,
            Err(error) => Mistake::of_file(format!("it cannot be read: {error}")),
        },
        other => Mistake::of_file(format!("it cannot be read: {other:?}")),
    }
}
