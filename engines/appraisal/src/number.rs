//! Between whole and real numbers, in one place.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "the ranges are checked, or stated, where a number changes its kind"
)]

use stour_kernel::Pence;

/// The largest amount that a real number of pence holds exactly: 2^53, some 90 million million pounds.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// Pence as a real number; exact up to 90 million million pounds.
pub(crate) fn real(amount: Pence) -> f64 {
    amount.as_i64() as f64
}

/// A number of things as a real number.
pub(crate) fn count(things: usize) -> f64 {
    things as f64
}

/// What a product of some ten real numbers may lose of itself.
const LOST: f64 = 16.0 * f64::EPSILON;

/// The nearest whole pence, a half away from nothing; `None` when it is not a number or too large.
///
/// What is nearer to a half than the arithmetic before it is exact counts as a half, as on a
/// calculator: £0.45 and 30% more is 58.5 pence and so £0.59, though the product of the two real
/// numbers is a little less.
pub(crate) fn pence(amount: f64) -> Option<Pence> {
    let lost = (LOST * amount.abs()).min(0.01);
    let rounded = (amount + lost.copysign(amount)).round();
    (rounded.abs() <= LARGEST).then(|| Pence::new(rounded as i64))
}

/// The nearest whole number; `None` when it is not a number or too large.
pub(crate) fn whole(value: f64) -> Option<i64> {
    pence(value).map(Pence::as_i64)
}

/// Billionths, at most a thousand million of them, as a proportion.
pub(crate) fn proportion(billionths: i128) -> f64 {
    f64::from(u32::try_from(billionths).unwrap_or(0)) / 1e9
}

/// The place of a proportion of a list: the whole part of a number from nothing up.
pub(crate) fn place(value: f64) -> usize {
    value as usize
}

/// Random bits as a number strictly between 0 and 1, so that every quantile of it is finite.
pub(crate) fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}
