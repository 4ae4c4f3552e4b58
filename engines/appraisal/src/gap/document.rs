//! A funding gap as its author writes it, and what is wrong with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::Gap;
use super::limits;
use crate::amount::{self, Amount};
use crate::case::MOST_PEOPLE;
use crate::distribution::{Distribution, UncertainDocument};
use crate::mistake::Checks;
use crate::price::Deflator;
use crate::said;
use crate::unknown::{self, UnknownDocument};
use crate::words;
use crate::year::{self, Years};

/// Units for each person, or for each other unit, and multiples of a population: more is a slip.
const MOST_UNITS: f64 = 1.0e9;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    gap: Heading,
    deflator: Option<Deflator>,
    budget: Spanned<Vec<Spanned<Stated>>>,
    #[serde(default)]
    spending: Vec<Spanned<Stated>>,
    #[serde(default)]
    demand: Vec<Spanned<Demand>>,
    #[serde(default)]
    measure: Vec<Spanned<Action>>,
    #[serde(default)]
    uncertain: Vec<Spanned<UncertainDocument>>,
    #[serde(default)]
    unknown: Vec<UnknownDocument>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heading {
    #[serde(deserialize_with = "said::text")]
    pub(super) title: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
    pub(super) years: Years,
    /// The years that are shown: the first is the base year, the last the target.
    pub(super) at: Spanned<Vec<i32>>,
    pub(super) price_base: Spanned<i32>,
    /// A year in whose prices the totals are shown as well.
    pub(super) shown_in: Option<Spanned<i32>>,
    pub(super) partners: Spanned<Vec<String>>,
}

/// Money that is stated for each year shown.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) partner: Spanned<String>,
    pub(super) amounts: Spanned<Vec<Amount>>,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
}

/// Need that follows from people: population × rate × unit cost.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demand {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) partner: Spanned<String>,
    /// Where care is given, such as careland or communityland.
    #[serde(deserialize_with = "said::text")]
    pub(super) setting: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) age: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) need: String,
    /// People in each year shown.
    pub(super) population: Spanned<Vec<f64>>,
    /// Units for each person and year.
    pub(super) rate: Spanned<f64>,
    pub(super) unit_cost: Spanned<Amount>,
    pub(super) unit_cost_growth_percent: Spanned<f64>,
    /// Pence a unit where it is drawn, not rounded.
    #[serde(skip)]
    pub(super) drawn_unit_cost: Option<f64>,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
}

/// What a measure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Does {
    /// The same for less money.
    Efficiency,
    /// Fewer units are needed.
    Prevention,
    /// Units are given elsewhere.
    Shift,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Action {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) does: Does,
    /// Demands, or stated spending for an efficiency.
    pub(super) on: Spanned<Vec<String>>,
    /// For a shift: to which demand, and how many of its units each unit moved becomes.
    pub(super) to: Option<Spanned<String>>,
    pub(super) exchange: Option<Spanned<f64>>,
    pub(super) percent: Spanned<f64>,
    /// The part of it that works in each year shown, 0 to 1.
    pub(super) phase: Spanned<Vec<f64>>,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
}

/// A number of a gap that is drawn.
#[derive(Debug, Clone)]
pub(super) struct Unsure {
    /// As the document names it.
    pub(super) name: String,
    pub(super) of: String,
    pub(super) field: Field,
    pub(super) distribution: Distribution,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Population,
    Rate,
    UnitCost,
    Percent,
}

impl Document {
    pub(super) fn check(self, checks: &mut Checks) -> Option<Gap> {
        self.gap.check(checks);
        self.check_size(checks);
        if let Some(deflator) = &self.deflator {
            deflator.check(self.gap.years, checks);
        }
        if !checks.is_clean() {
            // All that follows is checked against these.
            return None;
        }
        let mut frame = Frame {
            years: self.gap.at.get_ref().len(),
            partners: self.gap.partners.get_ref(),
            ids: BTreeSet::new(),
        };
        for stated in self.budget.get_ref().iter().chain(&self.spending) {
            frame.stated(stated.get_ref(), checks);
        }
        for demand in &self.demand {
            frame.demand(demand.get_ref(), checks);
        }
        let demands: Vec<&String> = self
            .demand
            .iter()
            .map(|one| one.get_ref().id.get_ref())
            .collect();
        let spending: Vec<&String> = self
            .spending
            .iter()
            .map(|one| one.get_ref().id.get_ref())
            .collect();
        for action in &self.measure {
            frame.action(action, &demands, &spending, checks);
        }
        let unsure = self.unsure(&demands, checks);
        let inner =
            |stated: Vec<Spanned<Stated>>| stated.into_iter().map(Spanned::into_inner).collect();
        let gap = Gap {
            heading: self.gap,
            deflator: self.deflator,
            budgets: inner(self.budget.into_inner()),
            spending: inner(self.spending),
            demands: self.demand.into_iter().map(Spanned::into_inner).collect(),
            actions: self.measure.into_iter().map(Spanned::into_inner).collect(),
            unsure,
            unknown: unknown::check(self.unknown, checks),
        };
        if checks.is_clean() {
            limits::check(&gap, checks);
        }
        Some(gap)
    }

