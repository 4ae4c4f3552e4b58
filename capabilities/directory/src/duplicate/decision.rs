//! Deciding about a pair, and undoing it.

use stour_database::{Transaction, Version};
use stour_kernel::Environment;

use super::{Answer, Decision, DecisionId, Pair, PairState, store};
use crate::error::DirectoryError;
use crate::listing::{self, Listing, ListingId, OWN};

/// Keeps what somebody decided about a pair, at the version that they saw.
///
/// # Errors
/// [`DirectoryError::NotThere`], [`DirectoryError::Version`]; [`DirectoryError::Refused`] when one of them already
/// follows another listing, or the pair is decided.
pub(crate) fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    ((first, second), seen): ((ListingId, ListingId), Version),
    answer: Answer,
    by_and_why: (&str, &str),
) -> Result<DecisionId, DirectoryError> {
    let pair = store::pair(tx, (first, second))?.ok_or(DirectoryError::NotThere)?;
    pair.version.expect(seen)?;
    take(tx, environment, &pair, answer, by_and_why)
}

/// The same of a pair that was just read.
pub(super) fn take(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    pair: &Pair,
    answer: Answer,
    (by, why): (&str, &str),
) -> Result<DecisionId, DirectoryError> {
    if matches!(pair.state, PairState::Same | PairState::Two) {
        return Err(DirectoryError::Refused(
            "This pair is decided. Undo the decision first.".to_owned(),
        ));
    }
    let (state, kept) = match answer {
        Answer::Same(kept) => (PairState::Same, Some(kept)),
        Answer::Two => (PairState::Two, None),
        Answer::Later => (PairState::Later, None),
    };
    if let Some(kept) = kept {
        join(tx, environment, pair, kept, (by, why))?;
    }
    let decision = Decision {
        id: environment.id(),
        answer: state,
        kept,
        why: why.to_owned(),
        decided_by: by.to_owned(),
        decided_at: environment.now(),
        undone: None,
    };
    store::put_decision(tx, pair, &decision)?;
    store::set_state(tx, pair, state)?;
    Ok(decision.id)
}

/// Makes the other listing of a pair follow the one that is kept.
fn join(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    pair: &Pair,
    kept: ListingId,
    by_and_why: (&str, &str),
) -> Result<(), DirectoryError> {
    let other = if kept == pair.first {
        pair.second
    } else {
        pair.first
    };
    let shown = listing::listing(tx, kept)?.ok_or(DirectoryError::NotThere)?;
    let follower = listing::listing(tx, other)?.ok_or(DirectoryError::NotThere)?;
    if shown.same_as.is_some() || follower.same_as.is_some() {
        return Err(DirectoryError::Refused(
            "One of these listings already follows another. Decide about that one, or undo it first.".to_owned(),
        ));
    }
    let seen = (follower.id, follower.version);
    listing::follow(tx, environment, seen, Some(kept), by_and_why)?;
    Ok(())
}

/// Undoes a decision: what followed stands for itself again, and the pair is open.
///
/// # Errors
/// [`DirectoryError::NotThere`]; [`DirectoryError::Version`] when it was undone before.
pub(crate) fn undo(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: DecisionId,
    (by, why): (&str, &str),
) -> Result<(ListingId, ListingId), DirectoryError> {
    let (decision, ids) = store::decision(tx, id)?.ok_or(DirectoryError::NotThere)?;
    let pair = store::pair(tx, ids)?.ok_or(DirectoryError::NotThere)?;
    store::undo_decision(tx, id, environment.now(), (by, why))?;
    if let Some(kept) = decision.kept {
        let other = if kept == pair.first {
            pair.second
        } else {
            pair.first
        };
        let follower = listing::listing(tx, other)?.ok_or(DirectoryError::NotThere)?;
        if follower.same_as == Some(kept) {
            let seen = (follower.id, follower.version);
            listing::follow(tx, environment, seen, None, (by, why))?;
        }
    }
    // A later decision about the pair stands where only an earlier one is undone.
    if pair.state == decision.answer {
        store::set_state(tx, &pair, PairState::Open)?;
    }
    Ok(ids)
}

/// Which of two listings is shown: that of whose word counts most, then what was checked last, then what is kept
/// here, then what was known first.
pub(crate) fn kept_of(one: &Listing, other: &Listing) -> ListingId {
    let rank = |listing: &Listing| {
        (
            listing.provenance.role,
            std::cmp::Reverse(listing.service.assured_date),
            listing.provenance.feed != OWN,
            listing.id,
        )
    };
    if rank(one) <= rank(other) {
        one.id
    } else {
        other.id
    }
}
