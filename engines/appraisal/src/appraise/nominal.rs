//! The same amounts in the money of each year.

use serde::Serialize;
use stour_kernel::Pence;

use super::cell::LineResult;
use super::position::Measure;
use super::signed;
use crate::case::Case;
use crate::number;
use crate::price::{self, Deflator, PriceBase, Series};

/// What is gained less what is paid, all layers, in cash of each year; or why that is not known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nominal {
    /// The series of prices in one line: its name, source and date.
    pub deflator: Option<String>,
    /// The same in parts.
    pub series: Option<Series>,
    /// Year by year, for all partners together.
    pub years: Measure<Vec<Cash>>,
}

/// One year in its own money.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cash {
    /// The year as people write it.
    pub year: String,
    /// Pence in the prices of the case.
    pub real: Pence,
    /// What a pound of the case's prices is in cash of the year.
    pub index: f64,
    /// Pence in cash of the year.
    pub nominal: Pence,
}

impl Nominal {
    pub(super) fn of(case: &Case, lines: &[LineResult]) -> Self {
        let years = match (&case.deflator, cash(case, lines)) {
            (None, _) => Measure::none("the case brings no [deflator]"),
            (Some(_), Ok(years)) => Measure::of(years),
            (Some(_), Err(reason)) => Measure::none(&reason),
        };
        Self {
            deflator: case
                .deflator
                .as_ref()
                .map(|known| format!("{}, {} ({})", known.name, known.source, known.dated)),
            series: case.deflator.as_ref().map(Deflator::series),
            years,
        }
    }
}

fn cash(case: &Case, lines: &[LineResult]) -> Result<Vec<Cash>, String> {
    let mut real = vec![0_i64; case.length];
    for line in lines {
        for part in &line.parts {
            if let Some(sum) = real.get_mut(part.year) {
                *sum = sum.saturating_add(signed(line.side, part.amount).as_i64());
            }
        }
    }
    case.all_years()
        .zip(real)
        .map(|(year, real)| {
            let base = PriceBase::Year(case.price_base);
            let index = price::factor(case.deflator.as_ref(), base, year, year)?;
            let real = Pence::new(real);
            Ok(Cash {
                year: case.years.label(year),
                real,
                index,
                nominal: number::pence(number::real(real) * index)
                    .ok_or("an amount is too large")?,
            })
        })
        .collect()
}
