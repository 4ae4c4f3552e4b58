//! The mean of a group and the limits around it.

use std::cmp::Ordering;

use serde::Serialize;

use super::Options;

/// Limits lie this many mean moving ranges from the mean: 3 / 1.128, to the three figures that
/// both profiles use.
const LIMIT: f64 = 2.66;
/// Near limits, two thirds of the way.
const NEAR_LIMIT: f64 = 2.0 * (LIMIT / 3.0);
/// The upper limit of a chart of moving ranges, in mean moving ranges.
const SCREEN: f64 = 3.267;

/// Where a process that does not change is expected to stay, in the unit of the series. The lower
/// limits of a count or the upper ones of a percentage may be impossible values; they are not cut.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// The lower process limit.
    pub lower: f64,
    /// Two thirds of the way from the mean to the lower limit.
    pub near_lower: f64,
    /// Two thirds of the way from the mean to the upper limit.
    pub near_upper: f64,
    /// The upper process limit.
    pub upper: f64,
}

impl Limits {
    /// Strictly beyond a process limit.
    pub fn are_exceeded_by(&self, value: f64) -> bool {
        value > self.upper || value < self.lower
    }

    /// Strictly beyond a near limit, and perhaps beyond the process limit too.
    pub fn are_neared_by(&self, value: f64) -> bool {
        value > self.near_upper || value < self.near_lower
    }
}

/// Which side of the mean a value lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Below it.
    Below,
    /// Exactly on it.
    On,
    /// Above it.
    Above,
}

impl Side {
    pub(crate) fn of(value: f64, mean: f64) -> Self {
        match value.partial_cmp(&mean) {
            Some(Ordering::Greater) => Self::Above,
            Some(Ordering::Less) => Self::Below,
            Some(Ordering::Equal) | None => Self::On,
        }
    }
}

/// The mean and limits of a group of `count` values, missing returns being `None`.
pub(super) fn centre<T>(
    values: &[Option<f64>],
    count: usize,
    options: &Options<'_, T>,
) -> (Option<f64>, Option<Limits>) {
    let baseline = baseline(values, options.fix_after);
    let Some(mean) = mean(baseline.iter().copied().flatten()) else {
        return (None, None);
    };
    if !options.profile.gives_limits(count) {
        return (Some(mean), None);
    }
    let ranges = moving_ranges(baseline);
    let range = self::mean(ranges.iter().copied()).and_then(|all| {
        if !options.screening.unwrap_or(options.profile.screens()) {
            return Some(all);
        }
        let kept = self::mean(ranges.iter().copied().filter(|&range| range < SCREEN * all));
        // All are dropped only when all are nought.
        kept.or(options.profile.limits_a_constant().then_some(0.0))
    });
    let limits = range.map(|range| Limits {
        lower: mean - LIMIT * range,
        near_lower: mean - NEAR_LIMIT * range,
        near_upper: mean + NEAR_LIMIT * range,
        upper: mean + LIMIT * range,
    });
    (Some(mean), limits)
}

/// The steps between neighbouring values without their signs, none across a missing value.
pub(crate) fn moving_ranges(values: &[Option<f64>]) -> Vec<f64> {
    let pairs = values.windows(2);
    let ranges = pairs.filter_map(|pair| match pair {
        [Some(before), Some(after)] => Some((after - before).abs()),
        _ => None,
    });
    ranges.collect()
}

/// The values up to and including the last one limits are fixed on.
pub(crate) fn baseline<V>(values: &[Option<V>], fix_after: Option<usize>) -> &[Option<V>] {
    let Some(fix_after) = fix_after else {
        return values;
    };
    let mut seen = 0;
    let end = values.iter().position(|value| {
        seen += usize::from(value.is_some());
        seen == fix_after
    });
    end.and_then(|end| values.get(..=end)).unwrap_or(values)
}

/// The mean, accurate to the last digit, so that a value equal to it is seen to be: Neumaier's
/// compensated sum, then the remainder of the division. A constant's mean is that constant.
pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut lost, mut count) = (0.0_f64, 0.0, 0.0);
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        let total = sum + value;
        lost += if sum.abs() >= value.abs() {
            (sum - total) + value
        } else {
            (value - total) + sum
        };
        sum = total;
        count += 1.0;
        least = least.min(value);
        most = most.max(value);
    }
    if count < 1.0 {
        return None;
    }
    if least >= most {
        return Some(least);
    }
    let mean = sum / count;
    let remainder = (-mean).mul_add(count, sum) + lost;
    Some(mean + remainder / count)
}
