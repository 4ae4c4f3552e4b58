//! Control charts of counts: p (a proportion), u (a rate) and c (a count of equal chances).
//!
//! The centre is all that was counted over all that it was counted out of, and the limits lie three
//! standard deviations either side, those of the binomial distribution for p and of the Poisson
//! distribution for u and c (W. A. Shewhart, "Economic Control of Quality of Manufactured Product",
//! 1931): `sqrt(p(1-p)/n)`, `sqrt(u/n)` and `sqrt(c)`. A limit that no value can pass is cut: below
//! at 0, and for p above at 1. Each point of a p or u chart has limits of its own, narrower where
//! more was counted.
//!
//! With very large denominators these limits are far too narrow, because the world varies more than
//! coin tosses do. Laney's p′ and u′ multiply the standard deviations by the variation that is seen
//! from one point to the next, `mean |z(i) - z(i-1)| / 1.128` (D. B. Laney, "Improved Control Charts
//! for Attributes", Quality Engineering 14, 2002).
//!
//! Rebases, fixed limits, targets, rules, icons and missing returns are those of [`xmr`];
//! screening is of moving ranges and does not apply.

use serde::{Deserialize, Serialize};

use crate::Point;
use crate::xmr::{self, Chart, Limits, Lines, Options};

/// The mean moving range of a standard normal series.
const RANGE_OF_ONE: f64 = 1.128;

/// What is counted, and out of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attribute {
    /// A p chart: how many of so many. Values from 0 to 1.
    Proportion,
    /// A u chart: events for each unit of exposure, such as a bed-day.
    Rate,
    /// A c chart: events where every period gives them the same chance. The size is not used.
    Count,
}

/// What was counted in a period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Counted {
    /// How many.
    pub count: f64,
    /// Out of how many, or over how much exposure.
    pub size: f64,
}

/// One period; `None` when its return is missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sample<T> {
    /// The period.
    pub at: T,
    /// What was counted.
    pub counted: Option<Counted>,
}

/// Why there is no chart.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Error {
    /// A count is negative or not a number.
    #[error("the count of point {position} (from 0) is {count}: a count is nought or more")]
    Count {
        /// Its place in the series, from 0.
        position: usize,
        /// The count.
        count: f64,
    },
    /// A denominator is nought, negative or not a number.
    #[error("the denominator of point {position} (from 0) is {size}: it must be above nought")]
    Size {
        /// Its place in the series, from 0.
        position: usize,
        /// The denominator.
        size: f64,
    },
    /// More were counted than there are.
    #[error("point {position} (from 0) has {count} out of {size}: more than all")]
    MoreThanAll {
        /// Its place in the series, from 0.
        position: usize,
        /// The count.
        count: f64,
        /// Out of how many.
        size: f64,
    },
    /// What is wrong with any chart.
    #[error(transparent)]
    Chart(#[from] xmr::Error),
}

impl Attribute {
    /// Whether a period of this kind of chart can be what it says.
    ///
    /// # Errors
    /// The reason why not, for the point at `position`.
    pub fn check(self, counted: Counted, position: usize) -> Result<(), Error> {
        let Counted { count, size } = counted;
        if !(count.is_finite() && count >= 0.0) {
            return Err(Error::Count { position, count });
        }
        if self != Self::Count && !(size.is_finite() && size > 0.0) {
            return Err(Error::Size { position, size });
        }
        if self == Self::Proportion && count > size {
            return Err(Error::MoreThanAll {
                position,
                count,
                size,
            });
        }
        Ok(())
    }

    fn size(self, counted: Counted) -> f64 {
        if self == Self::Count {
            1.0
        } else {
            counted.size
        }
    }

    /// The standard deviation of a value about the centre by chance alone.
    fn deviation(self, centre: f64, size: f64) -> f64 {
        let variance = match self {
            Self::Proportion => centre * (1.0 - centre) / size,
            Self::Rate => centre / size,
            Self::Count => centre,
        };
        variance.max(0.0).sqrt()
    }

    fn limits(self, centre: f64, deviation: f64) -> Limits {
        let most = if self == Self::Proportion {
            1.0
        } else {
            f64::INFINITY
        };
        Limits {
            lower: 3.0_f64.mul_add(-deviation, centre).max(0.0),
            near_lower: 2.0_f64.mul_add(-deviation, centre).max(0.0),
            near_upper: 2.0_f64.mul_add(deviation, centre).min(most),
            upper: 3.0_f64.mul_add(deviation, centre).min(most),
        }
    }
}

/// Judges a series of counts. `laney` widens or narrows the limits by the variation that is seen.
///
/// # Errors
/// When a count or a denominator cannot be what it says, or for the reasons of [`xmr::chart`].
pub fn chart<T: Ord + Copy>(
    attribute: Attribute,
    laney: bool,
    samples: &[Sample<T>],
    options: &Options<'_, T>,
) -> Result<Chart<T>, Error> {
    let mut points = Vec::with_capacity(samples.len());
    for (position, sample) in samples.iter().enumerate() {
        if let Some(counted) = sample.counted {
            attribute.check(counted, position)?;
        }
        points.push(Point {
            at: sample.at,
            value: sample
                .counted
                .map(|counted| counted.count / attribute.size(counted)),
        });
    }
    let chart = xmr::drawn(&points, options, |start, values| {
        let members = samples
            .get(start..)
            .and_then(|rest| rest.get(..values.len()))
            .unwrap_or_default();
        lines(attribute, laney, members, options)
    })?;
    Ok(chart)
}

fn lines<T>(
    attribute: Attribute,
    laney: bool,
    members: &[Sample<T>],
    options: &Options<'_, T>,
) -> Lines {
    let counted: Vec<Option<Counted>> = members.iter().map(|sample| sample.counted).collect();
    let baseline = xmr::baseline(&counted, options.fix_after);
    let (mut count, mut size) = (0.0, 0.0);
    for seen in baseline.iter().copied().flatten() {
        count += seen.count;
        size += attribute.size(seen);
    }
    if size <= 0.0 {
        return Lines::none(members.len());
    }
    let centre = count / size;
    let values = counted.iter().flatten().count();
    if !options.profile.gives_limits(values) {
        return Lines {
            centre: Some(centre),
            ..Lines::none(members.len())
        };
    }
    let spread = if laney {
        spread(attribute, centre, baseline)
    } else {
        1.0
    };
    let limits = counted.iter().map(|counted| {
        let deviation = attribute.deviation(centre, attribute.size((*counted)?));
        Some(attribute.limits(centre, deviation * spread))
    });
    Lines {
        centre: Some(centre),
        limits: limits.collect(),
    }
}

/// How many times the variation by chance is seen from one point to the next; 1 where no two
/// neighbours say. Never across a missing return.
fn spread(attribute: Attribute, centre: f64, baseline: &[Option<Counted>]) -> f64 {
    let scores: Vec<Option<f64>> = baseline
        .iter()
        .map(|counted| {
            let counted = (*counted)?;
            let size = attribute.size(counted);
            let deviation = attribute.deviation(centre, size);
            (deviation > 0.0).then(|| (counted.count / size - centre) / deviation)
        })
        .collect();
    let ranges = xmr::moving_ranges(&scores);
    xmr::mean(ranges.into_iter()).map_or(1.0, |range| range / RANGE_OF_ONE)
}
