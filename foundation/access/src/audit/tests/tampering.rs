//! Whatever is done to the stored audit, the check names the first bad entry.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use stour_database::{Database, Transaction, params, sql};

use super::kit::{Folder, each, fill, trail};
use crate::audit::entry::StoredEntry;
use crate::audit::store::entries_after;
use crate::audit::{Verdict, verify_blocking};

const COUNT: i64 = 12;

#[derive(Clone, Debug)]
enum Tampering {
    /// One column of one entry says something else.
    Change(i64, usize),
    /// One entry is gone.
    Delete(i64),
    /// Two entries have changed places.
    Swap(i64, i64),
    /// A copy of an entry stands at the end.
    Insert(i64),
    /// A person more is named, or one less.
    Person(i64, bool),
    /// The tail from here is gone, and the head says so too.
    Truncate(i64),
    /// From here on, everything was changed and hashed anew, the head included.
    Rechain(i64),
}

fn tampering() -> impl Strategy<Value = Tampering> {
    let place = 1..=COUNT;
    prop_oneof![
        (place.clone(), 0..11_usize).prop_map(|(k, column)| Tampering::Change(k, column)),
        place.clone().prop_map(Tampering::Delete),
        (1..COUNT, 1..COUNT).prop_map(|(k, more)| Tampering::Swap(k, (k + more).min(COUNT))),
        place.clone().prop_map(Tampering::Insert),
        (place.clone(), any::<bool>()).prop_map(|(k, more)| Tampering::Person(k, more)),
        place.clone().prop_map(Tampering::Truncate),
        place.prop_map(Tampering::Rechain),
    ]
}

fn change(tx: &mut Transaction<'_>, k: i64, column: usize) -> stour_database::Result<()> {
    let statement = [
        sql!(
            "UPDATE audit_entry SET recorded_at = '2026-11-24T09:00:00.000001Z' WHERE sequence = $1"
        ),
        sql!("UPDATE audit_entry SET actor = 'x' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET actor_name = actor_name || ' ' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET organisation = 'RBD' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET action = 'person.reae' WHERE sequence = $1"),
        sql!(
            "UPDATE audit_entry SET resource_id = resource_kind, resource_kind = resource_id WHERE sequence = $1"
        ),
        sql!("UPDATE audit_entry SET purpose = 'self' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET decision = 'refuse' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET detail = '{}' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET hash = '0' WHERE sequence = $1"),
        sql!("UPDATE audit_entry SET id = request_id, request_id = id WHERE sequence = $1"),
    ][column];
    tx.execute(statement, params![k]).map(|_| ())
}

fn put(tx: &mut Transaction<'_>, from: i64, to: i64) -> stour_database::Result<()> {
    let moves = [
        sql!("UPDATE audit_entry SET sequence = $2 WHERE sequence = $1"),
        sql!("UPDATE audit_person SET sequence = $2 WHERE sequence = $1"),
    ];
    for statement in moves {
        tx.execute(statement, params![from, to])?;
    }
    Ok(())
}

/// Writes the chain anew as somebody would who knows how it is made.
fn rechain(tx: &mut Transaction<'_>, lane: i64, k: i64) -> stour_database::Result<()> {
    let mut entries: Vec<StoredEntry> = entries_after(tx, lane, k - 1, COUNT)?;
    let mut previous = entries[0].previous_hash.clone();
    for entry in &mut entries {
        entry.actor_name = "Somebody Else".to_owned();
        entry.previous_hash = previous;
        entry.hash = entry.expected_hash();
        previous = entry.hash.clone();
        tx.execute(
            sql!("UPDATE audit_entry SET actor_name = $2, previous_hash = $3, hash = $4 WHERE sequence = $1"),
            params![entry.sequence, entry.actor_name, entry.previous_hash, entry.hash],
        )?;
    }
    tx.execute(sql!("UPDATE audit_head SET hash = $1"), params![previous])
        .map(|_| ())
}

