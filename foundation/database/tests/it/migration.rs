//! Schemas that grow in order.

use stour_database::testing::{Place, each_database};
use stour_database::{Database, Error, Migrations, OpenOptions, Step, params, sql};
use stour_kernel::Timestamp;

use crate::common::places;

const FIRST: Step = Step {
    number: 1,
    name: "step",
    sql: "CREATE TABLE step (id BIGINT NOT NULL PRIMARY KEY);
-- only: postgres
INSERT INTO step (id) VALUES (1);
-- end
-- only: sqlite
INSERT INTO step (id) VALUES (2);
-- end
",
};

const MORE: Step = Step {
    number: 2,
    name: "more",
    sql: "INSERT INTO step (id) VALUES (7);",
};

const fn steps(steps: &'static [Step]) -> Migrations {
    Migrations {
        capability: "steps",
        steps,
    }
}

const ONE: Migrations = steps(&[FIRST]);

fn ids(db: &Database) -> Result<Vec<i64>, Error> {
    db.read_blocking(|tx| {
        tx.rows(sql!("SELECT id FROM step ORDER BY id"), params![], |row| {
            row.get(0)
        })
    })
}

#[test]
fn each_database_runs_its_own_lines() {
    each_database(&[ONE], |db| {
        let own = if format!("{db:?}").contains("SQLite") {
            2
        } else {
            1
        };
        assert_eq!(ids(&db), Ok(vec![own]));
    });
}

#[test]
fn a_later_step_runs_once_and_a_changed_one_is_refused() {
    each_database(&[ONE], |db| {
        let two = steps(&[FIRST, MORE]);
        assert_eq!(db.migrate(&[two], Timestamp::UNIX_EPOCH), Ok(1));
        assert_eq!(db.migrate(&[two], Timestamp::UNIX_EPOCH), Ok(0));
        assert!(matches!(
            db.migrate(&[ONE], Timestamp::UNIX_EPOCH),
            Err(Error::Statement(why)) if why.contains("a later version has run")
        ));
        let changed = steps(&[
            Step {
                sql: "SELECT 1;",
                ..FIRST
            },
            MORE,
        ]);
        assert!(matches!(
            db.migrate(&[changed], Timestamp::UNIX_EPOCH),
            Err(Error::Statement(why)) if why.contains("steps 1 has changed")
        ));
        let gap = steps(&[FIRST, Step { number: 3, ..FIRST }]);
        assert!(matches!(
            db.migrate(&[gap], Timestamp::UNIX_EPOCH),
            Err(Error::Statement(why)) if why.contains("stands where 2 should")
        ));
    });
}

#[test]
fn a_step_that_fails_leaves_nothing_of_any() {
    each_database(&[], |db| {
        let broken = steps(&[
            FIRST,
            Step {
                number: 2,
                name: "broken",
                sql: "CREATE TABLE other (id BIGINT NOT NULL PRIMARY KEY); INSERT INTO nowhere VALUES (1);",
            },
        ]);
        assert!(db.migrate(&[broken], Timestamp::UNIX_EPOCH).is_err());
        assert!(ids(&db).is_err(), "step was made");
        assert_eq!(db.migrate(&[ONE], Timestamp::UNIX_EPOCH), Ok(1));
    });
}

#[test]
fn a_new_file_is_opened_by_many_at_once() {
    for _ in 0..40 {
        let place = Place::sqlite();
        let together: Vec<_> = (0..6)
            .map(|_| {
                let url = place.url.clone();
                std::thread::spawn(move || Database::open(&url, &OpenOptions::default()).map(drop))
            })
            .collect();
        for one in together {
            one.join().unwrap().unwrap();
        }
    }
}

#[test]
fn two_processes_that_start_together_migrate_once() {
    for place in places() {
        for round in 0..3 {
            let together: Vec<_> = (0..4)
                .map(|_| {
                    let url = place.url.clone();
                    std::thread::spawn(move || {
                        let db = Database::open(&url, &OpenOptions::default()).unwrap();
                        db.migrate(&[ONE], Timestamp::UNIX_EPOCH).unwrap()
                    })
                })
                .collect();
            let ran: usize = together.into_iter().map(|one| one.join().unwrap()).sum();
            assert_eq!(ran, if round == 0 { 2 } else { 0 }, "{}", place.url);
        }
    }
}
