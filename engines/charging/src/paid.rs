//! What is paid in one week: the rule that the assessment and the forecast share.

use stour_kernel::Pence;

use crate::income;
use crate::keep;
use crate::line::{above, add};
use crate::rates::Needs;
use crate::refusal::Refusal;
use crate::situation::Situation;

/// The limits of capital and what lies between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) upper: Pence,
    pub(crate) lower: Pence,
    step: Pence,
    amount: Pence,
}

impl Limits {
    /// The limits, or `None` with a note of what is missing.
    ///
    /// # Errors
    /// A step of nothing.
    pub(crate) fn of(needs: &Needs<'_, '_>) -> Result<Option<Self>, Refusal> {
        let rates = [
            "upper-capital-limit",
            "lower-capital-limit",
            "tariff-income-step",
            "tariff-income-amount",
        ]
        .map(|kind| needs.rate(kind).map(|rate| rate.pence()));
        let [Some(upper), Some(lower), Some(step), Some(amount)] = rates else {
            return Ok(None);
        };
        if step <= Pence::ZERO {
            let reason = "a step of savings is more than nothing";
            return Err(Refusal::wrong("tariff-income-step", reason));
        }
        Ok(Some(Self {
            upper,
            lower,
            step,
            amount,
        }))
    }

    /// Whether somebody with so much pays the full cost.
    pub(crate) fn is_over(&self, capital: Pence) -> bool {
        capital > self.upper
    }

    /// The steps that so much capital makes above the lower limit; a part of a step is a whole one.
    pub(crate) fn steps(&self, capital: Pence) -> i64 {
        let over = above(capital, self.lower).as_i64();
        let step = self.step.as_i64();
        let whole = over.checked_div(step).unwrap_or(0);
        let part = over.checked_rem(step).unwrap_or(0);
        whole.saturating_add(i64::from(part > 0))
    }

    /// What capital between the limits counts as each week.
    pub(crate) fn tariff(&self, capital: Pence) -> Result<Pence, Refusal> {
        let steps = self.steps(capital);
        self.amount.checked_mul(steps).ok_or(Refusal::TooLarge)
    }
}

/// What decides a week besides capital.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) limits: Limits,
    /// Income that counts.
    pub(crate) income: Pence,
    /// What they keep of it.
    pub(crate) kept: Pence,
    /// Less than this is not collected.
    pub(crate) minimum: Pence,
    /// They do not want their money looked at.
    pub(crate) refuses: bool,
}

/// What is paid in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Charge {
    /// The full cost is theirs.
    pub(crate) is_full: bool,
    /// What their capital counts as.
    pub(crate) tariff: Pence,
    /// What they pay.
    pub(crate) paid: Pence,
}

impl Terms {
    /// The terms of somebody, or `None` with a note of what is missing.
    ///
    /// # Errors
    /// A rate that cannot be, a sum that does not fit.
    pub(crate) fn of(
        situation: &Situation<'_>,
        needs: &Needs<'_, '_>,
    ) -> Result<Option<Self>, Refusal> {
        let kept = keep::step(situation, needs)?;
        let terms = Self::keeping_all(situation, needs)?;
        let (Some(terms), Some(kept)) = (terms, kept) else {
            return Ok(None);
        };
        Ok(Some(Self {
            kept: kept.total,
            ..terms
        }))
    }

    /// The terms of somebody who keeps all that comes in: no income helps to pay, so savings go as fast as they can.
    ///
    /// # Errors
    /// A rate that cannot be, a sum that does not fit.
    pub(crate) fn keeping_all(
        situation: &Situation<'_>,
        needs: &Needs<'_, '_>,
    ) -> Result<Option<Self>, Refusal> {
        let (limits, income) = (Limits::of(needs)?, income::step(situation, needs)?);
        let (Some(limits), Some(income)) = (limits, income) else {
            return Ok(None);
        };
        let minimum = needs.rates().optional("minimum-contribution");
        Ok(Some(Self {
            limits,
            income: income.total,
            kept: income.total,
            minimum: minimum.map_or(Pence::ZERO, |rate| rate.pence()),
            refuses: situation.refuses,
        }))
    }

    /// What income leaves for care.
    pub(crate) fn available(&self) -> Pence {
        above(self.income, self.kept)
    }

    /// What is paid in a week by somebody with so much capital that counts.
    pub(crate) fn charge(&self, capital: Pence, cost: Pence) -> Result<Charge, Refusal> {
        if self.refuses || self.limits.is_over(capital) {
            return Ok(Charge {
                is_full: true,
                tariff: Pence::ZERO,
                paid: cost,
            });
        }
        let tariff = self.limits.tariff(capital)?;
        let asked = above(add(self.income, tariff)?, self.kept).min(cost);
        let is_collected = asked >= self.minimum;
        Ok(Charge {
            is_full: false,
            tariff,
            paid: if is_collected { asked } else { Pence::ZERO },
        })
    }
}
