//! What demand will cost, what there is to pay it, and what measures would close.

mod document;
mod limits;
mod need;

use std::collections::BTreeMap;

use serde::Serialize;
use stour_kernel::Pence;
use toml::Spanned;

use crate::appraise::{Measure, TooLarge};
use crate::mistake::{Checks, Mistakes};
use crate::number;
use crate::price::{self, Deflator, PriceBase};
use crate::random::Stream;
use crate::simulate::{Draws, Spread};
use crate::unknown::Unknown;
use document::{Action, Demand, Document, Field, Heading, Stated, Unsure};
use need::{needed, total};

/// A checked funding gap.
#[derive(Debug, Clone)]
pub struct Gap {
    heading: Heading,
    deflator: Option<Deflator>,
    budgets: Vec<Stated>,
    spending: Vec<Stated>,
    demands: Vec<Demand>,
    actions: Vec<Action>,
    unsure: Vec<Unsure>,
    unknown: Vec<Unknown>,
}

/// A funding gap worked out. Amounts are pence, in the prices of the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapResult {
    /// The document's title.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// The year in whose prices the amounts are.
    pub price_base: String,
    /// The year in whose prices totals are shown as well.
    pub shown_in: Option<String>,
    /// The last year that is shown.
    pub target_year: String,
    /// Each year shown, before any measure.
    pub years: Vec<GapYear>,
    /// By how much what is needed grows each year on average, as a proportion.
    pub yearly_growth: Measure<f64>,
    /// From the gap of the target year to what is left of it: each measure by itself, then what they
    /// do to each other.
    pub waterfall: Vec<WaterfallStep>,
    /// The gap that is left in the target year when what is uncertain is drawn; above nothing is open.
    pub remaining: Measure<Spread<Pence>>,
    /// Where each figure comes from: by id, its source.
    pub sources: BTreeMap<String, String>,
    /// What the document cannot say, and why.
    pub unknown: Vec<Unknown>,
}

/// One year of a gap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapYear {
    /// The year as people write it.
    pub year: String,
    /// What is needed.
    pub needed: Pence,
    /// What there is.
    pub funded: Pence,
    /// The difference.
    pub gap: Pence,
    /// What is needed, in the prices of the year that the document is also shown in.
    pub needed_restated: Measure<Pence>,
    /// The gap, in the same.
    pub gap_restated: Measure<Pence>,
    /// For each partner, what is needed and what there is.
    pub partners: BTreeMap<String, [Pence; 2]>,
    /// For each setting, its part of what demand costs: before any measure, and with all.
    pub settings: BTreeMap<String, [f64; 2]>,
    /// What each group of people needs, before any measure.
    pub groups: Vec<Group>,
}

/// What one group of people needs in a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The id of the demand.
    pub demand: String,
    /// What the demand is called.
    pub name: String,
    /// The age band.
    pub age: String,
    /// The level of need.
    pub need: String,
    /// How many people there are.
    pub people: f64,
    /// What they cost.
    pub cost: Pence,
}

/// A step of a waterfall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaterfallStep {
    /// What it is.
    pub name: String,
    /// The gap at the ends; else what is added to it, below nothing where it closes.
    pub amount: Pence,
}

impl Gap {
    /// Reads a gap from TOML. `docs/appraisal` lists every key.
    ///
    /// # Errors
    /// Everything that is wrong, with its line and the reason.
    pub fn read(text: &str) -> Result<Self, Mistakes> {
        let (document, mut checks) = Checks::read::<Document>(text)?;
        let gap = document.check(&mut checks);
        checks.finish(gap)
    }

    /// Years from the base year to the year at this place.
    fn years_after_base(&self, at: usize) -> f64 {
        let years = self.heading.at.get_ref();
        match (years.first(), years.get(at)) {
            (Some(base), Some(year)) => f64::from(year - base),
            _ => 0.0,
        }
    }

    fn last(&self) -> usize {
        self.heading.at.get_ref().len().saturating_sub(1)
    }

    fn funded(&self, at: usize, partner: Option<&str>) -> Option<Pence> {
        let these = self
            .budgets
            .iter()
            .filter(|budget| partner.is_none_or(|partner| budget.partner.get_ref() == partner));
        Pence::checked_sum(
            these
                .filter_map(|budget| budget.amounts.get_ref().get(at))
                .map(|amount| amount.0),
        )
    }

