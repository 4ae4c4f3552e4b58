//! Series in the database. A value that is published anew is a new version of its day, kept with
//! when we learnt it; nothing is overwritten.

use std::collections::BTreeMap;
use std::sync::Arc;

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Date, Environment, Timestamp};

use super::value::{PartKey, Value, Values};
use super::{ImportId, SeriesId};
use crate::area::Area;
use crate::measure::{Measure, Together};
use stour_statistics::attribute::Counted;

/// A measure for one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its identifier.
    pub id: SeriesId,
    /// The measure, by its id.
    pub measure: String,
    /// The area, by the publisher's code.
    pub area: String,
    /// What kind of body or area it is.
    pub area_kind: String,
    /// Which part of the measure it is of.
    pub part: PartKey,
    /// The publication it comes from.
    pub source: String,
    /// The version of the measure's definition when it was last added to.
    pub definition_version: String,
}

/// A value that was published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The day, or the first day of the month.
    pub day: Date,
    /// The figure.
    pub value: Value,
    /// From 1; more when it was published anew.
    pub version: i64,
}

/// A value that replaced another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Revision {
    /// The day it is about.
    pub day: Date,
    /// What was believed before.
    pub before: f64,
    /// What is published now.
    pub after: f64,
    /// When we learnt it.
    pub learnt_at: Timestamp,
}

/// The figures that a file gives of an area, or of a part of its.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSeries {
    /// The area.
    pub area: Area,
    /// Which part of the measure.
    pub part: PartKey,
    /// The figures.
    pub values: Values,
}

/// What a file gives, ready to be recorded.
#[derive(Debug, Clone)]
pub struct NewPoints {
    /// The measure.
    pub measure: &'static Measure,
    /// The name of the file.
    pub file: String,
    /// The publication, where it is not the measure's own.
    pub source: String,
    /// How many rows the file had.
    pub rows: u64,
    /// The figures.
    pub series: Arc<Vec<NewSeries>>,
    /// Who imports.
    pub by: String,
}

/// What recording did.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The import; `None` when nothing was new and so nothing was written.
    pub import: Option<ImportId>,
    /// Each series, by area.
    pub series: Vec<SeriesChange>,
}

/// What recording did to one series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesChange {
    /// The area.
    pub area: Area,
    /// Which part of the measure.
    pub part: PartKey,
    /// Days there were no values for.
    pub added: u64,
    /// Days whose value is another than before.
    pub changed: u64,
    /// Days whose value is the same as before.
    pub unchanged: u64,
    /// The whole series as it now stands.
    pub points: Values,
}

/// Records what is new, all of it or nothing. With `keep` false it only says what would be done.
pub fn record(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewPoints,
    keep: bool,
) -> Result<Recorded> {
    let mut changes = Vec::new();
    let mut rows = Vec::new();
    for series in new.series.iter() {
        let known = match part_of(tx, &new.measure.id, &series.area.code, &series.part)? {
            Some(series) => points(tx, series.id)?,
            None => Vec::new(),
        };
        let (change, versions) = compare(series, &known);
        rows.push((series, versions));
        changes.push(change);
    }
    let import = if keep
        && changes
            .iter()
            .any(|change| change.added + change.changed > 0)
    {
        Some(store(tx, environment, new, &changes, &rows)?)
    } else {
        None
    };
    Ok(Recorded {
        import,
        series: changes,
    })
}

/// What is new, as the points to write: the day, its version, its value.
fn compare(series: &NewSeries, known: &[Point]) -> (SeriesChange, Vec<Point>) {
    let mut change = SeriesChange {
        area: series.area.clone(),
        part: series.part.clone(),
        added: 0,
        changed: 0,
        unchanged: 0,
        points: known.iter().map(|point| (point.day, point.value)).collect(),
    };
    let known: BTreeMap<Date, &Point> = known.iter().map(|point| (point.day, point)).collect();
    let mut new = Vec::new();
    for (&day, &value) in &series.values {
        let version = match known.get(&day) {
            None => {
                change.added += 1;
                1
            }
            Some(point) if point.value.is_same(&value) => {
                change.unchanged += 1;
                continue;
            }
            Some(point) => {
                change.changed += 1;
                point.version + 1
            }
        };
        change.points.insert(day, value);
        new.push(Point {
            day,
            value,
            version,
        });
    }
    (change, new)
}

fn store(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewPoints,
    changes: &[SeriesChange],
    rows: &[(&NewSeries, Vec<Point>)],
) -> Result<ImportId> {
    let import: ImportId = environment.id();
    let now = environment.now();
    let total = |of: fn(&SeriesChange) -> u64| {
        i64::try_from(changes.iter().map(of).sum::<u64>()).unwrap_or(i64::MAX)
    };
    tx.execute(
        sql!(
            "INSERT INTO series_import (id, measure, file, source, rows_read, points_added, points_changed, imported_at, imported_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            import,
            new.measure.id,
            new.file,
            new.source,
            i64::try_from(new.rows).unwrap_or(i64::MAX),
            total(|change| change.added),
            total(|change| change.changed),
            now,
            new.by,
        ],
    )?;
    if let Some(together) = &new.measure.together {
        let whole = (Together::CODE, "partnership", &PartKey::default());
        let source = format!("{}, joined", together.name);
        found_or_made(tx, environment, new.measure, &source, whole)?;
    }
    for (series, points) in rows.iter().filter(|(_, points)| !points.is_empty()) {
        let of = (
            series.area.code.as_str(),
            series.area.kind.as_str(),
            &series.part,
        );
        let series = found_or_made(tx, environment, new.measure, &new.source, of)?;
        let (series, import, now) = (series.to_string(), import.to_string(), now);
        tx.bulk(
            "series_point",
            &[
                "series",
                "day",
                "version",
                "value",
                "numerator",
                "denominator",
                "series_import",
                "imported_at",
            ],
            points.iter().map(|point| {
                let Value { value, counted } = point.value;
                let (count, size) = counted.map(|all| (all.count, all.size)).unzip();
                params![
                    series,
                    point.day,
                    point.version,
                    value,
                    count,
                    size,
                    import,
                    now
                ]
                .iter()
                .cloned()
                .map(stour_database::Value::into_owned)
                .collect()
            }),
        )?;
    }
    Ok(import)
}

