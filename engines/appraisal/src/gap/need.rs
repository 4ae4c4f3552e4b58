//! What is needed in a year, with some measures or with none.

use stour_kernel::Pence;

use super::Gap;
use super::document::{Action, Demand, Does};
use crate::number;

/// A part of what is needed, in pence not yet rounded.
pub(super) struct Needed<'g> {
    pub(super) partner: &'g str,
    pub(super) setting: Option<&'g str>,
    pub(super) amount: f64,
}

/// The sum of parts, each rounded to the penny: what is printed adds up.
pub(super) fn total<'g>(parts: impl IntoIterator<Item = &'g Needed<'g>>) -> Option<Pence> {
    let parts = parts.into_iter().map(|part| number::pence(part.amount));
    Pence::checked_sum(parts.collect::<Option<Vec<_>>>()?)
}

/// Every part of what is needed in the year at this place, where these measures work.
pub(super) fn needed(gap: &Gap, at: usize, works: impl Fn(usize) -> bool) -> Vec<Needed<'_>> {
    let actions: Vec<(&Action, f64)> = gap
        .actions
        .iter()
        .enumerate()
        .filter(|(place, _)| works(*place))
        .map(|(_, action)| (action, action.part(at)))
        .collect();
    let mut units: Vec<f64> = gap.demands.iter().map(|demand| demand.units(at)).collect();
    for (demand, units) in gap.demands.iter().zip(&mut units) {
        *units *= kept(&actions, Does::Prevention, demand.id.get_ref());
    }
    shift(gap, &actions, &mut units);
    let stated = gap.spending.iter().map(|stated| Needed {
        partner: stated.partner.get_ref(),
        setting: None,
        amount: stated
            .amounts
            .get_ref()
            .get(at)
            .map_or(0.0, |amount| number::real(amount.0))
            * kept(&actions, Does::Efficiency, stated.id.get_ref()),
    });
    let years = gap.years_after_base(at);
    let demanded = gap
        .demands
        .iter()
        .zip(&units)
        .map(|(demand, units)| Needed {
            partner: demand.partner.get_ref(),
            setting: Some(&demand.setting),
            amount: units
                * demand.unit_cost_in(years)
                * kept(&actions, Does::Efficiency, demand.id.get_ref()),
        });
    stated.chain(demanded).collect()
}

/// Moves units between demands. Each shift takes its part of what there was before any shift. Where the
/// parts that were drawn are more than all of a demand, each moves so much less: no need is negative.
fn shift(gap: &Gap, actions: &[(&Action, f64)], units: &mut [f64]) {
    let before = units.to_vec();
    let taken = |id: &String| -> f64 {
        let shifts = actions
            .iter()
            .filter(|(action, _)| action.does == Does::Shift && action.on.get_ref().contains(id));
        shifts.map(|(_, part)| part).sum()
    };
    let place = |id: &String| {
        gap.demands
            .iter()
            .position(|demand| demand.id.get_ref() == id)
    };
    for (action, part) in actions
        .iter()
        .filter(|(action, _)| action.does == Does::Shift)
    {
        let to = action.to.as_ref().and_then(|to| place(to.get_ref()));
        let exchange = action
            .exchange
            .as_ref()
            .map_or(1.0, |exchange| *exchange.get_ref());
        for id in action.on.get_ref() {
            let Some(from) = place(id) else { continue };
            let part = part / taken(id).max(1.0);
            let moved = before.get(from).map_or(0.0, |units| units * part);
            if let Some(units) = units.get_mut(from) {
                *units -= moved;
            }
            if let Some(units) = to.and_then(|to| units.get_mut(to)) {
                *units += moved * exchange;
            }
        }
    }
}

/// What measures of one kind leave of something.
fn kept(actions: &[(&Action, f64)], does: Does, id: &String) -> f64 {
    let these = actions
        .iter()
        .filter(|(action, _)| action.does == does && action.on.get_ref().contains(id));
    these.map(|(_, part)| 1.0 - part).product()
}

impl Action {
    /// The proportion that it changes in the year at this place.
    pub(super) fn part(&self, at: usize) -> f64 {
        self.percent.get_ref() / 100.0 * self.phase.get_ref().get(at).copied().unwrap_or(0.0)
    }
}

impl Demand {
    pub(super) fn units(&self, at: usize) -> f64 {
        self.population.get_ref().get(at).copied().unwrap_or(0.0) * self.rate.get_ref()
    }

    /// Pence in the year at this place, so many years after the base year, without measures.
    pub(super) fn cost(&self, at: usize, years: f64) -> f64 {
        self.units(at) * self.unit_cost_in(years)
    }

    /// Pence a unit so many years after the base year.
    pub(super) fn unit_cost_in(&self, years: f64) -> f64 {
        let growth = 1.0 + self.unit_cost_growth_percent.get_ref() / 100.0;
        let stated = number::real(self.unit_cost.get_ref().0);
        self.drawn_unit_cost.unwrap_or(stated) * growth.powf(years)
    }
}
