//! The numbers of a line that may be uncertain.

use super::Field;

/// What multiplies a line's schedule. The neutral value of each leaves an amount as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Factors {
    /// A multiple of the whole line.
    pub(crate) scale: f64,
    /// A multiple of the cohort's population.
    pub(crate) population: f64,
    /// The proportion of the cohort that takes part, where it is the same in every year.
    pub(crate) take_up: f64,
    /// Units for each person who takes part.
    pub(crate) impact: f64,
    /// Pence for each unit, in the prices that the line gives.
    pub(crate) unit_value: f64,
    /// The proportion that would have happened anyway.
    pub(crate) deadweight: f64,
    /// The proportion that is only moved from elsewhere.
    pub(crate) displacement: f64,
    /// The proportion that is lost with each year after the first.
    pub(crate) drop_off: f64,
    /// Years from the first year to the first effect.
    pub(crate) lag: f64,
    /// The correction: added to a cost, taken off a benefit.
    pub(crate) optimism: f64,
}

impl Factors {
    pub(crate) const NEUTRAL: Self = Self {
        scale: 1.0,
        population: 1.0,
        take_up: 1.0,
        impact: 1.0,
        unit_value: 1.0,
        deadweight: 0.0,
        displacement: 0.0,
        drop_off: 0.0,
        lag: 0.0,
        optimism: 0.0,
    };

    pub(crate) const fn get(&self, field: Field) -> f64 {
        match field {
            Field::Scale => self.scale,
            Field::Population => self.population,
            Field::TakeUp => self.take_up,
            Field::Impact => self.impact,
            Field::UnitValue => self.unit_value / 100.0,
            Field::Deadweight => self.deadweight,
            Field::Displacement => self.displacement,
            Field::DropOff => self.drop_off,
            Field::Lag => self.lag,
            Field::Optimism => self.optimism,
        }
    }

    pub(crate) const fn set(&mut self, field: Field, value: f64) {
        match field {
            Field::Scale => self.scale = value,
            Field::Population => self.population = value,
            Field::TakeUp => self.take_up = value,
            Field::Impact => self.impact = value,
            Field::UnitValue => self.unit_value = value * 100.0,
            Field::Deadweight => self.deadweight = value,
            Field::Displacement => self.displacement = value,
            Field::DropOff => self.drop_off = value,
            Field::Lag => self.lag = value,
            Field::Optimism => self.optimism = value,
        }
    }

    /// What the schedule of a line on this side is multiplied by in a year of full effect.
    pub(crate) const fn multiplier(&self, is_benefit: bool) -> f64 {
        self.scale
            * self.population
            * self.take_up
            * self.impact
            * (1.0 - self.deadweight)
            * (1.0 - self.displacement)
            * self.unit_value
            * corrected(self.optimism, is_benefit)
    }

    /// How much of the full effect is there in a year, so many years after the line's first.
    pub(crate) fn timing(&self, years_after_first: f64) -> f64 {
        let since = years_after_first - self.lag;
        let in_effect = (since + 1.0).clamp(0.0, 1.0);
        if in_effect == 0.0 {
            return 0.0;
        }
        in_effect * (1.0 - self.drop_off).powf(since.max(0.0))
    }
}

/// What optimism bias multiplies an amount by.
pub(crate) const fn corrected(optimism: f64, is_benefit: bool) -> f64 {
    if is_benefit {
        1.0 - optimism
    } else {
        1.0 + optimism
    }
}
