//! Jobs that share a commit do not share their troubles.

use std::time::Duration;

use stour_database::testing::each_database;
use stour_database::{ConstraintKind, Database, Error, Transaction, params, sql};

use crate::common::{THINGS, ids};

fn insert(tx: &mut Transaction<'_>, id: i64) -> Result<u64, Error> {
    tx.execute(
        sql!("INSERT INTO thing (id, name) VALUES ($1, 'thing')"),
        params![id],
    )
}

/// What a writer does with its number; only multiples of seven, less those below, end well.
fn troubled(tx: &mut Transaction<'_>, id: i64) -> Result<u64, Error> {
    insert(tx, id)?;
    match id % 7 {
        1 => panic!("as the test asks"),
        2 => Err(Error::NotFound),
        3 => insert(tx, id),
        4 => {
            // Takes no notice of the refusal.
            let _ = insert(tx, id);
            Ok(1)
        }
        5 => tx.execute(
            sql!("INSERT INTO promise (id, thing) VALUES ($1, -1)"),
            params![id],
        ),
        _ => Ok(1),
    }
}

fn is_as_expected(id: i64, result: &Result<u64, Error>) -> bool {
    match (id % 7, result) {
        (0 | 6, Ok(1)) | (1, Err(Error::Panicked)) | (2, Err(Error::NotFound)) => true,
        (3 | 4, Err(error)) => error.is_duplicate(),
        (5, Err(Error::Constraint { kind, .. })) => *kind == ConstraintKind::Reference,
        _ => false,
    }
}

/// Keeps the writer busy, so that all that comes meanwhile is one group.
fn hold(db: &Database) -> std::thread::JoinHandle<()> {
    let db = db.clone();
    std::thread::spawn(move || {
        db.write_blocking::<_, Error, _>(|_| {
            std::thread::sleep(Duration::from_millis(60));
            Ok(())
        })
        .unwrap();
    })
}

#[test]
fn one_jobs_trouble_is_not_its_neighbours() {
    std::panic::set_hook(Box::new(|_| {}));
    each_database(&[THINGS], |db| {
        let held = hold(&db);
        std::thread::sleep(Duration::from_millis(10));
        let writers: Vec<_> = (0..140)
            .map(|id| {
                let db = db.clone();
                std::thread::spawn(move || (id, db.write_blocking(move |tx| troubled(tx, id))))
            })
            .collect();
        held.join().unwrap();
        for writer in writers {
            let (id, result) = writer.join().unwrap();
            assert!(is_as_expected(id, &result), "{db:?} {id}: {result:?}");
        }
        let good: Vec<i64> = (0..140).filter(|id| matches!(id % 7, 0 | 6)).collect();
        assert_eq!(ids(&db), good);
    });
    drop(std::panic::take_hook());
}

#[test]
fn a_reference_that_fails_at_the_commit_fails_alone() {
    each_database(&[THINGS], |db| {
        let held = hold(&db);
        std::thread::sleep(Duration::from_millis(10));
        let writers: Vec<_> = (0..20)
            .map(|id| {
                let db = db.clone();
                std::thread::spawn(move || {
                    db.write_blocking::<_, Error, _>(move |tx| {
                        insert(tx, id)?;
                        let thing = if id == 7 { -1 } else { id };
                        tx.execute(
                            sql!("INSERT INTO promise (id, thing) VALUES ($1, $2)"),
                            params![id, thing],
                        )
                    })
                })
            })
            .collect();
        held.join().unwrap();
        let results: Vec<_> = writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .collect();
        for (id, result) in results.iter().enumerate() {
            assert_eq!(result.is_err(), id == 7, "{db:?} {id}: {result:?}");
        }
        assert_eq!(ids(&db), (0..20).filter(|id| *id != 7).collect::<Vec<_>>());
    });
}
