//! Listings from their rows, on several threads: what a listing says takes longer to read than its row.

use stour_database::Transaction;

use super::entry::Reading;
use super::kept::Kept;
use crate::error::DirectoryError;
use crate::listing::{self, Stored};

/// How many rows are read at once.
const AT_ONCE: i64 = 5_000;

/// Everything that leaves the house, in the order of identifiers.
///
/// # Errors
/// Those of the database; the first listing that cannot be read.
pub(super) fn all(
    tx: &mut Transaction<'_>,
    reading: &Reading,
    threads: usize,
) -> Result<Vec<Kept>, DirectoryError> {
    let mut kept = Vec::new();
    let mut after = None;
    loop {
        let rows = listing::to_publish(tx, after, AT_ONCE)?;
        let Some(last) = rows.last() else {
            return Ok(kept);
        };
        after = Some(last.id());
        for part in parts(rows, reading, threads)? {
            kept.extend(part);
        }
    }
}

fn parts(
    mut rows: Vec<Stored>,
    reading: &Reading,
    threads: usize,
) -> Result<Vec<Vec<Kept>>, DirectoryError> {
    let each = rows.len().div_ceil(threads.max(1)).max(1);
    let mut parts = Vec::new();
    while !rows.is_empty() {
        let rest = rows.split_off(each.min(rows.len()));
        parts.push(std::mem::replace(&mut rows, rest));
    }
    std::thread::scope(|scope| {
        let readers: Vec<_> = parts
            .into_iter()
            .map(|rows| scope.spawn(move || part(rows, reading)))
            .collect();
        readers
            .into_iter()
            .map(|reader| match reader.join() {
                Ok(part) => part,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}

fn part(rows: Vec<Stored>, reading: &Reading) -> Result<Vec<Kept>, DirectoryError> {
    let published = rows
        .into_iter()
        .filter_map(|stored| stored.published().transpose());
    published
        .map(|published| Ok(Kept::of(&published?, reading)))
        .collect()
}
