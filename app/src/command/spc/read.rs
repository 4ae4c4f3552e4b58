//! The file, row by row.

use std::path::Path;

use hashbrown::HashMap;
use stour_kernel::Date;

use super::asked;
use crate::command::records::{self, Mistake, Mistakes, Records};

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

/// Where the columns are.
struct Places {
    value: usize,
    date: usize,
    group: Option<usize>,
    denominator: Option<usize>,
}

/// The series of a file, in the order of their first rows.
///
/// # Errors
/// With everything for which the file cannot be used.
pub(super) fn read(file: &Path, columns: &Columns<'_>) -> Result<Vec<Series>, Mistakes> {
    let records = Records::open(file)?;
    let places = places(&records, columns)?;
    let (mut series, mut place_of) = (Vec::<Series>::new(), HashMap::new());
    let mut mistakes = Mistakes::default();
    for row in records.rows()? {
        let (name, row) = match read_row(&row, &places) {
            Ok(read) => read,
            Err(mistake) => {
                mistakes.add(mistake);
                continue;
            }
        };
        let place = *place_of.entry(name.clone()).or_insert_with(|| {
            series.push(Series {
                name,
                rows: Vec::new(),
            });
            series.len() - 1
        });
        if let Some(found) = series.get_mut(place) {
            found.rows.push(row);
        }
    }
    let series = mistakes.or(series)?;
    if series.is_empty() {
        return Err(Mistake::of_file("it has a heading and no rows").into());
    }
    Ok(series)
}

fn read_row(row: &records::Row, places: &Places) -> Result<(Option<String>, Row), Mistake> {
    let field = |place: usize| row.fields.get(place).cloned().unwrap_or_default();
    let name = places.group.map(field);
    if name.as_ref().is_some_and(String::is_empty) {
        let told = "it does not say which series it is of: its --group is blank";
        return Err(Mistake::new(row.line, told));
    }
    let at = asked::date(&field(places.date)).map_err(|told| Mistake::new(row.line, told))?;
    let read = Row {
        line: row.line,
        at,
        value: field(places.value),
        denominator: places.denominator.map(field),
    };
    Ok((name, read))
}

fn places(records: &Records, columns: &Columns<'_>) -> Result<Places, Mistake> {
    let named = |column: Option<&str>, option: &str| {
        column
            .map(|column| records.place(column, option))
            .transpose()
    };
    Ok(Places {
        value: records.place(columns.value, "--value")?,
        date: records.place(columns.date, "--date")?,
        group: named(columns.group, "--group")?,
        denominator: named(columns.denominator, "--denominator")?,
    })
}
