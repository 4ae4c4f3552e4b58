//! Writers that meet at one row lose nothing.

use stour_database::testing::each_database;
use stour_database::{Database, Error, Once, once, params, sql};
use stour_kernel::Timestamp;

use crate::common::{THINGS, add};

fn together<T: Send + 'static>(
    db: &Database,
    count: i64,
    work: impl Fn(&Database, i64) -> T + Send + Copy + 'static,
) -> Vec<T> {
    let threads: Vec<_> = (0..count)
        .map(|number| {
            let db = db.clone();
            std::thread::spawn(move || work(&db, number))
        })
        .collect();
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}

fn amount(db: &Database) -> i64 {
    db.read_blocking::<i64, Error, _>(|tx| {
        tx.one(
            sql!("SELECT amount FROM thing WHERE id = 1"),
            params![],
            |row| row.get(0),
        )
    })
    .unwrap()
}

#[test]
fn reading_and_then_writing_a_counter_loses_no_count() {
    each_database(&[THINGS], |db| {
        db.write_blocking::<_, Error, _>(|tx| {
            tx.execute(
                sql!("INSERT INTO thing (id, name, amount) VALUES (1, 'count', 0)"),
                params![],
            )
        })
        .unwrap();
        let counted = together(&db, 8, |db, _| {
            (0..25)
                .filter(|_| {
                    db.write_blocking::<_, Error, _>(|tx| {
                        let before: i64 = tx.one(
                            sql!("SELECT amount FROM thing WHERE id = 1"),
                            params![],
                            |row| row.get(0),
                        )?;
                        tx.execute(
                            sql!("UPDATE thing SET amount = $1 WHERE id = 1"),
                            params![before + 1],
                        )
                    })
                    .is_ok()
                })
                .count()
        });
        assert_eq!(counted, [25; 8], "{db:?}");
        assert_eq!(amount(&db), 200);
    });
}

/// Each takes itself off duty only if somebody else stays: no order of them leaves nobody.
#[test]
fn decisions_that_rest_on_each_other_are_taken_one_after_another() {
    each_database(&[THINGS], |db| {
        for id in 0..8 {
            add(&db, id).unwrap();
        }
        let left = together(&db, 8, |db, id| {
            db.write_blocking::<bool, Error, _>(move |tx| {
                let on_duty: i64 = tx.one(
                    sql!("SELECT count(*) FROM thing WHERE note IS NULL"),
                    params![],
                    |row| row.get(0),
                )?;
                if on_duty > 1 {
                    tx.execute(
                        sql!("UPDATE thing SET note = 'off' WHERE id = $1"),
                        params![id],
                    )?;
                }
                Ok(on_duty > 1)
            })
            .unwrap()
        });
        assert_eq!(left.into_iter().filter(|left| *left).count(), 7);
    });
}

#[test]
fn one_key_sent_by_many_at_once_is_done_once() {
    each_database(&[THINGS], |db| {
        let sent = together(&db, 12, |db, _| {
            db.write_blocking::<_, Error, _>(|tx| {
                once(
                    tx,
                    ("user/create", "key", "print"),
                    Timestamp::UNIX_EPOCH,
                    |tx| {
                        let rows: i64 =
                            tx.one(sql!("SELECT count(*) FROM part"), params![], |row| {
                                row.get(0)
                            })?;
                        tx.execute(
                            sql!("INSERT INTO thing (id, name) VALUES (1, 'once')"),
                            params![],
                        )?;
                        Ok::<_, Error>(rows.to_string())
                    },
                )
            })
            .unwrap()
        });
        let done = sent.iter().filter(|once| matches!(once, Once::Done(_)));
        assert_eq!(done.count(), 1, "{sent:?}");
        assert!(sent.iter().all(|once| *once != Once::KeyReused));
    });
}
