//! Numbers as `DuckDB` orders and converts them.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "the standard library has no other way between these types; each loss is the intended one"
)]

use std::cmp::Ordering;

/// An integer as the nearest floating point number.
pub(in crate::splink) fn real(value: i64) -> f64 {
    value as f64
}

/// A count as a floating point number.
pub(in crate::splink) fn count(value: usize) -> f64 {
    value as f64
}

/// A number without a fraction as an integer, where it is in range.
pub(super) fn whole(value: f64) -> Option<i64> {
    // Two to the power of 63 is the first number that is out of range, and exact.
    const END: f64 = 9_223_372_036_854_775_808.0;
    (-END..END).contains(&value).then_some(value as i64)
}

/// A number with the precision of `DuckDB`'s FLOAT, which has 32 bits.
pub(super) fn single(value: f64) -> f64 {
    f64::from(value as f32)
}

/// The order of `DuckDB`: not-a-number is equal to itself and above everything else.
pub(in crate::splink) fn order(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b)
        .unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// The same bits for numbers that are equal in that order.
pub(in crate::splink) fn bits(value: f64) -> u64 {
    if value.is_nan() {
        f64::NAN.to_bits()
    } else {
        // Adding zero turns minus zero into zero.
        (value + 0.0).to_bits()
    }
}
