//! The slope index of inequality: how much a measure differs between the most and the least deprived.

use serde::Serialize;

use super::mean::of_sorted;
use super::number::{many, unit};
use super::{Confidence, Withheld, finite, people};
use crate::normal;

/// How the values of a measure are distributed, which decides on which scale their errors are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A rate: on the scale of logarithms.
    Rate,
    /// A proportion between 0 and 1: on the scale of logits.
    Proportion,
    /// Anything else, such as life expectancy: as it is.
    Other,
}

/// How far a value of a group may be off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Error {
    /// By its 95% limits.
    Limits {
        /// The lower.
        lower: f64,
        /// The upper.
        upper: f64,
    },
    /// By its standard error, on the scale of its kind.
    Standard(f64),
}

/// One group of people, such as a tenth by deprivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// How many people there are.
    pub population: f64,
    /// The measure.
    pub value: f64,
    /// How far it may be off.
    pub error: Error,
}

/// How a slope is fitted and its limits are simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The kind of measure.
    pub kind: Kind,
    /// Whether the line is fitted on the scale of the kind, and taken back to the measure afterwards.
    pub transformed: bool,
    /// Multiplies the slope and its limits; a negative one also turns the ratio over.
    pub multiplier: f64,
    /// How many times the values are drawn; at least 1,000.
    pub draws: usize,
    /// What the random numbers are made from.
    pub seed: u64,
    /// Whether to simulate ten times and say how far the limits differ.
    pub reliability: bool,
}

/// One index with its limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Index {
    /// The index.
    pub value: f64,
    /// Its limits, one pair for each confidence asked for, in their order.
    pub lower: [f64; 2],
    /// The upper ones.
    pub upper: [f64; 2],
    /// The mean absolute difference of the limits between the first simulation and nine more, for each
    /// confidence; none where it was not asked for.
    pub reliability: Option<[f64; 2]>,
}

/// The slope and the relative index.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Inequality {
    /// The fitted value at the least deprived end less that at the most deprived, times the multiplier.
    pub slope: Index,
    /// The fitted value at the least deprived end over that at the most deprived.
    pub relative: Index,
    /// The fitted value at the most deprived end.
    pub intercept: f64,
}

/// The slope and relative index of inequality over groups from the most to the least deprived (A. Low and A.
/// Low, Journal of Public Health 26, 2004). The line is fitted by least squares of `Y√a` on `√a` and `b√a`
/// without another constant, where `a` is a group's share of all people and `b` the middle of its place among
/// them. Limits are the percentiles of lines through values drawn from each group's normal distribution on the
/// scale of its kind; the same seed gives the same limits.
///
/// # Errors
/// When there are not 5 to 100 groups, one has no people, a value does not fit its kind, the line begins at
/// or crosses nothing so that there is no ratio, fewer than 1,000 draws are asked for, or a result is beyond
/// numbers.
pub fn inequality(
    groups: &[Group],
    settings: &Settings,
    confidences: [Confidence; 2],
) -> Result<Inequality, Withheld> {
    if !(5..=100).contains(&groups.len()) {
        return Err(Withheld::Groups {
            found: groups.len(),
        });
    }
    if settings.draws < 1000 {
        return Err(Withheld::Draws(settings.draws));
    }
    if settings.multiplier == 0.0 || !settings.multiplier.is_finite() {
        return Err(Withheld::Multiplier(settings.multiplier));
    }
    let scaled = groups
        .iter()
        .enumerate()
        .map(|(place, group)| scaled(place, group, settings.kind));
    let scaled: Vec<Scaled> = scaled.collect::<Result<_, _>>()?;
    let weights = Weights::of(groups)?;
    let on_line = |value: f64| settings.line(value);
    let (from, to) = weights.ends(scaled.iter().map(|group| on_line(group.middle)));
    let (from, to) = (settings.back(from), settings.back(to));
    let ratio = settings.ratio(from, to);
    if !ratio.is_finite() || ratio <= 0.0 {
        return Err(Withheld::NoRatio(from));
    }
    let runs = if settings.reliability { 10 } else { 1 };
    let simulated: Vec<[Limits; 2]> = (0..runs)
        .map(|run| simulate(&scaled, &weights, settings, confidences, run))
        .collect();
    let index = |value: f64, which: usize| {
        let all: Vec<Limits> = simulated
            .iter()
            .filter_map(|run| run.get(which).copied())
            .collect();
        let first = all.first().copied().unwrap_or([(f64::NAN, f64::NAN); 2]);
        for (lower, upper) in first {
            finite(value)?;
            finite(lower)?;
            finite(upper)?;
        }
        Ok(Index {
            value,
            lower: first.map(|(lower, _)| lower),
            upper: first.map(|(_, upper)| upper),
            reliability: settings.reliability.then(|| differences(&all)),
        })
    };
    Ok(Inequality {
        slope: index((to - from) * settings.multiplier, 0)?,
        relative: index(ratio, 1)?,
        intercept: from,
    })
}

/// The limits for two confidences.
type Limits = [(f64, f64); 2];

/// A group on the scale of its kind.
struct Scaled {
    middle: f64,
    error: f64,
}

