//! A funding gap as its author writes it, and what is wrong with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::Gap;
use crate::amount::Amount;
use crate::distribution::{Distribution, UncertainDocument};
use crate::mistake::Checks;
use crate::price::Deflator;
use crate::year::Years;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    gap: Heading,
    deflator: Option<Deflator>,
    budget: Vec<Spanned<Stated>>,
    #[serde(default)]
    spending: Vec<Spanned<Stated>>,
    #[serde(default)]
    demand: Vec<Spanned<Demand>>,
    #[serde(default)]
    measure: Vec<Spanned<Action>>,
    #[serde(default)]
    uncertain: Vec<Spanned<UncertainDocument>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) source: String,
    pub(super) years: Years,
    /// The years that are shown: the first is the base year, the last the target.
    pub(super) at: Spanned<Vec<i32>>,
    pub(super) price_base: i32,
    /// A year in whose prices the totals are shown as well.
    pub(super) shown_in: Option<i32>,
    pub(super) partners: Vec<String>,
}

/// Money that is stated for each year shown.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) partner: Spanned<String>,
    pub(super) amounts: Spanned<Vec<Amount>>,
    pub(super) source: String,
}

/// Need that follows from people: population × rate × unit cost.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demand {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) partner: Spanned<String>,
    /// Where care is given, such as careland or communityland.
    pub(super) setting: String,
    pub(super) age: String,
    pub(super) need: String,
    /// People in each year shown.
    pub(super) population: Spanned<Vec<f64>>,
    /// Units for each person and year.
    pub(super) rate: Spanned<f64>,
    pub(super) unit_cost: Spanned<Amount>,
    pub(super) unit_cost_growth_percent: Spanned<f64>,
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
    pub(super) source: String,
}

/// A number of a gap that is drawn.
#[derive(Debug, Clone)]
pub(super) struct Unsure {
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
    pub(super) fn check(self, checks: &mut Checks<'_>) -> Gap {
        let at = self.gap.at.get_ref();
        let rises = at
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if one < other));
        checks.ensure(at.len() >= 2 && rises, self.gap.at.span(), || {
            "at lists the years that are shown, the base year first and the target last".to_owned()
        });
        if let Some(deflator) = &self.deflator {
            deflator.check(self.gap.years, checks);
        }
        let mut frame = Frame {
            years: at.len(),
            partners: &self.gap.partners,
            ids: BTreeSet::new(),
        };
        for stated in self.budget.iter().chain(&self.spending) {
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
        let actions: Vec<&String> = self
            .measure
            .iter()
            .map(|one| one.get_ref().id.get_ref())
            .collect();
        let unsure = self
            .uncertain
            .iter()
            .filter_map(|one| unsure(one, &demands, &actions, checks))
            .collect();
        let inner =
            |stated: Vec<Spanned<Stated>>| stated.into_iter().map(Spanned::into_inner).collect();
        Gap {
            heading: self.gap,
            deflator: self.deflator,
            budgets: inner(self.budget),
            spending: inner(self.spending),
            demands: self.demand.into_iter().map(Spanned::into_inner).collect(),
            actions: self.measure.into_iter().map(Spanned::into_inner).collect(),
            unsure,
        }
    }
}

struct Frame<'d> {
    years: usize,
    partners: &'d [String],
    ids: BTreeSet<String>,
}

impl Frame<'_> {
    fn named(&mut self, id: &Spanned<String>, checks: &mut Checks<'_>) {
        checks.ensure(self.ids.insert(id.get_ref().clone()), id.span(), || {
            format!("the id {:?} is used twice", id.get_ref())
        });
    }

    fn partner(&self, partner: &Spanned<String>, checks: &mut Checks<'_>) {
        checks.ensure(
            self.partners.contains(partner.get_ref()),
            partner.span(),
            || format!("{:?} is none of the partners", partner.get_ref()),
        );
    }

    fn each_year<T>(&self, list: &Spanned<Vec<T>>, what: &str, checks: &mut Checks<'_>) {
        let found = list.get_ref().len();
        checks.ensure(found == self.years, list.span(), || {
            format!("{what} has {found} numbers, {} years are shown", self.years)
        });
    }

    fn stated(&mut self, stated: &Stated, checks: &mut Checks<'_>) {
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

    fn demand(&mut self, demand: &Demand, checks: &mut Checks<'_>) {
        self.named(&demand.id, checks);
        self.partner(&demand.partner, checks);
        self.each_year(&demand.population, "population", checks);
        for people in demand.population.get_ref() {
            proportion(*people, f64::MAX, "population", &demand.population, checks);
        }
        proportion(
            *demand.rate.get_ref(),
            f64::MAX,
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
        checks: &mut Checks<'_>,
    ) {
        let at = action.span();
        let action = action.get_ref();
        self.named(&action.id, checks);
        self.each_year(&action.phase, "phase", checks);
        for part in action.phase.get_ref() {
            proportion(*part, 1.0, "phase", &action.phase, checks);
        }
        proportion(
            *action.percent.get_ref(),
            100.0,
            "percent",
            &action.percent,
            checks,
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
            proportion(*exchange.get_ref(), f64::MAX, "exchange", exchange, checks);
        }
    }
}

fn proportion<T>(value: f64, most: f64, what: &str, at: &Spanned<T>, checks: &mut Checks<'_>) {
    checks.ensure(
        (0.0..=most).contains(&value) && value.is_finite(),
        at.span(),
        || {
            format!(
                "{what} is {value}: it must not be negative{}",
                if most < f64::MAX {
                    format!(" or above {most}")
                } else {
                    String::new()
                }
            )
        },
    );
}

fn unsure(
    document: &Spanned<UncertainDocument>,
    demands: &[&String],
    actions: &[&String],
    checks: &mut Checks<'_>,
) -> Option<Unsure> {
    let at = document.span();
    let document = document.get_ref();
    let name = document.input.get_ref();
    let (of, field) = name.rsplit_once('.').unwrap_or((name, ""));
    let of = of.to_owned();
    let (field, most) = match (field, demands.contains(&&of), actions.contains(&&of)) {
        ("population_scale", true, _) => (Field::Population, f64::MAX),
        ("rate", true, _) => (Field::Rate, f64::MAX),
        ("unit_cost", true, _) => (Field::UnitCost, f64::MAX),
        ("percent", _, true) => (Field::Percent, 100.0),
        _ => {
            checks.refuse(document.input.span(), format!("{name:?} names nothing: write DEMAND.rate, DEMAND.unit_cost, DEMAND.population_scale or MEASURE.percent"));
            return None;
        }
    };
    match document.check(0.0, most) {
        Ok(distribution) => Some(Unsure {
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
