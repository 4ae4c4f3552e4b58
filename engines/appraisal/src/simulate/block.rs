//! Draws are made in blocks that fit a processor's cache, one input and one line at a time.

use std::ops::Range;

use super::index;
use crate::case::{Case, Factors, Field, Line};
use crate::correlation::Copula;
use crate::normal;
use crate::random::Stream;

/// Draws in a block.
const BLOCK: usize = 256;

/// A case, ready to be drawn.
pub(super) struct Plan<'c> {
    case: &'c Case,
    streams: Vec<Stream>,
    copula: Copula,
    terms: Vec<Term<'c>>,
    keeps_years: bool,
}

/// A line: what of it is drawn, and what stays as agreed.
struct Term<'c> {
    line: &'c Line,
    discount: &'c [f64],
    /// Uncertain inputs that multiply the line.
    multiplies: Vec<(usize, Field)>,
    /// Those that shape its years.
    shapes: Vec<(usize, Field)>,
    /// The present value with everything that multiplies and is drawn set to its neutral value, and the
    /// same for the years until each.
    coefficient: f64,
    cumulative: Vec<f64>,
    /// For each partner that pays or gains, its proportion.
    shares: Vec<f64>,
}

/// Results of all draws, in their order; amounts in pence.
#[derive(Default)]
pub(super) struct Outputs {
    pub(super) financial: Vec<f64>,
    pub(super) public_value: Vec<f64>,
    pub(super) costs: Vec<f64>,
    pub(super) benefits: Vec<f64>,
    pub(super) partners: Vec<Vec<f64>>,
    pub(super) cumulative: Vec<Vec<f64>>,
}

impl<'c> Plan<'c> {
    pub(super) fn new(case: &'c Case, seed: u64, keeps_years: bool) -> Self {
        let streams = case
            .uncertain
            .iter()
            .map(|one| Stream::new(seed, &one.input.to_string()));
        Self {
            case,
            streams: streams.collect(),
            // Reading a case has refused correlations that cannot be.
            copula: Copula::new(&case.uncertain, &case.correlations).unwrap_or_default(),
            terms: case
                .lines
                .iter()
                .map(|line| Term::new(case, line))
                .collect(),
            keeps_years,
        }
    }

    /// Makes a run of draws.
    pub(super) fn draw(&self, run: Range<usize>, progress: &(dyn Fn(u64) + Sync)) -> Outputs {
        let mut outputs = Outputs::new(self);
        let mut columns = vec![vec![0.0; BLOCK]; self.streams.len()];
        let mut product = vec![0.0; BLOCK];
        for start in run.clone().step_by(BLOCK) {
            let length = BLOCK.min(run.end - start);
            self.fill(&mut columns, start, length);
            outputs.extend(length);
            for term in &self.terms {
                if let Some(product) = product.get_mut(..length) {
                    self.add(term, &columns, product, &mut outputs);
                }
            }
            progress(index(length));
        }
        outputs
    }

    /// Draws every uncertain input for a block.
    fn fill(&self, columns: &mut [Vec<f64>], start: usize, length: usize) {
        let inputs = self
            .case
            .uncertain
            .iter()
            .zip(&self.streams)
            .zip(columns.iter_mut());
        for (place, ((input, stream), column)) in inputs.enumerate() {
            let related = self.copula.places.contains(&place);
            let Some(column) = column.get_mut(..length) else {
                continue;
            };
            for (draw, slot) in column.iter_mut().enumerate() {
                *slot = stream.unit(index(start + draw));
            }
            if related {
                for slot in column {
                    *slot = normal::quantile(*slot);
                }
            } else {
                input.distribution.quantiles(column);
            }
        }
        self.relate(columns, length);
    }

    /// Makes the independent normal numbers of related inputs into what was declared.
    fn relate(&self, columns: &mut [Vec<f64>], length: usize) {
        let Copula { places, rows } = &self.copula;
        for draw in 0..length {
            let at = |place: &usize| {
                columns
                    .get(*place)
                    .and_then(|column| column.get(draw))
                    .copied()
            };
            let independent: Vec<f64> = places.iter().filter_map(at).collect();
            for (place, row) in places.iter().zip(rows) {
                let z: f64 = row
                    .iter()
                    .zip(&independent)
                    .map(|(one, other)| one * other)
                    .sum();
                let unit = normal::probability(z).clamp(f64::EPSILON, 1.0 - f64::EPSILON);
                let slot = columns
                    .get_mut(*place)
                    .and_then(|column| column.get_mut(draw));
                if let (Some(slot), Some(input)) = (slot, self.case.uncertain.get(*place)) {
                    *slot = input.distribution.quantile(unit);
                }
            }
        }
    }

