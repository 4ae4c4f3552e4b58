//! The assessment: what somebody pays each week, and why.

use serde::Serialize;
use stour_kernel::Pence;

use crate::capital::{ANNEX_B, Capital, capital};
use crate::deferred;
use crate::income;
use crate::keep;
use crate::line::{Line, Step, above, add, less};
use crate::paid::{Charge, Limits, Terms};
use crate::rate::Standing;
use crate::rates::{Needs, Rates, Used};
use crate::refusal::Refusal;
use crate::situation::Situation;

/// What an assessment comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The full cost: savings are above the upper limit.
    FullCostBySavings,
    /// The full cost: they do not want their money looked at.
    FullCostByChoice,
    /// The full cost, a part of it later out of their home.
    Deferred,
    /// A part of the cost, or all that their income allows.
    Contribution,
    /// Nothing.
    Nothing,
}

/// What somebody pays each week, and why. Each step's total is the sum of its lines; the last step's is `weekly`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// What it comes to.
    pub outcome: Outcome,
    /// What they pay each week.
    pub weekly: Pence,
    /// What is added each week to what they owe on their home.
    pub deferred: Pence,
    /// What the council pays each week: nothing of what is paid later.
    pub council: Pence,
    /// The capital that counts.
    pub capital: Pence,
    /// The arithmetic.
    pub steps: Vec<Step>,
    /// Labels of the rates that a council may set and for which nothing is known here.
    pub not_known: Vec<String>,
}

impl Assessment {
    /// The labels of lines that rest on a rate that stands so.
    pub fn resting_on(&self, standing: Standing) -> impl Iterator<Item = &Line> {
        let lines = self.steps.iter().flat_map(|step| &step.lines);
        lines.filter(move |line| line.standing == Some(standing))
    }
}

const REGULATIONS: &str =
    "Care and Support (Charging and Assessment of Resources) Regulations 2014";
const ACT: &str = "Care Act 2014, section 14";

/// Works out what somebody pays each week.
///
/// # Errors
/// Rates that are needed and not known, all at once; what cannot be; a sum that does not fit.
pub fn assess(situation: &Situation<'_>, rates: &Rates<'_>) -> Result<Assessment, Refusal> {
    situation.check(rates)?;
    let needs = Needs::new(rates);
    if situation.refuses {
        let rule = "Somebody who does not want their money looked at pays the full cost";
        let lines = vec![Line::new("Cost of care", situation.cost, rule, REGULATIONS)];
        let by_choice = Outcome::FullCostByChoice;
        return finish(situation, rates, by_choice, vec![], lines, Pence::ZERO);
    }
    let (found, limits) = (capital(situation, &needs)?, Limits::of(&needs)?);
    let (Some(capital), Some(limits)) = (found, limits) else {
        return Err(needs.refusal());
    };
    let is_over = limits.is_over(capital.step.total);
    let is_deferred = situation.property.is_some_and(|one| one.deferred)
        && capital.home.counts_in(0)
        && !limits.is_over(add(capital.savings, capital.other)?);
    if is_over && is_deferred {
        return pay_later(situation, &needs, capital);
    }
    if is_over {
        let rule = format!("More than {} of savings: the full cost", limits.upper);
        let upper = needs.rate("upper-capital-limit");
        let lines = vec![resting_on(
            Line::new("Cost of care", situation.cost, rule, REGULATIONS),
            upper,
        )];
        let over = Outcome::FullCostBySavings;
        let total = capital.step.total;
        return finish(situation, rates, over, vec![capital.step], lines, total);
    }
    contribute(situation, &needs, capital)
}

fn contribute(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
    capital: Capital,
) -> Result<Assessment, Refusal> {
    let income = income::step(situation, needs)?;
    let kept = keep::step(situation, needs)?;
    let terms = Terms::of(situation, needs)?;
    let (Some(income), Some(kept), Some(terms)) = (income, kept, terms) else {
        return Err(needs.refusal());
    };
    let charge = terms.charge(capital.step.total, situation.cost)?;
    let mut lines = vec![Line::new(
        income.title.as_str(),
        income.total,
        "Worked out above",
        REGULATIONS,
    )];
    lines.push(tariff_line(needs, &terms, capital.step.total, charge));
    lines.push(Line::new(
        kept.title.as_str(),
        less(kept.total),
        "Worked out above",
        REGULATIONS,
    ));
    lines.extend(adjustments(situation, needs, &lines, &terms)?);
    let outcome = if charge.paid == Pence::ZERO {
        Outcome::Nothing
    } else {
        Outcome::Contribution
    };
    let total = capital.step.total;
    let steps = vec![capital.step, income, kept];
    finish(situation, needs.rates(), outcome, steps, lines, total)
}

