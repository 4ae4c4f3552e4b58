//! Numbers that measures have: exact to a millionth.

use std::fmt::{self, Display};
use std::str::FromStr;

/// A number in whole millionths, so that sums of what was published come out as published. A sum that no longer
/// fits is a `None` for the caller to deal with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

/// Why a text is not a [`Quantity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not digits with a point.
    #[error("write a number, such as 38.2")]
    NotANumber,
    /// More decimals than are kept.
    #[error("write a number with at most six decimals")]
    TooFine,
    /// Too large to be kept.
    #[error("the number is too large: check that the digits are one number")]
    TooLarge,
}

const SCALE: i64 = 1_000_000;
const DECIMALS: usize = 6;

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(SCALE);

    /// This many millionths.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// The number of millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The one nearest to a number; `None` when that is no number or does not fit.
    pub fn nearest(value: f64) -> Option<Self> {
        format!("{value:.6}").parse().ok()
    }

    /// For drawing: the nearest binary number.
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }

    /// The sum.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The product, rounded to the nearest millionth, halves away from nothing.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = i128::from(self.0).checked_mul(i128::from(other.0))?;
        fitting(rounded(product, i128::from(SCALE))?)
    }

    /// So many parts of so many, rounded likewise; `None` where there is nothing to be a part of.
    pub(crate) fn scaled(self, numerator: i64, denominator: i64) -> Option<Self> {
        let product = i128::from(self.0).checked_mul(i128::from(numerator))?;
        fitting(rounded(product, i128::from(denominator))?)
    }

    /// Nothing in place of less than nothing.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        self.max(Self::ZERO)
    }
}

/// A quotient rounded to the nearest whole number, halves away from nothing.
pub(crate) fn rounded(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator == 0 {
        return None;
    }
    let (size, by) = (numerator.checked_abs()?, denominator.checked_abs()?);
    let whole = size.checked_add(by / 2)?.checked_div(by)?;
    let is_negative = (numerator < 0) != (denominator < 0);
    Some(if is_negative { -whole } else { whole })
}

fn fitting(millionths: i128) -> Option<Quantity> {
    i64::try_from(millionths).ok().map(Quantity)
}

impl Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let scale = SCALE.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let decimals = format!("{:06}", size % scale);
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        formatter.pad(&format!("{sign}{}{point}{decimals}", size / scale))
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads `594`, `38.2` and `-30`.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_whole = !whole.is_empty() && !digits.ends_with('.');
        if !(is_whole && all_digits(whole) && all_digits(decimals)) {
            return Err(QuantityError::NotANumber);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > DECIMALS {
            return Err(QuantityError::TooFine);
        }
        let millionths: i64 = format!("{whole}{decimals:0<DECIMALS$}")
            .parse()
            .map_err(|_| QuantityError::TooLarge)?;
        Ok(Self(if negative { -millionths } else { millionths }))
    }
}

#[cfg(test)]
mod tests;
