//! The ledger of claims: who claims how much of one change, over all programmes. Claims on a change never exceed it.

pub(crate) mod page;
mod store;

pub(crate) use store::{claim, claims, claims_of, demands, end, seen_now};

use std::collections::BTreeMap;

use stour_benefits::{Ledger, Quantity};
use stour_kernel::{Date, Timestamp, typed_id};
use stour_register::{Around, Author, Entry, EntryId};

use super::profile::Benefit;

typed_id!(pub(crate) ClaimId, "a claim on a change");
stour_database::text_value!(ClaimId);

/// One change: what a figure of a measure differs by from its counterfactual.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    /// The address of the measure after `/board/`.
    pub(crate) measure: String,
    /// The first day of the period of the figure.
    pub(crate) day: Date,
}

/// A claim as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) id: ClaimId,
    pub(crate) change: Change,
    /// For which benefit.
    pub(crate) benefit: EntryId,
    /// The programme of the benefit, and the benefit's number in it.
    pub(crate) scope: String,
    pub(crate) number: i64,
    /// How much of the change, in the unit of the measure.
    pub(crate) quantity: Quantity,
    /// By how much the figure was better than its counterfactual when this was claimed; read by [`seen_now`], by how much
    /// it is better now.
    pub(crate) observed: Quantity,
    /// How the counterfactual was worked out.
    pub(crate) counterfactual: String,
    pub(crate) by: Author,
    pub(crate) at: Timestamp,
    /// Why it was taken back, by whom and when.
    pub(crate) ended: Option<(String, String, Timestamp)>,
}

/// A claim that somebody wants to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewClaim {
    pub(crate) change: Change,
    pub(crate) benefit: EntryId,
    pub(crate) quantity: Quantity,
    pub(crate) figure: Figure,
    pub(crate) counterfactual: String,
}

/// What the figure of a change says, and the demand of its period by measure of demand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) value: Quantity,
    pub(crate) demand: BTreeMap<String, Quantity>,
}

impl Figure {
    /// By how much it is better than where a benefit's measure would be otherwise, by the profile as it stands; none where
    /// that cannot be said.
    pub(crate) fn better_by(&self, measure: &str, benefit: &Entry) -> Option<Quantity> {
        let benefit = Benefit::read(benefit, &Around::new(Vec::new())).ok()?;
        if benefit.measure != measure {
            return None;
        }
        let demand = self.demand.get(&benefit.demand).copied();
        let otherwise = benefit.baseline?.at_demand(demand).ok()?;
        benefit.direction?.better_by(self.value, otherwise)
    }
}

/// The ledger of a change: of the claims that were not taken back, each with what its benefit sees now. Where programmes
/// see a different change, since their baselines differ, the smallest holds, so that nothing is claimed that one of them
/// does not see.
pub(crate) fn ledger(observed: Quantity, claims: &[Claim]) -> Ledger<EntryId> {
    let least = live(claims)
        .map(|claim| claim.observed)
        .chain([observed])
        .min();
    let entered = live(claims).map(|claim| (claim.benefit, claim.quantity));
    Ledger::with(least.unwrap_or(observed), entered.collect())
}

fn live(claims: &[Claim]) -> impl Iterator<Item = &Claim> {
    claims.iter().filter(|claim| claim.ended.is_none())
}

/// How much of a change a benefit claims, where another benefit claims of it too; none where no other does, so that all of
/// the change is its own.
pub(crate) fn share(claims: &[Claim], benefit: EntryId) -> Option<Quantity> {
    let is_shared = live(claims).any(|claim| claim.benefit != benefit);
    let own = || live(claims).find(|claim| claim.benefit == benefit);
    is_shared.then(|| own().map_or(Quantity::ZERO, |claim| claim.quantity))
}

#[cfg(test)]
mod tests;
