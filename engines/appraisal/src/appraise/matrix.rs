//! Who pays against who gains.

use std::collections::BTreeMap;

use serde::Serialize;
use stour_kernel::Pence;

use super::cell::LineResult;
use crate::case::{Case, Side};
use crate::remainder::in_proportion;

/// Present values of all layers. The benefits of each intervention are attributed to those who pay for
/// it in proportion to what they pay, so that each row says who gains from one payer's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The partners that gain, by id: the columns.
    pub gainers: Vec<String>,
    /// One for each partner that pays.
    pub rows: Vec<Row>,
    /// Benefits of interventions that nobody in the case pays for.
    pub unpaid: Vec<Pence>,
}

/// What follows from one payer's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The partner that pays.
    pub payer: String,
    /// What it pays.
    pub pays: Pence,
    /// For each gainer, what it gains from that.
    pub gains: Vec<Pence>,
    /// The sum of these gains.
    pub total_gains: Pence,
}

impl Matrix {
    pub(super) fn of(case: &Case, lines: &[LineResult]) -> Option<Self> {
        let partners = case.partners.len();
        let mut pays = BTreeMap::<&str, Vec<Pence>>::new();
        let mut gains = BTreeMap::<&str, Vec<Pence>>::new();
        for line in lines {
            let side = match line.side {
                Side::Cost => &mut pays,
                Side::Benefit => &mut gains,
            };
            let sums = side
                .entry(&line.intervention)
                .or_insert_with(|| vec![Pence::ZERO; partners]);
            for part in &line.parts {
                let sum = sums.get_mut(part.partner)?;
                *sum = sum.checked_add(part.present_value)?;
            }
        }
        let mut cells = vec![vec![Pence::ZERO; partners]; partners];
        let mut unpaid = vec![Pence::ZERO; partners];
        for (intervention, gains) in &gains {
            let weights: Vec<i128> = pays
                .get(intervention)
                .map(|paid| paid.iter().map(|paid| i128::from(paid.as_i64())).collect())
                .unwrap_or_default();
            for (gainer, gain) in gains.iter().enumerate() {
                match in_proportion(*gain, &weights) {
                    Some(split) => {
                        for (row, part) in cells.iter_mut().zip(split) {
                            add(row, gainer, part)?;
                        }
                    }
                    None => add(&mut unpaid, gainer, *gain)?,
                }
            }
        }
        let rows = case
            .partners
            .iter()
            .zip(cells)
            .enumerate()
            .map(|(place, (partner, gains))| {
                let paid = pays.values().filter_map(|paid| paid.get(place).copied());
                Some(Row {
                    payer: partner.id.clone(),
                    pays: Pence::checked_sum(paid)?,
                    total_gains: Pence::checked_sum(gains.iter().copied())?,
                    gains,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self {
            gainers: case
                .partners
                .iter()
                .map(|partner| partner.id.clone())
                .collect(),
            rows,
            unpaid,
        })
    }
}

fn add(sums: &mut [Pence], place: usize, amount: Pence) -> Option<()> {
    let sum = sums.get_mut(place)?;
    *sum = sum.checked_add(amount)?;
    Some(())
}
