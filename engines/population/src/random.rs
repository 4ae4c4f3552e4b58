//! Seeded randomness: a small generator whose stream depends only on the seed, a purpose and an index.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "random bits become numbers here, once, within ranges the code states"
)]

use serde::Serialize;

/// What a whole synthetic population is made from. The same seed gives the same people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seed(pub u64);

/// What a stream of random numbers is for, so that drawing more of one thing never changes another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    NhsNumbers = 1,
    Households = 2,
    CareHomes = 3,
    Person = 4,
    Carers = 5,
    History = 6,
    Areas = 7,
}

impl Seed {
    /// A stream of random numbers for one purpose and one index (a block, a person, a care home).
    pub(crate) fn stream(self, purpose: Purpose, index: u64) -> Random {
        let start = mix(mix(self.0 ^ 0x5354_4f55_5200_0000).wrapping_add(purpose as u64));
        Random(mix(start ^ index.wrapping_mul(GOLDEN)))
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// `SplitMix64`: 64 bits of state, one addition and a mix for each number.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    /// A whole number between two, both included; `low` when the range is empty.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = i64::from(high) - i64::from(low) + 1;
        let step = self.below(usize::try_from(span).unwrap_or(0));
        low.saturating_add(i32::try_from(step).unwrap_or(0))
    }

    /// One of a list.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// A waiting time with this mean.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// Whole days until the next event of a Poisson process with this many events a year; at least 1.
    pub(crate) fn days_to_next(&mut self, events_a_year: f64) -> i32 {
        if events_a_year <= 0.0 {
            return i32::MAX / 4;
        }
        whole(self.exponential(365.25 / events_a_year)).saturating_add(1)
    }

    /// A number of days, at least 1, whose mean is `mean` (a shifted geometric draw).
    pub(crate) fn days(&mut self, mean: f64) -> i32 {
        if mean <= 1.0 {
            return 1;
        }
        // floor(Exp(m)) has mean 1 / (exp(1/m) - 1); this m makes that mean - 1.
        let scale = 1.0 / (mean / (mean - 1.0)).ln();
        whole(self.exponential(scale)).saturating_add(1)
    }

    /// A standard normal number (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// A log-normal number with this median.
    pub(crate) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// How many events of a Poisson process happen when `mean` are expected (Knuth; for small means).
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let limit = (-mean).exp();
        let mut product = self.unit();
        let mut events = 0;
        while product > limit && events < 1_000 {
            product *= self.unit();
            events += 1;
        }
        events
    }

    /// The place of a weighted choice among these weights; the last when rounding leaves none.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (place, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// In place, every order equally likely (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// A number that depends on a text and nothing else.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(GOLDEN, |hash, byte| mix(hash ^ u64::from(byte)))
}

/// The whole part of a number of days, held within what a calendar can bear.
pub(crate) fn whole(value: f64) -> i32 {
    value.clamp(-1.0e8, 1.0e8) as i32
}

/// A size as a number to compute with.
pub(crate) fn real(size: usize) -> f64 {
    size as f64
}

/// The position of an index in a list; beyond every list when it does not fit.
pub(crate) fn place(index: u64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

/// A weighted choice among many, found by bisection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighted {
    cumulative: Vec<f64>,
}

impl Weighted {
    /// From weights; those below 0 or not numbers count as 0.
    pub(crate) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut total = 0.0;
        let cumulative = weights
            .into_iter()
            .map(|weight| {
                total += if weight > 0.0 { weight } else { 0.0 };
                total
            })
            .collect();
        Self { cumulative }
    }

    /// The sum of the weights.
    pub(crate) fn total(&self) -> f64 {
        self.cumulative.last().copied().unwrap_or(0.0)
    }

    /// A position, as often as its weight says.
    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let target = random.unit() * self.total();
        self.cumulative
            .partition_point(|&upto| upto <= target)
            .min(self.cumulative.len().saturating_sub(1))
    }
}
