//! What a gap must not come to.

use std::ops::Range;

use stour_kernel::Pence;

use super::Gap;
use super::document::Does;
use crate::amount;
use crate::mistake::Checks;
use crate::number;

/// The largest amount of a demand in a year, in pence: ten times the largest that a document may state.
const LARGEST: i64 = 10 * amount::LARGEST;

/// Notes demands that cost more than any can, and shifts that move more than there is.
pub(super) fn check(gap: &Gap, checks: &mut Checks) {
    for at in 0..=gap.last() {
        let year = gap.heading.at.get_ref().get(at).copied().unwrap_or(0);
        let largest = |pence: f64, what: &str, span: Range<usize>, checks: &mut Checks| {
            checks.ensure(pence <= number::real(Pence::new(LARGEST)), span, || {
                format!(
                    "{what} comes to more than {} in {year}: check its population, rate, cost and growth",
                    Pence::new(LARGEST)
                )
            });
        };
        let years = gap.years_after_base(at);
        for demand in &gap.demands {
            let cost = demand.cost(at, years);
            largest(cost, demand.id.get_ref(), demand.id.span(), checks);
            let mut moved = 0.0;
            let shifts = gap
                .actions
                .iter()
                .filter(|action| action.does == Does::Shift);
            for action in shifts.filter(|action| action.on.get_ref().contains(demand.id.get_ref()))
            {
                moved += action.part(at);
                checks.ensure(moved <= 1.0 + 1e-9, action.percent.span(), || {
                    format!(
                        "with the shifts before it, {} moves more than all of {} in {year}",
                        action.id.get_ref(),
                        demand.id.get_ref()
                    )
                });
                let arrives = gap.demands.iter().find(|to| {
                    action
                        .to
                        .as_ref()
                        .is_some_and(|name| name.get_ref() == to.id.get_ref())
                });
                let exchange = action.exchange.as_ref().map_or(0.0, |one| *one.get_ref());
                let cost = arrives.map_or(0.0, |to| {
                    demand.units(at) * exchange * to.unit_cost_in(years)
                });
                largest(cost, action.id.get_ref(), action.id.span(), checks);
            }
        }
    }
}
