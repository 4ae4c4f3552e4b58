//! PostgreSQL's connections are cut while work is under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use stour_database::testing::Place;
use stour_database::{Database, DatabaseUrl, Error, OpenOptions, params, sql};

use crate::common::{add, address, ids, open};

/// The place again, under a name by which its connections can be found.
fn named(place: &Place, name: &str) -> DatabaseUrl {
    format!("{}&application_name={name}", address(&place.url))
        .parse()
        .unwrap()
}

fn cut(admin: &Database, name: &'static str) -> i64 {
    admin
        .write_blocking::<i64, Error, _>(move |tx| {
            tx.one(
                sql!(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1"
                ),
                params![name],
                |row| row.get(0),
            )
        })
        .unwrap()
}

#[test]
fn cut_connections_are_made_again_and_nothing_acknowledged_is_lost() {
    let place = Place::postgres();
    let admin = open(&place.url, &OpenOptions::default());
    let name = "stour-outage";
    let db = open(&named(&place, name), &OpenOptions::default());
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (db, stop) = (db.clone(), Arc::clone(&stop));
            std::thread::spawn(move || {
                let mut acknowledged = Vec::new();
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let id = 4 * number + writer;
                    match add(&db, id) {
                        Ok(_) => acknowledged.push(id),
                        Err(Error::Unavailable(_)) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
                acknowledged
            })
        })
        .collect();
    let reader = {
        let (db, stop) = (db.clone(), Arc::clone(&stop));
        std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let read = db.read_blocking::<i64, Error, _>(|tx| {
                    tx.one(sql!("SELECT count(*) FROM thing"), params![], |row| {
                        row.get(0)
                    })
                });
                assert!(
                    matches!(read, Ok(_) | Err(Error::Unavailable(_))),
                    "{read:?}"
                );
            }
        })
    };
    let mut cuts = 0;
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(25));
        cuts += cut(&admin, name);
    }
    assert!(cuts > 20, "only {cuts} connections were cut");
    stop.store(true, Ordering::Relaxed);
    let acknowledged: Vec<i64> = writers
        .into_iter()
        .flat_map(|writer| writer.join().unwrap())
        .collect();
    reader.join().unwrap();
    assert!(acknowledged.len() > 20);
    let stored = ids(&db);
    for id in acknowledged {
        assert!(stored.binary_search(&id).is_ok(), "{id} was lost");
    }
    cut(&admin, name);
    assert_eq!(add(&db, -1), Ok(1), "the next write works");
}

#[test]
fn a_table_that_changes_under_a_prepared_statement_is_no_trouble() {
    let place = Place::postgres();
    let db = open(
        &place.url,
        &OpenOptions {
            readers: 1,
            ..OpenOptions::default()
        },
    );
    let read = || {
        db.read_blocking::<Vec<i64>, Error, _>(|tx| {
            tx.rows(sql!("SELECT amount FROM thing"), params![], |row| {
                row.get(0)
            })
        })
    };
    add(&db, 1).unwrap();
    assert!(read().is_err(), "NULL is not a number");
    db.write_blocking::<_, Error, _>(|tx| {
        tx.execute(sql!("UPDATE thing SET amount = 5"), params![])?;
        tx.execute(
            sql!("ALTER TABLE thing ALTER COLUMN amount TYPE INTEGER"),
            params![],
        )
    })
    .unwrap();
    assert_eq!(read(), Ok(vec![5]));
}

#[test]
fn an_address_that_answers_nothing_is_unavailable() {
    for address in [
        "postgres://postgres@127.0.0.1:1/nothing",
        "postgres://postgres@127.0.0.1:5432/no_such_database",
        "sqlite:/no/such/directory/stour.sqlite",
        "sqlite:/",
    ] {
        let opened = Database::open(&address.parse().unwrap(), &OpenOptions::default());
        assert!(
            matches!(opened, Err(Error::Unavailable(_))),
            "{address}: {:?}",
            opened.err()
        );
    }
}
