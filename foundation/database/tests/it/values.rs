//! Parameters and values at their limits.

use proptest::prelude::*;
use stour_database::testing::each_database;
use stour_database::{ConstraintKind, Database, Error, Result, Value, params, sql};

use crate::common::THINGS;

#[test]
fn parameters_are_found_by_number_whatever_their_order() {
    each_database(&[THINGS], |db| {
        let row = db
            .read_blocking::<_, Error, _>(|tx| {
                tx.one(
                    sql!(
                        "SELECT CAST($12 AS BIGINT), CAST($1 AS BIGINT), CAST($10 AS BIGINT), -- don't count $9
                         CAST($2 AS TEXT) || '$1' || CAST($11 AS TEXT), CAST($12 AS BIGINT), CAST($3 AS BIGINT) + CAST($4 AS BIGINT)
                         + CAST($5 AS BIGINT) + CAST($6 AS BIGINT) + CAST($7 AS BIGINT) + CAST($8 AS BIGINT) + CAST($9 AS BIGINT)"
                    ),
                    params![1_i64, "two", 3_i64, 4_i64, 5_i64, 6_i64, 7_i64, 8_i64, 9_i64, 10_i64, "eleven", 12_i64],
                    |row| {
                        Ok((
                            row.get::<i64>(0)?,
                            row.get::<i64>(1)?,
                            row.get::<i64>(2)?,
                            row.get::<String>(3)?,
                            row.get::<i64>(4)?,
                            row.get::<i64>(5)?,
                        ))
                    },
                )
            })
            .unwrap();
        assert_eq!(row, (12, 1, 10, "two$1eleven".to_owned(), 12, 42));
    });
}

