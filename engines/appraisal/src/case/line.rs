//! A line of cost or benefit.

use crate::case::{Factors, Field, Layer, Side};
use crate::discount::Basis;
use crate::evidence::Design;
use crate::number;
use crate::optimism::Optimism;

/// A checked line. Its amount in a year is its schedule, in the case's prices, times its factors.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) side: Side,
    pub(crate) layer: Layer,
    pub(crate) intervention: String,
    pub(crate) source: String,
    pub(crate) owner: Option<String>,
    pub(crate) claims: Option<String>,
    pub(crate) evidence: Option<Design>,
    pub(crate) optimism: Optimism,
    pub(crate) cashable: Option<f64>,
    pub(crate) basis: Basis,
    /// For each partner that pays or gains: its place in the case, and its share in billionths.
    pub(crate) shares: Vec<(usize, i128)>,
    pub(crate) cohort: Option<String>,
    pub(crate) driven: Option<Driven>,
    /// Places of the line's first and last year in the case.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// For each year of the case, people (who take part, where take-up is by year) or pence.
    pub(crate) schedule: Vec<f64>,
    /// For each year of the case, what a pound of the line's prices is in the case's prices.
    pub(crate) prices: Vec<f64>,
    pub(crate) factors: Factors,
}

/// What is particular to a line that people drive.
#[derive(Debug, Clone)]
pub(crate) struct Driven {
    /// The cohort's population in each year of the case.
    pub(crate) people: Vec<f64>,
    /// What one unit is.
    pub(crate) unit: String,
    /// Take-up in each year of the case, where it is not one number.
    pub(crate) take_up_by_year: Option<Vec<f64>>,
}

impl Line {
    pub(crate) const fn is_benefit(&self) -> bool {
        matches!(self.side, Side::Benefit)
    }

    /// Whether the line has such a number to vary.
    pub(crate) fn has(&self, field: Field) -> bool {
        let Some(driven) = &self.driven else {
            return matches!(field, Field::Scale | Field::Optimism);
        };
        match field {
            Field::Scale
            | Field::Optimism
            | Field::Impact
            | Field::UnitValue
            | Field::Population => true,
            Field::TakeUp => driven.take_up_by_year.is_none(),
            Field::Deadweight | Field::Displacement | Field::DropOff | Field::Lag => {
                self.is_benefit()
            }
        }
    }

    /// How much of the full effect there is in each year of the case.
    pub(crate) fn timing(&self, factors: &Factors, year: usize) -> f64 {
        if year < self.first || year > self.last {
            return 0.0;
        }
        factors.timing(number::count(year - self.first))
    }

    /// Pence in one year of the case, in the case's prices, not yet rounded.
    pub(crate) fn amount(&self, factors: &Factors, year: usize) -> f64 {
        let at = |values: &[f64]| values.get(year).copied().unwrap_or(0.0);
        at(&self.schedule)
            * at(&self.prices)
            * self.timing(factors, year)
            * factors.multiplier(self.is_benefit())
    }

    /// What the discounted amounts sum to where the multiplier is 1.
    pub(crate) fn discounted_schedule(&self, factors: &Factors, discount: &[f64]) -> f64 {
        let years = self
            .schedule
            .iter()
            .zip(&self.prices)
            .zip(discount)
            .enumerate();
        years
            .map(|(year, ((amount, price), discount))| {
                amount * price * discount * self.timing(factors, year)
            })
            .sum()
    }

    /// Pence in the base year that all years are worth, not rounded.
    pub(crate) fn present_value(&self, factors: &Factors, discount: &[f64]) -> f64 {
        self.discounted_schedule(factors, discount) * factors.multiplier(self.is_benefit())
    }

    /// Whether the public purse pays or gains it.
    pub(crate) const fn is_fiscal(&self) -> bool {
        matches!(self.layer, Layer::Fiscal)
    }

    /// 1 for a benefit, −1 for a cost.
    pub(crate) const fn sign(&self) -> f64 {
        if self.is_benefit() { 1.0 } else { -1.0 }
    }
}
