//! A database that has gone leaves nothing open, and one that is open does not grow without end.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use stour_database::testing::Place;
use stour_database::{Database, DatabaseUrl, Error, OpenOptions, params, sql};

use crate::common::{add, address, open};

fn files_open_under(directory: &Path) -> usize {
    std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .filter(|path| path.starts_with(directory))
        .count()
}

fn file(place: &Place) -> &Path {
    match &place.url {
        DatabaseUrl::Sqlite(path) => path,
        DatabaseUrl::Postgres(_) => panic!("not a file"),
    }
}

#[test]
fn a_dropped_file_is_closed_and_whole() {
    let place = Place::sqlite();
    let directory = file(&place).parent().unwrap();
    for id in 0..5 {
        let db = open(&place.url, &OpenOptions::default());
        add(&db, id).unwrap();
        assert!(files_open_under(directory) > 0);
        drop(db);
        assert_eq!(files_open_under(directory), 0);
        let log = std::fs::metadata(file(&place).with_extension("sqlite-wal"));
        assert_eq!(
            log.map_or(0, |log| log.len()),
            0,
            "all of it is in the file"
        );
    }
}

#[test]
fn a_database_may_be_dropped_by_its_own_last_job() {
    for place in crate::common::places() {
        let db = open(&place.url, &OpenOptions::default());
        let (own, (done, is_done)) = (db.clone(), std::sync::mpsc::channel());
        let work = std::thread::spawn(move || {
            let inner = own.clone();
            own.read_blocking::<_, Error, _>(move |_| {
                let _keep = &inner;
                std::thread::sleep(Duration::from_millis(50));
                done.send(()).unwrap();
                Ok(())
            })
        });
        drop(db);
        is_done.recv().unwrap();
        work.join().unwrap().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::sqlite();
    let db = open(&place.url, &OpenOptions::default());
    add(&db, 1).unwrap();
    for entry in std::fs::read_dir(file(&place).parent().unwrap()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}

#[test]
fn dropped_connections_are_closed() {
    let place = Place::postgres();
    let admin = open(&place.url, &OpenOptions::default());
    let name = "stour-lifecycle";
    let url: DatabaseUrl = format!("{}&application_name={name}", address(&place.url))
        .parse()
        .unwrap();
    let connected = || {
        admin
            .read_blocking::<i64, Error, _>(move |tx| {
                tx.one(
                    sql!("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1"),
                    params![name],
                    |row| row.get(0),
                )
            })
            .unwrap()
    };
    let db = open(&url, &OpenOptions::default());
    add(&db, 1).unwrap();
    assert!(connected() >= 2);
    drop(db);
    for _ in 0..100 {
        if connected() == 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{} connections are left", connected());
}

/// Readers that always overlap never leave the log unread.
#[test]
fn the_log_does_not_grow_without_end_under_constant_reading() {
    let place = Place::sqlite();
    let db = open(&place.url, &OpenOptions::default());
    add(&db, 1).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (db, stop) = (db.clone(), Arc::clone(&stop));
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    read_a_while(&db);
                }
            })
        })
        .collect();
    let megabyte = 1 << 20;
    // Other bytes each time: SQLite does not write what is there already.
    for byte in 0..220_u8 {
        db.write_blocking::<_, Error, _>(move |tx| {
            tx.execute(
                sql!("UPDATE thing SET body = $1 WHERE id = 1"),
                params![vec![byte; megabyte]],
            )
        })
        .unwrap();
    }
    let log = std::fs::metadata(file(&place).with_extension("sqlite-wal")).unwrap();
    stop.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().unwrap();
    }
    let length = log.len() / (1 << 20);
    assert!(
        length < 100,
        "the log has {length} MiB after 220 MiB of writes"
    );
}

fn read_a_while(db: &Database) {
    db.read_blocking::<_, Error, _>(|tx| {
        tx.one(sql!("SELECT count(*) FROM thing"), params![], |row| {
            row.get::<i64>(0)
        })?;
        std::thread::sleep(Duration::from_millis(60));
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_address_is_shown_without_its_secrets() {
    for (secret, shown) in [
        (
            "postgres://stour:hunter2@db.example:5432/stour",
            "postgres://db.example:5432/stour",
        ),
        (
            "postgres://stour:hun@ter2@db.example/stour",
            "postgres://db.example/stour",
        ),
        (
            "postgresql://db.example/stour?password=hunter2",
            "postgres://db.example/stour",
        ),
        (
            "postgres://u@h/stour?password=hun@ter2",
            "postgres://h/stour",
        ),
        ("postgres://u:hun?ter2@h/stour", "postgres://…"),
        ("sqlite:data/stour.sqlite", "sqlite:data/stour.sqlite"),
    ] {
        let url: DatabaseUrl = secret.parse().unwrap();
        assert_eq!(url.to_string(), shown);
        assert_eq!(format!("{url:?}"), shown);
    }
    for wrong in ["", "sqlite:", "mysql://h/d", "postgres:h"] {
        assert!(wrong.parse::<DatabaseUrl>().is_err(), "{wrong}");
    }
    let refused = Database::open(
        &"postgres://stour:hunter2@127.0.0.1:1/stour?colour=hunter2"
            .parse()
            .unwrap(),
        &OpenOptions::default(),
    );
    assert!(!refused.unwrap_err().to_string().contains("hunter2"));
}
