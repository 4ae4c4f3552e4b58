//! Reads, writes, values, errors, `once`, topics, migrations and bulk.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use stour_database::testing::each_database;
use stour_database::{Database, Error, Once, Result, Value, once, params, sql, topics, touch};
use stour_kernel::{
    Date, Environment, GssCode, LocalityCode, NhsNumber, OdsCode, Pence, PersonId, Postcode,
    Timestamp,
};

use crate::common::THINGS;

fn add(db: &Database, id: i64, name: &'static str) -> Result<u64> {
    db.write_blocking(move |tx| {
        tx.execute(
            sql!("INSERT INTO thing (id, name) VALUES ($1, $2)"),
            params![id, name],
        )
    })
}

fn count(db: &Database) -> i64 {
    db.read_blocking(|tx| {
        tx.one(sql!("SELECT count(*) FROM thing"), params![], |row| {
            row.get::<i64>(0)
        })
    })
    .unwrap()
}

#[test]
fn every_kind_of_value_comes_back_as_it_went_in() {
    each_database(&[THINGS], |db| {
        let body: Vec<u8> = (0..=255).collect();
        let sent = body.clone();
        db.write_blocking::<_, Error, _>(move |tx| {
            tx.execute(
                sql!("INSERT INTO thing (id, name, note, amount, size, good, body) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                params![1_i64, "Zoë O'Hara\t\\N", None::<String>, Pence::new(-12_345), 0.1, true, sent],
            )
        })
        .unwrap();
        let row = db
            .read_blocking::<_, Error, _>(|tx| {
                tx.one(
                    sql!("SELECT name, note, amount, size, good, body, id FROM thing"),
                    params![],
                    |row| {
                        Ok((
                            row.get::<String>(0)?,
                            row.get::<Option<String>>(1)?,
                            row.get::<Pence>(2)?,
                            row.get::<f64>(3)?,
                            row.get::<bool>(4)?,
                            row.get::<Vec<u8>>(5)?,
                            row.get::<i64>(6)?,
                        ))
                    },
                )
            })
            .unwrap();
        assert_eq!(
            row,
            (
                "Zoë O'Hara\t\\N".to_owned(),
                None,
                Pence::new(-12_345),
                0.1,
                true,
                body,
                1
            )
        );
    });
}

#[test]
fn kernel_types_come_back_as_they_went_in() {
    fn same<T>(db: &Database, value: &T)
    where
        T: stour_database::ToValue + stour_database::FromValue + PartialEq,
        T: std::fmt::Debug + Clone + Send + 'static,
    {
        let sent = value.clone();
        let back = db
            .write_blocking::<T, Error, _>(move |tx| {
                tx.execute(
                    sql!("INSERT INTO thing (id, name) VALUES (9, $1)"),
                    params![sent],
                )?;
                let back = tx.one(
                    sql!("SELECT name FROM thing WHERE id = 9"),
                    params![],
                    |row| row.get::<T>(0),
                )?;
                tx.execute(sql!("DELETE FROM thing WHERE id = 9"), params![])?;
                Ok(back)
            })
            .unwrap();
        assert_eq!(back, *value);
    }
    each_database(&[THINGS], |db| {
        let env = Environment::system();
        same(&db, &env.id::<PersonId>());
        same(&db, &"2026-11-24".parse::<Date>().unwrap());
        same(
            &db,
            &"2026-11-24T09:00:00.123456Z".parse::<Timestamp>().unwrap(),
        );
        same(&db, &"9990000018".parse::<NhsNumber>().unwrap());
        same(&db, &"BH8 9RN".parse::<Postcode>().unwrap());
        same(&db, &"R0D".parse::<OdsCode>().unwrap());
        same(&db, &"E06000058".parse::<GssCode>().unwrap());
        same(&db, &"poole-north".parse::<LocalityCode>().unwrap());
    });
}

#[test]
fn errors_are_the_same_on_both() {
    each_database(&[THINGS], |db| {
        add(&db, 1, "one").unwrap();
        assert!(add(&db, 1, "again").unwrap_err().is_duplicate());
        let orphan = db.write_blocking::<_, Error, _>(|tx| {
            tx.execute(
                sql!("INSERT INTO part (id, thing) VALUES (1, 77)"),
                params![],
            )
        });
        assert!(matches!(
            orphan,
            Err(Error::Constraint {
                kind: stour_database::ConstraintKind::Reference,
                ..
            })
        ));
        let empty = db.write_blocking::<_, Error, _>(|tx| {
            tx.execute(
                sql!("INSERT INTO thing (id, name) VALUES (2, $1)"),
                params![None::<&str>],
            )
        });
        assert!(matches!(
            empty,
            Err(Error::Constraint {
                kind: stour_database::ConstraintKind::Check,
                ..
            })
        ));
        let wrong = db.read_blocking::<i64, Error, _>(|tx| {
            tx.one(sql!("SELECT name FROM thing"), params![], |row| row.get(0))
        });
        assert!(matches!(wrong, Err(Error::Decode { column: 0, .. })));
        let absent = db.read_blocking::<i64, Error, _>(|tx| {
            tx.one(
                sql!("SELECT id FROM thing WHERE id = 5"),
                params![],
                |row| row.get(0),
            )
        });
        assert_eq!(absent, Err(Error::NotFound));
        let nonsense =
            db.read_blocking::<_, Error, _>(|tx| tx.execute(sql!("SELEKT 1"), params![]));
        assert!(matches!(nonsense, Err(Error::Statement(_))));
        let few = db.read_blocking::<i64, Error, _>(|tx| {
            tx.one(
                sql!("SELECT id FROM thing WHERE id = $1"),
                params![],
                |row| row.get(0),
            )
        });
        assert!(matches!(few, Err(Error::Statement(_))), "{few:?}");
        assert_eq!(count(&db), 1);
    });
}

#[test]
fn a_write_sent_twice_happens_once() {
    each_database(&[THINGS], |db| {
        let send = |fingerprint: &'static str| {
            db.write_blocking::<_, Error, _>(move |tx| {
                once(
                    tx,
                    ("user/create", "key", fingerprint),
                    Timestamp::UNIX_EPOCH,
                    |tx| {
                        tx.execute(
                            sql!("INSERT INTO thing (id, name) VALUES (1, 'one')"),
                            params![],
                        )?;
                        Ok::<_, Error>("1".to_owned())
                    },
                )
            })
            .unwrap()
        };
        assert_eq!(send("a"), Once::Done("1".to_owned()));
        assert_eq!(send("a"), Once::Before("1".to_owned()));
        assert_eq!(send("b"), Once::KeyReused);
    });
}

