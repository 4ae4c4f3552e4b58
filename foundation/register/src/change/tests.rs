use std::thread;

use stour_database::testing::each_database;
use stour_kernel::Environment;

use super::{NotSaved, add_checked, change_checked, remove_checked};
use crate::testing::{BOARD, REGISTER, RISK, author, migrations};
use crate::{Changed, EntryId, Values, entry, versions};

fn environment() -> Environment {
    Environment::fixed("2026-11-24T09:00:00Z")
}

/// Adds a risk with a title.
fn begun(database: &stour_database::Database, environment: &Environment) -> EntryId {
    let environment = environment.clone();
    let added = database.write_blocking(move |tx| {
        let values: Values = [("title", "To begin with")].into_iter().collect();
        let place = (&REGISTER, "test", &RISK);
        add_checked(tx, &environment, place, (&values, "x"), &author("Ann"))
    });
    added.unwrap().id
}

#[test]
fn people_who_change_different_fields_at_once_lose_nothing() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let id = begun(&database, &environment);
        let fields = [
            ("words", "In full"),
            ("cost", "5"),
            ("score", "7"),
            ("weight", "0.5"),
            ("due", "2014-02"),
            ("raised", "2013-06-28"),
        ];
        thread::scope(|scope| {
            for (field, text) in fields {
                let (database, environment) = (&database, environment.clone());
                scope.spawn(move || {
                    let changed = database.write_blocking(move |tx| {
                        let mut mine = entry(tx, id)?.unwrap().values;
                        // Everybody began from the first version.
                        mine = [("title", mine.get("title"))].into_iter().collect();
                        mine.set(field, text);
                        let what = (&REGISTER, id, 1);
                        change_checked(tx, &environment, what, (&mine, field), &author(field))
                    });
                    assert!(matches!(changed.unwrap(), Changed::Saved(..)), "{field}");
                });
            }
        });
        let (latest, all) = database
            .read_blocking(move |tx| {
                Ok::<_, stour_database::Error>((entry(tx, id)?, versions(tx, id)?))
            })
            .unwrap();
        let latest = latest.unwrap();
        for (field, text) in fields {
            assert_eq!(latest.get(field), text);
        }
        assert_eq!(latest.version, 7);
        let numbers: Vec<i64> = all.iter().map(|version| version.version).collect();
        assert_eq!(numbers, [7, 6, 5, 4, 3, 2, 1]);
    });
}

#[test]
fn rules_are_asked_about_what_is_in_force_when_it_is_saved() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let id = begun(&database, &environment);
        database
            .write_blocking(move |tx| {
                let by = author("Ann");
                let board: Values = [("title", "Board")].into_iter().collect();
                let place = (&REGISTER, "test", &BOARD);
                let board = add_checked(tx, &environment, place, (&board, "x"), &by)?;
                let within: Values = [("title", "A"), ("within", "B1"), ("owner", "board")]
                    .into_iter()
                    .collect();
                let what = (&REGISTER, id, 1);
                let changed = change_checked(tx, &environment, what, (&within, "x"), &by)?;
                let Changed::Saved(saved, _) = changed else {
                    panic!("{changed:?}");
                };
                assert_eq!((saved.get("within"), saved.get("owner")), ("1", "Board"));
                let removed = remove_checked(tx, &environment, (&REGISTER, board.id, 1), "x", &by);
                assert_eq!(removed, Err(NotSaved::Referred(vec!["R1".to_owned()])));
                // Only the latest version can be removed, and once.
                let overtaken = remove_checked(tx, &environment, (&REGISTER, id, 1), "x", &by);
                assert_eq!(overtaken, Err(NotSaved::Overtaken));
                remove_checked(tx, &environment, (&REGISTER, id, 2), "x", &by)?;
                let again = remove_checked(tx, &environment, (&REGISTER, id, 3), "x", &by);
                assert_eq!(again, Err(NotSaved::Removed));
                let what = (&REGISTER, id, 3);
                let changed = change_checked(tx, &environment, what, (&within, "x"), &by);
                assert_eq!(changed, Err(NotSaved::Removed));
                remove_checked(tx, &environment, (&REGISTER, board.id, 1), "x", &by)?;
                Ok::<_, NotSaved>(())
            })
            .unwrap();
    });
}
