//! Who has begun to do what was agreed for a level of pressure, and that it was done.

use jiff::ToSpan;
use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Code, Environment, Timestamp, london_date, typed_id};
use thiserror::Error as ThisError;

use super::TOPIC;
use super::plan::plan;
use super::subject::Subject;
use crate::by::By;
use crate::error::FlowError;

typed_id!(pub PressureActionId, "something that is done about pressure");
stour_database::text_value!(PressureActionId);

/// How long something that was done is shown beside what is to be done, in days.
const SHOWN: i32 = 7;

/// How far an action has come. What nobody has begun is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// It is under way.
    UnderWay(UnderWay),
    /// It is done.
    Done(Done),
}

/// It is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnderWay {
    /// Since when.
    pub since: Timestamp,
}

/// It is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// When it was begun.
    pub since: Timestamp,
    /// When it was done.
    pub at: Timestamp,
}

impl UnderWay {
    /// It is done.
    #[must_use]
    pub fn finish(self, at: Timestamp) -> Done {
        Done {
            since: self.since,
            at,
        }
    }
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub enum NotSo {
    /// Somebody has begun it.
    #[error("Somebody has started this already. Open the page again to see who.")]
    Started,
    /// It was done.
    #[error("Somebody has said already that this is done.")]
    Done,
    /// Nobody agreed on it, or not for that hospital or service today.
    #[error("This is not agreed for that hospital or service today. Open the page again.")]
    NotAgreed,
}

impl From<NotSo> for FlowError {
    fn from(why: NotSo) -> Self {
        Self::NotNow(why.to_string())
    }
}

/// An action that somebody has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its name here.
    pub id: PressureActionId,
    /// Under whose pressure.
    pub subject: Subject,
    /// Which of the plan's actions.
    pub action: Code,
    /// How far it has come.
    pub state: RunState,
    /// Raised by every change.
    pub version: Version,
    /// Who took each step, the first one first.
    pub steps: Vec<(By, Timestamp)>,
}

fn stored(row: &Row<'_>) -> Result<Run, Error> {
    let since = row.get(3)?;
    let state = row
        .get::<Option<Timestamp>>(4)?
        .map_or(RunState::UnderWay(UnderWay { since }), |at| {
            RunState::Done(Done { since, at })
        });
    Ok(Run {
        id: row.get(0)?,
        subject: row.get(1)?,
        action: row.get(2)?,
        state,
        version: row.get(5)?,
        steps: Vec::new(),
    })
}

/// What is under way and what was done in the last days, the latest first.
///
/// # Errors
/// Those of the database.
pub fn runs(tx: &mut Transaction<'_>, now: Timestamp) -> Result<Vec<Run>, Error> {
    let from = now
        .checked_sub((24 * SHOWN).hours())
        .unwrap_or(Timestamp::MIN);
    let mut found = tx.rows(
        sql!(
            "SELECT id, subject, action, started_at, done_at, version FROM pressure_action
             WHERE done_at IS NULL OR done_at >= $1 ORDER BY started_at DESC, id DESC"
        ),
        params![from],
        stored,
    )?;
    for run in &mut found {
        run.steps = steps(tx, run.id)?;
    }
    Ok(found)
}

/// Everything that was ever begun for a subject and an action, the latest first.
fn all_of(tx: &mut Transaction<'_>, subject: &Subject, action: &Code) -> Result<Vec<Run>, Error> {
    tx.rows(
        sql!(
            "SELECT id, subject, action, started_at, done_at, version FROM pressure_action
             WHERE subject = $1 AND action = $2 ORDER BY started_at DESC, id DESC"
        ),
        params![subject, action],
        stored,
    )
}

fn one(tx: &mut Transaction<'_>, id: PressureActionId) -> Result<Option<Run>, Error> {
    tx.optional(
        sql!(
            "SELECT id, subject, action, started_at, done_at, version FROM pressure_action WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

fn steps(tx: &mut Transaction<'_>, id: PressureActionId) -> Result<Vec<(By, Timestamp)>, Error> {
    tx.rows(
        sql!(
            "SELECT name, done_by_user, organisation, at FROM pressure_action_step
             WHERE action = $1 ORDER BY number"
        ),
        params![id],
        |row| {
            let by = By {
                name: row.get(0)?,
                user: row.get(1)?,
                organisation: row.get(2)?,
            };
            Ok((by, row.get(3)?))
        },
    )
}

fn step(
    tx: &mut Transaction<'_>,
    (id, number): (PressureActionId, Version),
    (at, by): (Timestamp, &By),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO pressure_action_step (action, number, name, done_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, number, by.name, by.user, by.organisation, at],
    )?;
    touch(tx, TOPIC)
}

/// Begins one of the plan's actions for a hospital or service.
///
/// # Errors
/// [`FlowError::NotNow`] where it is under way, or is not agreed today.
pub fn start(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (subject, action): (&Subject, &str),
    by: &By,
) -> Result<PressureActionId, FlowError> {
    let now = environment.now();
    let today = london_date(now);
    let agreed = plan()?.action(action).ok_or(NotSo::NotAgreed)?;
    let holds = agreed.of == subject.kind() && agreed.origin.valid.contains(today);
    if !holds || !Subject::all(today)?.contains(subject) {
        return Err(NotSo::NotAgreed.into());
    }
    let before = all_of(tx, subject, &agreed.id)?;
    let goes_on = |run: &Run| matches!(run.state, RunState::UnderWay(_));
    if before.iter().any(goes_on) {
        return Err(NotSo::Started.into());
    }
    let id: PressureActionId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO pressure_action (id, subject, action, started_at, version)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        params![id, subject, agreed.id, now, Version::FIRST],
    )?;
    step(tx, (id, Version::FIRST), (now, by))?;
    Ok(id)
}

/// Says that an action is done, at the version that was seen.
///
/// # Errors
/// [`FlowError::NotNow`] when somebody has said it already; [`FlowError::Version`]; [`FlowError::NotFound`].
pub fn finish(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (PressureActionId, Version),
    by: &By,
) -> Result<Run, FlowError> {
    let found = one(tx, id)?.ok_or(FlowError::NotFound)?;
    let RunState::UnderWay(under_way) = found.state else {
        return Err(NotSo::Done.into());
    };
    found.version.expect(seen)?;
    let done = under_way.finish(environment.now());
    let changed = tx.execute(
        sql!(
            "UPDATE pressure_action SET done_at = $3, version = $4 WHERE id = $1 AND version = $2"
        ),
        params![id, seen, done.at, seen.next()],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    step(tx, (id, seen.next()), (done.at, by))?;
    Ok(Run {
        state: RunState::Done(done),
        version: seen.next(),
        ..found
    })
}
