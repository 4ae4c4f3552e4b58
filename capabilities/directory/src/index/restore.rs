//! What is searched, from the file beside the database and what has changed since it was written.
//!
//! The file is never taken at its word. The moment of the last change of every listing is read from the database, and a listing
//! that has another moment there is read anew: so a listing held or withdrawn since is not found, whatever happened to the
//! database meanwhile, a backup put in its place included.

use sha2::{Digest as _, Sha256};
use stour_database::Transaction;
use stour_kernel::{Date, Timestamp};

use super::entry::Reading;
use super::kept::Kept;
use super::read;
use super::saved::{Digested, Saved};
use crate::error::DirectoryError;
use crate::listing::{self, ListingId};
use crate::postcode;

/// Where more than so many listings have changed, all are read anew, on all processors.
const MOST: usize = 1_000;

/// What was read of the database, to be searched and to be written.
#[derive(Debug)]
pub(super) struct Made {
    /// The day for which openings were read.
    pub(super) day: Date,
    /// When.
    pub(super) since: Timestamp,
    /// A digest of the postcodes that were imported.
    pub(super) postcodes: Option<Digested>,
    /// A digest of which other listings there were, which do not leave the house, and of their moments.
    pub(super) others: Digested,
    /// In the order of their identifiers.
    pub(super) listings: Vec<Kept>,
}

/// What was restored.
pub(super) struct Restored {
    /// The day for which openings were read.
    pub(super) day: Date,
    /// In the order of their identifiers.
    pub(super) listings: Vec<Kept>,
    /// How many listings were not as the file has them.
    pub(super) changed: usize,
}

impl Made {
    /// Reads everything.
    pub(super) fn anew(
        tx: &mut Transaction<'_>,
        when: (Date, Timestamp),
        threads: usize,
    ) -> Result<Self, DirectoryError> {
        let reading = Reading::new(tx, when.0)?;
        let listings = read::all(tx, &reading, threads)?;
        Self::of(tx, when, listings)
    }

    /// These listings, which are what leaves the house now.
    pub(super) fn of(
        tx: &mut Transaction<'_>,
        (day, since): (Date, Timestamp),
        listings: Vec<Kept>,
    ) -> Result<Self, DirectoryError> {
        let mut kept = listings.iter().filter_map(Kept::id).peekable();
        let mut others = listing::moments(tx)?;
        others.retain(|(id, _)| {
            while kept.next_if(|kept| kept < id).is_some() {}
            kept.next_if_eq(id).is_none()
        });
        Ok(Self {
            day,
            since,
            postcodes: postcode::imprint(tx)?,
            others: digest(&others),
            listings,
        })
    }
}

/// What the file has, brought up to date in this moment of the database. `None` where there is no file, where it does not belong,
/// and where so much has changed that it saves nothing.
pub(super) fn restore(
    tx: &mut Transaction<'_>,
    file: &Saved,
    today: Date,
    threads: usize,
) -> Result<Option<Restored>, DirectoryError> {
    let Some(head) = file.head(today, postcode::imprint(tx)?) else {
        return Ok(None);
    };
    let (listings, moments) = std::thread::scope(|scope| {
        let listings = scope.spawn(|| file.listings(&head, threads));
        let moments = listing::moments(tx);
        let listings = listings.join();
        let listings = listings.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (listings, moments)
    });
    let Some(listings) = listings else {
        return Ok(None);
    };
    let (mut listings, again) = compare(listings, moments?, head.since, &head.others);
    if again.len() > MOST {
        return Ok(None);
    }
    let changed = again.len();
    if changed > 0 {
        let reading = Reading::new(tx, head.day)?;
        for id in again {
            if let Some(published) = listing::published_listing(tx, id)? {
                listings.push(Kept::of(&published, &reading));
            }
        }
        listings.sort_by_cached_key(Kept::id);
    }
    Ok(Some(Restored {
        day: head.day,
        listings,
        changed,
    }))
}

/// Those that are as they were, and which must be read again. Both are in the order of identifiers. A change at the very moment of
/// writing, or after it by a clock that differs, is read again too.
fn compare(
    listings: Vec<Kept>,
    moments: Vec<(ListingId, Timestamp)>,
    since: Timestamp,
    others_then: &Digested,
) -> (Vec<Kept>, Vec<ListingId>) {
    let mut known = listings
        .into_iter()
        .filter_map(|kept| Some((kept.id()?, kept)))
        .peekable();
    let (mut same, mut again, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (id, moment) in moments {
        while known.next_if(|(known, _)| *known < id).is_some() {}
        match known.next_if(|(known, _)| *known == id) {
            Some((_, kept)) if kept.state.1 == moment && moment < since => same.push(kept),
            Some(_) => again.push(id),
            None => others.push((id, moment)),
        }
    }
    let are_as_they_were = digest(&others) == *others_then;
    let others = others
        .into_iter()
        .filter(|(_, moment)| !are_as_they_were || *moment >= since);
    again.extend(others.map(|(id, _)| id));
    (same, again)
}

fn digest(moments: &[(ListingId, Timestamp)]) -> Digested {
    let mut digest = Sha256::new();
    for (ListingId(id), moment) in moments {
        digest.update(id.as_u128().to_le_bytes());
        digest.update(moment.as_nanosecond().to_le_bytes());
    }
    digest.finalize().into()
}
