//! Two places, either of which is enough; and what a person may read of who looked at their record.

use std::sync::atomic::Ordering;

use stour_database::params;
use stour_database::sql;

use super::kit::{Folder, each, entry, fill, runtime, trail};
use crate::audit::file::Writer;
use crate::audit::store::heads;
use crate::audit::{AuditTrail, NoAudit, Verdict, looked_at, verify_blocking};

#[test]
fn an_entry_is_in_both_places_when_record_returns() {
    each(|database, env| {
        let folder = Folder::new();
        let trail = trail(database, env, &folder);
        runtime().block_on(trail.record(entry(1, &[]))).unwrap();
        let text = std::fs::read_to_string(folder.0.join("2026-11-24.jsonl")).unwrap();
        assert!(text.contains("request-1"));
        let verdict = verify_blocking(database, Some(&folder.0)).unwrap();
        assert_eq!(
            verdict,
            Verdict::Sound {
                entries: 1,
                lanes: 1,
                compared: 1,
                only_in_file: 0
            }
        );
        assert_eq!(trail.alarms().total(), 0);
    });
}

#[test]
fn without_the_database_the_file_is_enough_and_raises_an_alarm() {
    each(|database, env| {
        let folder = Folder::new();
        fill(database, env, 2);
        let trail = trail(database, env, &folder);
        break_database(database);
        runtime().block_on(trail.record(entry(8, &[]))).unwrap();
        assert_eq!(trail.alarms().database_failures.load(Ordering::Relaxed), 1);
        mend_database(database);
        runtime().block_on(trail.record(entry(9, &[]))).unwrap();
        let verdict = verify_blocking(database, Some(&folder.0)).unwrap();
        let expected = |verdict: &Verdict| {
            matches!(
                verdict,
                Verdict::Sound {
                    entries: 3,
                    compared: 3,
                    only_in_file: 1,
                    ..
                }
            )
        };
        assert!(expected(&verdict), "{verdict:?}");
    });
}

#[test]
fn without_both_there_is_no_answer() {
    each(|database, env| {
        let trail = AuditTrail::start(database.clone(), env.clone(), None).unwrap();
        break_database(database);
        assert_eq!(
            runtime().block_on(trail.record(entry(1, &[]))),
            Err(NoAudit)
        );
    });
}

fn break_database(database: &stour_database::Database) {
    let rename = sql!("ALTER TABLE audit_entry RENAME TO audit_entry_away");
    database
        .write_blocking(move |tx| tx.execute(rename, params![]))
        .unwrap();
}

fn mend_database(database: &stour_database::Database) {
    let rename = sql!("ALTER TABLE audit_entry_away RENAME TO audit_entry");
    database
        .write_blocking(move |tx| tx.execute(rename, params![]))
        .unwrap();
}

#[test]
fn starting_again_continues_the_chain_and_drops_an_unfinished_line() {
    each(|database, env| {
        let folder = Folder::new();
        fill(database, env, 3);
        drop(trail(database, env, &folder));
        // The copier has let go once it can be opened again.
        drop(Writer::open(&folder.0, "2026-11-24").unwrap());
        let path = folder.0.join("2026-11-24.jsonl");
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("{\"chain\":\"half a li");
        std::fs::write(&path, text).unwrap();
        fill(database, env, 2);
        drop(trail(database, env, &folder));
        let verdict = verify_blocking(database, Some(&folder.0)).unwrap();
        assert!(
            matches!(
                verdict,
                Verdict::Sound {
                    entries: 5,
                    compared: 5,
                    ..
                }
            ),
            "{verdict:?}"
        );
    });
}

#[test]
fn a_person_reads_who_looked_latest_first() {
    each(|database, env| {
        let people = fill(database, env, 7);
        let person = people[2];
        let (first, rest) = database
            .read_blocking(move |tx| {
                let first = looked_at(tx, person, 3, None)?;
                let rest = looked_at(tx, person, 10, Some(&first[2].entry))?;
                Ok::<_, stour_database::Error>((first, rest))
            })
            .unwrap();
        let names: Vec<&str> = first
            .iter()
            .chain(&rest)
            .map(|look| look.name.as_str())
            .collect();
        assert_eq!(names, ["Nurse 5", "Nurse 4", "Nurse 2", "Nurse 1"]);
    });
}

#[test]
fn a_new_day_has_a_new_file_and_the_chain_goes_on() {
    each(|database, env| {
        let folder = Folder::new();
        fill(database, env, 3);
        drop(trail(database, env, &folder));
        let mut writer = Writer::open(&folder.0, "2026-11-25").unwrap();
        writer.roll("2026-11-25").unwrap();
        let lane = database
            .read_blocking(heads)
            .unwrap()
            .into_keys()
            .next()
            .unwrap();
        assert_eq!(
            writer.position(lane),
            3,
            "the header says how far each lane has come"
        );
        drop(writer);
        // A crash may leave the newest file without its header.
        std::fs::write(folder.0.join("2026-11-26.jsonl"), "").unwrap();
        fill(database, env, 2);
        drop(trail(database, env, &folder));
        let verdict = verify_blocking(database, Some(&folder.0)).unwrap();
        assert!(
            matches!(
                verdict,
                Verdict::Sound {
                    entries: 5,
                    compared: 5,
                    ..
                }
            ),
            "{verdict:?}"
        );
        let first = folder.0.join("2026-11-24.jsonl");
        std::fs::remove_file(first).unwrap();
        assert!(matches!(
            verify_blocking(database, Some(&folder.0)).unwrap(),
            Verdict::Bad {
                lane: -1,
                sequence: 1,
                ..
            }
        ));
    });
}

#[test]
fn two_processes_cannot_write_one_folder() {
    let folder = Folder::new();
    let first = Writer::open(&folder.0, "2026-11-24").unwrap();
    let refused = Writer::open(&folder.0, "2026-11-24")
        .unwrap_err()
        .to_string();
    assert!(refused.contains("another process writes here"), "{refused}");
    drop(first);
    assert!(Writer::open(&folder.0, "2026-11-24").is_ok());
}

#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    each(|database, env| {
        let folder = Folder::new();
        let below = folder.0.join("audit");
        drop(AuditTrail::start(database.clone(), env.clone(), Some(&below)).unwrap());
        for (path, mode) in [
            (below.clone(), 0o700),
            (below.join("2026-11-24.jsonl"), 0o600),
        ] {
            let permissions = std::fs::metadata(&path).unwrap().permissions();
            assert_eq!(permissions.mode() & 0o777, mode, "{}", path.display());
        }
    });
}
