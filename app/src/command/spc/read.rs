//! The file, row by row.

use std::fs::File;
use std::path::Path;

use anyhow::anyhow;
use csv::{ReaderBuilder, StringRecord, Trim};
use hashbrown::HashMap;
use serde::Serialize;
use stour_kernel::Date;

use super::asked;
use crate::program::give;

/// How many mistakes are told one by one.
const TOLD: usize = 20;

/// The columns that are read.
pub(super) struct Columns<'a> {
    pub(super) value: &'a str,
    pub(super) date: &'a str,
    pub(super) group: Option<&'a str>,
    pub(super) denominator: Option<&'a str>,
}

/// A row as it was written.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) at: Date,
    pub(super) value: String,
    pub(super) denominator: Option<String>,
}

/// The rows of one series, in the order of the file.
#[derive(Debug)]
pub(super) struct Series {
    /// What the group column says; nothing without one.
    pub(super) name: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// Something that makes a file unusable.
#[derive(Debug, Serialize)]
pub(super) struct Mistake {
    line: Option<u64>,
    reason: String,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(super) struct Refused(Vec<Mistake>);

impl Refused {
    pub(super) fn because(line: Option<u64>, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self(vec![Mistake { line, reason }])
    }

    /// Tells it: on standard error, and as JSON on standard output where asked for.
    pub(super) fn told(&self, file: &Path, json: bool) -> anyhow::Error {
        let file = file.display().to_string();
        if json {
            let refused = serde_json::json!({ "refused": { "file": file, "mistakes": self.0 } });
            give(&format!("{refused:#}"));
        }
        let mut lines: Vec<String> = self
            .0
            .iter()
            .take(TOLD)
            .map(|mistake| match mistake.line {
                Some(line) => format!("line {line}: {}", mistake.reason),
                None => mistake.reason.clone(),
            })
            .collect();
        if let Some(more) = self.0.len().checked_sub(TOLD).filter(|more| *more > 0) {
            lines.push(format!("and {more} more"));
        }
        anyhow!("{file} cannot be used:\n{}", lines.join("\n"))
    }
}

/// Where the columns are.
struct Places {
    value: usize,
    date: usize,
    group: Option<usize>,
    denominator: Option<usize>,
}

/// The series of a file, in the order of their first rows.
pub(super) fn read(file: &Path, columns: &Columns<'_>) -> Result<Vec<Series>, Refused> {
    let opened = File::open(file)
        .map_err(|error| Refused::because(None, format!("it cannot be read: {error}")))?;
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(opened);
    let places = places(reader.headers().map_err(|error| wrong(&error))?, columns)?;
    let (mut series, mut place_of) = (Vec::<Series>::new(), HashMap::new());
    let (mut mistakes, mut record) = (Vec::new(), StringRecord::new());
    while reader
        .read_record(&mut record)
        .map_err(|error| wrong(&error))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        let field = |place: usize| record.get(place).unwrap_or_default();
        let at = match asked::date(field(places.date)) {
            Ok(at) => at,
            Err(reason) => {
                mistakes.push(Mistake {
                    line: Some(line),
                    reason,
                });
                continue;
            }
        };
        let name = places.group.map(|group| field(group).to_owned());
        let place = *place_of.entry(name.clone()).or_insert_with(|| {
            series.push(Series {
                name,
                rows: Vec::new(),
            });
            series.len() - 1
        });
        let row = Row {
            line,
            at,
            value: field(places.value).to_owned(),
            denominator: places.denominator.map(|place| field(place).to_owned()),
        };
        if let Some(found) = series.get_mut(place) {
            found.rows.push(row);
        }
    }
    if !mistakes.is_empty() {
        return Err(Refused(mistakes));
    }
    if series.is_empty() {
        return Err(Refused::because(None, "it has a heading and no rows"));
    }
    Ok(series)
}

fn places(heading: &StringRecord, columns: &Columns<'_>) -> Result<Places, Refused> {
    let names: Vec<&str> = heading
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').trim())
        .collect();
    if names.iter().all(|name| name.is_empty()) {
        let reason = "it has no heading: its first line must name the columns";
        return Err(Refused::because(None, reason));
    }
    let place = |option: &str, column: &str| {
        let mut found = (0..).zip(&names).filter(|(_, name)| **name == column);
        match (found.next(), found.next()) {
            (Some((place, _)), None) => Ok(place),
            (Some(_), Some(_)) => Err(Refused::because(
                Some(1),
                format!("the heading has {column:?} twice, and {option} names it"),
            )),
            (None, _) => Err(Refused::because(
                Some(1),
                format!(
                    "the heading has no {column:?}, which {option} names; it has {}",
                    names.join(", ")
                ),
            )),
        }
    };
    Ok(Places {
        value: place("--value", columns.value)?,
        date: place("--date", columns.date)?,
        group: columns
            .group
            .map(|column| place("--group", column))
            .transpose()?,
        denominator: columns
            .denominator
            .map(|column| place("--denominator", column))
            .transpose()?,
    })
}

fn wrong(error: &csv::Error) -> Refused {
    let line = error.position().map(csv::Position::line);
    let reason = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!(
            "it has {len} fields, and the heading has {expected_len}: a field that holds a comma \
             must be in quotation marks"
        ),
        csv::ErrorKind::Utf8 { .. } => "it is not in UTF-8: save the file as CSV UTF-8".to_owned(),
        csv::ErrorKind::Io(error) => format!("it cannot be read: {error}"),
        _ => error.to_string(),
    };
    Refused::because(line, reason)
}
