//! How far results are spread.

use serde::Serialize;
use stour_kernel::Pence;

use super::size;
use crate::number;

/// Results of all draws, in short. `p10` is the value that one in ten is below; values between two
/// draws are interpolated.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the percentiles are named for themselves")]
pub struct Spread<T> {
    pub mean: T,
    pub standard_deviation: T,
    pub p5: T,
    pub p10: T,
    pub p20: T,
    pub p50: T,
    pub p80: T,
    pub p90: T,
    pub p95: T,
    /// The part of the draws that is above nothing.
    pub probability_above_zero: f64,
}

impl Spread<f64> {
    pub(super) fn of(mut values: Vec<f64>) -> Self {
        let count = size(values.len());
        let mean = values.iter().sum::<f64>() / count;
        let variance = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
            / count;
        let above = values.iter().filter(|value| **value > 0.0).count();
        values.sort_unstable_by(f64::total_cmp);
        let at = |percent: f64| percentile(&values, percent);
        Self {
            mean,
            standard_deviation: variance.sqrt(),
            p5: at(5.0),
            p10: at(10.0),
            p20: at(20.0),
            p50: at(50.0),
            p80: at(80.0),
            p90: at(90.0),
            p95: at(95.0),
            probability_above_zero: size(above) / count,
        }
    }
}

impl Spread<Pence> {
    /// Of amounts in pence; `None` where one does not fit.
    pub(crate) fn of_pence(values: Vec<f64>) -> Option<Self> {
        let found = Spread::of(values);
        Some(Self {
            mean: number::pence(found.mean)?,
            standard_deviation: number::pence(found.standard_deviation)?,
            p5: number::pence(found.p5)?,
            p10: number::pence(found.p10)?,
            p20: number::pence(found.p20)?,
            p50: number::pence(found.p50)?,
            p80: number::pence(found.p80)?,
            p90: number::pence(found.p90)?,
            p95: number::pence(found.p95)?,
            probability_above_zero: found.probability_above_zero,
        })
    }
}

fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let place = percent / 100.0 * size(sorted.len().saturating_sub(1));
    let before = number::place(place);
    let at = |place: usize| {
        sorted
            .get(place)
            .or(sorted.last())
            .copied()
            .unwrap_or(f64::NAN)
    };
    at(before) + (at(before + 1) - at(before)) * place.fract()
}
