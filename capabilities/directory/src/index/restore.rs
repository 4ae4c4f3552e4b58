//! What is searched, from the file beside the database and what has changed since it was written.
//!
//! The file is never taken at its word. The moment of the last change of every listing is read from the database, and a listing
//! that has another moment there is read anew: so a listing held or withdrawn since is not found, whatever happened to the
//! database meanwhile, a backup put in its place included.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use stour_database::Transaction;
use stour_kernel::Timestamp;
use stour_open_referral::Uuid;

use super::entry::Reading;
use super::saved::{Digested, Saved};
use super::words::needs;
use super::{Stands, State};
use crate::error::DirectoryError;
use crate::listing::{self, ListingId};
use crate::postcode;

/// Where more than so many listings have changed, all are read anew, on all processors.
const MOST: usize = 1_000;

/// What is searched, to be written.
pub(super) struct Snapshot {
    pub(super) state: State,
    pub(super) stands: Stands,
    /// A digest of the postcodes that were imported.
    pub(super) postcodes: Option<Digested>,
    /// A digest of which other listings there were, which do not leave the house, and of their moments.
    pub(super) others: Digested,
}

impl Snapshot {
    /// Of a state that is of this moment of the database.
    pub(super) fn of(
        tx: &mut Transaction<'_>,
        state: State,
        stands: Stands,
    ) -> Result<Self, DirectoryError> {
        let mut others = listing::moments(tx)?;
        others.retain(|(id, _)| !state.seen.contains_key(&id.0));
        Ok(Self {
            stands,
            postcodes: postcode::imprint(tx)?,
            others: digest(&others),
            state,
        })
    }
}

/// What the file has, brought up to date in this moment of the database, and how many listings were not as it has them. `None`
/// where there is no file, where it does not belong, and where so much has changed that it saves nothing.
pub(super) fn restore(
    tx: &mut Transaction<'_>,
    file: &Saved,
    stands: Stands,
) -> Result<Option<(State, usize)>, DirectoryError> {
    let Some(head) = file.head(stands.day, postcode::imprint(tx)?) else {
        return Ok(None);
    };
    let (state, moments) = std::thread::scope(|scope| {
        let state = scope.spawn(|| file.state(&head));
        let moments = listing::moments(tx);
        let state = state.join();
        let state = state.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (state, moments)
    });
    let Some(mut state) = state else {
        return Ok(None);
    };
    let again = differing(&state.seen, moments?, head.since, &head.others);
    if again.len() > MOST || *state.index.synonyms() != needs(tx)? {
        return Ok(None);
    }
    let reading = Reading::new(tx, head.day)?;
    for id in &again {
        let published = listing::published_listing(tx, *id)?;
        state.change(*id, published.as_ref(), &reading);
    }
    state.take_in_organisations(super::organisations_alone(tx)?);
    state.stands = Some(Stands {
        day: head.day,
        ..stands
    });
    Ok(Some((state, again.len())))
}

/// Which listings must be read again. A change at the very moment of writing, or after it by a clock that differs, is one.
fn differing(
    seen: &BTreeMap<Uuid, (i64, Timestamp)>,
    moments: Vec<(ListingId, Timestamp)>,
    since: Timestamp,
    others_then: &Digested,
) -> Vec<ListingId> {
    let mut known = seen.iter().peekable();
    let (mut again, mut others) = (Vec::new(), Vec::new());
    for (id, moment) in moments {
        while let Some((gone, _)) = known.next_if(|(known, _)| **known < id.0) {
            again.push(ListingId(*gone));
        }
        match known.next_if(|(known, _)| **known == id.0) {
            Some((_, (_, then))) if *then == moment && moment < since => {}
            Some(_) => again.push(id),
            None => others.push((id, moment)),
        }
    }
    again.extend(known.map(|(gone, _)| ListingId(*gone)));
    let are_as_they_were = digest(&others) == *others_then;
    let others = others
        .into_iter()
        .filter(|(_, moment)| !are_as_they_were || *moment >= since);
    again.extend(others.map(|(id, _)| id));
    again
}

fn digest(moments: &[(ListingId, Timestamp)]) -> Digested {
    let mut digest = Sha256::new();
    for (ListingId(id), moment) in moments {
        digest.update(id.as_u128().to_le_bytes());
        digest.update(moment.as_nanosecond().to_le_bytes());
    }
    digest.finalize().into()
}