fn tamper(
    tx: &mut Transaction<'_>,
    lane: i64,
    tampering: &Tampering,
) -> stour_database::Result<()> {
    match *tampering {
        Tampering::Change(k, column) => change(tx, k, column),
        Tampering::Delete(k) => {
            tx.execute(sql!("DELETE FROM audit_person WHERE sequence = $1"), params![k])?;
            tx.execute(sql!("DELETE FROM audit_entry WHERE sequence = $1"), params![k]).map(|_| ())
        }
        Tampering::Swap(k, other) => {
            put(tx, k, 1000)?;
            put(tx, other, k)?;
            put(tx, 1000, other)
        }
        Tampering::Insert(k) => tx
            .execute(
                sql!(
                    "INSERT INTO audit_entry SELECT lane, $2, id, recorded_at, actor, actor_name, organisation, action, \
                     resource_kind, resource_id, purpose, decision, detail, request_id, previous_hash, hash \
                     FROM audit_entry WHERE sequence = $1"
                ),
                params![k, COUNT + 1],
            )
            .map(|_| ()),
        Tampering::Person(k, true) => {
            let more = sql!("INSERT INTO audit_person (person, recorded_at, lane, sequence) VALUES ('x', 'y', $2, $1)");
            tx.execute(more, params![k, lane]).map(|_| ())
        }
        Tampering::Person(k, false) => {
            let fewer = sql!(
                "DELETE FROM audit_person WHERE sequence = $1 AND person = \
                 (SELECT min(person) FROM audit_person WHERE sequence = $1)"
            );
            tx.execute(fewer, params![k]).map(|_| ())
        }
        Tampering::Truncate(k) => {
            tx.execute(sql!("DELETE FROM audit_person WHERE sequence >= $1"), params![k])?;
            tx.execute(sql!("DELETE FROM audit_entry WHERE sequence >= $1"), params![k])?;
            let head = sql!(
                "UPDATE audit_head SET sequence = $1, \
                 hash = COALESCE((SELECT hash FROM audit_entry WHERE sequence = $1), $2)"
            );
            tx.execute(head, params![k - 1, crate::audit::entry::BEGINNING]).map(|_| ())
        }
        Tampering::Rechain(k) => rechain(tx, lane, k),
    }
}

fn first_bad(tampering: &Tampering) -> i64 {
    match *tampering {
        Tampering::Swap(k, other) => k.min(other),
        Tampering::Insert(_) => COUNT + 1,
        Tampering::Change(k, _)
        | Tampering::Delete(k)
        | Tampering::Person(k, _)
        | Tampering::Truncate(k)
        | Tampering::Rechain(k) => k,
    }
}

#[test]
fn the_check_names_the_first_bad_entry_whatever_is_done() {
    each(|database, env| {
        let folder = Folder::new();
        fill(database, env, usize::try_from(COUNT).unwrap());
        drop(trail(database, env, &folder));
        let sound = verify_blocking(database, Some(&folder.0)).unwrap();
        assert_eq!(
            sound,
            Verdict::Sound {
                entries: 12,
                lanes: 1,
                compared: 12,
                only_in_file: 0
            }
        );
        let mut runner = TestRunner::new(Config {
            cases: 200,
            failure_persistence: None,
            ..Config::default()
        });
        runner
            .run(&tampering(), |tampering| {
                prop_assume!(!matches!(tampering, Tampering::Swap(a, b) if a == b));
                let verdict = verdict_after(database, &folder, &tampering);
                match verdict {
                    Verdict::Bad { sequence, .. } => {
                        prop_assert_eq!(sequence, first_bad(&tampering));
                    }
                    Verdict::Sound { .. } => prop_assert!(false, "not noticed"),
                }
                Ok(())
            })
            .unwrap();
    });
}

/// Tampers, checks and undoes: the transaction ends in an error that carries the verdict.
fn verdict_after(database: &Database, folder: &Folder, tampering: &Tampering) -> Verdict {
    enum Out {
        Verdict(Verdict),
        Failed(stour_database::Error),
    }
    impl From<stour_database::Error> for Out {
        fn from(error: stour_database::Error) -> Out {
            Out::Failed(error)
        }
    }
    let copy = crate::audit::AuditCopy::snapshot(&folder.0).unwrap();
    let tampering = tampering.clone();
    let out = database.write_blocking(move |tx| {
        let lane = tx.one(sql!("SELECT lane FROM audit_head"), params![], |row| {
            row.get(0)
        })?;
        tamper(tx, lane, &tampering)?;
        Err::<(), Out>(Out::Verdict(crate::audit::verify(tx, Some(&copy)).unwrap()))
    });
    match out {
        Err(Out::Verdict(verdict)) => verdict,
        Err(Out::Failed(error)) => panic!("{error}"),
        Ok(()) => panic!("the transaction ends in an error"),
    }
}

#[test]
fn a_changed_line_of_the_file_is_named() {
    each(|database, env| {
        let folder = Folder::new();
        fill(database, env, 5);
        drop(trail(database, env, &folder));
        let path = folder.0.join("2026-11-24.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("Nurse 2", "Nurse 9")).unwrap();
        let verdict = verify_blocking(database, Some(&folder.0)).unwrap();
        let what = "has been changed since it was written".to_owned();
        assert_eq!(
            verdict,
            Verdict::Bad {
                lane: -1,
                sequence: 4,
                what
            }
        );
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        lines.remove(3);
        let without_third = lines.concat();
        std::fs::write(&path, without_third).unwrap();
        assert!(matches!(
            verify_blocking(database, Some(&folder.0)).unwrap(),
            Verdict::Bad {
                lane: -1,
                sequence: 4,
                ..
            }
        ));
    });
}
