//! What people say of a series: from which day its chart starts afresh and why, and what was done or
//! happened. Each is kept with who said so and when; saying it again changes nothing.

use stour_access::Purpose;
use stour_access::audit::{self, AuditEntry};
use stour_database::{Error, Result, Transaction, params, sql};
use stour_kernel::{Date, Environment, Timestamp};

use super::SeriesId;
use super::store::series_of;

/// A day from which a chart starts afresh. Somebody decided it, for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// The first day of the new stretch.
    pub day: Date,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// Something that was done or happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// When.
    pub day: Date,
    /// What.
    pub what: String,
    /// Who says so.
    pub told_by: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// What is said of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The measure, by its id.
    pub measure: String,
    /// The area, by the publisher's code.
    pub area: String,
    /// From when, or when.
    pub day: Date,
    /// Why, or what.
    pub text: String,
    /// Who decided, or says so.
    pub by: String,
    /// The chart starts afresh.
    pub is_rebase: bool,
}

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// It was recorded.
    Recorded,
    /// It had been before.
    Before,
    /// There is no such series.
    NoSeries,
    /// The series has no figure for that day or after it, or none before it.
    NoFigures,
    /// The chart starts afresh on that day already, for another reason.
    Otherwise(Rebase),
}

/// Records what somebody says of a series and, where nobody else does, that they did. `figures` are the
/// first and the last period that the series has a figure of.
///
/// # Errors
/// Those of the database.
pub fn note(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    note: &Note,
    recorded_by: Option<&AuditEntry>,
    figures: (Option<Date>, Option<Date>),
) -> Result<Noted> {
    let Some(series) = series_of(tx, &note.measure, &note.area)? else {
        return Ok(Noted::NoSeries);
    };
    let (Some(first), Some(last)) = figures else {
        return Ok(Noted::NoFigures);
    };
    if note.day > last || note.day < first || (note.is_rebase && note.day == first) {
        return Ok(Noted::NoFigures);
    }
    let is_new = if note.is_rebase {
        let known = rebases(tx, series.id)?;
        match known.into_iter().find(|rebase| rebase.day == note.day) {
            Some(same) if same.reason == note.text && same.decided_by == note.by => false,
            Some(other) => return Ok(Noted::Otherwise(other)),
            None => {
                tx.execute(
                    sql!(
                        "INSERT INTO series_rebase (series, day, reason, decided_by, recorded_at)
                         VALUES ($1, $2, $3, $4, $5)"
                    ),
                    params![series.id, note.day, note.text, note.by, environment.now()],
                )?;
                true
            }
        }
    } else {
        tx.execute(
            sql!(
                "INSERT INTO series_annotation (series, day, what, told_by, recorded_at)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (series, day, what) DO NOTHING"
            ),
            params![series.id, note.day, note.text, note.by, environment.now()],
        )? > 0
    };
    if let Some(recorded_by) = recorded_by.filter(|_| is_new) {
        let detail = serde_json::json!({
            "measure": note.measure,
            "area": note.area,
            "day": note.day.to_string(),
            "text": note.text,
            "by": note.by,
        });
        let entry = recorded_by.clone().on("series", series.id).detail(detail);
        audit::append(tx, environment, &entry)?;
    }
    Ok(if is_new {
        Noted::Recorded
    } else {
        Noted::Before
    })
}

/// Who records from the command line, for the audit.
pub(super) fn by_command(is_rebase: bool) -> AuditEntry {
    let action = if is_rebase {
        "series.rebase"
    } else {
        "series.annotate"
    };
    AuditEntry::by_nobody("command line", action, Purpose::System)
}

/// The days from which the chart of a series starts afresh, in order.
pub fn rebases(tx: &mut Transaction<'_>, series: SeriesId) -> Result<Vec<Rebase>, Error> {
    tx.rows(
        sql!(
            "SELECT day, reason, decided_by, recorded_at FROM series_rebase
             WHERE series = $1 ORDER BY day"
        ),
        params![series],
        |row| {
            Ok(Rebase {
                day: row.get(0)?,
                reason: row.get(1)?,
                decided_by: row.get(2)?,
                recorded_at: row.get(3)?,
            })
        },
    )
}

/// What was done or happened beside a series, in order.
pub fn annotations(tx: &mut Transaction<'_>, series: SeriesId) -> Result<Vec<Annotation>> {
    tx.rows(
        sql!(
            "SELECT day, what, told_by, recorded_at FROM series_annotation
             WHERE series = $1 ORDER BY day, what"
        ),
        params![series],
        |row| {
            Ok(Annotation {
                day: row.get(0)?,
                what: row.get(1)?,
                told_by: row.get(2)?,
                recorded_at: row.get(3)?,
            })
        },
    )
}

#[cfg(test)]
mod tests;
