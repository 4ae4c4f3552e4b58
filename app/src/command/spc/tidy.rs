//! What cannot be right is found, named and withheld.

use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_statistics::attribute::Counted;
use stour_statistics::{Point, zeros};

use super::Spc;
use super::asked::{self, Kind};
use super::periods::Every;
use super::read::{Row, Series};

/// The fewest values by which a series is taken for a count.
const FEWEST_FOR_COUNT: usize = 7;
/// Of so many values at most one below nought is a mistake; of a signed series more would be.
const OF_WHICH_ONE_NEGATIVE: usize = 10;

/// A period of a series.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) at: Date,
    /// Its line; nothing for a period that the file does not have.
    pub(super) line: Option<u64>,
    /// What the file says.
    pub(super) published: Option<String>,
    /// What is charted, the size being 1 where there is no denominator.
    pub(super) counted: Option<Counted>,
    /// Why nothing is charted.
    pub(super) withheld: Option<String>,
}

impl Reading {
    fn withhold(&mut self, reason: String) {
        self.counted = None;
        self.withheld = Some(reason);
    }
}

/// A series made fit to be charted: one reading for each period, in order.
pub(super) struct Tidy {
    pub(super) readings: Vec<Reading>,
    /// What its reader should know of it as a whole.
    pub(super) notes: Vec<String>,
}

/// Makes a series fit to be charted.
pub(super) fn tidy(asked: &Spc, series: &Series) -> Tidy {
    let mut of_date: BTreeMap<Date, Vec<&Row>> = BTreeMap::new();
    for row in &series.rows {
        of_date.entry(row.at).or_default().push(row);
    }
    let mut readings: Vec<Reading> = of_date
        .into_iter()
        .map(|(at, rows)| reading(asked, at, &rows))
        .collect();
    if !asked.signed && matches!(asked.chart, Kind::Xmr | Kind::Run) {
        withhold_negative(&mut readings);
    }
    let mut notes = Vec::new();
    // Rare events come when they come.
    if !matches!(asked.chart, Kind::G | Kind::T) {
        readings = filled(readings, &mut notes);
        if !asked.keep_zeros {
            withhold_zeros(&mut readings);
        }
    }
    Tidy { readings, notes }
}

fn reading(asked: &Spc, at: Date, rows: &[&Row]) -> Reading {
    let texts: Vec<String> = rows.iter().map(|row| text(row)).collect();
    let mut reading = Reading {
        at,
        line: rows.first().map(|row| row.line),
        published: Some(texts.join(" and ")),
        counted: None,
        withheld: None,
    };
    if let [row] = rows {
        match counted(asked.chart, row) {
            Ok(counted) => reading.counted = Some(counted),
            Err(reason) => reading.withhold(reason),
        }
        return reading;
    }
    let lines: Vec<String> = rows.iter().map(|row| row.line.to_string()).collect();
    let advice = if asked.group.is_none() {
        "; if the file holds several series, --group names the column that parts them"
    } else {
        ""
    };
    reading.withhold(format!(
        "This date is on lines {}, and which of them counts is not known{advice}.",
        lines.join(" and ")
    ));
    reading
}

fn text(row: &Row) -> String {
    match &row.denominator {
        Some(denominator) => format!("{} of {denominator}", row.value),
        None => row.value.clone(),
    }
}

/// What a row counts, or why that cannot be said.
fn counted(chart: Kind, row: &Row) -> Result<Counted, String> {
    let read = |what: &str, text: &str| {
        if text.is_empty() {
            return Err(format!("There is no {what}: a missing return."));
        }
        asked::number(text).map_err(|wrong| format!("The {what} {text:?} {wrong}."))
    };
    let count = read("value", &row.value)?;
    let size = match &row.denominator {
        Some(text) => read("denominator", text)?,
        None => 1.0,
    };
    let wrong = match chart {
        Kind::P | Kind::U | Kind::C | Kind::G if count < 0.0 => {
            Some(format!("{count} is below nought, which no count is."))
        }
        Kind::P | Kind::U | Kind::C | Kind::G if count.fract() != 0.0 => Some(format!(
            "{count} is not a whole number, which a count is: for other values there is --chart xmr."
        )),
        Kind::P if size.fract() != 0.0 => Some(format!(
            "The denominator {size} is not a whole number: a proportion is of people or things."
        )),
        Kind::T if count <= 0.0 => Some(format!(
            "{count} is no time between events: it must be above nought."
        )),
        Kind::P | Kind::U if size <= 0.0 => {
            Some(format!("The denominator {size} is not above nought."))
        }
        Kind::P if count > size => Some(format!(
            "{count} out of {size} is more than all: check that everyone counted above the line is \
             also counted below it."
        )),
        _ => None,
    };
    match wrong {
        Some(reason) => Err(reason),
        None => Ok(Counted { count, size }),
    }
}

/// Withholds the few values below nought of a series that otherwise counts.
fn withhold_negative(readings: &mut [Reading]) {
    let values: Vec<f64> = readings
        .iter()
        .filter_map(|reading| Some(reading.counted?.count))
        .collect();
    let negative = values.iter().filter(|value| **value < 0.0).count();
    let whole = values.iter().all(|value| value.fract().abs() <= 0.0);
    let rare = negative * OF_WHICH_ONE_NEGATIVE <= values.len().max(OF_WHICH_ONE_NEGATIVE);
    if values.len() < FEWEST_FOR_COUNT || !whole || !rare {
        return;
    }
    for reading in readings {
        if let Some(Counted { count, .. }) = reading.counted.filter(|seen| seen.count < 0.0) {
            reading.withhold(format!(
                "{count} is below nought, and the series looks like a count: nearly all its values \
                 are whole numbers from nought up. If values below nought can be right, say --signed."
            ));
        }
    }
}

/// The series with a reading for each period that the file does not have.
fn filled(readings: Vec<Reading>, notes: &mut Vec<String>) -> Vec<Reading> {
    let dates: Vec<Date> = readings.iter().map(|reading| reading.at).collect();
    let Some(every) = Every::of(&dates) else {
        if dates.len() > 2 {
            notes.push(
                "The dates are uneven: whether a period is missing cannot be seen.".to_owned(),
            );
        }
        return readings;
    };
    let mut filled: Vec<Reading> = Vec::with_capacity(readings.len());
    for reading in readings {
        if let Some(before) = filled.last().map(|reading| reading.at) {
            let (missing, count) = every.between(before, reading.at);
            let reason = match count {
                1 => format!("There is no row for this {}.", every.noun()),
                count => format!(
                    "There is no row for this {}, one of {count} in a row.",
                    every.noun()
                ),
            };
            filled.extend(missing.into_iter().map(|at| Reading {
                at,
                line: None,
                published: None,
                counted: None,
                withheld: Some(reason.clone()),
            }));
        }
        filled.push(reading);
    }
    filled
}

/// Withholds the zeros that are missing returns.
fn withhold_zeros(readings: &mut [Reading]) {
    let points: Vec<Point<Date>> = readings
        .iter()
        .map(|reading| Point {
            at: reading.at,
            value: reading.counted.map(|counted| counted.count),
        })
        .collect();
    for zero in zeros::missing_returns(&points) {
        if let Some(reading) = readings.get_mut(zero.position) {
            let reason = zero.reason();
            reading.withhold(format!("{reason} If it is true, say --keep-zeros."));
        }
    }
}
