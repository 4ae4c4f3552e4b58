//! Which inputs the answer hangs on.

use std::collections::BTreeMap;

use serde::Serialize;
use stour_kernel::Pence;

use crate::appraise::{Measure, net_present_value};
use crate::case::{Case, Input, Line};
use crate::number;

/// How the net present value answers to each input. Amounts are pence; inputs are proportions, years,
/// pounds (`unit_value`) or units, as the case gives them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// With every input as agreed, before cells are rounded.
    pub agreed: Option<Pence>,
    /// Each uncertain input at its tenth and its ninetieth percentile, the largest swing first.
    pub tornado: Vec<Swing>,
    /// Each input so many per cent lower and higher.
    pub one_at_a_time: Measure<Vec<Swing>>,
    /// For each input, the value at which the net present value is nothing.
    pub switching: Vec<Switching>,
    /// Each scenario of the case.
    pub scenarios: Vec<Outcome>,
}

/// One input at two values, all others as agreed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// `LINE.field` or `COHORT.population_scale`.
    pub input: String,
    /// The lower value of the input.
    pub low: f64,
    /// The higher.
    pub high: f64,
    /// The net present value at the lower.
    pub at_low: Option<Pence>,
    /// At the higher.
    pub at_high: Option<Pence>,
    /// How far these are apart.
    pub swing: Option<Pence>,
}

/// The value of an input at which the case is neither worth doing nor not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Switching {
    /// `LINE.field` or `COHORT.population_scale`.
    pub input: String,
    /// As agreed.
    pub agreed: f64,
    /// Where the sign changes.
    pub switches_at: Measure<f64>,
}

/// What a scenario comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The scenario's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// Its net present value.
    pub net_present_value: Option<Pence>,
    /// How much more that is than as agreed.
    pub difference: Option<Pence>,
}

/// Varies each input of a case by itself, and all of a scenario together; of fiscal lines only, or all.
pub fn sensitivity(case: &Case, is_financial: bool) -> Sensitivity {
    let varied = Varied::new(case, is_financial);
    let inputs = Input::all(case);
    let mut tornado: Vec<Swing> = case
        .uncertain
        .iter()
        .map(|one| {
            let (low, high) = (
                one.distribution.quantile(0.1),
                one.distribution.quantile(0.9),
            );
            varied.swing(&one.input, low, high)
        })
        .collect();
    tornado.sort_by(|one, other| {
        other
            .swing
            .cmp(&one.swing)
            .then(one.input.cmp(&other.input))
    });
    let one_at_a_time = case.one_at_a_time.map_or_else(
        || Measure::none("the case gives no one_at_a_time_percent"),
        |by| {
            let swing = |input: &Input| {
                let (agreed, range) = (input.agreed(case), input.range(&case.lines));
                let within = |value: f64| value.clamp(*range.start(), *range.end());
                varied.swing(
                    input,
                    within(agreed * (1.0 - by)),
                    within(agreed * (1.0 + by)),
                )
            };
            Measure::of(inputs.iter().map(swing).collect())
        },
    );
    let scenarios = case.scenarios.iter().map(|scenario| {
        let changed = scenario
            .set
            .iter()
            .fold(case.clone(), |case, (input, value)| {
                case.with(input, *value)
            });
        let value = net_present_value(&changed, is_financial);
        Outcome {
            id: scenario.id.clone(),
            name: scenario.name.clone(),
            source: scenario.source.clone(),
            net_present_value: number::pence(value),
            difference: number::pence(value - varied.agreed),
        }
    });
    Sensitivity {
        agreed: number::pence(varied.agreed),
        tornado,
        one_at_a_time,
        switching: inputs.iter().map(|input| varied.switching(input)).collect(),
        scenarios: scenarios.collect(),
    }
}

/// A case of which one input is varied: only the lines that it moves are computed again.
struct Varied<'c> {
    case: &'c Case,
    /// The lines that count, by their ids and by those of their cohorts; no line has the id of a cohort.
    lines: BTreeMap<&'c str, Vec<&'c Line>>,
    agreed: f64,
}

impl<'c> Varied<'c> {
    fn new(case: &'c Case, is_financial: bool) -> Self {
        let mut lines = BTreeMap::<&str, Vec<&Line>>::new();
        for line in case
            .lines
            .iter()
            .filter(|line| !is_financial || line.is_fiscal())
        {
            for of in [Some(&line.id), line.cohort.as_ref()].into_iter().flatten() {
                lines.entry(of).or_default().push(line);
            }
        }
        Self {
            case,
            lines,
            agreed: net_present_value(case, is_financial),
        }
    }

    /// What is added to the net present value when the input has this value.
    fn difference(&self, input: &Input, value: f64) -> f64 {
        let moved = self.lines.get(input.of.as_str()).into_iter().flatten();
        moved
            .map(|line| {
                let discount = self.case.discounting.of(&line.basis);
                let mut factors = line.factors;
                factors.set(input.field, value);
                let before = line.present_value(&line.factors, discount);
                line.sign() * (line.present_value(&factors, discount) - before)
            })
            .sum()
    }

    fn at(&self, input: &Input, value: f64) -> f64 {
        self.agreed + self.difference(input, value)
    }

    fn swing(&self, input: &Input, low: f64, high: f64) -> Swing {
        let (at_low, at_high) = (self.at(input, low), self.at(input, high));
        Swing {
            input: input.to_string(),
            low,
            high,
            at_low: number::pence(at_low),
            at_high: number::pence(at_high),
            swing: number::pence((at_high - at_low).abs()),
        }
    }

    fn switching(&self, input: &Input) -> Switching {
        let agreed = input.agreed(self.case);
        let switches_at = self.bracket(input, agreed).map_or_else(
            || {
                Measure::none(if self.agreed > 0.0 {
                    "no value that it may have makes the case not worth doing"
                } else {
                    "no value that it may have makes the case worth doing"
                })
            },
            |(low, high)| Measure::of(self.bisect(input, low, high)),
        );
        Switching {
            input: input.to_string(),
            agreed,
            switches_at,
        }
    }

    /// Two values with the sign's change between them: below the agreed value, else above it.
    fn bracket(&self, input: &Input, agreed: f64) -> Option<(f64, f64)> {
        let range = input.range(&self.case.lines);
        let changes = |value: f64| (self.at(input, value) > 0.0) != (self.agreed > 0.0);
        if changes(*range.start()) {
            return Some((*range.start(), agreed));
        }
        let mut high = agreed.max(0.5);
        while high < *range.end() {
            high = (high * 2.0).min(*range.end());
            if changes(high) {
                return Some((agreed, high));
            }
        }
        None
    }

    fn bisect(&self, input: &Input, mut low: f64, mut high: f64) -> f64 {
        let rises = self.at(input, high) > 0.0;
        for _ in 0..200 {
            let middle = low.midpoint(high);
            if middle <= low || middle >= high {
                break;
            }
            if (self.at(input, middle) > 0.0) == rises {
                high = middle;
            } else {
                low = middle;
            }
        }
        low.midpoint(high)
    }
}