fn found_or_made(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    measure: &Measure,
    source: &str,
    (area, kind, part): (&str, &str, &PartKey),
) -> Result<SeriesId> {
    tx.one(
        sql!(
            "INSERT INTO series (id, measure, area, area_kind, breakdown, part, source, definition_version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (measure, area, breakdown, part) DO UPDATE
             SET source = excluded.source, definition_version = excluded.definition_version
             RETURNING id"
        ),
        params![
            environment.id::<SeriesId>(),
            measure.id,
            area,
            kind,
            part.breakdown,
            part.code,
            source,
            measure.definition_version,
        ],
        |row| row.get(0),
    )
}

/// Every series of a whole, by measure and area.
pub fn series(tx: &mut Transaction<'_>) -> Result<Vec<Series>> {
    tx.rows(
        sql!(
            "SELECT id, measure, area, area_kind, breakdown, part, source, definition_version FROM series
             WHERE breakdown = '' ORDER BY measure, area"
        ),
        params![],
        stored,
    )
}

/// Every series of a measure, the wholes and the parts.
pub fn series_of_measure(tx: &mut Transaction<'_>, measure: &str) -> Result<Vec<Series>> {
    tx.rows(
        sql!(
            "SELECT id, measure, area, area_kind, breakdown, part, source, definition_version FROM series
             WHERE measure = $1 ORDER BY area, breakdown, part"
        ),
        params![measure],
        stored,
    )
}

/// The series of a measure for the whole of an area, by the publisher's code.
pub fn series_of(tx: &mut Transaction<'_>, measure: &str, area: &str) -> Result<Option<Series>> {
    part_of(tx, measure, area, &PartKey::default())
}

fn part_of(
    tx: &mut Transaction<'_>,
    measure: &str,
    area: &str,
    part: &PartKey,
) -> Result<Option<Series>> {
    tx.optional(
        sql!(
            "SELECT id, measure, area, area_kind, breakdown, part, source, definition_version FROM series
             WHERE measure = $1 AND area = $2 AND breakdown = $3 AND part = $4"
        ),
        params![measure, area, part.breakdown, part.code],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<Series> {
    Ok(Series {
        id: row.get(0)?,
        measure: row.get(1)?,
        area: row.get(2)?,
        area_kind: row.get(3)?,
        part: PartKey {
            breakdown: row.get(4)?,
            code: row.get(5)?,
        },
        source: row.get(6)?,
        definition_version: row.get(7)?,
    })
}

/// A series as it now stands, in order of date.
pub fn points(tx: &mut Transaction<'_>, series: SeriesId) -> Result<Vec<Point>> {
    points_as_known(tx, series, Timestamp::MAX)
}

/// A series as it was known at a past moment, in order of date.
pub fn points_as_known(
    tx: &mut Transaction<'_>,
    series: SeriesId,
    at: Timestamp,
) -> Result<Vec<Point>> {
    tx.rows(
        sql!(
            "SELECT day, value, numerator, denominator, version FROM series_point p
             WHERE series = $1 AND imported_at <= $2
               AND NOT EXISTS (SELECT 1 FROM series_point later
                               WHERE later.series = p.series AND later.day = p.day
                                 AND later.version > p.version AND later.imported_at <= $2)
             ORDER BY day"
        ),
        params![series, at],
        |row| {
            let counted = row.get::<Option<f64>>(2)?.zip(row.get(3)?);
            Ok(Point {
                day: row.get(0)?,
                value: Value {
                    value: row.get(1)?,
                    counted: counted.map(|(count, size)| Counted { count, size }),
                },
                version: row.get(4)?,
            })
        },
    )
}

/// The values of a series that replaced others, the latest learnt first.
pub fn revisions(tx: &mut Transaction<'_>, series: SeriesId) -> Result<Vec<Revision>> {
    tx.rows(
        sql!(
            "SELECT p.day, before.value, p.value, p.imported_at
             FROM series_point p
             JOIN series_point before
               ON before.series = p.series AND before.day = p.day AND before.version = p.version - 1
             WHERE p.series = $1
             ORDER BY p.imported_at DESC, p.day"
        ),
        params![series],
        |row| {
            Ok(Revision {
                day: row.get(0)?,
                before: row.get(1)?,
                after: row.get(2)?,
                learnt_at: row.get(3)?,
            })
        },
    )
}

#[cfg(test)]
mod tests;
