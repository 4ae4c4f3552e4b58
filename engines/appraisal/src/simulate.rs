//! Drawing every uncertain input at once, many times over.

mod block;
mod spread;

use std::num::NonZeroUsize;

use serde::Serialize;
use stour_kernel::Pence;

pub use spread::Spread;

use crate::appraise::Measure;
use crate::case::Case;
use crate::number;
use block::{Outputs, Plan};

/// Results that are kept of all draws together: a yearly fan is left out where there would be more.
const MOST_KEPT: usize = 16_000_000;

/// How a case is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// How many times.
    pub count: NonZeroUsize,
    /// What the random numbers are made from. The same seed gives the same answer, to the last bit.
    pub seed: u64,
    /// On how many threads; the answer does not depend on it.
    pub threads: NonZeroUsize,
}

/// What the draws come to. Amounts are present values in pence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulation {
    /// How many draws.
    pub draws: usize,
    /// The seed.
    pub seed: u64,
    /// Inputs that were drawn.
    pub uncertain: Vec<Drawn>,
    /// Pairs of them that go together.
    pub correlations: Vec<Related>,
    /// Net present value of fiscal lines.
    pub financial: Option<Spread<Pence>>,
    /// Net present value of all lines.
    pub public_value: Option<Spread<Pence>>,
    /// Benefits for each pound of costs, all lines. Above nothing is no measure of it; see
    /// `public_value` for the probability that benefits exceed costs.
    pub benefit_cost_ratio: Measure<Spread<f64>>,
    /// Net present value of each partner, all layers.
    pub partners: Vec<Partner>,
    /// The sum of discounted net amounts until each year: a fan.
    pub fan: Measure<Vec<Reached>>,
}

/// An input that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// `LINE.field` or `COHORT.population_scale`.
    pub input: String,
    /// Where its distribution comes from.
    pub source: String,
}

/// Two inputs that go together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// The inputs.
    pub between: [String; 2],
    /// Spearman's rank correlation.
    pub rank: f64,
    /// Where it comes from.
    pub source: String,
}

/// One partner's net present value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Partner {
    /// The partner's id.
    pub id: String,
    /// Its net present value.
    pub net_present_value: Option<Spread<Pence>>,
}

/// What has been reached by the end of a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reached {
    /// The year as people write it.
    pub year: String,
    /// The sum of discounted net amounts of all lines until then.
    pub cumulative: Option<Spread<Pence>>,
}

/// Draws a case. `progress` is told of draws as they are done, from any thread.
pub fn simulate(case: &Case, draws: Draws, progress: &(dyn Fn(u64) + Sync)) -> Simulation {
    let years = case.length.saturating_mul(draws.count.get());
    let plan = Plan::new(case, draws.seed, years <= MOST_KEPT);
    let outputs = run(&plan, draws, progress);
    let length = draws.count.get();
    let fan = case
        .all_years()
        .zip(&outputs.cumulative)
        .map(|(year, values)| Reached {
            year: case.years.label(year),
            cumulative: Spread::of_pence(values.clone()),
        });
    Simulation {
        draws: length,
        seed: draws.seed,
        uncertain: case
            .uncertain
            .iter()
            .map(|one| Drawn {
                input: one.input.to_string(),
                source: one.source.clone(),
            })
            .collect(),
        correlations: case
            .correlations
            .iter()
            .map(|one| Related {
                between: one.between.clone().map(|input| input.to_string()),
                rank: one.rank,
                source: one.source.clone(),
            })
            .collect(),
        financial: Spread::of_pence(outputs.financial.clone()),
        public_value: Spread::of_pence(outputs.public_value.clone()),
        benefit_cost_ratio: ratios(&outputs),
        partners: case
            .partners
            .iter()
            .zip(&outputs.partners)
            .map(|(partner, values)| Partner {
                id: partner.id.clone(),
                net_present_value: Spread::of_pence(values.clone()),
            })
            .collect(),
        fan: if outputs.cumulative.is_empty() {
            Measure::none("there are too many draws and years to keep them all")
        } else {
            Measure::of(fan.collect())
        },
    }
}

/// Benefits for each pound of costs, which a draw has only where something is paid in it.
fn ratios(outputs: &Outputs) -> Measure<Spread<f64>> {
    let paid = outputs.costs.iter().filter(|cost| **cost > 0.0).count();
    if paid == 0 {
        return Measure::none("nothing is paid");
    }
    let without = outputs.costs.len() - paid;
    if without > 0 {
        return Measure::none(&format!(
            "nothing is paid in {without} of {} draws",
            outputs.costs.len()
        ));
    }
    let both = outputs.benefits.iter().zip(&outputs.costs);
    Measure::of(Spread::of(both.map(|(gain, cost)| gain / cost).collect()))
}

/// Each thread takes a run of draws; what it makes is put together in their order.
fn run(plan: &Plan<'_>, draws: Draws, progress: &(dyn Fn(u64) + Sync)) -> Outputs {
    let count = draws.count.get();
    let each = count.div_ceil(draws.threads.get());
    let mut all = Outputs::new(plan);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..count)
            .step_by(each)
            .map(|start| {
                let end = (start + each).min(count);
                scope.spawn(move || plan.draw(start..end, progress))
            })
            .collect();
        for run in runs {
            match run.join() {
                Ok(part) => all.append(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    all
}

/// The place of a draw as the number that its random numbers are made from.
fn index(draw: usize) -> u64 {
    u64::try_from(draw).unwrap_or(u64::MAX)
}

/// A number of draws as one to compute with.
fn size(draws: usize) -> f64 {
    number::count(draws)
}

#[cfg(test)]
mod tests;
