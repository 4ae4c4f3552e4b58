//! How rightly records were linked, counted against what is known to be true.

mod clusters;
mod decisions;
mod pairs;
mod table;
mod truth;

pub use clusters::{Clustered, clusters};
pub use decisions::{Decided, Decisions, Links, decisions};
pub use pairs::{Paired, pairs};
pub use table::table;
pub use truth::{Columns, Truth};

/// A count as a number to divide by. Exact up to 2^53.
fn number(count: u64) -> f64 {
    let high = u32::try_from(count >> 32).unwrap_or(u32::MAX);
    let low = u32::try_from(count & 0xFFFF_FFFF).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

/// A share, rounded to so many digits after the point; 0 of nothing.
fn share(part: u64, whole: u64, of: f64, digits: i32) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    let scale = 10_f64.powi(digits);
    (number(part) / number(whole) * of * scale).round() / scale
}

/// Precision, recall and their harmonic mean, from pairs found, right and true.
fn quality(found: u64, right: u64, truth: u64) -> (f64, f64, f64) {
    (
        share(right, found, 1.0, 6),
        share(right, truth, 1.0, 6),
        share(2 * right, found + truth, 1.0, 6),
    )
}

/// Pairs among so many.
fn pairs_among(count: u64) -> u64 {
    count * count.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests;
