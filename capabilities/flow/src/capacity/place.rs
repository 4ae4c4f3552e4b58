//! Places that are kept for people, in the database.

use jiff::{SignedDuration, ToSpan};
use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Code, Date, Environment, PersonId, Timestamp, london_date, typed_id};
use stour_people::{forget, group, know};

use super::service::{Onward, Slot};
use super::state::{Booked, Held, NotSo, PlaceState, Released, Started};
use super::store::{AHEAD, count, lock, touch_pages};
use crate::by::By;
use crate::error::FlowError;
use crate::shown;
use crate::spell::{self, SpellId, SpellState};

typed_id!(pub PlaceId, "a place that is kept for somebody");
stour_database::text_value!(PlaceId);

/// A place that is, or was, kept for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name here.
    pub id: PlaceId,
    /// For whom: the person who stands now.
    pub person: PersonId,
    /// The stay in hospital that they go on from.
    pub spell: SpellId,
    /// Of which service, where and when.
    pub slot: Slot,
    /// How far it has come.
    pub state: PlaceState,
    /// Until when it was held at first.
    pub held_until: Timestamp,
    /// Raised by every change.
    pub version: Version,
}

/// What was done with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it became.
    pub state: PlaceState,
    /// Who did it.
    pub by: By,
    /// When.
    pub at: Timestamp,
}

fn state(row: &Row<'_>, from: usize) -> Result<PlaceState, Error> {
    let name: String = row.get(from)?;
    let (started, reason): (Option<Date>, Option<Code>) = (row.get(from + 2)?, row.get(from + 3)?);
    let until = row.get(from + 1)?;
    Ok(match (name.as_str(), started, reason) {
        ("started", Some(on), _) => PlaceState::Started(Started { on }),
        ("released", _, Some(reason)) => PlaceState::Released(Released { reason }),
        ("booked", ..) => PlaceState::Booked(Booked),
        _ => PlaceState::Held(Held { until }),
    })
}

fn stored(row: &Row<'_>) -> Result<Place, Error> {
    Ok(Place {
        id: row.get(0)?,
        person: row.get(1)?,
        spell: row.get(2)?,
        slot: Slot::stored(row, 3)?,
        state: state(row, 6)?,
        held_until: row.get(7)?,
        version: row.get(10)?,
    })
}

/// One.
pub fn place(tx: &mut Transaction<'_>, id: PlaceId) -> Result<Option<Place>, Error> {
    tx.optional(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = place.person), person), spell,
                    service, locality, of_day, state, held_until, started, reason, version
             FROM place WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// Those of a day, whatever became of them, in the order in which they were held.
pub fn of_day(tx: &mut Transaction<'_>, slot: &Slot) -> Result<Vec<Place>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = place.person), person), spell,
                    service, locality, of_day, state, held_until, started, reason, version
             FROM place WHERE service = $1 AND locality = $2 AND of_day = $3 ORDER BY id"
        ),
        params![slot.line.service, slot.line.locality, slot.day],
        stored,
    )
}

/// Those that are held until a moment soon, the first to run out first.
pub fn running_out(
    tx: &mut Transaction<'_>,
    (now, soon): (Timestamp, Timestamp),
) -> Result<Vec<Place>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = place.person), person), spell,
                    service, locality, of_day, state, held_until, started, reason, version
             FROM place WHERE state = 'held' AND held_until > $1 AND held_until <= $2 ORDER BY held_until, id"
        ),
        params![now, soon],
        stored,
    )
}

/// Those kept for people of stays that go on, by day.
pub fn of_people_in_hospital(
    tx: &mut Transaction<'_>,
    now: Timestamp,
) -> Result<Vec<Place>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = place.person), person), spell,
                    service, locality, of_day, state, held_until, started, reason, version
             FROM place
             WHERE (state = 'booked' OR (state = 'held' AND held_until > $1))
               AND spell IN (SELECT s.id FROM spell s WHERE s.state = 'in-hospital')
             ORDER BY of_day, id"
        ),
        params![now],
        stored,
    )
}