fn scaled(place: usize, group: &Group, kind: Kind) -> Result<Scaled, Withheld> {
    let take = |value: f64| -> Result<f64, Withheld> {
        let (is_fine, must) = match kind {
            Kind::Rate => (value > 0.0, "above 0"),
            Kind::Proportion => (value > 0.0 && value < 1.0, "between 0 and 1"),
            Kind::Other => (true, "a number"),
        };
        if !(is_fine && value.is_finite()) {
            return Err(Withheld::Scale { place, value, must });
        }
        Ok(match kind {
            Kind::Rate => value.ln(),
            Kind::Proportion => (value / (1.0 - value)).ln(),
            Kind::Other => value,
        })
    };
    let error = match group.error {
        Error::Limits { lower, upper } => {
            let (lower, upper) = (take(lower)?, take(upper)?);
            (upper - lower) / (2.0 * -normal::quantile(0.025))
        }
        Error::Standard(error) => error,
    };
    if !(error >= 0.0 && error.is_finite()) {
        return Err(Withheld::Band {
            what: "the standard error",
            value: error,
            place,
        });
    }
    Ok(Scaled {
        middle: take(group.value)?,
        error,
    })
}

fn from_scale(value: f64, kind: Kind) -> f64 {
    match kind {
        Kind::Rate => value.exp(),
        Kind::Proportion => 1.0 / (1.0 + (-value).exp()),
        Kind::Other => value,
    }
}

impl Settings {
    /// A value on the scale of its kind as the line takes it.
    fn line(&self, value: f64) -> f64 {
        if self.transformed {
            value
        } else {
            from_scale(value, self.kind)
        }
    }

    /// A value of the line as the measure has it.
    fn back(&self, value: f64) -> f64 {
        if self.transformed {
            from_scale(value, self.kind)
        } else {
            value
        }
    }

    fn ratio(&self, from: f64, to: f64) -> f64 {
        if self.multiplier < 0.0 {
            from / to
        } else {
            to / from
        }
    }
}

/// The ends of the fitted line are weighted sums of the values: these are their weights.
struct Weights {
    from: Vec<f64>,
    to: Vec<f64>,
}

impl Weights {
    fn of(groups: &[Group]) -> Result<Self, Withheld> {
        let mut all = 0.0;
        for (place, group) in groups.iter().enumerate() {
            all += people(group.population).map_err(|_| Withheld::Band {
                what: "the population",
                value: group.population,
                place,
            })?;
        }
        let mut before = 0.0;
        let mut shares = Vec::with_capacity(groups.len());
        for group in groups {
            let share = group.population / all;
            shares.push((share, before + 0.5 * share));
            before += share;
        }
        // The shares add up to 1, and the middles weighted by them to 1/2.
        let middle: f64 = shares.iter().map(|(a, b)| a * b).sum();
        let spread: f64 = shares.iter().map(|(a, b)| a * (b - middle).powi(2)).sum();
        let end = |at: f64| {
            let weight = |(a, b): &(f64, f64)| a * (1.0 + (at - middle) * (b - middle) / spread);
            shares.iter().map(weight).collect()
        };
        Ok(Self {
            from: end(0.0),
            to: end(1.0),
        })
    }

    /// The fitted values at the two ends.
    fn ends(&self, values: impl Iterator<Item = f64>) -> (f64, f64) {
        let weights = self.from.iter().zip(&self.to);
        values
            .zip(weights)
            .fold((0.0, 0.0), |(from, to), (value, weight)| {
                (from + value * weight.0, to + value * weight.1)
            })
    }
}

/// The limits of the slope and of the ratio in one simulation.
fn simulate(
    groups: &[Scaled],
    weights: &Weights,
    settings: &Settings,
    confidences: [Confidence; 2],
    run: u64,
) -> [Limits; 2] {
    let mut random = Random::new(settings.seed, run);
    let (mut slopes, mut ratios) = (
        Vec::with_capacity(settings.draws),
        Vec::with_capacity(settings.draws),
    );
    for _ in 0..settings.draws {
        let values = groups
            .iter()
            .map(|group| settings.line(group.middle + group.error * random.normal()));
        let (from, to) = weights.ends(values);
        let (from, to) = (settings.back(from), settings.back(to));
        slopes.push((to - from) * settings.multiplier);
        ratios.push(settings.ratio(from, to));
    }
    [slopes, ratios].map(|mut drawn| {
        drawn.sort_by(f64::total_cmp);
        confidences.map(|confidence| {
            let tail = confidence.tail();
            (of_sorted(&drawn, tail), of_sorted(&drawn, 1.0 - tail))
        })
    })
}

/// How far the limits of the first simulation are from those of the others, on average.
fn differences(all: &[Limits]) -> [f64; 2] {
    let mut sums = [0.0; 2];
    let Some((first, others)) = all.split_first() else {
        return sums;
    };
    for other in others {
        for ((sum, a), b) in sums.iter_mut().zip(first).zip(other) {
            *sum += 0.5 * ((a.0 - b.0).abs() + (a.1 - b.1).abs());
        }
    }
    sums.map(|sum| sum / many(others.len()))
}

/// `SplitMix64` (G. L. Steele, D. Lea and C. H. Flood, 2014).
struct Random(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl Random {
    /// Numbers that the seed and the simulation decide.
    const fn new(seed: u64, run: u64) -> Self {
        Self(mix(mix(seed ^ GOLDEN) ^ mix(run.wrapping_add(GOLDEN))))
    }

    fn normal(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        normal::quantile(unit(mix(self.0)))
    }
}
