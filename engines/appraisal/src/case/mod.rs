//! A business case: what is paid and gained, by whom, when and why.

mod document;
mod factors;
mod funding;
mod input;
mod line;
mod read;
mod tracked;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub(crate) use factors::Factors;
pub use funding::{Funding, Limit};
pub(crate) use input::{Field, Input};
pub use input::{InputValue, Notation};
pub(crate) use line::Line;
pub(crate) use read::MOST_PEOPLE;
pub use read::MOST_YEARS;
pub use tracked::{Better, Tracked, Value};

use crate::correlation::Correlation;
use crate::discount::Discounting;
use crate::distribution::Uncertain;
use crate::mistake::Mistakes;
use crate::price::Deflator;
use crate::unknown::Unknown;
use crate::year::Years;

/// Whether a line is paid or gained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Paid.
    Cost,
    /// Gained.
    Benefit,
}

/// Whom a line's value reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// The public purse.
    Fiscal,
    /// People's and firms' own income.
    Economic,
    /// Wellbeing.
    Social,
}

/// What a partner is: only an agency has a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Agency,
    Society,
}

#[derive(Debug, Clone)]
pub(crate) struct Partner {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) set: BTreeMap<Input, f64>,
}

/// An uncertain input whose stated value is not where it is drawn. Values are in the input's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// `LINE.field` or `COHORT.population_scale`.
    pub input: String,
    /// The stated value.
    pub stated: f64,
    /// The tenth percentile of its draws.
    pub low: f64,
    /// The ninetieth.
    pub high: f64,
}

/// A checked business case. Partners and lines are in the order of their ids, so that the order in
/// which they were written changes nothing, not even the last penny of a rounding.
#[derive(Debug, Clone)]
pub struct Case {
    pub(crate) title: String,
    pub(crate) years: Years,
    pub(crate) base_year: i32,
    /// How many years there are, the base year among them.
    pub(crate) length: usize,
    pub(crate) price_base: i32,
    pub(crate) discounting: Discounting,
    pub(crate) deflator: Option<Deflator>,
    pub(crate) partners: Vec<Partner>,
    pub(crate) lines: Vec<Line>,
    pub(crate) uncertain: Vec<Uncertain>,
    pub(crate) correlations: Vec<Correlation>,
    pub(crate) scenarios: Vec<Scenario>,
    pub(crate) one_at_a_time: Option<f64>,
    pub(crate) funding: Vec<Funding>,
    pub(crate) tracked: Vec<Tracked>,
    pub(crate) unknown: Vec<Unknown>,
    /// The name of each cohort, by its id.
    pub(crate) cohorts: BTreeMap<String, String>,
}

impl Case {
    /// Reads a case from TOML. `docs/appraisal` lists every key.
    ///
    /// # Errors
    /// Everything that is wrong, with its line and the reason: see there for what is refused.
    pub fn read(text: &str) -> Result<Self, Mistakes> {
        read::read(text)
    }

    /// The case with one input at another value: a what-if beside the agreed case. Inputs are named as
    /// in `[[uncertain]]`, and have the same units.
    ///
    /// # Errors
    /// A sentence that says why there is no such input, or what it may be.
    pub fn what_if(&self, input: &str, value: f64) -> Result<Self, String> {
        let input = Input::find(input, &self.lines)?;
        let range = input.range(&self.lines);
        if !range.contains(&value) {
            let (least, most) = (range.start(), range.end());
            return Err(format!("{input} is {value}: it may be {least} to {most}"));
        }
        Ok(self.with(&input, value))
    }

    /// The case's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The years of the case as people write them, such as `2026/27`, the base year first.
    pub fn year_labels(&self) -> Vec<String> {
        let years = self.all_years();
        years.map(|year| self.years.label(year)).collect()
    }

    /// The year that everything is discounted to, as people write it.
    pub fn base_year(&self) -> String {
        self.years.label(self.base_year)
    }

    /// The year in whose prices results are shown, as people write it.
    pub fn price_base(&self) -> String {
        self.years.label(self.price_base)
    }

    /// The id and the name of each partner, in the order of the ids.
    pub fn partners(&self) -> Vec<(&str, &str)> {
        let partners = self.partners.iter();
        partners
            .map(|partner| (partner.id.as_str(), partner.name.as_str()))
            .collect()
    }

    /// Every number that can be varied by itself with [`Case::what_if`]: line by line in the order of their
    /// ids, the population of a cohort with the first line that it drives.
    pub fn inputs(&self) -> Vec<InputValue> {
        let mut inputs: Vec<InputValue> = Vec::new();
        let mut cohorts = BTreeSet::new();
        for line in &self.lines {
            for input in Input::of_line(line) {
                if input.field != Field::Population || cohorts.insert(input.of.clone()) {
                    inputs.push(InputValue::of(&input, line, self));
                }
            }
        }
        inputs
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Uncertain inputs whose stated value is outside the range that holds 8 in 10 of their draws: the
    /// case and its draws then speak of different things.
    pub fn outside_their_draws(&self) -> Vec<Outside> {
        let of = |one: &Uncertain| {
            let low = one.distribution.quantile(0.1);
            let high = one.distribution.quantile(0.9);
            let stated = one.input.agreed(self);
            // The ends come from a formula, which loses some last digits.
            let lost = (high - low) * 1e-9;
            (stated < low - lost || stated > high + lost).then(|| Outside {
                input: one.input.to_string(),
                stated,
                low,
                high,
            })
        };
        self.uncertain.iter().filter_map(of).collect()
    }

    /// The years of the case, in order.
    pub(crate) fn all_years(&self) -> impl Iterator<Item = i32> + use<> {
        (self.base_year..).take(self.length)
    }

    /// The case with one input changed: a what-if beside the agreed one.
    pub(crate) fn with(&self, input: &Input, value: f64) -> Self {
        let mut changed = self.clone();
        for line in changed.lines.iter_mut().filter(|line| input.moves(line)) {
            line.factors.set(input.field, value);
        }
        changed
    }
}
