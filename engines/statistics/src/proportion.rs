//! A proportion and how sure we are of it.
//!
//! The interval is Wilson's score interval (E. B. Wilson, Journal of the American Statistical
//! Association 22, 1927), the method Fingertips of the Office for Health Improvement and
//! Disparities uses for proportions: it stays between 0 and 1 and means something even when none
//! or all of the people have the outcome.

use serde::Serialize;

use crate::normal;

/// A proportion from counts, with its confidence interval; all three are between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Proportion {
    /// `x / n`.
    pub value: f64,
    /// The lower end of the interval.
    pub lower: f64,
    /// The upper end of the interval.
    pub upper: f64,
}

/// Why a proportion cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Error {
    /// The denominator is nought.
    #[error("there is no proportion of nobody: show the measure as not available")]
    NoDenominator,
    /// The numerator exceeds the denominator.
    #[error(
        "{numerator} out of {denominator} is not a proportion: check that everyone counted above \
         the line is also counted below it"
    )]
    MoreThanAll {
        /// How many had the outcome.
        numerator: u64,
        /// Out of how many.
        denominator: u64,
    },
    /// The confidence is not strictly between 0 and 1.
    #[error("{0} is not a confidence: give a number between 0 and 1, such as 0.95")]
    Confidence(f64),
}

/// Wilson's score interval for `x` of `n` at a two-sided `confidence` such as 0.95 or 0.998.
///
/// The lower end is exactly 0 when `x` is 0 and the upper end exactly 1 when `x` is `n`.
///
/// # Errors
/// When `n` is 0, `x` is greater than `n`, or the confidence is not between 0 and 1.
pub fn wilson(x: u64, n: u64, confidence: f64) -> Result<Proportion, Error> {
    if n == 0 {
        return Err(Error::NoDenominator);
    }
    if x > n {
        return Err(Error::MoreThanAll {
            numerator: x,
            denominator: n,
        });
    }
    if !(confidence > 0.0 && confidence < 1.0) {
        return Err(Error::Confidence(confidence));
    }
    // The lower tail, negated: 1 - (1 - confidence) / 2 would lose digits near 1.
    let z = -normal::quantile((1.0 - confidence) / 2.0);
    let (count, total) = (real(x), real(n));
    let value = count / total;
    let middle = 2.0 * count + z * z;
    let reach = z * (z * z + 4.0 * count * (1.0 - value)).sqrt();
    let scale = 2.0 * (total + z * z);
    Ok(Proportion {
        value,
        lower: if x == 0 {
            0.0
        } else {
            ((middle - reach) / scale).max(0.0)
        },
        upper: if x == n {
            1.0
        } else {
            ((middle + reach) / scale).min(1.0)
        },
    })
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^53, where the conversion is exact"
)]
fn real(count: u64) -> f64 {
    count as f64
}