/// What was done with a place, in order.
pub fn steps(tx: &mut Transaction<'_>, id: PlaceId) -> Result<Vec<Step>, Error> {
    tx.rows(
        sql!(
            "SELECT state, held_until, started, reason, name, done_by_user, organisation, at FROM place_step
             WHERE place = $1 ORDER BY number"
        ),
        params![id],
        |row| {
            Ok(Step {
                state: state(row, 0)?,
                by: By {
                    name: row.get(4)?,
                    user: row.get(5)?,
                    organisation: row.get(6)?,
                },
                at: row.get(7)?,
            })
        },
    )
}

/// Whether a person has a place of a service on a day, in whatever locality and under whichever identifier.
fn has_one(
    tx: &mut Transaction<'_>,
    person: PersonId,
    slot: &Slot,
    now: Timestamp,
) -> Result<bool, Error> {
    for member in group(tx, person)? {
        let found = tx.optional(
            sql!(
                "SELECT id FROM place WHERE person = $1 AND of_day = $2 AND service = $3
                   AND (state IN ('booked', 'started') OR (state = 'held' AND held_until > $4))"
            ),
            params![member, slot.day, slot.line.service, now],
            |row| row.get::<PlaceId>(0),
        )?;
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn not_now<T>(why: impl Into<String>) -> Result<T, FlowError> {
    Err(FlowError::NotNow(why.into()))
}

/// The service of a place that is to be held, if it takes people that day.
fn offered(slot: &Slot, today: Date) -> Result<&'static Onward, FlowError> {
    let service = slot.line.onward()?.ok_or(FlowError::NotFound)?;
    let last = today.checked_add(AHEAD.days()).unwrap_or(today);
    if !service.valid.contains(slot.day) {
        return not_now("The service takes nobody that day. Choose another day or service.");
    }
    if !(today..=last).contains(&slot.day) {
        return not_now(format!(
            "Hold a place of today or a day to come, at most {AHEAD} days ahead."
        ));
    }
    Ok(service)
}

/// Holds a place for the person of a stay. It is free again by itself after the hours that the service gives.
///
/// # Errors
/// [`FlowError::NotNow`] when there is none, when the person has one of that service and day, or is no longer in
/// hospital; [`FlowError::NotFound`].
pub fn hold(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (slot, stay): (&Slot, SpellId),
    by: &By,
) -> Result<Place, FlowError> {
    let service = offered(slot, environment.today())?;
    let stay = spell::one(tx, stay)?.ok_or(FlowError::NotFound)?;
    if stay.state != SpellState::InHospital {
        return not_now("The person is no longer in hospital.");
    }
    if !lock(tx, slot)? {
        return not_now(
            "Nobody has said how many places there are that day. Ask the service, or enter them.",
        );
    }
    // The clock is read with the day locked: no later than it, anybody else counted what runs out.
    let now = environment.now();
    if has_one(tx, stay.person, slot, now)? {
        return not_now("The person has a place of this service on this day already.");
    }
    if count(tx, slot, now)?.free() == 0 {
        return not_now(
            "All places of that day are taken. Choose another day, locality or service.",
        );
    }
    let length = SignedDuration::from_hours(service.hold_hours);
    let until = now.checked_add(length).unwrap_or(Timestamp::MAX);
    let place = Place {
        id: environment.id(),
        person: stay.person,
        spell: stay.id,
        slot: slot.clone(),
        state: PlaceState::Held(Held { until }),
        held_until: until,
        version: Version::FIRST,
    };
    insert(tx, &place)?;
    note(tx, &place, now, by)?;
    touch_pages(tx)?;
    Ok(place)
}

fn insert(tx: &mut Transaction<'_>, place: &Place) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO place (id, person, spell, service, locality, of_day, state, held_until, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            place.id,
            place.person,
            place.spell,
            place.slot.line.service,
            place.slot.line.locality,
            place.slot.day,
            place.state.name(),
            place.held_until,
            place.version
        ],
    )?;
    Ok(())
}

/// The first day and the reason, where the state has them.
fn parts(state: &PlaceState) -> (Option<Date>, Option<&Code>) {
    match state {
        PlaceState::Started(started) => (Some(started.on), None),
        PlaceState::Released(released) => (None, Some(&released.reason)),
        PlaceState::Held(_) | PlaceState::Booked(_) => (None, None),
    }
}

