//! Listings of different feeds that may be one service.
//!
//! Listings that share something are compared, and the evidence is weighed as `engines/linkage` weighs that of people:
//! against two services that have nothing to do with each other, and against two services of one organisation, which
//! share most of what they say. Somebody then decides. Only where two feeds give one service the same identifier is
//! that decided here, and every decision can be undone exactly.

mod decision;
mod find;
mod model;
mod page;
mod store;
mod traits;

pub(crate) use decision::{decide, undo};
pub use find::compare;
pub(crate) use page::{answer, pair_page, queue, undo as undo_page};
pub(crate) use store::open_count;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use stour_database::Version;
use stour_kernel::{Timestamp, typed_id};

use crate::listing::ListingId;

typed_id!(pub DecisionId, "a decision about two listings");
stour_database::text_value!(DecisionId);

/// How a pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PairState {
    /// Somebody must look.
    Open,
    /// Somebody has looked and leaves it for later.
    Later,
    /// They are one.
    Same,
    /// They are two.
    Two,
    /// The evidence is gone, or one of them.
    Gone,
}

impl PairState {
    const ALL: [Self; 5] = [Self::Open, Self::Later, Self::Same, Self::Two, Self::Gone];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Later => "later",
            Self::Same => "same",
            Self::Two => "two",
            Self::Gone => "gone",
        }
    }
}

impl fmt::Display for PairState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for PairState {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(())
    }
}

stour_database::text_value!(PairState);

/// What one comparison found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Evidence {
    /// What was compared.
    pub(crate) what: String,
    /// What was found.
    pub(crate) level: String,
    /// What that is worth for one service against any other two, in bits.
    pub(crate) bits: f64,
}

/// Two listings that may be one, the smaller identifier first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    pub(crate) first: ListingId,
    pub(crate) second: ListingId,
    /// How probable it is that they are one.
    pub(crate) weight: f64,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) state: PairState,
    pub(crate) found_at: Timestamp,
    pub(crate) version: Version,
}

/// What somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// They are one, of which this one is shown.
    Same(ListingId),
    /// They are two.
    Two,
    /// It is decided later.
    Later,
}

/// A decision as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) id: DecisionId,
    pub(crate) answer: PairState,
    pub(crate) kept: Option<ListingId>,
    pub(crate) why: String,
    pub(crate) decided_by: String,
    pub(crate) decided_at: Timestamp,
    pub(crate) undone: Option<(String, Timestamp, String)>,
}

#[cfg(test)]
mod tests;
