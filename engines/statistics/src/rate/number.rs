//! Between whole and real numbers, in one place.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts of people are far below 2^53, and what becomes a place is not negative"
)]

/// A count as a real number.
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

/// A number of things as a real number.
pub(super) fn many(things: usize) -> f64 {
    things as f64
}

/// The whole part of a number that is not negative.
pub(super) fn place(value: f64) -> usize {
    value as usize
}

/// Random bits as a number strictly between 0 and 1, so that every quantile of it is finite.
pub(super) fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}