fn note(tx: &mut Transaction<'_>, place: &Place, at: Timestamp, by: &By) -> Result<(), Error> {
    let (started, reason) = parts(&place.state);
    tx.execute(
        sql!(
            "INSERT INTO place_step (place, number, state, held_until, started, reason, name, done_by_user,
                 organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            place.id,
            place.version,
            place.state.name(),
            place.held_until,
            started,
            reason,
            by.name,
            by.user,
            by.organisation,
            at
        ],
    )?;
    Ok(())
}

/// A place that somebody is about to change, with its day locked, and the moment from then.
fn opened(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (PlaceId, Version),
) -> Result<(Place, Timestamp), FlowError> {
    let found = place(tx, id)?.ok_or(FlowError::NotFound)?;
    found.version.expect(seen)?;
    lock(tx, &found.slot)?;
    Ok((found, environment.now()))
}

fn became(
    tx: &mut Transaction<'_>,
    before: Place,
    state: PlaceState,
    (at, by): (Timestamp, &By),
) -> Result<Place, FlowError> {
    let after = Place {
        state,
        version: before.version.next(),
        ..before
    };
    let (started, reason) = parts(&after.state);
    let changed = tx.execute(
        sql!(
            "UPDATE place SET state = $3, started = $4, reason = $5, version = $6
             WHERE id = $1 AND version = $2"
        ),
        params![
            after.id,
            before.version,
            after.state.name(),
            started,
            reason,
            after.version
        ],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    note(tx, &after, at, by)?;
    touch_pages(tx)?;
    Ok(after)
}

/// Why the provider knows somebody for whom a place is booked.
fn why(id: PlaceId) -> String {
    format!("place:{id}")
}

/// Books a place that is held, at the version that was seen. The provider knows the person from then on.
///
/// # Errors
/// [`FlowError::NotNow`] when the hold has run out, and when bookings take all places that there still are;
/// [`FlowError::Version`].
pub fn book(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (PlaceId, Version),
    by: &By,
) -> Result<Place, FlowError> {
    let (before, now) = opened(tx, environment, (id, seen))?;
    let today = london_date(now);
    let PlaceState::Held(held) = before.state.clone() else {
        return Err(NotSo::Done.into());
    };
    let booked = held.book(before.slot.day, (now, today))?;
    // Somebody has said since that there are fewer; what is booked stays, and nothing is booked beyond it.
    let count = count(tx, &before.slot, now)?;
    if count.firm() >= count.places.unwrap_or(0) {
        return not_now(format!(
            "There are fewer places on {} than when this one was held, and all are booked. Release it and hold another.",
            shown::day(before.slot.day)
        ));
    }
    if let Some(service) = before.slot.line.onward()? {
        know(
            tx,
            environment,
            before.person,
            service.provider,
            &why(id),
            today,
        )?;
    }
    became(tx, before, PlaceState::Booked(booked), (now, by))
}

/// The person has come, on a day.
///
/// # Errors
/// [`FlowError::NotNow`] when the place is not booked or the day is wrong; [`FlowError::Version`].
pub fn start(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (PlaceId, Version),
    on: Date,
    by: &By,
) -> Result<Place, FlowError> {
    let (before, now) = opened(tx, environment, (id, seen))?;
    let PlaceState::Booked(booked) = before.state.clone() else {
        return Err(NotSo::Done.into());
    };
    let started = booked.start(before.slot.day, on, london_date(now))?;
    became(tx, before, PlaceState::Started(started), (now, by))
}

/// Gives a place back, for a reason of the list `place-release-reason`. The provider no longer knows the person by it.
///
/// # Errors
/// [`FlowError::NotNow`] when it is free already or the person has come; [`FlowError::Version`].
pub fn release(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (PlaceId, Version),
    reason: &Code,
    by: &By,
) -> Result<Place, FlowError> {
    let (before, now) = opened(tx, environment, (id, seen))?;
    let released = match before.state.clone() {
        PlaceState::Held(held) => held.release(now, reason.clone())?,
        PlaceState::Booked(booked) => booked.release(reason.clone()),
        PlaceState::Started(_) | PlaceState::Released(_) => {
            return Err(NotSo::Done.into());
        }
    };
    if let Some(service) = before.slot.line.onward()? {
        let today = london_date(now);
        for member in group(tx, before.person)? {
            forget(tx, member, service.provider, &why(id), today)?;
        }
    }
    became(tx, before, PlaceState::Released(released), (now, by))
}
