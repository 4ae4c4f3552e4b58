//! The records of a file, as a model of Splink reads them.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context as _, ensure};
use stour_linkage::splink::{Record, Value};
use stour_linkage::{DateOrder, Record as Person};

use super::Splink;
use crate::command::link::columns::{Columns, Places};
use crate::command::link::table::{Table, text, warn_of_repeats};

/// How a model of Splink takes the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Date,
    List,
}

/// Where a column of the model stands in a file.
enum Cell {
    Column(usize, Kind),
    Joined(Vec<usize>),
}

/// The records of one file.
pub(super) struct Set {
    pub(super) ids: Vec<String>,
    /// The set of records that each is of, where the file has such a column.
    pub(super) sources: Vec<String>,
    pub(super) records: Vec<Record>,
}

/// Takes the kinds out of the heading: `height:number` is a column `height` of numbers.
pub(super) fn kinds(table: &mut Table) -> Vec<Kind> {
    let split = |heading: &str| {
        let found = heading.rsplit_once(':').and_then(|(name, kind)| {
            let kind = match kind {
                "text" => Kind::Text,
                "integer" => Kind::Integer,
                "number" => Kind::Number,
                "date" => Kind::Date,
                "list" => Kind::List,
                _ => return None,
            };
            Some((name.to_owned(), kind))
        });
        found.unwrap_or_else(|| (heading.to_owned(), Kind::Text))
    };
    let (names, kinds): (Vec<String>, Vec<Kind>) = table.header.iter().map(split).unzip();
    table.header = names.iter().collect();
    kinds
}

impl Splink {
    /// Reads a file. `look` sees the fields of every row, and the record as the rules of trust see it.
    ///
    /// # Errors
    /// When the model reads a column that the file does not have, or a cell is not of its kind.
    pub(super) fn read(
        &self,
        (path, table): (&Path, Table),
        (columns, kinds): (&Columns, &[Kind]),
        dates: DateOrder,
        mut look: impl FnMut(&[Cow<'_, str>], &Person<'_>),
    ) -> anyhow::Result<Set> {
        let cells = self
            .cells(&table, columns, kinds)
            .with_context(|| path.display().to_string())?;
        let source = find(&table, self.model.source_dataset_column());
        let mut set = Set {
            ids: Vec::new(),
            sources: Vec::new(),
            records: Vec::new(),
        };
        let seen = table.each(columns, dates, |id, fields, person| {
            look(fields, person);
            let at = |place: usize| fields.get(place).map_or("", |field| field.as_ref());
            let mut row = Vec::with_capacity(cells.len());
            for (name, cell) in &cells {
                let value = match cell {
                    Cell::Column(place, kind) => value(at(*place), *kind),
                    Cell::Joined(places) => value(&text(fields, places), Kind::Text),
                };
                row.push((
                    name.as_str(),
                    value.with_context(|| format!("record {id}, column {name}"))?,
                ));
            }
            set.ids.push(id.to_owned());
            set.sources.push(source.map_or("", at).to_owned());
            set.records.push(self.model.record(row));
            Ok(())
        })?;
        seen.tell();
        warn_of_repeats(path, &set.ids);
        Ok(set)
    }

    fn cells(
        &self,
        table: &Table,
        columns: &Columns,
        kinds: &[Kind],
    ) -> anyhow::Result<Vec<(String, Cell)>> {
        let places = columns.places(&table.header);
        let mut cells = Vec::new();
        for name in self.model.columns() {
            let found = find(table, name);
            let kind = |place: usize| kinds.get(place).copied().unwrap_or(Kind::Text);
            let cell = match found {
                Some(place) => Some(Cell::Column(place, kind(place))),
                None => alias(columns, &places, name).map(Cell::Joined),
            };
            let cell = cell.with_context(|| {
                let there: Vec<&str> = table.header.iter().collect();
                format!(
                    "Splink's model reads a column {name:?}, and there are {}",
                    there.join(", ")
                )
            })?;
            cells.push((name.clone(), cell));
        }
        Ok(cells)
    }
}

fn find(table: &Table, column: &str) -> Option<usize> {
    table
        .header
        .iter()
        .position(|name| name.to_lowercase() == column.to_lowercase())
}

/// The columns that `--columns` names for something that is called as the model's column is.
fn alias(columns: &Columns, places: &Places, name: &str) -> Option<Vec<usize>> {
    let name = name.to_lowercase();
    let further = columns
        .further()
        .iter()
        .position(|further| further.to_lowercase() == name);
    let further = further
        .and_then(|place| places.further.get(place))
        .map_or(&[][..], Vec::as_slice);
    places.of(&name).first().or(further.first()).cloned()
}

/// A cell. An empty one is missing, or a list of nothing; `\N`, as `PostgreSQL` writes it, is missing.
fn value(text: &str, kind: Kind) -> anyhow::Result<Value> {
    if text == "\\N" || (text.is_empty() && kind != Kind::List) {
        return Ok(Value::Null);
    }
    Ok(match kind {
        Kind::Text => text.into(),
        Kind::Integer => Value::Integer(
            text.parse()
                .with_context(|| format!("{text:?} is not an integer"))?,
        ),
        Kind::Number => {
            let number: f64 = text
                .parse()
                .with_context(|| format!("{text:?} is not a number"))?;
            ensure!(number.is_finite(), "{text:?} is not a number");
            Value::Number(number)
        }
        Kind::Date => {
            date(text).with_context(|| format!("{text:?} is not a date such as 1941-03-02"))?
        }
        Kind::List if text.is_empty() => Value::List(Vec::new()),
        Kind::List => text.split('|').map(str::trim).collect::<Vec<_>>().into(),
    })
}

fn date(text: &str) -> Option<Value> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Value::date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

impl Set {
    /// The identifier of a record.
    pub(super) fn id(&self, place: usize) -> &str {
        self.ids.get(place).map_or("", String::as_str)
    }

    /// The place of each record in the order by which Splink takes the left one of two: by set, then by
    /// identifier, as numbers where all are numbers.
    pub(super) fn ranks(&self) -> Vec<usize> {
        let numbers: Option<Vec<i64>> = self.ids.iter().map(|id| id.parse().ok()).collect();
        let number = |place: &usize| numbers.as_ref().and_then(|numbers| numbers.get(*place));
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_by(|one, other| {
            let by_set = self.sources.get(*one).cmp(&self.sources.get(*other));
            by_set
                .then(number(one).cmp(&number(other)))
                .then(self.ids.get(*one).cmp(&self.ids.get(*other)))
        });
        let mut ranks = vec![0; order.len()];
        for (rank, place) in order.into_iter().enumerate() {
            if let Some(found) = ranks.get_mut(place) {
                *found = rank;
            }
        }
        ranks
    }
}