    /// What is needed, in pence not rounded: for what is drawn.
    fn exactly_needed(&self, at: usize, works: impl Fn(usize) -> bool) -> f64 {
        needed(self, at, works).iter().map(|part| part.amount).sum()
    }

    fn needed(&self, at: usize, works: impl Fn(usize) -> bool) -> Option<Pence> {
        total(&needed(self, at, works))
    }
}

/// Works a gap out, and draws what is uncertain where draws are asked for.
///
/// # Errors
/// An amount that does not fit.
pub fn close_gap(
    gap: &Gap,
    draws: Option<Draws>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<GapResult, TooLarge> {
    let years = (0..=gap.last())
        .map(|at| year(gap, at))
        .collect::<Option<Vec<_>>>();
    let stated = gap
        .budgets
        .iter()
        .chain(&gap.spending)
        .map(|one| (&one.id, &one.name, &one.source));
    let demands = gap
        .demands
        .iter()
        .map(|one| (&one.id, &one.name, &one.source));
    let actions = gap
        .actions
        .iter()
        .map(|one| (&one.id, &one.name, &one.source));
    let sources = stated.chain(demands).chain(actions);
    Ok(GapResult {
        title: gap.heading.title.clone(),
        source: gap.heading.source.clone(),
        price_base: gap.heading.years.label(*gap.heading.price_base.get_ref()),
        shown_in: gap
            .heading
            .shown_in
            .as_ref()
            .map(|year| gap.heading.years.label(*year.get_ref())),
        target_year: label(gap, gap.last()),
        years: years.ok_or(TooLarge)?,
        yearly_growth: growth(gap),
        waterfall: waterfall(gap).ok_or(TooLarge)?,
        remaining: draws.map_or_else(
            || Measure::none("no draws were asked for"),
            |draws| remaining(gap, draws, progress),
        ),
        sources: sources
            .map(|(id, name, source)| (id.get_ref().clone(), format!("{name}: {source}")))
            .collect(),
        unknown: gap.unknown.clone(),
    })
}

fn label(gap: &Gap, at: usize) -> String {
    let year = gap.heading.at.get_ref().get(at).copied().unwrap_or(0);
    gap.heading.years.label(year)
}

fn year(gap: &Gap, at: usize) -> Option<GapYear> {
    let funded = gap.funded(at, None)?;
    let before = needed(gap, at, |_| false);
    let after = needed(gap, at, |_| true);
    let mut partners = BTreeMap::new();
    for partner in gap.heading.partners.get_ref() {
        let own = before.iter().filter(|part| part.partner == partner);
        partners.insert(
            partner.clone(),
            [total(own)?, gap.funded(at, Some(partner))?],
        );
    }
    let part = |parts: &[need::Needed<'_>], setting: &str| {
        let of = |wanted: Option<&str>| -> f64 {
            let these = parts.iter().filter(|part| {
                part.setting.is_some() && wanted.is_none_or(|wanted| part.setting == Some(wanted))
            });
            these.map(|part| part.amount).sum()
        };
        let all = of(None);
        if all > 0.0 {
            of(Some(setting)) / all
        } else {
            0.0
        }
    };
    let settings = gap
        .demands
        .iter()
        .map(|demand| {
            let setting = &demand.setting;
            (
                setting.clone(),
                [part(&before, setting), part(&after, setting)],
            )
        })
        .collect();
    let needs = total(&before)?;
    let open = needs.checked_sub(funded)?;
    Some(GapYear {
        year: label(gap, at),
        needed: needs,
        funded,
        gap: open,
        needed_restated: restated(gap, at, needs),
        gap_restated: restated(gap, at, open),
        partners,
        settings,
        groups: groups(gap, at)?,
    })
}

fn groups(gap: &Gap, at: usize) -> Option<Vec<Group>> {
    let group = |demand: &Demand| {
        Some(Group {
            demand: demand.id.get_ref().clone(),
            name: demand.name.clone(),
            age: demand.age.clone(),
            need: demand.need.clone(),
            people: demand.population.get_ref().get(at).copied()?,
            cost: number::pence(demand.cost(at, gap.years_after_base(at)))?,
        })
    };
    gap.demands.iter().map(group).collect()
}

fn restated(gap: &Gap, at: usize, amount: Pence) -> Measure<Pence> {
    let Some(to) = gap.heading.shown_in.as_ref().map(|to| *to.get_ref()) else {
        return Measure::none("the document names no shown_in");
    };
    let year = gap.heading.at.get_ref().get(at).copied().unwrap_or(0);
    let base = PriceBase::Year(*gap.heading.price_base.get_ref());
    match price::factor(gap.deflator.as_ref(), base, year, to) {
        Ok(factor) => number::pence(number::real(amount) * factor)
            .map_or_else(|| Measure::none("the amount is too large"), Measure::of),
        Err(reason) => Measure::none(&reason),
    }
}

fn growth(gap: &Gap) -> Measure<f64> {
    let first = gap.exactly_needed(0, |_| false);
    let years = gap.years_after_base(gap.last());
    if first > 0.0 && years > 0.0 {
        let last = gap.exactly_needed(gap.last(), |_| false);
        Measure::of((last / first).powf(1.0 / years) - 1.0)
    } else {
        Measure::none("nothing is needed in the base year")
    }
}

fn waterfall(gap: &Gap) -> Option<Vec<WaterfallStep>> {
    let at = gap.last();
    let without = gap.needed(at, |_| false)?;
    let funded = gap.funded(at, None)?;
    let mut steps = vec![WaterfallStep {
        name: "The gap before any measure".to_owned(),
        amount: without.checked_sub(funded)?,
    }];
    let mut alone = Pence::ZERO;
    for (place, action) in gap.actions.iter().enumerate() {
        let with = gap.needed(at, |other| other == place)?;
        let amount = with.checked_sub(without)?;
        alone = alone.checked_add(amount)?;
        steps.push(WaterfallStep {
            name: action.name.clone(),
            amount,
        });
    }
    let with_all = gap.needed(at, |_| true)?;
    steps.push(WaterfallStep {
        name: "What the measures do to each other".to_owned(),
        amount: with_all.checked_sub(without)?.checked_sub(alone)?,
    });
    steps.push(WaterfallStep {
        name: "The gap that is left".to_owned(),
        amount: with_all.checked_sub(funded)?,
    });
    Some(steps)
}

fn remaining(gap: &Gap, draws: Draws, progress: &(dyn Fn(u64) + Sync)) -> Measure<Spread<Pence>> {
    if gap.unsure.is_empty() {
        return Measure::none("the document declares nothing as uncertain");
    }
    let at = gap.last();
    let funded = gap.funded(at, None).map_or(0.0, number::real);
    let streams: Vec<Stream> = gap
        .unsure
        .iter()
        .map(|one| Stream::new(draws.seed, &one.name))
        .collect();
    let mut changed = gap.clone();
    let mut values = Vec::with_capacity(draws.count.get());
    for draw in (0_u64..).take(draws.count.get()) {
        for (one, stream) in gap.unsure.iter().zip(&streams) {
            changed.set(gap, one, one.distribution.quantile(stream.unit(draw)));
        }
        values.push(changed.exactly_needed(at, |_| true) - funded);
        progress(1);
    }
    Spread::of_pence(values).map_or_else(|| Measure::none("an amount is too large"), Measure::of)
}

impl Gap {
    /// Sets what is uncertain to a value that was drawn; a population is a multiple of the agreed one.
    fn set(&mut self, agreed: &Self, what: &Unsure, value: f64) {
        let demands = self.demands.iter_mut().zip(&agreed.demands);
        for (demand, agreed) in demands.filter(|(demand, _)| *demand.id.get_ref() == what.of) {
            match what.field {
                Field::Population => {
                    let people = agreed
                        .population
                        .get_ref()
                        .iter()
                        .map(|people| people * value);
                    demand.population = Spanned::new(agreed.population.span(), people.collect());
                }
                Field::Rate => *demand.rate.get_mut() = value,
                Field::UnitCost => demand.drawn_unit_cost = Some(value * 100.0),
                Field::Percent => {}
            }
        }
        if what.field == Field::Percent {
            for action in self
                .actions
                .iter_mut()
                .filter(|action| *action.id.get_ref() == what.of)
            {
                *action.percent.get_mut() = value;
            }
        }
    }
}
