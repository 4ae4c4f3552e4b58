//! What a case comes to, in whole pence, cell by cell.

mod cell;
mod matrix;
mod nominal;
mod position;

use serde::Serialize;
use stour_kernel::Pence;

pub use cell::{Cell, LineResult, Portion};
pub use matrix::{Matrix, Row};
pub use nominal::{Cash, Nominal};
pub use position::{Measure, Position, Standing, Verdict};

use crate::case::{Case, Funding, Limit, Side, Tracked};
use crate::discount::{Discounting, annuity};
use crate::unknown::Unknown;

/// One year's discount factor on the case's basis, and the annuity of the years from 1 to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Factor {
    /// Years after the base year.
    pub t: usize,
    /// The year as people write it.
    pub year: String,
    /// What a pound of that year is worth in the base year.
    pub factor: f64,
    /// The sum of the factors of the years 1 to `t`.
    pub annuity: f64,
}

/// A case worked out. Amounts are integer pence in the prices of `price_base`; every total is the sum
/// of rounded cells, so that what is printed adds up.
#[derive(Debug, Clone, Serialize)]
pub struct Appraisal {
    /// The case's title.
    pub title: String,
    /// The year that everything is discounted to.
    pub base_year: String,
    /// The year in whose prices the amounts are.
    pub price_base: String,
    /// The table of rates and the basis that the case uses.
    pub discount: Discounting,
    /// Year by year, on the case's basis.
    pub factors: Vec<Factor>,
    /// Each line with its cells.
    pub lines: Vec<LineResult>,
    /// Fiscal costs and benefits only: what the public purse pays and gains.
    pub financial: Verdict,
    /// All layers: what everybody pays and gains.
    pub public_value: Verdict,
    /// Each partner's own.
    pub partners: Vec<Position>,
    /// Who pays against who gains.
    pub matrix: Matrix,
    /// The same amounts in the money of each year.
    pub nominal: Nominal,
    /// Who said that they would pay for it, and how much.
    pub funding: Vec<Funding>,
    /// The sum of these, in cash; at most that, where some are.
    pub funding_total: Pence,
    /// The part of that sum that is fixed.
    pub funding_fixed: Pence,
    /// What all lines cost, not discounted, in the prices of `price_base` and with optimism bias: what
    /// the funding is held against.
    pub undiscounted_costs: Pence,
    /// What was promised and what was measured.
    pub tracked: Vec<Tracked>,
    /// What the case cannot say, and why.
    pub unknown: Vec<Unknown>,
}

impl Appraisal {
    /// Year by year, the present value of what everybody has gained less what everybody has paid until then,
    /// all layers: what the fan of the draws lies around.
    pub fn reached(&self) -> Vec<(&str, Pence)> {
        let mut sum = 0_i64;
        let mut by_year = Vec::with_capacity(self.factors.len());
        for factor in &self.factors {
            for line in &self.lines {
                let of_year = line.cells.iter().filter(|cell| cell.year == factor.year);
                for cell in of_year {
                    sum = sum.saturating_add(signed(line.side, cell.present_value).as_i64());
                }
            }
            by_year.push((factor.year.as_str(), Pence::new(sum)));
        }
        by_year
    }
}

/// Works a case out.
///
/// # Errors
/// A sum that does not fit. A case as it was read has none; one with an input at another value may.
pub fn appraise(case: &Case) -> Result<Appraisal, TooLarge> {
    let lines = case
        .lines
        .iter()
        .map(|line| LineResult::of(case, line))
        .collect::<Option<Vec<_>>>()
        .ok_or(TooLarge)?;
    let factors = case.discounting.of(&case.discounting.basis);
    let factors_by_year = case
        .all_years()
        .zip(factors)
        .enumerate()
        .map(|(t, (year, factor))| Factor {
            t,
            year: case.years.label(year),
            factor: *factor,
            annuity: annuity(factors.get(..=t).unwrap_or(factors)),
        })
        .collect();
    let partners = (0..case.partners.len())
        .map(|place| Position::of(case, &lines, place))
        .collect::<Option<Vec<_>>>()
        .ok_or(TooLarge)?;
    Ok(Appraisal {
        title: case.title.clone(),
        base_year: case.years.label(case.base_year),
        price_base: case.years.label(case.price_base),
        discount: case.discounting.clone(),
        factors: factors_by_year,
        financial: Verdict::of_all(case, &lines, true).ok_or(TooLarge)?,
        public_value: Verdict::of_all(case, &lines, false).ok_or(TooLarge)?,
        matrix: Matrix::of(case, &lines).ok_or(TooLarge)?,
        nominal: Nominal::of(case, &lines),
        partners,
        funding_total: funding(case, |_| true).ok_or(TooLarge)?,
        funding_fixed: funding(case, |limit| limit == Limit::Fixed).ok_or(TooLarge)?,
        funding: case.funding.clone(),
        undiscounted_costs: costs(&lines).ok_or(TooLarge)?,
        tracked: case.tracked.clone(),
        unknown: case.unknown.clone(),
        lines,
    })
}

/// The sum of the contributions of these limits.
fn funding(case: &Case, counts: fn(Limit) -> bool) -> Option<Pence> {
    let counted = case.funding.iter().filter(|one| counts(one.limit));
    Pence::checked_sum(counted.map(|one| one.amount))
}

/// What all lines cost, not discounted.
fn costs(lines: &[LineResult]) -> Option<Pence> {
    let costs = lines.iter().filter(|line| line.side == Side::Cost);
    Pence::checked_sum(costs.map(|line| line.total))
}

/// An amount that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a sum of the document is above 90 million million pounds: check its populations and values"
)]
pub struct TooLarge;

/// The net present value in pence before any rounding: what is varied and drawn.
pub(crate) fn net_present_value(case: &Case, is_financial: bool) -> f64 {
    let counted = case
        .lines
        .iter()
        .filter(|line| !is_financial || line.is_fiscal());
    counted
        .map(|line| {
            line.sign() * line.present_value(&line.factors, case.discounting.of(&line.basis))
        })
        .sum()
}

/// An amount with the sign of its side.
fn signed(side: Side, amount: Pence) -> Pence {
    match side {
        Side::Benefit => amount,
        Side::Cost => Pence::new(-amount.as_i64()),
    }
}
