//! Meetings in the database.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp, typed_id};

use super::order::Waiting;
use super::state::{Closed, MeetingState, NotSo, Running};
use crate::by::By;
use crate::error::FlowError;
use crate::spell::SpellId;

typed_id!(pub MeetingId, "a meeting of the transfer hub");
stour_database::text_value!(MeetingId);

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its name here.
    pub id: MeetingId,
    /// Whose.
    pub organisation: OdsCode,
    /// Who began it.
    pub started_by: String,
    /// How long it is meant to take, in minutes.
    pub planned_minutes: i64,
    /// How far it has come.
    pub state: MeetingState,
    /// Raised when it is closed.
    pub version: Version,
}

/// The turn of one person in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Which, from 1.
    pub number: i64,
    /// The stay.
    pub spell: SpellId,
    /// The hospital of the stay.
    pub hospital: OdsCode,
    /// Whose: the person who stands now.
    pub person: PersonId,
    /// Why the person is talked about, as it was when the meeting began.
    pub why: Waiting,
    /// What was said; empty until somebody has taken it down.
    pub minutes: String,
    /// Raised by every change.
    pub version: Version,
}

/// What somebody took down, as one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text.
    pub minutes: String,
    /// Who took it down.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

fn stored(row: &Row<'_>) -> Result<Meeting, Error> {
    let since = row.get(2)?;
    let state = match (row.get(5)?, row.get(6)?) {
        (Some(at), Some(by)) => MeetingState::Closed(Closed { since, at, by }),
        _ => MeetingState::Running(Running { since }),
    };
    Ok(Meeting {
        id: row.get(0)?,
        organisation: row.get(1)?,
        started_by: row.get(3)?,
        planned_minutes: row.get(4)?,
        state,
        version: row.get(7)?,
    })
}

