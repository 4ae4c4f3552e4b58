//! What a meeting asks somebody to do, in the database.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp, typed_id};

use super::store::{MeetingId, still_running, turns};
use crate::asked::{self, Done, NotAsked, Open, Step};
use crate::by::By;
use crate::error::FlowError;
use crate::spell::SpellId;

typed_id!(pub HubActionId, "something that the transfer hub's meeting asks for");
stour_database::text_value!(HubActionId);

/// What is asked for, before it has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHubAction {
    /// What is to be done.
    pub what: String,
    /// Who does it.
    pub owner: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// By when.
    pub due: Date,
}

/// What a meeting asks somebody to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubAction {
    /// Its name here.
    pub id: HubActionId,
    /// In which meeting it was taken down.
    pub meeting: MeetingId,
    /// At whose turn.
    pub turn: i64,
    /// The stay.
    pub spell: SpellId,
    /// About whom: the person who stands now.
    pub person: PersonId,
    /// What, by whom and by when.
    pub asked: NewHubAction,
    /// What came of it, and when that was said.
    pub done: Option<Done>,
    /// Raised by every change.
    pub version: Version,
}

impl HubAction {
    /// Whether nobody has said what came of it and its day has gone by.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.open().is_some_and(|open| open.is_overdue(today))
    }

    fn open(&self) -> Option<Open> {
        let due = self.asked.due;
        self.done.is_none().then_some(Open { due })
    }
}

fn stored(row: &Row<'_>) -> Result<HubAction, Error> {
    let due = row.get(8)?;
    let done = match (row.get(9)?, row.get(10)?) {
        (Some(outcome), Some(at)) => Some(Done { due, at, outcome }),
        _ => None,
    };
    Ok(HubAction {
        id: row.get(0)?,
        meeting: row.get(1)?,
        turn: row.get(2)?,
        spell: row.get(3)?,
        person: row.get(4)?,
        asked: NewHubAction {
            what: row.get(5)?,
            owner: row.get(6)?,
            organisation: row.get(7)?,
            due,
        },
        done,
        version: row.get(11)?,
    })
}

/// One.
pub fn action(tx: &mut Transaction<'_>, id: HubActionId) -> Result<Option<HubAction>, Error> {
    tx.optional(
        sql!(
            "SELECT id, meeting, turn, spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = hub_action.person), person),
                    what, owner, organisation, due, outcome, done_at, version
             FROM hub_action WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// All of which nobody has said what came of them, in whichever meeting they were taken down, the first to be due first.
pub fn unfinished(tx: &mut Transaction<'_>) -> Result<Vec<HubAction>, Error> {
    tx.rows(
        sql!(
            "SELECT id, meeting, turn, spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = hub_action.person), person),
                    what, owner, organisation, due, outcome, done_at, version
             FROM hub_action WHERE done_at IS NULL ORDER BY due, id"
        ),
        params![],
        stored,
    )
}

/// Those that were taken down in a meeting, in the order of its turns.
pub(super) fn of_meeting(
    tx: &mut Transaction<'_>,
    meeting: MeetingId,
) -> Result<Vec<HubAction>, Error> {
    tx.rows(
        sql!(
            "SELECT id, meeting, turn, spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = hub_action.person), person),
                    what, owner, organisation, due, outcome, done_at, version
             FROM hub_action WHERE meeting = $1 ORDER BY turn, id"
        ),
        params![meeting],
        stored,
    )
}

/// What was done with one, in order.
pub fn steps(tx: &mut Transaction<'_>, id: HubActionId) -> Result<Vec<Step>, Error> {
    tx.rows(
        sql!(
            "SELECT outcome, name, done_by_user, organisation, at FROM hub_action_step
             WHERE action = $1 ORDER BY number"
        ),
        params![id],
        asked::step,
    )
}

fn step(
    tx: &mut Transaction<'_>,
    (id, number): (HubActionId, Version),
    outcome: Option<&str>,
    (at, by): (Timestamp, &By),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO hub_action_step (action, number, outcome, name, done_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![id, number, outcome, by.name, by.user, by.organisation, at],
    )?;
    touch(tx, "hub-meeting")?;
    touch(tx, "hub-actions")
}

/// Takes down what somebody is to do, at a turn of a meeting that goes on.
///
/// # Errors
/// [`FlowError::NotNow`] once the meeting is closed and for a day that has gone by; [`FlowError::NotFound`].
pub fn take_down(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, number): (MeetingId, i64),
    asked: &NewHubAction,
    by: &By,
) -> Result<HubActionId, FlowError> {
    still_running(tx, id)?;
    let open = Open::by(asked.due, environment.today())?;
    let all = turns(tx, id)?;
    let turn = all.iter().find(|turn| turn.number == number);
    let turn = turn.ok_or(FlowError::NotFound)?;
    let action: HubActionId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO hub_action (id, meeting, turn, spell, person, what, owner, organisation, due, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            action,
            id,
            number,
            turn.spell,
            turn.person,
            asked.what,
            asked.owner,
            asked.organisation,
            open.due,
            Version::FIRST
        ],
    )?;
    step(tx, (action, Version::FIRST), None, (environment.now(), by))?;
    Ok(action)
}

/// Says what came of an action, at the version that was seen.
///
/// # Errors
/// [`FlowError::NotNow`] when somebody has said it already; [`FlowError::Version`]; [`FlowError::NotFound`].
pub fn answer(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (HubActionId, Version),
    outcome: &str,
    by: &By,
) -> Result<(), FlowError> {
    let found = action(tx, id)?.ok_or(FlowError::NotFound)?;
    found.version.expect(seen)?;
    let open = found.open().ok_or(NotAsked::Done)?;
    let done = open.done(environment.now(), outcome);
    let changed = tx.execute(
        sql!(
            "UPDATE hub_action SET outcome = $3, done_at = $4, version = $5 WHERE id = $1 AND version = $2"
        ),
        params![id, seen, done.outcome, done.at, seen.next()],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    step(tx, (id, seen.next()), Some(outcome), (done.at, by))?;
    Ok(())
}
