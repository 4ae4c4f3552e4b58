//! How many places there are, in the database, and how many are taken.

use std::collections::BTreeMap;

use jiff::ToSpan;
use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, Timestamp};

use super::count::Count;
use super::service::{Line, Slot};
use crate::by::By;
use crate::error::FlowError;

/// The most places that a service can have on a day in a locality.
pub const MOST: i64 = 500;
/// The furthest ahead that places are said or held, in days.
pub const AHEAD: i32 = 92;

/// The number of the latest word on a service in a locality; the first where nobody has said anything.
pub fn line_version(tx: &mut Transaction<'_>, line: &Line) -> Result<Version, Error> {
    let found = tx.optional(
        sql!("SELECT version FROM capacity_line WHERE service = $1 AND locality = $2"),
        params![line.service, line.locality],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(Version::FIRST))
}

/// Raises it, at the version that was seen.
fn raise(tx: &mut Transaction<'_>, line: &Line, seen: Version) -> Result<(), FlowError> {
    line_version(tx, line)?.expect(seen)?;
    let changed = tx.execute(
        sql!(
            "INSERT INTO capacity_line (service, locality, version) VALUES ($1, $2, $3)
             ON CONFLICT (service, locality) DO UPDATE SET version = $3 WHERE capacity_line.version = $4"
        ),
        params![line.service, line.locality, seen.next(), seen],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}

/// The days from one to another, both included; none where the second is before the first.
pub(super) fn days(from: Date, to: Date) -> Vec<Date> {
    from.series(1.day()).take_while(|day| *day <= to).collect()
}

/// Says how many places there are on each of these days, at the version that was seen of all that was said of the
/// service in the locality. What is held and booked stays so, also where it is more than there are.
///
/// # Errors
/// [`FlowError::Version`]; [`FlowError::NotNow`] for days that have gone by or are too far ahead, for no day, and for
/// more places than [`MOST`].
pub fn set_places(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (line, seen): (&Line, Version),
    (from, to, places): (Date, Date, i64),
    by: &By,
) -> Result<(), FlowError> {
    let today = environment.today();
    let last = today.checked_add(AHEAD.days()).unwrap_or(today);
    if from < today || to < from || to > last || !(0..=MOST).contains(&places) {
        let why = format!(
            "Say it of days from today on, at most {AHEAD} days ahead, and of 0 to {MOST} places."
        );
        return Err(FlowError::NotNow(why));
    }
    raise(tx, line, seen)?;
    for day in days(from, to) {
        say(tx, environment.now(), (line, day, places), by)?;
    }
    touch_pages(tx)?;
    Ok(())
}

fn say(
    tx: &mut Transaction<'_>,
    now: Timestamp,
    (line, day, places): (&Line, Date, i64),
    by: &By,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO capacity_day (service, locality, of_day, places, claims) VALUES ($1, $2, $3, $4, 0)
             ON CONFLICT (service, locality, of_day) DO UPDATE SET places = $4"
        ),
        params![line.service, line.locality, day, places],
    )?;
    tx.execute(
        sql!(
            "INSERT INTO capacity_said (service, locality, of_day, number, places, name, said_by_user,
                 organisation, at)
             SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), COALESCE(max(number), 0) + 1,
                    CAST($4 AS BIGINT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT)
             FROM capacity_said WHERE service = $1 AND locality = $2 AND of_day = $3"
        ),
        params![
            line.service,
            line.locality,
            day,
            places,
            by.name,
            by.user,
            by.organisation,
            now
        ],
    )?;
    Ok(())
}

/// What somebody said of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How many places.
    pub places: i64,
    /// Who.
    pub name: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// When.
    pub at: Timestamp,
}

/// All that was said of a day, the latest first.
pub fn said(tx: &mut Transaction<'_>, slot: &Slot) -> Result<Vec<Said>, Error> {
    tx.rows(
        sql!(
            "SELECT places, name, organisation, at FROM capacity_said
             WHERE service = $1 AND locality = $2 AND of_day = $3 ORDER BY number DESC"
        ),
        params![slot.line.service, slot.line.locality, slot.day],
        |row| {
            Ok(Said {
                places: row.get(0)?,
                name: row.get(1)?,
                organisation: row.get(2)?,
                at: row.get(3)?,
            })
        },
    )
}

/// The places of the days from one to another, both included, and how many are taken at a moment. A day of which
/// nobody said anything and of which nothing is taken is not there.
pub fn counts(
    tx: &mut Transaction<'_>,
    (from, to): (Date, Date),
    now: Timestamp,
) -> Result<BTreeMap<Slot, Count>, Error> {
    let mut counts: BTreeMap<Slot, Count> = BTreeMap::new();
    tx.each(
        sql!(
            "SELECT service, locality, of_day, places FROM capacity_day WHERE of_day >= $1 AND of_day <= $2"
        ),
        params![from, to],
        |row| {
            let count = counts.entry(Slot::stored(row, 0)?).or_default();
            count.places = Some(row.get(3)?);
            Ok(())
        },
    )?;
    tx.each(
        sql!(
            "SELECT service, locality, of_day, state, count(*) FROM place
             WHERE of_day >= $1 AND of_day <= $2
               AND (state IN ('booked', 'started') OR (state = 'held' AND held_until > $3))
             GROUP BY service, locality, of_day, state"
        ),
        params![from, to, now],
        |row| add(counts.entry(Slot::stored(row, 0)?).or_default(), row, 3),
    )?;
    Ok(counts)
}

/// The places of one day.
pub fn count(tx: &mut Transaction<'_>, slot: &Slot, now: Timestamp) -> Result<Count, Error> {
    let (line, day) = (&slot.line, slot.day);
    let mut count = Count {
        places: tx.optional(
            sql!(
                "SELECT places FROM capacity_day WHERE service = $1 AND locality = $2 AND of_day = $3"
            ),
            params![line.service, line.locality, day],
            |row| row.get(0),
        )?,
        ..Count::default()
    };
    tx.each(
        sql!(
            "SELECT state, count(*) FROM place
             WHERE service = $1 AND locality = $2 AND of_day = $3
               AND (state IN ('booked', 'started') OR (state = 'held' AND held_until > $4))
             GROUP BY state"
        ),
        params![line.service, line.locality, day, now],
        |row| add(&mut count, row, 0),
    )?;
    Ok(count)
}

fn add(count: &mut Count, row: &Row<'_>, from: usize) -> Result<(), Error> {
    let (state, people): (String, i64) = (row.get(from)?, row.get(from + 1)?);
    match state.as_str() {
        "held" => count.held += people,
        "booked" => count.booked += people,
        _ => count.started += people,
    }
    Ok(())
}

/// Makes all who take or give a place of one day follow each other: `false` where nobody has said how many there are.
/// On PostgreSQL the second to change the row waits for the first, and then runs again and sees what the first did;
/// on SQLite one writer does one after the other.
pub(super) fn lock(tx: &mut Transaction<'_>, slot: &Slot) -> Result<bool, Error> {
    let changed = tx.execute(
        sql!(
            "UPDATE capacity_day SET claims = claims + 1
             WHERE service = $1 AND locality = $2 AND of_day = $3"
        ),
        params![slot.line.service, slot.line.locality, slot.day],
    )?;
    Ok(changed == 1)
}

/// Tells open pages that places, or who has them, have changed.
pub(super) fn touch_pages(tx: &mut Transaction<'_>) -> Result<(), Error> {
    touch(tx, "capacity")?;
    touch(tx, "wards")
}
