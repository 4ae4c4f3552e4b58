//! Backups carry one database into another, whole or not at all.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use stour_database::testing::{Place, each_database};
use stour_database::{
    BackupError, Database, Error, OpenOptions, Table, Value, back_up, params, restore, sql, tables,
    touch,
};
use stour_kernel::Timestamp;

use crate::common::{THINGS, add, ids, open, places};

/// A file in a directory that goes with it.
struct Files(Place);

impl Files {
    fn new() -> Self {
        Self(Place::sqlite())
    }

    fn path(&self, name: &str) -> PathBuf {
        match &self.0.url {
            stour_database::DatabaseUrl::Sqlite(path) => path.with_file_name(name),
            stour_database::DatabaseUrl::Postgres(_) => panic!("not a file"),
        }
    }
}

fn fill(db: &Database) {
    db.write_blocking::<_, Error, _>(|tx| {
        let reals = [
            0.1,
            -0.0,
            5e-324,
            f64::MAX,
            1.0 / 3.0,
            0.300_000_000_000_000_04,
        ];
        tx.bulk(
            "thing",
            &["id", "name", "note", "amount", "size", "good", "body"],
            (0..).zip(reals).map(|(id, real)| {
                vec![
                    Value::Integer(id),
                    Value::Text("é\"\\\n\u{2028}".into()),
                    if id == 0 {
                        Value::Null
                    } else {
                        Value::Text(String::new().into())
                    },
                    Value::Integer(i64::MAX - id),
                    Value::Real(real),
                    Value::Boolean(id % 2 == 0),
                    Value::Bytes(vec![0, 255, 10].into()),
                ]
            }),
        )?;
        tx.execute(
            sql!("INSERT INTO part (id, thing) VALUES (1, 2), (2, 3)"),
            params![],
        )?;
        tx.execute(
            sql!("INSERT INTO promise (id, thing) VALUES (1, 2)"),
            params![],
        )?;
        // The earlier row refers to the later one.
        tx.execute(
            sql!("INSERT INTO link (id, next) VALUES (1, NULL), (2, NULL)"),
            params![],
        )?;
        tx.execute(sql!("UPDATE link SET next = 2 WHERE id = 1"), params![])?;
        touch(tx, "ward")
    })
    .unwrap();
}

#[test]
fn a_backup_goes_from_one_kind_to_the_other_and_back() {
    let (files, places) = (
        Files::new(),
        [Place::sqlite(), Place::postgres(), Place::sqlite()],
    );
    let [first, second, third] = places
        .each_ref()
        .map(|place| open(&place.url, &OpenOptions::default()));
    fill(&first);
    let mut taken = Vec::new();
    for (name, from, to) in [
        ("a", &first, Some(&second)),
        ("b", &second, Some(&third)),
        ("c", &third, None),
    ] {
        let file = files.path(name);
        taken.push(back_up(from, &file, Timestamp::UNIX_EPOCH).unwrap());
        if let Some(to) = to {
            let restored = restore(to, &file).unwrap();
            assert_eq!(Some(&restored), taken.last());
            let again = restore(to, &file);
            assert!(
                matches!(again, Err(BackupError::NotEmpty { .. })),
                "{again:?}"
            );
        }
    }
    assert_eq!(taken[0].rows, 12);
    assert_eq!(taken[0], taken[1]);
    assert_eq!(taken[1], taken[2]);
    let overwritten = back_up(&first, &files.path("a"), Timestamp::UNIX_EPOCH);
    assert!(matches!(overwritten, Err(BackupError::File(_))));
    assert!(
        files.path("a").exists(),
        "a backup that is there already is left alone"
    );
}

#[test]
fn a_backup_of_other_tables_is_refused() {
    let files = Files::new();
    let file = files.path("backup");
    each_database(&[THINGS], |db| {
        let _ = std::fs::remove_file(&file);
        back_up(&db, &file, Timestamp::UNIX_EPOCH).unwrap();
        let other = Place::sqlite();
        let other = Database::open(&other.url, &OpenOptions::default()).unwrap();
        other.migrate(&[], Timestamp::UNIX_EPOCH).unwrap();
        let restored = restore(&other, &file);
        assert!(
            matches!(&restored, Err(BackupError::OtherVersion { capability }) if capability == "things"),
            "{restored:?}"
        );
    });
}

