//! A process that is killed while it writes loses nothing that it had acknowledged.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};

use stour_database::OpenOptions;
use stour_database::testing::Place;

use crate::common::{add, child, childs_url, ids, open};

/// The child: four writers that say each number once it is stored, until killed.
#[test]
fn writer() {
    let Some(url) = childs_url() else { return };
    let db = open(&url, &OpenOptions::default());
    let from = ids(&db).last().map_or(0, |last| last + 1);
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let db = db.clone();
            std::thread::spawn(move || {
                for number in 0.. {
                    let id = from + 4 * number + writer;
                    add(&db, id).unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "\nstored {id}").unwrap();
                    out.flush().unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
}

fn kill_five_times(place: &Place) {
    let mut acknowledged = BTreeSet::new();
    for round in 1..=5 {
        let mut child = child("kill::writer", &place.url).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let wanted = acknowledged.len() + 40 + 17 * round;
        for line in lines {
            // The last line may be cut short; then it has no number that was not said in full.
            let Ok(line) = line else { break };
            if let Some(id) = line.strip_prefix("stored ") {
                acknowledged.insert(id.parse::<i64>().unwrap());
            }
            if acknowledged.len() == wanted {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= wanted, "round {round}");
        let stored: BTreeSet<i64> = ids(&open(&place.url, &OpenOptions::default()))
            .into_iter()
            .collect();
        let lost: Vec<_> = acknowledged.difference(&stored).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
        // At most one write of each writer was stored and not yet acknowledged.
        assert!(
            stored.len() <= acknowledged.len() + 4 * round,
            "round {round}"
        );
    }
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    kill_five_times(&Place::sqlite());
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() {
    kill_five_times(&Place::postgres());
}
