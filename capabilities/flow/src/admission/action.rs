//! What is to be done about what the audit found, by whom and until when.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, typed_id};

use super::review::TOPIC;
use crate::asked::{self, Done, NotAsked, Open, Step};
use crate::by::By;
use crate::error::FlowError;

typed_id!(pub AdmissionActionId, "something to be done about emergency admissions");
stour_database::text_value!(AdmissionActionId);

/// What an action about care homes together is about; every other is about a practice, by its code.
pub const CARE_HOMES: &str = "care-homes";

/// What is to be done, before it has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// The code of a practice, or [`CARE_HOMES`].
    pub about: String,
    /// What was found.
    pub finding: String,
    /// What is to be done.
    pub what: String,
    /// Who does it.
    pub owner: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// By when.
    pub due: Date,
}

/// What is to be done about what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its name here.
    pub id: AdmissionActionId,
    /// What, by whom and by when.
    pub asked: NewAction,
    /// What came of it, and when that was said.
    pub done: Option<Done>,
    /// Raised by every change.
    pub version: Version,
}

impl Action {
    /// Whether nobody has said what came of it and its day has gone by.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.open().is_some_and(|open| open.is_overdue(today))
    }

    fn open(&self) -> Option<Open> {
        let due = self.asked.due;
        self.done.is_none().then_some(Open { due })
    }
}

fn stored(row: &Row<'_>) -> Result<Action, Error> {
    let due = row.get(6)?;
    let done = match (row.get(7)?, row.get(8)?) {
        (Some(outcome), Some(at)) => Some(Done { due, at, outcome }),
        _ => None,
    };
    Ok(Action {
        id: row.get(0)?,
        asked: NewAction {
            about: row.get(1)?,
            finding: row.get(2)?,
            what: row.get(3)?,
            owner: row.get(4)?,
            organisation: row.get(5)?,
            due,
        },
        done,
        version: row.get(9)?,
    })
}

/// One.
///
/// # Errors
/// Those of the database.
pub fn action(tx: &mut Transaction<'_>, id: AdmissionActionId) -> Result<Option<Action>, Error> {
    tx.optional(
        sql!(
            "SELECT id, about, finding, what, owner, organisation, due, outcome, done_at, version
             FROM admission_action WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// All, the open ones first and of those the first to be due first.
///
/// # Errors
/// Those of the database.
pub fn actions(tx: &mut Transaction<'_>) -> Result<Vec<Action>, Error> {
    tx.rows(
        sql!(
            "SELECT id, about, finding, what, owner, organisation, due, outcome, done_at, version
             FROM admission_action ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, due, id"
        ),
        params![],
        stored,
    )
}

/// Those about one practice, or about care homes, in the same order.
///
/// # Errors
/// Those of the database.
pub fn actions_about(tx: &mut Transaction<'_>, about: &str) -> Result<Vec<Action>, Error> {
    let all = actions(tx)?;
    Ok(all
        .into_iter()
        .filter(|action| action.asked.about == about)
        .collect())
}

/// What was done with one, in order.
///
/// # Errors
/// Those of the database.
pub fn steps(tx: &mut Transaction<'_>, id: AdmissionActionId) -> Result<Vec<Step>, Error> {
    tx.rows(
        sql!(
            "SELECT outcome, name, done_by_user, organisation, at FROM admission_action_step
             WHERE action = $1 ORDER BY number"
        ),
        params![id],
        asked::step,
    )
}

fn step(
    tx: &mut Transaction<'_>,
    (id, number): (AdmissionActionId, Version),
    outcome: Option<&str>,
    (at, by): (Timestamp, &By),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO admission_action_step (action, number, outcome, name, done_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![id, number, outcome, by.name, by.user, by.organisation, at],
    )?;
    touch(tx, TOPIC)
}

/// Takes down what somebody is to do.
///
/// # Errors
/// [`FlowError::NotNow`] for a day that has gone by.
pub fn ask(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    asked: &NewAction,
    by: &By,
) -> Result<AdmissionActionId, FlowError> {
    let open = Open::by(asked.due, environment.today())?;
    let id: AdmissionActionId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO admission_action (id, about, finding, what, owner, organisation, due, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            id,
            asked.about,
            asked.finding,
            asked.what,
            asked.owner,
            asked.organisation,
            open.due,
            Version::FIRST
        ],
    )?;
    step(tx, (id, Version::FIRST), None, (environment.now(), by))?;
    Ok(id)
}

/// Says what came of an action, at the version that was seen.
///
/// # Errors
/// [`FlowError::NotNow`] when somebody has said it already; [`FlowError::Version`]; [`FlowError::NotFound`].
pub fn answer(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (AdmissionActionId, Version),
    outcome: &str,
    by: &By,
) -> Result<(), FlowError> {
    let found = action(tx, id)?.ok_or(FlowError::NotFound)?;
    found.version.expect(seen)?;
    let open = found.open().ok_or(NotAsked::Done)?;
    let done = open.done(environment.now(), outcome);
    let changed = tx.execute(
        sql!(
            "UPDATE admission_action SET outcome = $3, done_at = $4, version = $5 WHERE id = $1 AND version = $2"
        ),
        params![id, seen, done.outcome, done.at, seen.next()],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    step(tx, (id, seen.next()), Some(outcome), (done.at, by))?;
    Ok(())
}
