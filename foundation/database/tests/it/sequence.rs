//! Any sequence of jobs, good and bad, leaves both databases as it leaves a map in memory.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_database::testing::each_database;
use stour_database::{Database, Error, Transaction, Value, Version, VersionError, params, sql};

use crate::common::THINGS;

#[derive(Debug, Clone)]
enum Job {
    Insert(i64),
    /// Changes a row if its version is still the one seen.
    Update(i64, Version),
    Delete(i64),
    Bulk(Vec<i64>),
    /// Writes, then thinks better of it.
    Refuse(i64),
    Panic(i64),
    /// Breaks a rule, takes no notice, writes on, and says that all is well.
    Swallow(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Duplicate,
    Absent,
    Changed,
    Refused,
    Panicked,
}

#[derive(Debug, PartialEq)]
enum Failure {
    Database(Error),
    Outcome(Outcome),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<VersionError> for Failure {
    fn from(_: VersionError) -> Self {
        Self::Outcome(Outcome::Changed)
    }
}

fn insert(tx: &mut Transaction<'_>, id: i64) -> Result<(), Failure> {
    tx.execute(
        sql!("INSERT INTO thing (id, name, amount) VALUES ($1, 'thing', 1)"),
        params![id],
    )?;
    Ok(())
}

fn run(tx: &mut Transaction<'_>, job: &Job) -> Result<(), Failure> {
    match job {
        Job::Insert(id) => insert(tx, *id)?,
        Job::Update(id, seen) => {
            let version = tx
                .optional(
                    sql!("SELECT amount FROM thing WHERE id = $1"),
                    params![*id],
                    |row| row.get::<Version>(0),
                )?
                .ok_or(Failure::Outcome(Outcome::Absent))?;
            version.expect(*seen)?;
            tx.execute(
                sql!("UPDATE thing SET amount = $2 WHERE id = $1"),
                params![*id, version.next()],
            )?;
        }
        Job::Delete(id) => {
            if tx.execute(sql!("DELETE FROM thing WHERE id = $1"), params![*id])? == 0 {
                return Err(Failure::Outcome(Outcome::Absent));
            }
        }
        Job::Bulk(ids) => {
            tx.bulk(
                "thing",
                &["id", "name", "amount"],
                ids.iter().map(|id| {
                    vec![
                        Value::Integer(*id),
                        Value::Text("thing".into()),
                        Value::Integer(1),
                    ]
                }),
            )?;
        }
        Job::Refuse(id) => {
            tx.execute(sql!("DELETE FROM thing WHERE id <> $1"), params![*id])?;
            return Err(Failure::Outcome(Outcome::Refused));
        }
        Job::Panic(id) => {
            tx.execute(sql!("DELETE FROM thing WHERE id <> $1"), params![*id])?;
            panic!("as the test asks");
        }
        Job::Swallow(id) => {
            insert(tx, *id)?;
            let _ = insert(tx, *id);
            let _ = tx.execute(sql!("DELETE FROM thing"), params![]);
        }
    }
    Ok(())
}

fn ran(db: &Database, job: &Job) -> Outcome {
    let sent = job.clone();
    match db.write_blocking::<(), Failure, _>(move |tx| run(tx, &sent)) {
        Ok(()) => Outcome::Done,
        Err(Failure::Outcome(outcome)) => outcome,
        Err(Failure::Database(Error::Panicked)) => Outcome::Panicked,
        Err(Failure::Database(error)) if error.is_duplicate() => Outcome::Duplicate,
        Err(Failure::Database(error)) => panic!("{job:?}: {error}"),
    }
}

fn oracle(things: &mut BTreeMap<i64, Version>, job: &Job) -> Outcome {
    match job {
        Job::Insert(id) => {
            if things.contains_key(id) {
                return Outcome::Duplicate;
            }
            things.insert(*id, Version::FIRST);
        }
        Job::Update(id, seen) => match things.get_mut(id) {
            None => return Outcome::Absent,
            Some(version) if version != seen => return Outcome::Changed,
            Some(version) => *version = version.next(),
        },
        Job::Delete(id) => {
            if things.remove(id).is_none() {
                return Outcome::Absent;
            }
        }
        Job::Bulk(ids) => {
            let mut after = things.clone();
            for id in ids {
                if after.insert(*id, Version::FIRST).is_some() {
                    return Outcome::Duplicate;
                }
            }
            *things = after;
        }
        Job::Refuse(_) => return Outcome::Refused,
        Job::Panic(_) => return Outcome::Panicked,
        Job::Swallow(_) => return Outcome::Duplicate,
    }
    Outcome::Done
}

fn any_job() -> impl Strategy<Value = Job> {
    let id = || 0_i64..6;
    let version = (1_u8..4).prop_map(|number| format!("\"{number}\"").parse().unwrap());
    prop_oneof![
        4 => id().prop_map(Job::Insert),
        4 => (id(), version).prop_map(|(id, version)| Job::Update(id, version)),
        2 => id().prop_map(Job::Delete),
        2 => proptest::collection::vec(id(), 0..4).prop_map(Job::Bulk),
        1 => id().prop_map(Job::Refuse),
        1 => id().prop_map(Job::Panic),
        1 => id().prop_map(Job::Swallow),
    ]
}

#[test]
fn any_sequence_of_jobs_leaves_what_it_should() {
    std::panic::set_hook(Box::new(|_| {}));
    each_database(&[THINGS], |db| {
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 48,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let result = runner.run(&proptest::collection::vec(any_job(), 1..24), |jobs| {
            db.write_blocking::<_, Error, _>(|tx| tx.execute(sql!("DELETE FROM thing"), params![]))
                .unwrap();
            let mut things = BTreeMap::new();
            for job in &jobs {
                prop_assert_eq!(ran(&db, job), oracle(&mut things, job), "{:?}", job);
            }
            let found = db
                .read_blocking::<_, Error, _>(|tx| {
                    tx.rows(sql!("SELECT id, amount FROM thing"), params![], |row| {
                        Ok((row.get::<i64>(0)?, row.get::<Version>(1)?))
                    })
                })
                .unwrap();
            prop_assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), things);
            Ok(())
        });
        result.unwrap();
    });
    drop(std::panic::take_hook());
}
