//! Appending to the log and reading it.

use stour_database::{Error, Migrations, Row, Step, Transaction, Value, params, sql};
use stour_kernel::{Date, Environment, FactId, PersonId, ThreadId, Timestamp};
use thiserror::Error;

use crate::change::touch;
use crate::fact::{Fact, NewFact, Source};
use crate::kind::FactKind;

/// The log's one table.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "facts",
    steps: &[
        Step {
            number: 1,
            name: "fact",
            sql: include_str!("../migrations/0001_fact.sql"),
        },
        Step {
            number: 2,
            name: "change",
            sql: include_str!("../migrations/0002_change.sql"),
        },
    ],
};

/// Why a fact was not appended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FactError {
    /// It ends before it starts.
    #[error("it ends on {ended}, before it starts on {started}: check the dates")]
    EndsBeforeStart {
        /// The first day.
        started: Date,
        /// The last day.
        ended: Date,
    },
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

const COLUMNS: [&str; 18] = [
    "id",
    "thread",
    "version",
    "kind",
    "person",
    "organisation",
    "commissioner",
    "locality",
    "council",
    "started",
    "ended",
    "outcome",
    "cost",
    "source_system",
    "source_reference",
    "detail",
    "recorded_at",
    "recorded_by",
];

/// Appends one fact: the first version of a new thread, or the next of the thread it names.
///
/// # Errors
/// [`FactError::EndsBeforeStart`]; a duplicate in [`FactError::Database`] when this version of this
/// source's reference is there already.
pub fn append(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    what: NewFact,
) -> Result<Fact, FactError> {
    check(&what)?;
    let version = match what.thread {
        None => 1,
        Some(thread) => tx.one(
            sql!("SELECT COALESCE(max(version), 0) + 1 FROM fact WHERE thread = $1"),
            params![thread],
            |row| row.get::<i64>(0),
        )?,
    };
    let fact = fact(environment, what, version);
    tx.bulk("fact", &COLUMNS, [values(&fact)])?;
    touch(tx, [fact.what.person])?;
    Ok(fact)
}

/// Appends many first versions at once: an import. Returns how many.
///
/// # Errors
/// As [`append`]; one that is refused refuses them all.
pub fn append_all(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    facts: impl IntoIterator<Item = NewFact>,
) -> Result<u64, FactError> {
    let facts: Vec<Fact> = facts
        .into_iter()
        .map(|what| check(&what).map(|()| fact(environment, what, 1)))
        .collect::<Result<_, _>>()?;
    let appended = tx.bulk("fact", &COLUMNS, facts.iter().map(values))?;
    touch(tx, facts.iter().map(|fact| fact.what.person))?;
    Ok(appended)
}

fn check(what: &NewFact) -> Result<(), FactError> {
    match what.ended {
        Some(ended) if ended < what.started => Err(FactError::EndsBeforeStart {
            started: what.started,
            ended,
        }),
        _ => Ok(()),
    }
}

fn fact(environment: &Environment, what: NewFact, version: i64) -> Fact {
    let thread = what.thread.unwrap_or_else(|| environment.id());
    Fact {
        id: environment.id::<FactId>(),
        thread,
        version,
        what,
        recorded_at: environment.now(),
    }
}

fn values(fact: &Fact) -> Vec<Value<'_>> {
    let what = &fact.what;
    params![
        fact.id,
        fact.thread,
        fact.version,
        what.kind,
        what.person,
        what.organisation,
        what.commissioner,
        what.locality,
        what.council,
        what.started,
        what.ended,
        what.outcome,
        what.cost,
        what.source.system,
        what.source.reference,
        what.detail.to_string(),
        fact.recorded_at,
        what.recorded_by,
    ]
    .to_vec()
    .into_iter()
    .map(Value::into_owned)
    .collect()
}

fn read(row: &Row<'_>) -> Result<Fact, Error> {
    let thread = row.get(1)?;
    Ok(Fact {
        id: row.get(0)?,
        thread,
        version: row.get(2)?,
        what: NewFact {
            thread: Some(thread),
            kind: row.get(3)?,
            person: row.get(4)?,
            organisation: row.get(5)?,
            commissioner: row.get(6)?,
            locality: row.get(7)?,
            council: row.get(8)?,
            started: row.get(9)?,
            ended: row.get(10)?,
            outcome: row.get(11)?,
            cost: row.get(12)?,
            source: Source {
                system: row.get(13)?,
                reference: row.get(14)?,
            },
            detail: serde_json::from_str(&row.get::<String>(15)?).unwrap_or_default(),
            recorded_by: row.get(17)?,
        },
        recorded_at: row.get(16)?,
    })
}

/// What is now believed of one person: the latest version of each thread, the latest start first.
pub fn of_person(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Fact>, Error> {
    of_person_as_known(tx, person, Timestamp::MAX)
}

/// What was believed of one person at a past moment.
pub fn of_person_as_known(
    tx: &mut Transaction<'_>,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<Fact>, Error> {
    tx.rows(
        sql!(
            "SELECT id, thread, version, kind, person, organisation, commissioner, locality, council,
                    started, ended, outcome, cost, source_system, source_reference, detail, recorded_at, recorded_by
             FROM fact f
             WHERE person = $1 AND recorded_at <= $2
               AND NOT EXISTS (SELECT 1 FROM fact later
                               WHERE later.thread = f.thread AND later.version > f.version AND later.recorded_at <= $2)
             ORDER BY started DESC, id DESC"
        ),
        params![person, at],
        read,
    )
}

/// What was believed at a past moment of somebody who goes by several identifiers, since records were
/// merged; [`Timestamp::MAX`] for what is believed now.
pub fn of_people_as_known(
    tx: &mut Transaction<'_>,
    people: &[PersonId],
    at: Timestamp,
) -> Result<Vec<Fact>, Error> {
    let mut facts = Vec::new();
    for person in people {
        facts.extend(of_person_as_known(tx, *person, at)?);
    }
    facts.sort_by_key(|fact| std::cmp::Reverse((fact.what.started, fact.id)));
    Ok(facts)
}

/// Every version of one thing, the first first.
pub fn thread(tx: &mut Transaction<'_>, thread: ThreadId) -> Result<Vec<Fact>, Error> {
    tx.rows(
        sql!(
            "SELECT id, thread, version, kind, person, organisation, commissioner, locality, council,
                    started, ended, outcome, cost, source_system, source_reference, detail, recorded_at, recorded_by
             FROM fact WHERE thread = $1 ORDER BY version"
        ),
        params![thread],
        read,
    )
}

/// Hands on what is now believed of one kind, started on or after `from` and before `before`, in
/// order of start.
pub fn each_latest(
    tx: &mut Transaction<'_>,
    kind: FactKind,
    (from, before): (Date, Date),
    mut visit: impl FnMut(Fact),
) -> Result<(), Error> {
    tx.each(
        sql!(
            "SELECT id, thread, version, kind, person, organisation, commissioner, locality, council,
                    started, ended, outcome, cost, source_system, source_reference, detail, recorded_at, recorded_by
             FROM fact f
             WHERE kind = $1 AND started >= $2 AND started < $3
               AND NOT EXISTS (SELECT 1 FROM fact later
                               WHERE later.thread = f.thread AND later.version > f.version)
             ORDER BY started, id"
        ),
        params![kind, from, before],
        |row| {
            visit(read(row)?);
            Ok(())
        },
    )
}