    /// What is drawn of these demands and of the measures.
    fn unsure(&self, demands: &[&String], checks: &mut Checks) -> Vec<Unsure> {
        let actions: Vec<&String> = self
            .measure
            .iter()
            .map(|one| one.get_ref().id.get_ref())
            .collect();
        let mut seen = BTreeSet::new();
        let found = self.uncertain.iter().filter_map(|one| {
            let input = &one.get_ref().input;
            checks.ensure(seen.insert(input.get_ref()), input.span(), || {
                format!("{} is declared uncertain twice", input.get_ref())
            });
            unsure(one, demands, &actions, checks)
        });
        found.collect()
    }

    /// Refuses what has nothing in it, or more than can be read.
    fn check_size(&self, checks: &mut Checks) {
        checks.ensure(
            !self.budget.get_ref().is_empty(),
            self.budget.span(),
            || "there is no budget: a gap is what is needed less what there is".to_owned(),
        );
        let needs = self.spending.len() + self.demand.len();
        checks.ensure(needs > 0, 0..0, || {
            "nothing is needed: give [[spending]] or [[demand]]".to_owned()
        });
        let (budgets, measures) = (self.budget.get_ref().len(), self.measure.len());
        checks.ensure(
            needs.max(budgets) <= MOST_ROWS && measures <= MOST_MEASURES,
            0..0,
            || format!("the gap has {budgets} budgets, {needs} needs and {measures} measures: at most {MOST_ROWS} of the former and {MOST_MEASURES} measures can be read"),
        );
    }
}

impl Heading {
    fn check(&self, checks: &mut Checks) {
        let at = self.at.get_ref();
        let rises = at
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if one < other));
        checks.ensure(
            (2..=MOST_YEARS).contains(&at.len()) && rises,
            self.at.span(),
            || {
                format!("at lists the years that are shown, at most {MOST_YEARS}, the base year first and the target last")
            },
        );
        for year in at {
            year::check(*year, "a year of at", self.at.span(), checks);
        }
        let named = [
            Some((&self.price_base, "the price_base")),
            self.shown_in.as_ref().map(|year| (year, "shown_in")),
        ];
        for (year, what) in named.into_iter().flatten() {
            year::check(*year.get_ref(), what, year.span(), checks);
        }
        let partners = self.partners.get_ref();
        let different: BTreeSet<&String> = partners.iter().collect();
        let blank = partners.iter().any(|partner| partner.trim().is_empty());
        let fits = (1..=MOST_PARTNERS).contains(&partners.len());
        checks.ensure(
            fits && !blank && different.len() == partners.len(),
            self.partners.span(),
            || format!("partners lists the partners, at least one and at most {MOST_PARTNERS}, each once and by a name"),
        );
    }
}

/// What can be read in a table or a waterfall, and worked out at once.
const MOST_YEARS: usize = 100;
const MOST_PARTNERS: usize = 100;
const MOST_ROWS: usize = 5_000;
const MOST_MEASURES: usize = 200;

struct Frame<'d> {
    years: usize,
    partners: &'d [String],
    ids: BTreeSet<String>,
}

