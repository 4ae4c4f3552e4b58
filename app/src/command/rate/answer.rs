//! What is worked out, as CSV or JSON.

use anyhow::anyhow;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use stour_statistics::rate::{Interval, Withheld};

use super::levels::{Levels, cells};
use super::table::{Mistake, Row};
use crate::command::records::Mistakes;
use crate::program::give;

/// A cell.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    Text(String),
    Count(u64),
    Number(f64),
    Yes(bool),
    Nothing,
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Nothing, Self::Number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Count(count) => count.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Yes(yes) => f.write_str(if *yes { "TRUE" } else { "FALSE" }),
            Self::Nothing => Ok(()),
        }
    }
}

/// Why a number is not given.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// Something is wrong with the file.
    Wrong(Mistake),
    /// The method does not give one here.
    Rule(String),
}

impl Why {
    /// What the engine says, with the line where it is about one of these rows.
    pub(super) fn of(why: Withheld, rows: &[&Row]) -> Self {
        let place = match why {
            Withheld::NoPopulation | Withheld::Population(_) => Some(0),
            Withheld::EmptyBand { place }
            | Withheld::Band { place, .. }
            | Withheld::NotANumber { place }
            | Withheld::DeathsExceedPopulation { place }
            | Withheld::Scale { place, .. } => Some(place),
            _ => None,
        };
        match place.and_then(|place| rows.get(place)) {
            Some(row) => Self::Wrong(Mistake::new(row.line, why.to_string())),
            None => Self::Rule(why.to_string()),
        }
    }
}

impl From<Mistake> for Why {
    fn from(mistake: Mistake) -> Self {
        Self::Wrong(mistake)
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wrong(mistake) => mistake.fmt(f),
            Self::Rule(why) => f.write_str(why),
        }
    }
}

/// A table of what was found, and what was wrong.
pub(super) struct Answer {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
    mistakes: Mistakes,
}

impl Answer {
    /// A table with these columns, and one for reasons.
    pub(super) fn new(columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut columns: Vec<String> = columns.into_iter().map(Into::into).collect();
        columns.push("withheld".to_owned());
        Self::of(columns)
    }

    /// A table with these columns and no others.
    pub(super) fn of(columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            columns: columns.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
            mistakes: Mistakes::default(),
        }
    }

    /// Adds a row as it is.
    pub(super) fn push(&mut self, cells: Vec<Value>) {
        self.rows.push(cells);
    }

    /// Adds a row; cells that are left out are empty.
    pub(super) fn add(&mut self, mut cells: Vec<Value>, why: Option<&Why>) {
        cells.resize(self.columns.len().saturating_sub(1), Value::Nothing);
        cells.push(why.map_or(Value::Nothing, |why| Value::Text(why.to_string())));
        self.rows.push(cells);
        if let Some(Why::Wrong(mistake)) = why {
            self.mistake(mistake.clone());
        }
    }

    /// Notes a mistake beside those that rows are withheld for.
    pub(super) fn mistake(&mut self, mistake: Mistake) {
        self.mistakes.add(mistake);
    }

    /// Prints it.
    ///
    /// # Errors
    /// When something was wrong with the file, with the lines.
    pub(super) fn finish(mut self, file: &str, json: bool) -> anyhow::Result<()> {
        self.mistakes.sort();
        if json {
            give(&serde_json::to_string_pretty(&self)?);
        } else {
            let mut out = csv::Writer::from_writer(Vec::new());
            out.write_record(&self.columns)?;
            for row in &self.rows {
                out.write_record(row.iter().map(ToString::to_string))?;
            }
            let text =
                String::from_utf8(out.into_inner().map_err(csv::IntoInnerError::into_error)?)?;
            give(text.trim_end_matches('\n'));
        }
        if self.mistakes.is_empty() {
            return Ok(());
        }
        Err(anyhow!(
            "{file} has mistakes, and what they touch is withheld:\n{}",
            self.mistakes
        ))
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<Named<'_>> = self
            .rows
            .iter()
            .map(|row| Named(&self.columns, row))
            .collect();
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("rows", &rows)?;
        map.serialize_entry("mistakes", self.mistakes.kept())?;
        map.serialize_entry("more", &self.mistakes.are_more())?;
        map.end()
    }
}

/// A row by the names of its columns, in their order.
struct Named<'a>(&'a [String], &'a [Value]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().zip(self.1))
    }
}

/// The columns that most tables end with.
pub(super) fn ending(levels: &Levels) -> Vec<String> {
    let mut columns = vec!["value".to_owned()];
    columns.extend(levels.columns(""));
    columns.extend(["confidence", "statistic", "method"].map(str::to_owned));
    columns
}

/// The cells of these columns; a value or limits that are not given are empty.
pub(super) fn end(
    levels: &Levels,
    value: Option<f64>,
    intervals: &[Interval],
    statistic: &str,
    method: &str,
) -> Vec<Value> {
    let mut cells = [vec![value.into()], cells(intervals)].concat();
    cells.resize(1 + 2 * levels.count(), Value::Nothing);
    cells.extend([levels.told().as_str(), statistic, method].map(Value::from));
    cells
}

/// What a row or group is about, as its first cells.
pub(super) fn keys(key: &[String]) -> Vec<Value> {
    key.iter().map(|part| Value::from(part.as_str())).collect()
}
