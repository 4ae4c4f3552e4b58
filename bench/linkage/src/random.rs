//! Draws from a seeded sequence.

use stour_kernel::{Randomness as _, SeededRandomness};

/// A repeatable sequence of draws: the same seed and the same order of calls give the same draws.
#[derive(Debug)]
pub(crate) struct Random(SeededRandomness);

impl Random {
    /// The sequence of a seed for one purpose, so that drawing more of one thing never changes another.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        let start = SeededRandomness::new(seed ^ purpose.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Self(SeededRandomness::new(start.next_u64()))
    }

    /// A number in [0, 1), one of 2^32.
    pub(crate) fn unit(&mut self) -> f64 {
        let high = u32::try_from(self.0.next_u64() >> 32).unwrap_or(0);
        f64::from(high) / 4_294_967_296.0
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u128::try_from(bound).unwrap_or(0);
        usize::try_from((u128::from(self.0.next_u64()) * bound) >> 64).unwrap_or(0)
    }

    /// A whole number between two, both included.
    pub(crate) fn between(&mut self, low: i16, high: i16) -> i16 {
        let span = usize::try_from(i32::from(high) - i32::from(low) + 1).unwrap_or(0);
        low.saturating_add(i16::try_from(self.below(span)).unwrap_or(0))
    }

    /// A whole number around a mean: the sum of twelve even draws, which is close to a normal distribution.
    pub(crate) fn around(&mut self, mean: f64, deviation: f64) -> i16 {
        let sum: f64 = (0..12).map(|_| self.unit()).sum();
        let value = (mean + (sum - 6.0) * deviation).round();
        // A draw is at most six deviations from the mean, so counting up to it is short.
        let mut whole = 0_i16;
        while f64::from(whole) < value {
            whole += 1;
        }
        while f64::from(whole) > value {
            whole -= 1;
        }
        whole
    }

    /// One of a list.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// A list in another order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            list.swap(place, self.below(place + 1));
        }
    }
}

/// Places of a list, drawn as often as their weights say.
#[derive(Debug)]
pub(crate) struct Weighted(Vec<f64>);

impl Weighted {
    /// Places with these weights, none of them negative.
    pub(crate) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut total = 0.0;
        Self(
            weights
                .into_iter()
                .map(|weight| {
                    total += weight;
                    total
                })
                .collect(),
        )
    }

    /// One place.
    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let point = random.unit() * self.0.last().copied().unwrap_or(0.0);
        let place = self.0.partition_point(|upto| *upto <= point);
        place.min(self.0.len().saturating_sub(1))
    }
}
