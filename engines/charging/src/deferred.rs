//! Paying later, out of a home: a deferred payment agreement.

use serde::Serialize;
use stour_kernel::Pence;

use crate::line::{above, add};
use crate::paid::Terms;
use crate::rates::{Needs, Used};
use crate::refusal::Refusal;

/// What a council's agreement says: no figure of it is known here, so each is given by whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Deferred {
    /// The most that may be owed under it, where the council has said: its limit of equity.
    pub most_owed: Option<Pence>,
    /// Its interest a year, in basis points.
    pub interest: u16,
}

/// What somebody with an agreement pays now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PaidNow {
    /// What income counts for after what they keep.
    pub(crate) from_income: Pence,
    /// What savings other than the home count as.
    pub(crate) tariff: Pence,
    /// What they pay now, at most the cost.
    pub(crate) paid: Pence,
}

/// The allowance that they keep under it; `None` with a note that it is missing.
pub(crate) fn allowance(needs: &Needs<'_, '_>) -> Option<Used> {
    needs.rate("disposable-income-allowance")
}

/// What is paid now; the rest of the cost is paid later. Only where the home is what puts them over the limit.
///
/// # Errors
/// A sum that does not fit.
pub(crate) fn paid_now(
    terms: &Terms,
    allowance: Pence,
    savings: Pence,
    cost: Pence,
) -> Result<PaidNow, Refusal> {
    let tariff = terms.limits.tariff(savings)?;
    let asked = above(add(terms.income, tariff)?, allowance);
    Ok(PaidNow {
        from_income: above(terms.income, allowance),
        tariff,
        paid: asked.min(cost),
    })
}
