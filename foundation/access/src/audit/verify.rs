//! Proof that the audit is as it was written. The chain shows an entry that was changed, taken out, moved or put in;
//! the copy in the audit file shows a tail that was cut off, or a chain that was written anew from some entry on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use stour_database::{Database, Transaction, params, sql};

use super::entry::{BEGINNING, StoredEntry};
use super::file::{self, AuditCopy, FileError, Line};
use super::store::{entries_after, heads};

const PAGE: i64 = 1000;

/// What checking the audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written.
    Sound {
        /// Entries in the database.
        entries: u64,
        /// Chains in the database.
        lanes: usize,
        /// Entries compared with the audit file.
        compared: u64,
        /// Entries that only the file holds, because the database could not be written at the time.
        only_in_file: u64,
    },
    /// The first bad entry.
    Bad {
        /// Its chain; −1 for the audit file itself.
        lane: i64,
        /// Its place in the chain, from 1; the line number for the audit file.
        sequence: i64,
        /// What is wrong with it.
        what: String,
    },
}

/// Checking could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] stour_database::Error),
    /// The audit file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
}

fn bad(lane: i64, sequence: i64, what: impl Into<String>) -> Verdict {
    Verdict::Bad {
        lane,
        sequence,
        what: what.into(),
    }
}

/// Checks the audit of a database and its copy in a folder, if there is one. For a thread of its own; takes as long as
/// the audit is long.
pub fn verify_blocking(database: &Database, folder: Option<&Path>) -> Result<Verdict, VerifyError> {
    let copy = folder.map(AuditCopy::snapshot).transpose()?;
    database.read_unhurried(move |tx| verify(tx, copy.as_ref()))
}

/// Checks every chain and, when given a copy taken before the transaction began, compares the two. Reads page by page:
/// memory does not grow with the audit.
pub fn verify(tx: &mut Transaction<'_>, copy: Option<&AuditCopy>) -> Result<Verdict, VerifyError> {
    let heads = heads(tx)?;
    let mut lanes: BTreeSet<i64> = heads.keys().copied().collect();
    let present = sql!("SELECT lane FROM audit_entry UNION SELECT lane FROM audit_person");
    lanes.extend(tx.rows(present, params![], |row| row.get::<i64>(0))?);
    let (mut entries, mut persons) = (0_u64, 0_u64);
    for lane in &lanes {
        match verify_lane(tx, *lane, heads.get(lane))? {
            Ok((lane_entries, lane_persons)) => {
                entries = entries.saturating_add(lane_entries);
                persons = persons.saturating_add(lane_persons);
            }
            Err(verdict) => return Ok(verdict),
        }
    }
    let (compared, only_in_file) = match copy {
        None => (0, 0),
        Some(copy) => match compare(tx, copy)? {
            Ok(counts) => counts,
            Err(verdict) => return Ok(verdict),
        },
    };
    Ok(stray_person(tx, persons)?.unwrap_or(Verdict::Sound {
        entries,
        lanes: lanes.len(),
        compared,
        only_in_file,
    }))
}

type Checked<T> = Result<Result<T, Verdict>, VerifyError>;

fn verify_lane(
    tx: &mut Transaction<'_>,
    lane: i64,
    head: Option<&(i64, String)>,
) -> Checked<(u64, u64)> {
    let (mut last, mut hash) = (0_i64, BEGINNING.to_owned());
    let (mut count, mut persons) = (0_u64, 0_u64);
    // Places below 1 are read too: nothing may stand there.
    let mut after = i64::MIN;
    loop {
        let page = entries_after(tx, lane, after, PAGE)?;
        let Some(end) = page.last() else { break };
        after = end.sequence;
        for entry in page {
            let expected = last.saturating_add(1);
            if let Some(what) = fault(&entry, expected, &hash) {
                return Ok(Err(bad(lane, entry.sequence.min(expected), what)));
            }
            persons =
                persons.saturating_add(u64::try_from(entry.persons.len()).unwrap_or(u64::MAX));
            count = count.saturating_add(1);
            last = expected;
            hash = entry.hash;
        }
    }
    let after_last = last.saturating_add(1);
    Ok(match head {
        Some((sequence, head_hash)) if *sequence == last && *head_hash == hash => {
            Ok((count, persons))
        }
        Some((sequence, _)) if *sequence > last => Err(bad(
            lane,
            after_last,
            "is missing from the end of its chain",
        )),
        Some((sequence, _)) if *sequence < last => Err(bad(
            lane,
            sequence.saturating_add(1),
            "stands after the end of its chain",
        )),
        _ => Err(bad(lane, last, "is not the end that the chain remembers")),
    })
}

