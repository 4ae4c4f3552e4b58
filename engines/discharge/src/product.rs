//! A product of whole numbers, exact however long it grows: shares of stays are compared without rounding, so that half of
//! them is half of them on every machine.

use std::cmp::Ordering;

/// A product, in digits of 32 bits, the least first, with no noughts at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Product(Vec<u32>);

impl Product {
    /// Of nothing.
    pub(crate) fn one() -> Self {
        Self(vec![1])
    }

    /// Times one more.
    pub(crate) fn times(mut self, factor: u32) -> Self {
        let mut carried = 0_u64;
        for digit in &mut self.0 {
            let whole = u64::from(*digit) * u64::from(factor) + carried;
            *digit = low(whole);
            carried = whole >> 32;
        }
        self.0.push(low(carried));
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

/// The lowest 32 bits.
fn low(whole: u64) -> u32 {
    u32::try_from(whole & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

impl Ord for Product {
    fn cmp(&self, other: &Self) -> Ordering {
        let digits = |product: &Self| product.0.iter().rev().copied().collect::<Vec<u32>>();
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| digits(self).cmp(&digits(other)))
    }
}

impl PartialOrd for Product {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
