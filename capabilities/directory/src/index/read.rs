//! Listings from their rows, on several threads: what a listing says takes longer to read than its row.

use stour_search::Entry;

use super::digest;
use super::entry::Reading;
use super::labels::Labels;
use crate::error::DirectoryError;
use crate::listing::Stored;
use crate::publication::Published;

/// A listing that leaves the house, as it is searched for, and a digest of what it says.
pub(super) type Read = (Published, Entry, u64);

/// Some of the listings, and what their values are called.
#[derive(Default)]
pub(super) struct Part {
    pub(super) labels: Labels,
    pub(super) listings: Vec<Read>,
}

/// Reads rows, in their order.
///
/// # Errors
/// The first that cannot be read.
pub(super) fn all(
    mut rows: Vec<Stored>,
    reading: &Reading,
    threads: usize,
) -> Result<Vec<Part>, DirectoryError> {
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

fn part(rows: Vec<Stored>, reading: &Reading) -> Result<Part, DirectoryError> {
    let mut part = Part::default();
    for stored in rows {
        if let Some(published) = stored.published()? {
            let entry = reading.entry(published.service(), &mut part.labels);
            let digest = digest(&published);
            part.listings.push((published, entry, digest));
        }
    }
    Ok(part)
}