fn fault(entry: &StoredEntry, expected: i64, previous: &str) -> Option<&'static str> {
    if entry.sequence > expected {
        return Some("is missing");
    }
    if entry.sequence < expected {
        return Some("stands before the beginning of its chain");
    }
    if entry.expected_hash() != entry.hash {
        return Some("has been changed since it was written");
    }
    (entry.previous_hash != previous).then_some("does not follow the entry before it")
}

/// A person listed under an entry that does not exist.
fn stray_person(tx: &mut Transaction<'_>, counted: u64) -> Result<Option<Verdict>, VerifyError> {
    let count: i64 = tx.one(
        sql!("SELECT count(*) FROM audit_person"),
        params![],
        |row| row.get(0),
    )?;
    if u64::try_from(count).unwrap_or_default() == counted {
        return Ok(None);
    }
    let stray = sql!(
        "SELECT lane, sequence FROM audit_person WHERE NOT EXISTS (SELECT 1 FROM audit_entry \
         WHERE audit_entry.lane = audit_person.lane AND audit_entry.sequence = audit_person.sequence) \
         ORDER BY lane, sequence LIMIT 1"
    );
    let stray = tx.optional(stray, params![], |row| {
        Ok((row.get::<i64>(0)?, row.get::<i64>(1)?))
    })?;
    Ok(stray.map(|(lane, sequence)| bad(lane, sequence, "names a person but does not exist")))
}

/// Compares the file's copies with the database; the earliest difference of the lowest lane wins.
fn compare(tx: &mut Transaction<'_>, copy: &AuditCopy) -> Checked<(u64, u64)> {
    let (mut compared, mut only_in_file) = (0_u64, 0_u64);
    let mut number = 0_i64;
    let mut positions: BTreeMap<i64, i64> = BTreeMap::new();
    let mut lines = copy.lines();
    while let Some(line) = lines.next_line()? {
        number = number.saturating_add(1);
        let entry = match line {
            Line::Sound(entry) => entry,
            Line::Header => continue,
            Line::Bad(what) => return Ok(Err(bad(file::LANE, number, what))),
        };
        if entry.lane == file::LANE {
            only_in_file = only_in_file.saturating_add(1);
            continue;
        }
        let expected = positions
            .get(&entry.lane)
            .copied()
            .unwrap_or(0)
            .saturating_add(1);
        if entry.sequence != expected {
            return Ok(Err(bad(
                entry.lane,
                expected,
                "is missing from the audit file",
            )));
        }
        positions.insert(entry.lane, expected);
        let stored = sql!("SELECT hash FROM audit_entry WHERE lane = $1 AND sequence = $2");
        let stored = tx.optional(stored, params![entry.lane, entry.sequence], |row| {
            row.get::<String>(0)
        })?;
        match stored {
            None => {
                return Ok(Err(bad(
                    entry.lane,
                    entry.sequence,
                    "is in the audit file but not in the database",
                )));
            }
            Some(hash) if hash != entry.hash => {
                let what = "differs from its copy in the audit file: the chain was written anew";
                return Ok(Err(bad(entry.lane, entry.sequence, what)));
            }
            Some(_) => compared = compared.saturating_add(1),
        }
    }
    Ok(Ok((compared, only_in_file)))
}
