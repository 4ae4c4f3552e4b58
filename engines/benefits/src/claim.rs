//! Who claims how much of one change: never more than there was.

use crate::Quantity;

/// The claims on one change. `Claimant` says who claims and for which of their benefits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger<Claimant> {
    observed: Quantity,
    claims: Vec<(Claimant, Quantity)>,
}

/// Why a claim is not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefused {
    /// Nothing, or less, was claimed.
    #[error("a claim must be more than nothing")]
    Nothing,
    /// The same claimant has a claim on this change already.
    #[error("this was claimed before: {0} is claimed already for the same benefit")]
    Twice(Quantity),
    /// All claims together would be more than the change.
    #[error(
        "the claim is {over} too much: of a change of {observed} against its counterfactual, {claimed} is claimed already"
    )]
    Exceeds {
        /// The change against its counterfactual.
        observed: Quantity,
        /// What is claimed already.
        claimed: Quantity,
        /// By how much the claims would exceed it.
        over: Quantity,
    },
}

impl<Claimant: PartialEq> Ledger<Claimant> {
    /// A ledger of a change: by how much the measure is better than its counterfactual. Of a change for the worse nothing
    /// can be claimed.
    pub fn new(observed: Quantity) -> Self {
        Self {
            observed: observed.at_least_zero(),
            claims: Vec::new(),
        }
    }

    /// The ledger with claims that were entered before. The figure may have been published anew since and be smaller:
    /// [`excess`](Self::excess) then says by how much.
    pub fn with(observed: Quantity, claims: Vec<(Claimant, Quantity)>) -> Self {
        Self {
            claims,
            ..Self::new(observed)
        }
    }

    /// Enters a claim.
    ///
    /// # Errors
    /// Why not; nothing was entered.
    pub fn claim(&mut self, by: Claimant, quantity: Quantity) -> Result<(), ClaimRefused> {
        if quantity <= Quantity::ZERO {
            return Err(ClaimRefused::Nothing);
        }
        if let Some((_, before)) = self.claims.iter().find(|(claimant, _)| *claimant == by) {
            return Err(ClaimRefused::Twice(*before));
        }
        let (observed, claimed) = (self.observed, self.claimed());
        let left = self.unattributed();
        if quantity > left {
            let room = observed.checked_sub(claimed).unwrap_or(Quantity::ZERO);
            return Err(ClaimRefused::Exceeds {
                observed,
                claimed,
                over: quantity.checked_sub(room).unwrap_or(quantity),
            });
        }
        self.claims.push((by, quantity));
        Ok(())
    }

    /// The claims, in the order in which they were entered.
    pub fn claims(&self) -> &[(Claimant, Quantity)] {
        &self.claims
    }

    /// The change of which there are claims.
    pub fn observed(&self) -> Quantity {
        self.observed
    }

    /// The sum of the claims.
    pub fn claimed(&self) -> Quantity {
        let sum: i128 = self
            .claims
            .iter()
            .map(|(_, quantity)| i128::from(quantity.millionths()))
            .sum();
        Quantity::from_millionths(i64::try_from(sum).unwrap_or(i64::MAX))
    }

    /// What nobody claims.
    pub fn unattributed(&self) -> Quantity {
        let left = self.observed.checked_sub(self.claimed());
        left.unwrap_or(Quantity::ZERO).at_least_zero()
    }

    /// By how much claims exceed the change: of a figure that was published anew since they were entered.
    pub fn excess(&self) -> Quantity {
        let over = self.claimed().checked_sub(self.observed);
        over.unwrap_or(Quantity::ZERO).at_least_zero()
    }
}