impl Frame<'_> {
    fn named(&mut self, id: &Spanned<String>, checks: &mut Checks) {
        checks.ensure(!id.get_ref().trim().is_empty(), id.span(), || {
            "an id is empty".to_owned()
        });
        checks.ensure(self.ids.insert(id.get_ref().clone()), id.span(), || {
            format!("the id {:?} is used twice", id.get_ref())
        });
    }

    fn partner(&self, partner: &Spanned<String>, checks: &mut Checks) {
        checks.ensure(
            self.partners.contains(partner.get_ref()),
            partner.span(),
            || format!("{:?} is none of the partners", partner.get_ref()),
        );
    }

    fn each_year<T>(&self, list: &Spanned<Vec<T>>, what: &str, checks: &mut Checks) {
        let found = list.get_ref().len();
        checks.ensure(found == self.years, list.span(), || {
            format!("{what} has {found} numbers, {} years are shown", self.years)
        });
    }

    fn stated(&mut self, stated: &Stated, checks: &mut Checks) {
        self.named(&stated.id, checks);
        self.partner(&stated.partner, checks);
        self.each_year(&stated.amounts, stated.id.get_ref(), checks);
        let negative = stated
            .amounts
            .get_ref()
            .iter()
            .any(|amount| amount.0.is_negative());
        checks.ensure(!negative, stated.amounts.span(), || {
            format!("{} has a negative amount", stated.id.get_ref())
        });
    }

    fn demand(&mut self, demand: &Demand, checks: &mut Checks) {
        self.named(&demand.id, checks);
        self.partner(&demand.partner, checks);
        self.each_year(&demand.population, "population", checks);
        for people in demand.population.get_ref() {
            within(
                *people,
                MOST_PEOPLE,
                "population",
                &demand.population,
                checks,
            );
        }
        within(
            *demand.rate.get_ref(),
            MOST_UNITS,
            "rate",
            &demand.rate,
            checks,
        );
        checks.ensure(
            !demand.unit_cost.get_ref().0.is_negative(),
            demand.unit_cost.span(),
            || "unit_cost must not be negative".to_owned(),
        );
        let growth = *demand.unit_cost_growth_percent.get_ref();
        checks.ensure(
            (-50.0..=50.0).contains(&growth),
            demand.unit_cost_growth_percent.span(),
            || format!("unit costs that grow by {growth}% a year: give percent from -50 to 50"),
        );
    }

    fn action(
        &mut self,
        action: &Spanned<Action>,
        demands: &[&String],
        spending: &[&String],
        checks: &mut Checks,
    ) {
        let at = action.span();
        let action = action.get_ref();
        self.named(&action.id, checks);
        self.each_year(&action.phase, "phase", checks);
        for part in action.phase.get_ref() {
            within(*part, 1.0, "phase", &action.phase, checks);
        }
        within(
            *action.percent.get_ref(),
            100.0,
            "percent",
            &action.percent,
            checks,
        );
        let different: BTreeSet<&String> = action.on.get_ref().iter().collect();
        checks.ensure(
            !different.is_empty() && different.len() == action.on.get_ref().len(),
            action.on.span(),
            || "on lists what the measure changes, at least one and each once".to_owned(),
        );
        for on in action.on.get_ref() {
            let known = demands.contains(&on)
                || (action.does == Does::Efficiency && spending.contains(&on));
            checks.ensure(known, action.on.span(), || {
                format!("{on:?} is nothing that this measure can change")
            });
        }
        let is_shift = action.does == Does::Shift;
        let complete = action.to.is_some() == is_shift && action.exchange.is_some() == is_shift;
        checks.ensure(complete, at, || {
            "a shift has to and exchange; no other measure has".to_owned()
        });
        if let Some(to) = &action.to {
            let known =
                demands.contains(&to.get_ref()) && !action.on.get_ref().contains(to.get_ref());
            checks.ensure(known, to.span(), || {
                format!("{:?} is no other demand", to.get_ref())
            });
        }
        if let Some(exchange) = &action.exchange {
            within(
                *exchange.get_ref(),
                MOST_UNITS,
                "exchange",
                exchange,
                checks,
            );
        }
    }
}

/// Refuses what is not a number from nothing to `most`.
fn within<T>(value: f64, most: f64, what: &str, at: &Spanned<T>, checks: &mut Checks) {
    checks.ensure((0.0..=most).contains(&value), at.span(), || {
        format!(
            "{what} is {value}: it must not be negative or above {}",
            words::number(most)
        )
    });
}

fn unsure(
    document: &Spanned<UncertainDocument>,
    demands: &[&String],
    actions: &[&String],
    checks: &mut Checks,
) -> Option<Unsure> {
    let at = document.span();
    let document = document.get_ref();
    let name = document.input.get_ref();
    let (of, field) = name.rsplit_once('.').unwrap_or((name, ""));
    let of = of.to_owned();
    let (field, most) = match (field, demands.contains(&&of), actions.contains(&&of)) {
        ("population_scale", true, _) => (Field::Population, MOST_UNITS),
        ("rate", true, _) => (Field::Rate, MOST_UNITS),
        ("unit_cost", true, _) => (Field::UnitCost, amount::LARGEST_POUNDS),
        ("percent", _, true) => (Field::Percent, 100.0),
        _ => {
            checks.refuse(document.input.span(), format!("{name:?} names nothing: write DEMAND.rate, DEMAND.unit_cost, DEMAND.population_scale or MEASURE.percent"));
            return None;
        }
    };
    match document.check(0.0, most) {
        Ok(distribution) => Some(Unsure {
            name: name.clone(),
            of,
            field,
            distribution,
        }),
        Err(reason) => {
            checks.refuse(at, format!("{name}: {reason}"));
            None
        }
    }
}