/// One.
pub fn meeting(tx: &mut Transaction<'_>, id: MeetingId) -> Result<Option<Meeting>, Error> {
    tx.optional(
        sql!(
            "SELECT id, organisation, started_at, started_by, planned_minutes, closed_at, closed_by, version
             FROM hub_meeting WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// Those that go on, the latest first.
pub fn running(tx: &mut Transaction<'_>) -> Result<Vec<Meeting>, Error> {
    tx.rows(
        sql!(
            "SELECT id, organisation, started_at, started_by, planned_minutes, closed_at, closed_by, version
             FROM hub_meeting WHERE closed_at IS NULL ORDER BY started_at DESC, id DESC"
        ),
        params![],
        stored,
    )
}

/// The latest that are over, the latest first.
pub fn earlier(tx: &mut Transaction<'_>, most: i64) -> Result<Vec<Meeting>, Error> {
    tx.rows(
        sql!(
            "SELECT id, organisation, started_at, started_by, planned_minutes, closed_at, closed_by, version
             FROM hub_meeting WHERE closed_at IS NOT NULL
             ORDER BY started_at DESC, id DESC LIMIT $1"
        ),
        params![most],
        stored,
    )
}

/// The turns of a meeting, in order.
pub fn turns(tx: &mut Transaction<'_>, meeting: MeetingId) -> Result<Vec<Turn>, Error> {
    tx.rows(
        sql!(
            "SELECT number, spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = hub_meeting_turn.person), person),
                    ready, ready_since, expected_on, minutes, version,
                    (SELECT s.organisation FROM spell s WHERE s.id = hub_meeting_turn.spell)
             FROM hub_meeting_turn WHERE meeting = $1 ORDER BY number"
        ),
        params![meeting],
        |row| {
            Ok(Turn {
                number: row.get(0)?,
                spell: row.get(1)?,
                person: row.get(2)?,
                why: Waiting {
                    ready: row.get(3)?,
                    ready_since: row.get(4)?,
                    expected_on: row.get(5)?,
                },
                minutes: row.get(6)?,
                version: row.get(7)?,
                hospital: row.get(8)?,
            })
        },
    )
}

/// Everything that was taken down of one turn, the latest first.
pub fn notes(
    tx: &mut Transaction<'_>,
    (meeting, turn): (MeetingId, i64),
) -> Result<Vec<Note>, Error> {
    tx.rows(
        sql!(
            "SELECT minutes, name, at FROM hub_meeting_note WHERE meeting = $1 AND turn = $2
             ORDER BY number DESC"
        ),
        params![meeting, turn],
        |row| {
            Ok(Note {
                minutes: row.get(0)?,
                name: row.get(1)?,
                at: row.get(2)?,
            })
        },
    )
}

/// Begins a meeting about these people, in this order.
///
/// # Errors
/// [`FlowError::NotNow`] while another of the organisation goes on.
pub fn start(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    planned_minutes: i64,
    about: &[(SpellId, PersonId, Waiting)],
    by: &By,
) -> Result<Meeting, FlowError> {
    let own = |other: &Meeting| other.organisation == by.organisation;
    if running(tx)?.iter().any(own) {
        return Err(NotSo::Another.into());
    }
    let begun = Meeting {
        id: environment.id(),
        organisation: by.organisation,
        started_by: by.name.clone(),
        planned_minutes,
        state: MeetingState::Running(Running {
            since: environment.now(),
        }),
        version: Version::FIRST,
    };
    tx.execute(
        sql!(
            "INSERT INTO hub_meeting (id, organisation, started_at, started_by, started_by_user,
                 planned_minutes, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            begun.id,
            begun.organisation,
            begun.state.since(),
            begun.started_by,
            by.user,
            begun.planned_minutes,
            begun.version
        ],
    )?;
    for (number, (spell, person, why)) in (1_i64..).zip(about) {
        insert_turn(tx, begun.id, number, (*spell, *person, why))?;
    }
    touch(tx, "hub-meeting")?;
    Ok(begun)
}

fn insert_turn(
    tx: &mut Transaction<'_>,
    meeting: MeetingId,
    number: i64,
    (spell, person, why): (SpellId, PersonId, &Waiting),
) -> Result<(), Error> {
    let (ready_since, expected_on): (Option<Date>, Option<Date>) =
        (why.ready_since, why.expected_on);
    tx.execute(
        sql!(
            "INSERT INTO hub_meeting_turn (meeting, number, spell, person, ready, ready_since, expected_on,
                 minutes, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)"
        ),
        params![
            meeting,
            number,
            spell,
            person,
            why.ready,
            ready_since,
            expected_on,
            Version::FIRST
        ],
    )?;
    Ok(())
}

/// The meeting, if it goes on.
pub(super) fn still_running(
    tx: &mut Transaction<'_>,
    id: MeetingId,
) -> Result<(Meeting, Running), FlowError> {
    let found = meeting(tx, id)?.ok_or(FlowError::NotFound)?;
    match found.state.clone() {
        MeetingState::Running(running) => Ok((found, running)),
        MeetingState::Closed(_) => Err(NotSo::Closed.into()),
    }
}

/// Takes down what is said of somebody, at the version of the turn that was seen.
///
/// # Errors
/// [`FlowError::NotNow`] once the meeting is closed; [`FlowError::Version`]; [`FlowError::NotFound`].
pub fn note(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, number, seen): (MeetingId, i64, Version),
    minutes: &str,
    by: &By,
) -> Result<(), FlowError> {
    still_running(tx, id)?;
    let all = turns(tx, id)?;
    let turn = all.iter().find(|turn| turn.number == number);
    let turn = turn.ok_or(FlowError::NotFound)?;
    turn.version.expect(seen)?;
    if turn.minutes == minutes {
        return Ok(());
    }
    let changed = tx.execute(
        sql!(
            "UPDATE hub_meeting_turn SET minutes = $4, version = $5
             WHERE meeting = $1 AND number = $2 AND version = $3"
        ),
        params![id, number, seen, minutes, seen.next()],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    tx.execute(
        sql!(
            "INSERT INTO hub_meeting_note (meeting, turn, number, minutes, name, said_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            id,
            number,
            seen,
            minutes,
            by.name,
            by.user,
            by.organisation,
            environment.now()
        ],
    )?;
    touch(tx, "hub-meeting")?;
    Ok(())
}

/// Closes a meeting, at the version that was seen.
///
/// # Errors
/// [`FlowError::NotNow`] when it is closed already; [`FlowError::Version`]; [`FlowError::NotFound`].
pub fn close(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (MeetingId, Version),
    by: &By,
) -> Result<(), FlowError> {
    let (found, running) = still_running(tx, id)?;
    found.version.expect(seen)?;
    let closed = running.close(environment.now(), &by.name);
    let changed = tx.execute(
        sql!(
            "UPDATE hub_meeting SET closed_at = $3, closed_by = $4, closed_by_user = $5, version = $6
             WHERE id = $1 AND version = $2"
        ),
        params![id, seen, closed.at, closed.by, by.user, seen.next()],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    touch(tx, "hub-meeting")?;
    Ok(())
}
