//! Between what and what a contribution lies when it is not known what somebody keeps of their income.

use serde::Serialize;
use stour_kernel::Pence;

use crate::capital::capital;
use crate::keep;
use crate::line::{Line, Step};
use crate::paid::Terms;
use crate::rates::{Needs, Rates};
use crate::refusal::{Missing, Refusal};
use crate::situation::Situation;

/// Between what and what a contribution lies. What they keep is at least nothing, so that no rate is made up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The least that they may pay each week: nothing, as they may keep all that counts.
    pub least: Pence,
    /// The most that they may pay each week: all that counts, or the cost where that is less.
    pub most: Pence,
    /// The arithmetic of the most: capital, income, and what of both counts each week.
    pub steps: Vec<Step>,
    /// What would settle it.
    pub missing: Vec<Missing>,
}

/// Says between what and what a contribution lies, where only what somebody keeps is not known. Whoever pays the full
/// cost has no use for it: [`assess`](crate::assess) answers without those rates.
///
/// # Errors
/// Other rates that are missing, what cannot be, a sum that does not fit.
pub fn bounds(situation: &Situation<'_>, rates: &Rates<'_>) -> Result<Bounds, Refusal> {
    situation.check(rates)?;
    let needs = Needs::new(rates);
    let found = capital(situation, &needs)?;
    let terms = Terms::keeping_all(situation, &needs)?;
    let income = crate::income::step(situation, &needs)?;
    let (Some(capital), Some(terms), Some(income)) = (found, terms, income) else {
        return Err(needs.refusal());
    };
    // Looked up only now, so that what is missing after this is what they keep and nothing else.
    keep::step(situation, &needs)?;
    let keeps_none = Terms {
        kept: Pence::ZERO,
        ..terms
    };
    let charge = keeps_none.charge(capital.step.total, situation.cost)?;
    let rule = "Worked out above";
    let lines = vec![
        Line::new(income.title.as_str(), income.total, rule, ""),
        Line::new(
            "Income from savings",
            charge.tariff,
            "What savings between the limits count as",
            "",
        ),
    ];
    let least = if charge.is_full {
        charge.paid
    } else {
        Pence::ZERO
    };
    let all = Step::of("What counts each week, before what you keep", lines)?;
    Ok(Bounds {
        least,
        most: charge.paid,
        steps: vec![capital.step, income, all],
        missing: needs.missing(),
    })
}