    /// Adds a line to the last draws of the outputs.
    fn add(
        &self,
        term: &Term<'_>,
        columns: &[Vec<f64>],
        product: &mut [f64],
        outputs: &mut Outputs,
    ) {
        product.fill(1.0);
        let is_benefit = term.line.is_benefit();
        for (place, field) in &term.multiplies {
            if let Some(column) = columns.get(*place) {
                multiply(product, column, *field, is_benefit);
            }
        }
        let sign = term.line.sign();
        if !term.shapes.is_empty() {
            term.shape(columns, product, outputs);
        } else if self.keeps_years {
            for (sums, upto) in outputs.cumulative.iter_mut().zip(&term.cumulative) {
                accumulate(sums, product, sign * upto);
            }
        }
        let value = if term.shapes.is_empty() {
            term.coefficient
        } else {
            1.0
        };
        if term.line.is_fiscal() {
            accumulate(&mut outputs.financial, product, sign * value);
        }
        accumulate(&mut outputs.public_value, product, sign * value);
        let side = if is_benefit {
            &mut outputs.benefits
        } else {
            &mut outputs.costs
        };
        accumulate(side, product, value);
        for ((partner, _), share) in term.line.shares.iter().zip(&term.shares) {
            if let Some(sums) = outputs.partners.get_mut(*partner) {
                accumulate(sums, product, sign * value * share);
            }
        }
    }
}

impl<'c> Term<'c> {
    fn new(case: &'c Case, line: &'c Line) -> Self {
        let moved = || {
            let inputs = case.uncertain.iter().enumerate();
            inputs
                .filter(|(_, one)| one.input.moves(line))
                .map(|(place, one)| (place, one.input.field))
        };
        let mut term = Self {
            line,
            discount: case.discounting.of(&line.basis),
            multiplies: moved().filter(|(_, field)| field.multiplies()).collect(),
            shapes: moved().filter(|(_, field)| !field.multiplies()).collect(),
            coefficient: 0.0,
            cumulative: Vec::new(),
            shares: proportions(line),
        };
        let fixed = term.fixed();
        let upto = |years: usize| {
            let discount = term.discount.get(..years).unwrap_or(term.discount);
            line.present_value(&fixed, discount)
        };
        term.cumulative = (1..=case.length).map(upto).collect();
        term.coefficient = upto(case.length);
        term
    }

    /// A line whose years depend on the draw: the product becomes its present value.
    fn shape(&self, columns: &[Vec<f64>], product: &mut [f64], outputs: &mut Outputs) {
        let sign = self.line.sign();
        let first = outputs.public_value.len() - product.len();
        for (draw, value) in product.iter_mut().enumerate() {
            let mut factors = self.fixed();
            for (place, field) in &self.shapes {
                let drawn = columns
                    .get(*place)
                    .and_then(|column| column.get(draw))
                    .copied();
                factors.set(*field, drawn.unwrap_or(0.0));
            }
            let multiplier = *value * factors.multiplier(self.line.is_benefit());
            let mut sum = 0.0;
            for (year, discount) in self.discount.iter().enumerate() {
                let at = |values: &[f64]| values.get(year).copied().unwrap_or(0.0);
                sum += at(&self.line.schedule)
                    * at(&self.line.prices)
                    * discount
                    * self.line.timing(&factors, year);
                let kept = outputs
                    .cumulative
                    .get_mut(year)
                    .and_then(|sums| sums.get_mut(first + draw));
                if let Some(kept) = kept {
                    *kept += sign * multiplier * sum;
                }
            }
            *value = multiplier * sum;
        }
    }

    /// The factors, of which those that multiply and are drawn are neutral.
    fn fixed(&self) -> Factors {
        let mut factors = self.line.factors;
        for (_, field) in &self.multiplies {
            let neutral = Factors::NEUTRAL.get(*field);
            factors.set(*field, neutral);
        }
        factors
    }
}

fn multiply(product: &mut [f64], column: &[f64], field: Field, is_benefit: bool) {
    let by: fn(f64) -> f64 = match (field, is_benefit) {
        (Field::Deadweight | Field::Displacement, _) | (Field::Optimism, true) => {
            |value| 1.0 - value
        }
        (Field::Optimism, false) => |value| 1.0 + value,
        (Field::UnitValue, _) => |value| value * 100.0,
        _ => |value| value,
    };
    for (product, value) in product.iter_mut().zip(column) {
        *product *= by(*value);
    }
}

/// Adds to the last of the sums, of which there are as many as products.
fn accumulate(sums: &mut [f64], product: &[f64], by: f64) {
    let first = sums.len().saturating_sub(product.len());
    for (sum, product) in sums.iter_mut().skip(first).zip(product) {
        *sum += product * by;
    }
}

/// The proportions of a line's partners, which sum to 1.
fn proportions(line: &Line) -> Vec<f64> {
    // A share is at most a thousand million.
    let billionths = |share: &(usize, i128)| f64::from(u32::try_from(share.1).unwrap_or(0));
    let sum: f64 = line.shares.iter().map(billionths).sum();
    let shares = line.shares.iter().map(billionths);
    shares.map(|share| share / sum).collect()
}

impl Outputs {
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let years = if plan.keeps_years {
            plan.case.length
        } else {
            0
        };
        Self {
            partners: vec![Vec::new(); plan.case.partners.len()],
            cumulative: vec![Vec::new(); years],
            ..Self::default()
        }
    }

    fn columns(&mut self) -> impl Iterator<Item = &mut Vec<f64>> {
        [
            &mut self.financial,
            &mut self.public_value,
            &mut self.costs,
            &mut self.benefits,
        ]
        .into_iter()
        .chain(&mut self.partners)
        .chain(&mut self.cumulative)
    }

    fn extend(&mut self, by: usize) {
        for column in self.columns() {
            column.resize(column.len() + by, 0.0);
        }
    }

    pub(super) fn append(&mut self, mut other: Self) {
        for (column, further) in self.columns().zip(other.columns()) {
            column.append(further);
        }
    }
}
