//! Means and percentiles of measured values.

use serde::Serialize;

use super::number::{many, place};
use super::special::t_quantile;
use super::{Confidence, Interval, Withheld, finite};

/// A mean with its interval, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// The sum of the values.
    pub sum: f64,
    /// How many values there are.
    pub count: usize,
    /// Their standard deviation, with one less than their number below the line.
    pub deviation: f64,
    /// The mean.
    pub value: f64,
    /// Its limits.
    pub interval: Interval,
}

/// The mean of values with limits by Student's t distribution (D. G. Altman and others, Statistics with
/// Confidence, 2000).
///
/// # Errors
/// When there are fewer than two values, one is no number, or their sum or its limits are beyond numbers.
pub fn mean(values: &[f64], confidence: Confidence) -> Result<Mean, Withheld> {
    check(values, 2)?;
    let count = many(values.len());
    let sum: f64 = values.iter().sum();
    let value = sum / count;
    let squares: f64 = values.iter().map(|each| (each - value).powi(2)).sum();
    let deviation = (squares / (count - 1.0)).sqrt();
    let reach = t_quantile(count - 1.0, confidence.tail()) * deviation / count.sqrt();
    let interval = Interval {
        lower: Some(value - reach),
        upper: value + reach,
    };
    Ok(Mean {
        sum,
        count: values.len(),
        deviation,
        value,
        interval: interval.around(value)?,
    })
}

/// The mean of values of which only their number, their sum and the sum of their squares are known, with the limits
/// of [`mean`]. Whole numbers as large as days or pence lose nothing that a page shows.
///
/// # Errors
/// When there are fewer than two values, or the sums cannot be those of any values.
pub fn mean_of_sums(
    count: usize,
    sum: f64,
    squares: f64,
    confidence: Confidence,
) -> Result<Mean, Withheld> {
    if count < 2 {
        return Err(Withheld::TooFewValues {
            found: count,
            least: 2,
        });
    }
    let number = many(count);
    let value = sum / number;
    let around = sum.mul_add(-value, squares);
    if !around.is_finite() {
        return Err(Withheld::NotANumber { place: 0 });
    }
    let deviation = (around.max(0.0) / (number - 1.0)).sqrt();
    let reach = t_quantile(number - 1.0, confidence.tail()) * deviation / number.sqrt();
    Ok(Mean {
        sum,
        count,
        deviation,
        value,
        interval: Interval {
            lower: Some(value - reach),
            upper: value + reach,
        },
    })
}

/// The value below which a share of all values lies, between neighbours in proportion (type 7 of R. J.
/// Hyndman and Y. Fan, The American Statistician 50, 1996): 0.5 is the median.
///
/// # Errors
/// When there are no values, one is no number, the share is not from 0 to 1, or two neighbours are too far
/// apart for numbers.
pub fn percentile(values: &[f64], share: f64) -> Result<f64, Withheld> {
    check(values, 1)?;
    if !(0.0..=1.0).contains(&share) {
        return Err(Withheld::Percentile(share));
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    finite(of_sorted(&sorted, share))
}

/// The same of values that are in order.
pub(super) fn of_sorted(sorted: &[f64], share: f64) -> f64 {
    let at = share * many(sorted.len().saturating_sub(1));
    let below = place(at);
    let get = |place: usize| sorted.get(place).or(sorted.last()).copied();
    let (low, high) = (
        get(below).unwrap_or(f64::NAN),
        get(below + 1).unwrap_or(f64::NAN),
    );
    low + (at - at.floor()) * (high - low)
}

pub(super) fn check(values: &[f64], least: usize) -> Result<(), Withheld> {
    if let Some(place) = values.iter().position(|value| !value.is_finite()) {
        return Err(Withheld::NotANumber { place });
    }
    if values.len() < least {
        return Err(Withheld::TooFewValues {
            found: values.len(),
            least,
        });
    }
    Ok(())
}
