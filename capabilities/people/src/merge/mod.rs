//! Two records that turn out to be one person's, and taking that back.
//!
//! A merge is an edge from the person merged to the survivor. Nothing that was recorded of either is
//! rewritten: source records stay linked, and facts, requests and stays stay recorded, under the
//! person they were recorded under, and whoever reads looks at the whole [`group`]. Who a person is
//! now follows from the edges that stand and from nothing else, so merges undone in any order leave
//! what the other merges alone would have made.

mod store;

pub use store::{group, merge, resolve, undo_merge};
pub(crate) use store::{group_as_known, merges_of, parted_between};

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::{PersonId, Timestamp, typed_id};

typed_id!(pub MergeId, "a merge of two people's records");
stour_database::text_value!(MergeId);

/// One person's record merged into another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) id: MergeId,
    pub(crate) survivor: PersonId,
    pub(crate) merged: PersonId,
    pub(crate) reason: String,
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) undone: Option<Undoing>,
}

/// That a merge was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undoing {
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) why: String,
}

/// Which merge was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// The person into whom the other had been merged.
    pub survivor: PersonId,
    /// The person who stands alone again.
    pub merged: PersonId,
}

/// Everybody whose merges lead to `root` by these edges (merged, survivor), `root` first.
fn leading_to(root: PersonId, edges: &[(PersonId, PersonId)]) -> Vec<PersonId> {
    let mut into: BTreeMap<PersonId, Vec<PersonId>> = BTreeMap::new();
    for (merged, survivor) in edges {
        into.entry(*survivor).or_default().push(*merged);
    }
    let (mut seen, mut found, mut waiting) = (BTreeSet::new(), Vec::new(), vec![root]);
    while let Some(person) = waiting.pop() {
        if seen.insert(person) {
            found.push(person);
            waiting.extend(into.get(&person).into_iter().flatten());
        }
    }
    found
}

#[cfg(test)]
mod tests;