fn tariff_line(needs: &Needs<'_, '_>, terms: &Terms, capital: Pence, charge: Charge) -> Line {
    let limits = &terms.limits;
    let steps = limits.steps(capital);
    let (step, each) = (
        needs.rate("tariff-income-step"),
        needs.rate("tariff-income-amount"),
    );
    let words = |rate: &Option<Used>| {
        let amount = rate.as_ref().map(|rate| rate.amount.to_string());
        amount.unwrap_or_default()
    };
    let rule = if steps == 0 {
        format!("Savings up to {} are not counted", limits.lower)
    } else {
        format!(
            "{} of savings over {}: {steps} × {}, for every {} or part of it",
            above(capital, limits.lower),
            limits.lower,
            words(&each),
            words(&step)
        )
    };
    let line = Line::new("Income from savings", charge.tariff, rule, REGULATIONS);
    resting_on(line, needs.rate("lower-capital-limit"))
}

/// What keeps a contribution between nothing and the cost.
fn adjustments(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
    lines: &[Line],
    terms: &Terms,
) -> Result<Vec<Line>, Refusal> {
    let sum = Pence::checked_sum(lines.iter().map(|line| line.amount));
    let asked = sum.ok_or(Refusal::TooLarge)?;
    let mut more = Vec::new();
    if asked.is_negative() {
        let rule = "Nobody pays less than nothing";
        more.push(Line::new("Down to nothing", less(asked), rule, ACT));
    }
    let asked = asked.max(Pence::ZERO);
    if asked > situation.cost {
        let off = less(above(asked, situation.cost));
        let rule = format!("Nobody pays more than the care costs: {}", situation.cost);
        more.push(Line::new("Down to the cost of care", off, rule, ACT));
    }
    let asked = asked.min(situation.cost);
    if asked < terms.minimum && asked > Pence::ZERO {
        let rule = format!("The council does not collect less than {}", terms.minimum);
        let line = Line::new("Too little to collect", less(asked), rule, "");
        let rate = needs.rates().optional("minimum-contribution");
        more.push(resting_on(line, rate));
    }
    Ok(more)
}

fn pay_later(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
    capital: Capital,
) -> Result<Assessment, Refusal> {
    let (terms, allowance) = (Terms::of(situation, needs)?, deferred::allowance(needs));
    let income = income::step(situation, needs)?;
    let (Some(terms), Some(allowance), Some(income)) = (terms, allowance, income) else {
        return Err(needs.refusal());
    };
    let beside = add(capital.savings, capital.other)?;
    let now = deferred::paid_now(&terms, allowance.pence(), beside, situation.cost)?;
    let later = above(situation.cost, now.paid);
    let cost_rule = format!(
        "More than {} with your home: the full cost",
        terms.limits.upper
    );
    let mut lines = vec![Line::new(
        "Cost of care",
        situation.cost,
        cost_rule,
        ANNEX_B,
    )];
    let rule = format!(
        "You pay now what income leaves after {} ({}), and {} for savings; the rest is owed on your home",
        allowance.amount, now.from_income, now.tariff
    );
    let line = Line::new("Paid later, out of your home", less(later), rule, "");
    lines.push(resting_on(line, Some(allowance)));
    let total = capital.step.total;
    let steps = vec![capital.step, income];
    let rates = needs.rates();
    finish(situation, rates, Outcome::Deferred, steps, lines, total)
}

fn resting_on(line: Line, rate: Option<Used>) -> Line {
    match rate {
        Some(rate) => Line {
            source: rate.source,
            standing: Some(rate.standing),
            ..line
        },
        None => line,
    }
}

fn finish(
    situation: &Situation<'_>,
    rates: &Rates<'_>,
    outcome: Outcome,
    mut steps: Vec<Step>,
    lines: Vec<Line>,
    capital: Pence,
) -> Result<Assessment, Refusal> {
    let last = Step::of("What you pay each week", lines)?;
    let weekly = last.total;
    steps.push(last);
    let deferred = match outcome {
        Outcome::Deferred => above(situation.cost, weekly),
        _ => Pence::ZERO,
    };
    Ok(Assessment {
        outcome,
        weekly,
        deferred,
        council: above(situation.cost, add(weekly, deferred)?),
        capital,
        steps,
        not_known: rates.choices_not_known(situation.setting),
    })
}