fn refused(result: Result<u64>) {
    match result {
        Err(Error::Constraint {
            kind: ConstraintKind::Check,
            detail,
        }) => {
            assert!(
                detail.contains("U+0000") || detail.contains("finite"),
                "{detail}"
            );
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_one_database_could_not_store_both_refuse() {
    each_database(&[THINGS], |db| {
        for value in [
            Value::Text("a\0b".into()),
            Value::Real(f64::NAN),
            Value::Real(f64::INFINITY),
            Value::Real(f64::NEG_INFINITY),
        ] {
            let (one, many) = (value.clone(), value.clone());
            let column_is_text = matches!(value, Value::Text(_));
            refused(db.write_blocking(move |tx| {
                if column_is_text {
                    tx.execute(
                        sql!("INSERT INTO thing (id, name) VALUES (1, $1)"),
                        params![one],
                    )
                } else {
                    tx.execute(
                        sql!("INSERT INTO thing (id, name, size) VALUES (1, 'a', $1)"),
                        params![one],
                    )
                }
            }));
            let column = if column_is_text { "note" } else { "size" };
            refused(db.write_blocking(move |tx| {
                tx.bulk(
                    "thing",
                    &["id", "name", column],
                    [vec![
                        Value::Integer(1),
                        Value::Text("a".into()),
                        many.clone(),
                    ]],
                )
            }));
        }
    });
}

#[test]
fn a_value_of_the_wrong_type_is_refused_without_being_repeated() {
    each_database(&[THINGS], |db| {
        let asked = db.read_blocking::<Vec<i64>, Error, _>(|tx| {
            tx.rows(
                sql!("SELECT CAST($1 AS BIGINT) FROM thing WHERE CAST(name AS BIGINT) = 1"),
                params!["Mary Smith"],
                |row| row.get(0),
            )
        });
        if let Err(error) = asked {
            assert!(!error.to_string().contains("Mary"), "{error}");
        }
    });
    let error = {
        let place = stour_database::testing::Place::postgres();
        let db = Database::open(&place.url, &stour_database::OpenOptions::default()).unwrap();
        db.read_blocking::<i64, Error, _>(|tx| {
            tx.one(
                sql!("SELECT CAST('Mary ' || CAST($1 AS TEXT) AS BIGINT)"),
                params!["Smith"],
                |row| row.get(0),
            )
        })
        .unwrap_err()
    };
    assert!(!error.to_string().contains("Mary"), "{error}");
}

#[test]
fn very_long_values_come_back_whole() {
    each_database(&[THINGS], |db| {
        let (text, body) = ("é\n".repeat(4_000_000), vec![0x5c_u8; 8_000_000]);
        let (sent_text, sent_body) = (text.clone(), body.clone());
        db.write_blocking::<_, Error, _>(move |tx| {
            tx.execute(
                sql!("INSERT INTO thing (id, name, body) VALUES (1, $1, $2)"),
                params![sent_text, sent_body],
            )?;
            tx.bulk(
                "thing",
                &["id", "name", "body"],
                [vec![
                    Value::Integer(2),
                    Value::Text(sent_text.clone().into()),
                    Value::Bytes(sent_body.clone().into()),
                ]],
            )
        })
        .unwrap();
        let rows = db
            .read_blocking::<_, Error, _>(|tx| {
                tx.rows(sql!("SELECT name, body FROM thing"), params![], |row| {
                    Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?))
                })
            })
            .unwrap();
        assert_eq!(rows.len(), 2);
        assert!(
            rows.into_iter()
                .all(|row| row == (text.clone(), body.clone()))
        );
    });
}

#[test]
fn reads_cannot_write() {
    each_database(&[THINGS], |db| {
        let wrote = db.read_blocking::<_, Error, _>(|tx| {
            tx.execute(
                sql!("INSERT INTO thing (id, name) VALUES (1, 'a')"),
                params![],
            )
        });
        assert!(matches!(wrote, Err(Error::Statement(_))), "{wrote:?}");
        assert_eq!(crate::common::ids(&db), [0_i64; 0]);
    });
}

type Row = (String, Option<String>, i64, f64, bool, Vec<u8>);

fn any_row() -> impl Strategy<Value = Row> {
    (
        any::<String>().prop_map(|text| text.replace('\0', "")),
        proptest::option::of(
            "[\\\\\\t\\r\\n'\"$.N\\PC]{0,12}".prop_map(|text| text.replace('\0', "")),
        ),
        any::<i64>(),
        proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL,
        any::<bool>(),
        any::<Vec<u8>>(),
    )
}

fn there_and_back(db: &Database, rows: &[Row]) {
    let sent = rows.to_vec();
    let back = db
        .write_blocking::<Vec<Row>, Error, _>(move |tx| {
            tx.execute(sql!("DELETE FROM thing"), params![])?;
            tx.bulk(
                "thing",
                &["id", "name", "note", "amount", "size", "good", "body"],
                (0..).zip(&sent).map(|(id, row)| {
                    vec![
                        Value::Integer(2 * id),
                        Value::Text((&row.0).into()),
                        row.1.as_ref().map_or(Value::Null, |note| Value::Text(note.into())),
                        Value::Integer(row.2),
                        Value::Real(row.3),
                        Value::Boolean(row.4),
                        Value::Bytes((&row.5).into()),
                    ]
                }),
            )?;
            for (id, row) in (0_i64..).zip(&sent) {
                tx.execute(
                    sql!("INSERT INTO thing (id, name, note, amount, size, good, body) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                    params![2 * id + 1, row.0, row.1, row.2, row.3, row.4, row.5],
                )?;
            }
            tx.rows(
                sql!("SELECT name, note, amount, size, good, body FROM thing ORDER BY id"),
                params![],
                |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
                },
            )
        })
        .unwrap();
    let twice: Vec<Row> = rows
        .iter()
        .flat_map(|row| [row.clone(), row.clone()])
        .collect();
    assert_eq!(back, twice);
    assert!(
        back.iter()
            .zip(&twice)
            .all(|(a, b)| a.3.to_bits() == b.3.to_bits()),
        "a sign was lost"
    );
}

#[test]
fn any_value_comes_back_the_same_by_either_road() {
    each_database(&[THINGS], |db| {
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 64,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        runner
            .run(&proptest::collection::vec(any_row(), 1..6), |rows| {
                there_and_back(&db, &rows);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn like_tells_capitals_from_small_letters() {
    each_database(&[], |db| {
        let like = db
            .read_blocking::<_, Error, _>(|tx| {
                tx.one(
                    sql!(
                        "SELECT CAST($1 AS TEXT) LIKE 'smi%', lower(CAST($1 AS TEXT)) LIKE 'smi%'"
                    ),
                    params!["Smith"],
                    |row| Ok((row.get::<bool>(0)?, row.get::<bool>(1)?)),
                )
            })
            .unwrap();
        assert_eq!(like, (false, true));
    });
}
