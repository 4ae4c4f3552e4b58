//! Who pays what of the payable fee.

use stour_kernel::Pence;

use super::guarantee::Payable;
use crate::remainder::largest_remainders;

/// What the split depends on for one partner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) benefit: Pence,
    pub(super) weight: i128,
    pub(super) cap: Option<Pence>,
}

impl Member {
    /// The benefit that the fee is shared by: a loss counts as nothing.
    pub(super) fn gain(&self) -> Pence {
        self.benefit.max(Pence::ZERO)
    }
}

/// Each partner's fee, in proportion to its benefit (to the agreed weights where no partner has one),
/// and what is left because all have reached their caps. A partner above its cap pays the cap; the
/// others share the rest by the same rule.
pub(super) fn split(payable: &Payable, members: &[Member]) -> Option<(Vec<Pence>, Pence)> {
    let gains: Vec<i128> = members
        .iter()
        .map(|one| i128::from(one.gain().as_i64()))
        .collect();
    let by_gain = gains.iter().any(|gain| *gain > 0);
    let weights = if by_gain {
        gains
    } else {
        members.iter().map(|one| one.weight).collect()
    };
    let mut fees: Vec<Option<Pence>> = vec![None; members.len()];
    let mut left = *payable;
    loop {
        let open: Vec<usize> = (0..members.len())
            .filter(|place| fees.get(*place).is_some_and(Option::is_none))
            .collect();
        let of = |place: &usize| weights.get(*place).copied().unwrap_or(0);
        let sum: i128 = open.iter().map(of).sum();
        if sum == 0 {
            let fees = fees.into_iter().map(Option::unwrap_or_default).collect();
            return Some((fees, left.amount));
        }
        let (over, under) = left.exact;
        let numerators = open
            .iter()
            .map(|place| over.checked_mul(of(place)))
            .collect::<Option<Vec<_>>>()?;
        let parts = largest_remainders(left.amount, &numerators, under.checked_mul(sum)?)?;
        let mut capped = false;
        for (place, part) in open.iter().zip(&parts) {
            let cap = members.get(*place).and_then(|member| member.cap);
            if let Some(cap) = cap.filter(|cap| part > cap) {
                *fees.get_mut(*place)? = Some(cap);
                left.amount = left.amount.checked_sub(cap)?;
                capped = true;
            }
        }
        if !capped {
            for (place, part) in open.iter().zip(parts) {
                *fees.get_mut(*place)? = Some(part);
            }
            return Some((
                fees.into_iter().map(Option::unwrap_or_default).collect(),
                Pence::ZERO,
            ));
        }
        left.exact = (i128::from(left.amount.as_i64()), 1);
    }
}