#[test]
fn topics_count_their_changes() {
    each_database(&[], |db| {
        for topic in ["ward", "ward", "person"] {
            db.write_blocking(move |tx| touch(tx, topic)).unwrap();
        }
        let seen = db.read_blocking(topics).unwrap();
        assert_eq!(
            seen.into_iter().collect::<Vec<_>>(),
            [("person".to_owned(), 1), ("ward".to_owned(), 2)]
        );
    });
}

#[test]
fn a_transaction_counts_as_one_change_of_a_topic() {
    each_database(&[], |db| {
        db.write_blocking::<_, Error, _>(|tx| {
            touch(tx, "ward")?;
            touch(tx, "ward")
        })
        .unwrap();
        let seen = db.read_blocking(topics).unwrap();
        assert_eq!(seen.into_values().collect::<Vec<_>>(), [1]);
    });
}

#[test]
fn what_is_to_be_done_afterwards_is_done_only_once_it_is_stored() {
    each_database(&[], |db| {
        let done = Arc::new(AtomicUsize::new(0));
        let run = |is_stored: bool| {
            let counted = done.clone();
            db.write_blocking(move |tx| {
                let counted = counted.clone();
                tx.afterwards(move || {
                    counted.fetch_add(1, Ordering::SeqCst);
                });
                if is_stored {
                    Ok(())
                } else {
                    Err(Error::NotFound)
                }
            })
        };
        assert_eq!(run(false), Err(Error::NotFound));
        assert_eq!(done.load(Ordering::SeqCst), 0);
        assert_eq!(run(true), Ok(()));
        assert_eq!(done.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn migrating_again_does_nothing() {
    each_database(&[THINGS], |db| {
        assert_eq!(db.migrate(&[THINGS], Timestamp::UNIX_EPOCH), Ok(0));
    });
}

#[test]
fn bulk_rows_arrive_as_they_were_sent() {
    each_database(&[THINGS], |db| {
        let text = "tab\tback\\slash\nnew\rline \\N é";
        let ran = db
            .write_blocking::<_, Error, _>(move |tx| {
                tx.bulk(
                    "thing",
                    &["id", "name", "size", "good", "body", "note"],
                    (0..1000).map(|id| {
                        vec![
                            Value::Integer(id),
                            Value::Text(text.into()),
                            Value::Real(0.1),
                            Value::Boolean(id % 2 == 0),
                            Value::Bytes(vec![0, 92, 255].into()),
                            Value::Null,
                        ]
                    }),
                )
            })
            .unwrap();
        assert_eq!(ran, 1000);
        let rows = db
            .read_blocking::<_, Error, _>(|tx| {
                tx.rows(
                    sql!("SELECT name, size, good, body, note FROM thing WHERE id = $1"),
                    params![3_i64],
                    |row| {
                        Ok((
                            row.get::<String>(0)?,
                            row.get::<f64>(1)?,
                            row.get::<bool>(2)?,
                            row.get::<Vec<u8>>(3)?,
                            row.get::<Option<String>>(4)?,
                        ))
                    },
                )
            })
            .unwrap();
        assert_eq!(
            rows,
            [(text.to_owned(), 0.1, false, vec![0, 92, 255], None)]
        );
        let twice = db.write_blocking::<_, Error, _>(|tx| {
            tx.bulk(
                "thing",
                &["id", "name"],
                (0..1000).map(|id| vec![Value::Integer(id), Value::Text("again".into())]),
            )
        });
        assert!(twice.as_ref().is_err_and(Error::is_duplicate), "{twice:?}");
    });
}