fn rows_of_all(db: &Database) -> i64 {
    let known: Vec<Table> = db.read_blocking(tables).unwrap();
    assert!(known.len() >= 7);
    db.read_blocking::<i64, Error, _>(|tx| {
        tx.one(
            sql!(
                "SELECT (SELECT count(*) FROM thing) + (SELECT count(*) FROM part) + (SELECT count(*) FROM promise)
                 + (SELECT count(*) FROM link) + (SELECT count(*) FROM once) + (SELECT count(*) FROM live_topic)"
            ),
            params![],
            |row| row.get(0),
        )
    })
    .unwrap()
}

/// Each way to damage a backup, one after another.
fn damages(whole: &[u8], stride: usize) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for at in (0..whole.len()).step_by(stride) {
        for flip in [0x01, 0x20] {
            let mut bytes = whole.to_vec();
            bytes[at] ^= flip;
            all.push((format!("byte {at} with {flip:#x}"), bytes));
        }
        all.push((format!("cut at {at}"), whole[..at].to_vec()));
    }
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    for at in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(at);
        all.push((format!("without line {at}"), without.concat()));
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        all.push((format!("line {at} twice"), twice.concat()));
        let mut swapped = lines.clone();
        swapped.swap(at, (at + 1) % lines.len());
        if swapped != lines {
            all.push((format!("line {at} swapped"), swapped.concat()));
        }
        let returned: Vec<&[u8]> = [
            &lines[..at],
            &[&lines[at][..lines[at].len() - 1], b"\r\n"],
            &lines[at + 1..],
        ]
        .concat();
        all.push((format!("line {at} with a return"), returned.concat()));
    }
    all.push(("more after the end".to_owned(), [whole, b"\n"].concat()));
    all.push(("another after the end".to_owned(), [whole, whole].concat()));
    all
}

#[test]
fn a_damaged_backup_restores_nothing() {
    let files = Files::new();
    let (source, whole) = (Place::sqlite(), files.path("whole"));
    let source = open(&source.url, &OpenOptions::default());
    fill(&source);
    back_up(&source, &whole, Timestamp::UNIX_EPOCH).unwrap();
    let whole = std::fs::read(whole).unwrap();
    for (place, stride) in places().into_iter().zip([3, 101]) {
        let db = open(&place.url, &OpenOptions::default());
        for (what, bytes) in damages(&whole, stride) {
            let file = files.path("damaged");
            std::fs::write(&file, bytes).unwrap();
            assert!(restore(&db, &file).is_err(), "{db:?}: {what} was restored");
            assert_eq!(rows_of_all(&db), 0, "{db:?}: {what} left rows");
        }
        let file = files.path("damaged");
        std::fs::write(&file, &whole).unwrap();
        assert_eq!(
            restore(&db, &file).unwrap().rows,
            12,
            "{db:?} is none the worse"
        );
    }
}

#[test]
fn a_backup_taken_during_writes_is_one_moment_of_them() {
    let files = Files::new();
    each_database(&[THINGS], |db| {
        let (stop, acknowledged) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicI64::new(-1)),
        );
        let writer = {
            let (db, stop, acknowledged) =
                (db.clone(), Arc::clone(&stop), Arc::clone(&acknowledged));
            std::thread::spawn(move || {
                for id in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    add(&db, id).unwrap();
                    acknowledged.store(id, Ordering::SeqCst);
                }
            })
        };
        for round in 0..6 {
            std::thread::sleep(std::time::Duration::from_millis(15));
            let before = acknowledged.load(Ordering::SeqCst);
            let file = files.path(&format!("{db:?} {round}"));
            back_up(&db, &file, Timestamp::UNIX_EPOCH).unwrap();
            let place = Place::sqlite();
            let restored = open(&place.url, &OpenOptions::default());
            restore(&restored, &file).unwrap();
            let found = ids(&restored);
            let length = i64::try_from(found.len()).unwrap();
            assert_eq!(found, (0..length).collect::<Vec<_>>(), "no gaps");
            assert!(
                length > before,
                "{length} rows where {before} had been acknowledged"
            );
        }
        stop.store(true, Ordering::SeqCst);
        writer.join().unwrap();
    });
}

#[test]
fn a_backup_that_fails_leaves_no_file() {
    let files = Files::new();
    let place = Place::sqlite();
    let unmigrated = Database::open(&place.url, &OpenOptions::default()).unwrap();
    let file = files.path("never");
    assert!(back_up(&unmigrated, &file, Timestamp::UNIX_EPOCH).is_err());
    assert!(!file.exists());
}
