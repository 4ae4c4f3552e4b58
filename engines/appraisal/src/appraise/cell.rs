//! One line in one year: the amount, and the arithmetic in words.

use serde::Serialize;
use stour_kernel::Pence;

use crate::case::{Case, Layer, Line, Side};
use crate::evidence::{self, Design};
use crate::number;
use crate::optimism::Optimism;
use crate::remainder::in_proportion;
use crate::words;

/// A line's amount in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The year as people write it.
    pub year: String,
    /// The amount in the case's prices.
    pub amount: Pence,
    /// The rounded amount, discounted and rounded again.
    pub present_value: Pence,
    /// How the amount is made.
    pub words: String,
}

/// A line with its cells.
#[derive(Debug, Clone, Serialize)]
pub struct LineResult {
    /// The line's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Paid or gained.
    pub side: Side,
    /// Whom its value reaches.
    pub layer: Layer,
    /// What it belongs to.
    pub intervention: String,
    /// Where its numbers come from.
    pub source: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The change that it claims.
    pub claims: Option<String>,
    evidence: Option<Design>,
    /// That evidence in words, such as "matched comparison, level 2 of 5"; none for a cost.
    pub evidence_words: Option<String>,
    /// The level of that evidence on the Maryland scale, 1 to 5.
    pub evidence_level: Option<u8>,
    optimism_bias: Optimism,
    /// The optimism bias in words: how much, and where that comes from.
    pub optimism_words: String,
    /// The part that can leave a budget, 0 to 1.
    pub cashable: Option<f64>,
    /// The years in which it has an amount.
    pub cells: Vec<Cell>,
    /// The sum of the amounts.
    pub total: Pence,
    /// The sum of the present values.
    pub present_value: Pence,
    /// Who pays or gains it, in the order of the partners' ids.
    pub shared: Vec<Portion>,
    #[serde(skip)]
    pub(super) parts: Vec<Part>,
}

/// What one partner pays or gains of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portion {
    /// The partner's id.
    pub partner: String,
    /// Its share, 0 to 1.
    pub share: f64,
    /// Pence of present value; all partners' sum to the line's.
    pub present_value: Pence,
}

/// What one partner has of one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) partner: usize,
    /// Place of the year in the case.
    pub(super) year: usize,
    pub(super) amount: Pence,
    pub(super) present_value: Pence,
    /// The part of the amount that can leave a budget, and its present value.
    pub(super) cashable: Pence,
    pub(super) cashable_present_value: Pence,
}

impl LineResult {
    pub(super) fn of(case: &Case, line: &Line) -> Option<Self> {
        let discount = case.discounting.of(&line.basis);
        let (mut cells, mut parts) = (Vec::new(), Vec::new());
        for (place, (year, factor)) in case.all_years().zip(discount).enumerate() {
            if place < line.first || place > line.last {
                continue;
            }
            let amount = number::pence(line.amount(&line.factors, place))?;
            let present_value = number::pence(number::real(amount) * factor)?;
            let cashable =
                |amount: Pence| number::pence(number::real(amount) * line.cashable.unwrap_or(0.0));
            let totals = [
                amount,
                present_value,
                cashable(amount)?,
                cashable(present_value)?,
            ];
            parts.extend(divided(line, place, totals)?);
            cells.push(Cell {
                year: case.years.label(year),
                amount,
                present_value,
                words: in_words(case, line, place, amount),
            });
        }
        Some(Self {
            id: line.id.clone(),
            name: line.name.clone(),
            side: line.side,
            layer: line.layer,
            intervention: line.intervention.clone(),
            source: line.source.clone(),
            owner: line.owner.clone(),
            claims: line.claims.clone(),
            evidence_level: line.evidence.as_ref().and_then(evidence::level),
            evidence_words: line.evidence.as_ref().map(evidence::words),
            evidence: line.evidence.clone(),
            optimism_words: line.optimism.words(line.factors.optimism),
            optimism_bias: line.optimism.clone(),
            cashable: line.cashable,
            total: Pence::checked_sum(cells.iter().map(|cell| cell.amount))?,
            present_value: Pence::checked_sum(cells.iter().map(|cell| cell.present_value))?,
            shared: shared(case, line, &parts)?,
            cells,
            parts,
        })
    }
}

/// The amount of one year, its present value, and what is cashable of both, divided among the partners.
fn divided(line: &Line, year: usize, totals: [Pence; 4]) -> Option<Vec<Part>> {
    let weights: Vec<i128> = line.shares.iter().map(|(_, share)| *share).collect();
    let [amounts, values, cashables, cashable_values] =
        totals.map(|total| in_proportion(total, &weights));
    let columns = amounts?
        .into_iter()
        .zip(values?)
        .zip(cashables?)
        .zip(cashable_values?);
    let parts = line.shares.iter().zip(columns).map(
        |((partner, _), (((amount, present_value), cashable), cashable_present_value))| Part {
            partner: *partner,
            year,
            amount,
            present_value,
            cashable,
            cashable_present_value,
        },
    );
    Some(parts.collect())
}

/// What each partner that has a share of the line has of it.
fn shared(case: &Case, line: &Line, parts: &[Part]) -> Option<Vec<Portion>> {
    let shares = line.shares.iter().filter(|(_, share)| *share > 0);
    shares
        .map(|(place, share)| {
            let own = parts.iter().filter(|part| part.partner == *place);
            Some(Portion {
                partner: case.partners.get(*place)?.id.clone(),
                share: number::proportion(*share),
                present_value: Pence::checked_sum(own.map(|part| part.present_value))?,
            })
        })
        .collect()
}

/// The arithmetic of one cell as a sentence that a calculator can follow.
fn in_words(case: &Case, line: &Line, place: usize, amount: Pence) -> String {
    let factors = &line.factors;
    let at = |values: &[f64]| values.get(place).copied().unwrap_or(0.0);
    let mut terms = Vec::new();
    if let Some(driven) = &line.driven {
        let take_up = driven
            .take_up_by_year
            .as_deref()
            .map_or(factors.take_up, at);
        terms.push(format!("{} people", words::number(at(&driven.people))));
        multiply(&mut terms, factors.population, "the population");
        terms.push(format!("{} take-up", words::percent(take_up)));
        terms.push(format!("{} {}", words::number(factors.impact), driven.unit));
        terms.push(pounds(factors.unit_value));
        for (part, what) in [
            (factors.deadweight, "deadweight"),
            (factors.displacement, "displacement"),
        ] {
            if part > 0.0 {
                terms.push(format!("(1 − {} {what})", words::percent(part)));
            }
        }
    } else {
        terms.push(pounds(at(&line.schedule)));
    }
    multiply(
        &mut terms,
        line.timing(factors, place),
        "in effect after lag and drop-off",
    );
    multiply(&mut terms, at(&line.prices), "to the case's prices");
    multiply(&mut terms, factors.scale, "of the line");
    if factors.optimism > 0.0 {
        let sign = if line.is_benefit() { "−" } else { "+" };
        terms.push(format!(
            "(1 {sign} {} optimism bias)",
            words::percent(factors.optimism)
        ));
    }
    let base = case.years.label(case.price_base);
    format!("{} = {amount} in {base} prices", terms.join(" × "))
}

fn multiply(terms: &mut Vec<String>, by: f64, what: &str) {
    if (by - 1.0).abs() > f64::EPSILON {
        terms.push(format!("{} {what}", words::number(by)));
    }
}

fn pounds(pence: f64) -> String {
    number::pence(pence).map_or_else(|| words::number(pence / 100.0), |amount| amount.to_string())
}
