//! Reads see one moment, end in time, and hold nobody up.

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use stour_database::testing::each_database;
use stour_database::{Database, Error, OpenOptions, Transaction, params, sql};

use crate::common::{THINGS, add, open, places};

fn count(tx: &mut Transaction<'_>) -> Result<i64, Error> {
    tx.one(sql!("SELECT count(*) FROM thing"), params![], |row| {
        row.get(0)
    })
}

/// Counts to a number that takes a while.
fn slowly(tx: &mut Transaction<'_>, to: i64) -> Result<i64, Error> {
    tx.one(
        sql!(
            "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)
             SELECT count(*) FROM n"
        ),
        params![to],
        |row| row.get(0),
    )
}

#[test]
fn a_read_sees_one_moment() {
    each_database(&[THINGS], |db| {
        add(&db, 1).unwrap();
        let (begun, has_begun) = mpsc::channel();
        let (written, is_written) = mpsc::channel();
        let reader = db.clone();
        let is_written = Arc::new(Mutex::new(is_written));
        let read = std::thread::spawn(move || {
            reader.read_blocking::<_, Error, _>(move |tx| {
                let before = count(tx)?;
                begun.send(()).unwrap();
                is_written.lock().unwrap().recv().unwrap();
                Ok((before, count(tx)?))
            })
        });
        has_begun.recv().unwrap();
        add(&db, 2).unwrap();
        written.send(()).unwrap();
        assert_eq!(read.join().unwrap(), Ok((1, 1)));
        assert_eq!(db.read_blocking(count), Ok(2));
    });
}

const HASTY: OpenOptions = OpenOptions {
    readers: 2,
    writers: 1,
    read_limit: Duration::from_millis(150),
};

#[test]
fn a_slow_read_is_stopped_and_stalls_nobody() {
    for place in places() {
        let db = open(&place.url, &HASTY);
        add(&db, 1).unwrap();
        let slow = db.clone();
        let slow =
            std::thread::spawn(move || slow.read_blocking(|tx| slowly(tx, 1_000_000_000_000)));
        // A read that is never stopped hangs here, and the runner ends the test.
        while !slow.is_finished() {
            assert_eq!(db.read_blocking(count), Ok(1), "{db:?}");
        }
        assert_eq!(slow.join().unwrap(), Err(Error::TimedOut), "{db:?}");
        for _ in 0..4 {
            assert_eq!(db.read_blocking(count), Ok(1), "{db:?} reads on");
        }
    }
}

#[test]
fn an_error_of_time_cannot_be_swallowed() {
    for place in places() {
        let db = open(&place.url, &HASTY);
        let swallowed = db.read_blocking(|tx| {
            let _ = slowly(tx, 1_000_000_000_000);
            Ok::<_, Error>(7)
        });
        assert_eq!(swallowed, Err(Error::TimedOut), "{db:?}");
    }
}

#[test]
fn an_unhurried_read_takes_its_time() {
    for place in places() {
        let db = open(
            &place.url,
            &OpenOptions {
                read_limit: Duration::from_millis(100),
                ..HASTY
            },
        );
        let enough = 3_000_000;
        assert_eq!(
            db.read_unhurried(move |tx| slowly(tx, enough)),
            Ok(enough),
            "{db:?}"
        );
        let limited = db.read_blocking(move |tx| slowly(tx, enough));
        assert_eq!(
            limited,
            Err(Error::TimedOut),
            "{db:?} limits the next again"
        );
    }
}

#[test]
fn no_readers_and_no_writers_means_one_of_each() {
    for place in places() {
        let db = open(
            &place.url,
            &OpenOptions {
                readers: 0,
                writers: 0,
                read_limit: Duration::ZERO,
            },
        );
        add(&db, 1).unwrap();
        let counted = db.read_unhurried(count);
        assert_eq!(counted, Ok(1), "{db:?}");
    }
}

#[test]
fn async_callers_are_not_held_up() {
    for place in places() {
        let url = place.url.clone();
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap()
            .block_on(async move {
                // Opened and dropped within the runtime too.
                let db = Database::open(&url, &HASTY).unwrap();
                let slow = db.clone();
                let slow =
                    tokio::spawn(
                        async move { slow.read(|tx| slowly(tx, 1_000_000_000_000)).await },
                    );
                let mut ticks = 0;
                while !slow.is_finished() {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    ticks += 1;
                }
                assert!(ticks > 10, "{ticks} ticks of the runtime while a read ran");
                assert_eq!(slow.await.unwrap(), Err(Error::TimedOut));
            });
    }
}

#[test]
fn a_read_that_nobody_waits_for_is_not_run() {
    for place in places() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let db = open(
            &place.url,
            &OpenOptions {
                readers: 1,
                read_limit: Duration::from_secs(30),
                ..HASTY
            },
        );
        let (ran, has_run) = mpsc::channel();
        runtime.block_on(async {
            let slow = db.clone();
            let slow = tokio::spawn(async move {
                slow.read(|_| {
                    std::thread::sleep(Duration::from_millis(200));
                    Ok::<_, Error>(())
                })
                .await
            });
            let abandoned = db.read(move |_| {
                ran.send(()).unwrap();
                Ok::<_, Error>(())
            });
            tokio::task::yield_now().await;
            let waited = tokio::time::timeout(Duration::from_millis(50), abandoned).await;
            assert!(waited.is_err());
            slow.await.unwrap().unwrap();
        });
        assert_eq!(db.read_blocking(count), Ok(0));
        assert!(has_run.try_recv().is_err(), "{db:?}");
    }
}

#[test]
fn more_writes_than_the_queue_holds_wait_their_turn() {
    each_database(&[THINGS], |db| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let writes = 3_000;
        runtime.block_on(async {
            let tasks: Vec<_> = (0..writes)
                .map(|id| {
                    let db = db.clone();
                    tokio::spawn(async move {
                        db.write(move |tx| {
                            tx.execute(
                                sql!("INSERT INTO thing (id, name) VALUES ($1, 'thing')"),
                                params![id],
                            )
                        })
                        .await
                    })
                })
                .collect();
            for task in tasks {
                assert_eq!(task.await.unwrap(), Ok(1));
            }
        });
        assert_eq!(db.read_blocking(count), Ok(writes));
    });
}

#[test]
fn a_job_that_begins_another_is_told_so() {
    each_database(&[THINGS], |db| {
        let inner = db.clone();
        let nested = db.write_blocking::<_, Error, _>(move |_| inner.write_blocking(count));
        assert!(matches!(nested, Err(Error::Statement(_))), "{nested:?}");
        let inner = db.clone();
        let nested = db.read_blocking::<_, Error, _>(move |_| inner.read_unhurried(count));
        assert!(matches!(nested, Err(Error::Statement(_))), "{nested:?}");
    });
}
