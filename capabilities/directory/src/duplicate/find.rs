//! Finding pairs among the listings that have changed.

use std::collections::BTreeSet;
use std::time::Duration;

use stour_database::{Transaction, Version};
use stour_kernel::{Environment, Timestamp};
use stour_web::House;

use super::decision::{kept_of, take};
use super::model::Model;
use super::traits::Traits;
use super::{Answer, Pair, PairState, store};
use crate::error::DirectoryError;
use crate::listing::{self, Listing, ListingId};

/// Listings that one transaction takes.
const AT_ONCE: i64 = 50;
/// How far back is looked again: transactions may commit out of the order of their clocks.
const OVERLAP: Duration = Duration::from_mins(5);

/// Compares every listing that has changed since the last time; returns how many. Waits for the database.
///
/// # Errors
/// Those of the database and of the model.
pub fn compare(house: &House) -> Result<usize, DirectoryError> {
    let environment = house.environment().clone();
    let database = house.database();
    let since = database.read_blocking(store::progress)?;
    let mut place = (
        since
            .and_then(|at| at.checked_sub(OVERLAP).ok())
            .unwrap_or(Timestamp::MIN),
        String::new(),
    );
    let mut count = 0;
    loop {
        let (from, environment) = (place.clone(), environment.clone());
        let done = database.write_blocking(move |tx| {
            let changed = store::changed(tx, (from.0, &from.1), AT_ONCE)?;
            for (id, _) in &changed {
                compare_one(tx, &environment, *id)?;
            }
            if let Some((_, at)) = changed.last() {
                store::put_progress(tx, *at)?;
            }
            Ok::<_, DirectoryError>(changed)
        })?;
        let Some((id, at)) = done.last() else {
            return Ok(count);
        };
        count += done.len();
        place = (*at, id.to_string());
    }
}

/// Whether a listing can be one of a pair.
fn stands(listing: &Listing) -> bool {
    listing.withdrawn_at.is_none() && listing.same_as.is_none()
}

fn compare_one(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: ListingId,
) -> Result<(), DirectoryError> {
    let Some(here) = listing::listing(tx, id)? else {
        return Ok(());
    };
    let before = store::undecided_of(tx, id)?;
    if !stands(&here) {
        store::put_keys(tx, id, &BTreeSet::new())?;
        return gone(tx, &before, &BTreeSet::new());
    }
    let traits = Traits::of(&here);
    let keys = traits.keys();
    store::put_keys(tx, id, &keys)?;
    let mut others = BTreeSet::new();
    for key in &keys {
        others.extend(store::with_key(tx, key, id)?);
    }
    let mut found = BTreeSet::new();
    for other in others {
        match compare_two(tx, environment, (&here, &traits), other)? {
            Compared::Nothing => {}
            Compared::Pair(ids) => {
                found.insert(ids);
            }
            Compared::Joined => return Ok(()),
        }
    }
    gone(tx, &before, &found)
}

/// What came of comparing two listings.
enum Compared {
    /// They are no pair, or one that is decided.
    Nothing,
    /// Somebody must look at them.
    Pair((ListingId, ListingId)),
    /// Their identifiers agree exactly: one follows the other.
    Joined,
}

fn compare_two(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (here, traits): (&Listing, &Traits),
    other: ListingId,
) -> Result<Compared, DirectoryError> {
    let Some(there) = listing::listing(tx, other)?.filter(stands) else {
        return Ok(Compared::Nothing);
    };
    if there.provenance.feed == here.provenance.feed {
        return Ok(Compared::Nothing);
    }
    let model = Model::embedded()?;
    let (weight, evidence) = model.weigh(traits, &Traits::of(&there));
    let exact = is_exactly(here, &there);
    let ids = store::ordered(here.id, other);
    let known = store::pair(tx, ids)?;
    let is_decided = known
        .as_ref()
        .is_some_and(|pair| matches!(pair.state, PairState::Same | PairState::Two));
    if is_decided || (weight < model.review && !exact) {
        return Ok(Compared::Nothing);
    }
    let (first, second) = ids;
    let pair = Pair {
        first,
        second,
        weight,
        evidence,
        state: match &known {
            Some(pair) if pair.state == PairState::Later => PairState::Later,
            _ => PairState::Open,
        },
        found_at: known
            .as_ref()
            .map_or_else(|| environment.now(), |pair| pair.found_at),
        version: known.map_or(Version::FIRST, |pair| pair.version.next()),
    };
    store::put(tx, &pair)?;
    let was_undone = |decision: &super::Decision| decision.undone.is_some();
    if !exact || store::decisions(tx, ids)?.iter().any(was_undone) {
        return Ok(Compared::Pair(ids));
    }
    let kept = kept_of(here, &there);
    let why = "Both feeds give it the same identifier and name";
    take(tx, environment, &pair, Answer::Same(kept), (AUTOMATIC, why))?;
    Ok(Compared::Joined)
}

/// Who decides where identifiers agree exactly.
pub(super) const AUTOMATIC: &str = "This system";

/// Whether two feeds give one service the same identifier of its own, and the same name.
fn is_exactly(one: &Listing, other: &Listing) -> bool {
    let same = one
        .provenance
        .source_id
        .eq_ignore_ascii_case(&other.provenance.source_id);
    let is_uuid = one
        .provenance
        .source_id
        .parse::<stour_open_referral::Uuid>()
        .is_ok();
    same && is_uuid && Traits::of(one).name == Traits::of(other).name
}

/// Closes the pairs for which there is no evidence any more.
fn gone(
    tx: &mut Transaction<'_>,
    before: &[Pair],
    found: &BTreeSet<(ListingId, ListingId)>,
) -> Result<(), DirectoryError> {
    for pair in before
        .iter()
        .filter(|pair| !found.contains(&(pair.first, pair.second)))
    {
        store::set_state(tx, pair, PairState::Gone)?;
    }
    Ok(())
}
