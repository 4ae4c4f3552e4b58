//! A disk that is full, and a disk that fails.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use stour_database::testing::Place;
use stour_database::{Database, DatabaseUrl, Error, OpenOptions, params, sql};

use crate::common::{add, childs_url, ids, open, prepare, this};

/// A little file system of its own.
struct Small(PathBuf);

impl Small {
    fn mount(megabytes: u32) -> Option<Self> {
        let path = std::env::temp_dir().join(format!("stour-small-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(&path)
            .output()
            .is_ok_and(|output| output.status.success());
        mounted.then_some(Self(path))
    }

    /// Takes up whatever room there is.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.ballast()).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
        let _ = std::fs::remove_dir(&self.0);
    }
}

fn add_large(db: &Database, id: i64) -> Result<u64, Error> {
    db.write_blocking(move |tx| {
        tx.execute(
            sql!("INSERT INTO thing (id, name, body) VALUES ($1, 'thing', $2)"),
            params![id, vec![1_u8; 9_000]],
        )
    })
}

#[test]
fn a_full_disk_refuses_writes_until_there_is_room() {
    let Some(small) = Small::mount(4) else {
        println!("skipped: a_full_disk_refuses_writes_until_there_is_room: cannot mount a tmpfs");
        return;
    };
    let url = DatabaseUrl::Sqlite(small.0.join("stour.sqlite"));
    let db = open(&url, &OpenOptions::default());
    let mut acknowledged: Vec<i64> = Vec::new();
    for round in 0..3 {
        small.fill();
        for id in (1_000 * round)..(1_000 * round + 12) {
            match add_large(&db, id) {
                Ok(_) => acknowledged.push(id),
                Err(error) => assert_eq!(error, Error::DiskFull, "round {round}"),
            }
        }
        assert!(!acknowledged.contains(&(1_000 * round + 11)), "never full");
        assert_eq!(
            ids(&db),
            acknowledged,
            "reads go on, and show what was acknowledged"
        );
        std::fs::remove_file(small.ballast()).unwrap();
        let id = 1_000 * round + 500;
        assert_eq!(add_large(&db, id), Ok(1), "writing resumes, round {round}");
        acknowledged.push(id);
    }
    drop(db);
    assert_eq!(ids(&open(&url, &OpenOptions::default())), acknowledged);
}

/// The child: writes until told that the disk has failed, and then tries ten times more.
#[test]
fn writer() {
    let Some(url) = childs_url() else { return };
    let db = open(&url, &OpenOptions::default());
    let mut failures = 0;
    for id in 0..2_000 {
        let outcome = match add(&db, id) {
            Ok(_) => "stored",
            Err(Error::Stopped) => "stopped",
            Err(_) => "otherwise",
        };
        println!("\n{outcome} {id}");
        failures += i32::from(outcome != "stored");
        if failures == 10 {
            return;
        }
    }
}

/// Runs the child under strace, which makes its calls to sync fail from the `when`th on, those of
/// one file alone if one is named.
fn with_failing_sync(url: &DatabaseUrl, only: Option<&Path>, when: &str) -> Said {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null"]);
    if let Some(file) = only {
        command.arg("-P").arg(file);
    }
    command
        .args(["-e", "trace=fsync,fdatasync", "-e"])
        .arg(format!("inject=fsync,fdatasync:error=EIO:when={when}"))
        .arg(this());
    prepare(&mut command, "disk::writer", url);
    let Ok(mut child) = command.spawn() else {
        return Said::new();
    };
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines.map_while(Result::ok).filter_map(|line| {
        let (outcome, id) = line.split_once(' ')?;
        let outcomes = ["stored", "stopped", "otherwise"];
        let outcome = outcomes.into_iter().find(|known| *known == outcome)?;
        Some((outcome, id.parse().ok()?))
    });
    let said = said.collect();
    child.wait().unwrap();
    said
}

/// What the child said of each row.
type Said = Vec<(&'static str, i64)>;

fn check_stopped(url: &DatabaseUrl, said: &Said) {
    let stored: Vec<i64> = said
        .iter()
        .take_while(|(outcome, _)| *outcome == "stored")
        .map(|(_, id)| *id)
        .collect();
    let after = &said[stored.len()..];
    assert_eq!(after.len(), 10, "ten writes are refused after the failure");
    assert!(
        after.iter().all(|(outcome, _)| *outcome == "stopped"),
        "{after:?}"
    );
    let found = ids(&open(url, &OpenOptions::default()));
    assert!(found.starts_with(&stored), "an acknowledged row was lost");
    // The write whose sync failed may be there, as one whose answer was lost may.
    assert!(found.len() <= stored.len() + 1);
}

#[test]
fn a_failed_sync_stops_writing_for_good() {
    // Once, after which the disk seems well again and must not be believed; then for ever; then
    // the sync of the database file itself, when the log has grown long enough to be folded in.
    for (file_alone, when) in [(false, "20"), (false, "20+"), (true, "1")] {
        let place = Place::sqlite();
        drop(open(&place.url, &OpenOptions::default()));
        let DatabaseUrl::Sqlite(path) = &place.url else {
            return;
        };
        let said = with_failing_sync(&place.url, file_alone.then_some(path.as_path()), when);
        if said.is_empty() {
            println!("skipped: a_failed_sync_stops_writing_for_good: strace cannot be run");
            return;
        }
        check_stopped(&place.url, &said);
    }
}
