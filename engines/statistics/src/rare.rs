//! Control charts of rare events: g (how many cases between two events) and t (how long between two
//! events). A count of rare events is nearly always 0, and a c chart of it sees nothing; what lies
//! between two events says more.
//!
//! - **g**: the count between events follows a geometric distribution with standard deviation
//!   `sqrt(g(g+1))`, g being the mean; limits at three of them, below at least 0. The centre line
//!   is the median, because the distribution leans so far that a shift against the mean would be
//!   found everywhere (J. C. Benneyan, "Number-Between g-Type Statistical Quality Control Charts for
//!   Monitoring Adverse Events", Health Care Management Science 4, 2001).
//! - **t**: times between events of a Poisson process become nearly normal as `y^(1/3.6)`; an `XmR`
//!   chart is drawn of that and its lines are turned back (L. S. Nelson, "A Control Chart for
//!   Parts-Per-Million Nonconforming Items", Journal of Quality Technology 26, 1994). Moving ranges
//!   are screened only when the options say so. The lower limits are at least 0.
//!
//! Higher means rarer: for harm, higher is better. Rebases, fixed limits, targets, rules, icons and
//! missing returns are those of [`xmr`].

use crate::Point;
use crate::xmr::{self, Chart, Limits, Lines, Options, Target};

/// Nelson's power.
const POWER: f64 = 3.6;

/// Why there is no chart.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Error {
    /// A value of a g chart is negative.
    #[error("point {position} (from 0) is {value}: cases between events are nought or more")]
    Negative {
        /// Its place in the series, from 0.
        position: usize,
        /// The value.
        value: f64,
    },
    /// A value of a t chart is not above nought.
    #[error(
        "point {position} (from 0) is {value}: the time between events must be above nought; \
         measure it more finely, or use a g chart"
    )]
    NoTime {
        /// Its place in the series, from 0.
        position: usize,
        /// The value.
        value: f64,
    },
    /// A target of a t chart is negative.
    #[error("target {position} (from 0) is negative, and no time between events is")]
    Target {
        /// Its place among the targets, from 0.
        position: usize,
    },
    /// What is wrong with any chart.
    #[error(transparent)]
    Chart(#[from] xmr::Error),
}

/// Judges a series of counts between events.
///
/// # Errors
/// When a value is negative, or for the reasons of [`xmr::chart`].
pub fn g_chart<T: Ord + Copy>(
    points: &[Point<T>],
    options: &Options<'_, T>,
) -> Result<Chart<T>, Error> {
    if let Some((position, value)) = first(points, |value| value < 0.0) {
        return Err(Error::Negative { position, value });
    }
    let chart = xmr::drawn(points, options, |_, values| g_lines(values, options))?;
    Ok(chart)
}

fn g_lines<T>(values: &[Option<f64>], options: &Options<'_, T>) -> Lines {
    let none = Lines::none(values.len());
    let mut baseline: Vec<f64> = xmr::baseline(values, options.fix_after)
        .iter()
        .copied()
        .flatten()
        .collect();
    let Some(mean) = xmr::mean(baseline.iter().copied()) else {
        return none;
    };
    baseline.sort_unstable_by(f64::total_cmp);
    let centre = crate::median::of_sorted(&baseline);
    if !options
        .profile
        .gives_limits(values.iter().flatten().count())
    {
        return Lines { centre, ..none };
    }
    let deviation = (mean * (mean + 1.0)).sqrt();
    let limits = Limits {
        lower: 3.0_f64.mul_add(-deviation, mean).max(0.0),
        near_lower: 2.0_f64.mul_add(-deviation, mean).max(0.0),
        near_upper: 2.0_f64.mul_add(deviation, mean),
        upper: 3.0_f64.mul_add(deviation, mean),
    };
    Lines {
        centre,
        limits: vec![Some(limits); values.len()],
    }
}

/// Judges a series of times between events, in any one unit.
///
/// # Errors
/// When a time is not above nought or a target is negative, or for the reasons of [`xmr::chart`].
pub fn t_chart<T: Ord + Copy>(
    points: &[Point<T>],
    options: &Options<'_, T>,
) -> Result<Chart<T>, Error> {
    if let Some((position, value)) = first(points, |value| value <= 0.0) {
        return Err(Error::NoTime { position, value });
    }
    if let Some(position) = options.targets.iter().position(|target| target.value < 0.0) {
        return Err(Error::Target { position });
    }
    let turned: Vec<Point<T>> = points
        .iter()
        .map(|point| Point {
            at: point.at,
            value: point.value.map(|value| value.powf(POWER.recip())),
        })
        .collect();
    let targets: Vec<Target<T>> = options
        .targets
        .iter()
        .map(|target| Target {
            from: target.from,
            value: target.value.powf(POWER.recip()),
        })
        .collect();
    let mut chart = xmr::chart(
        &turned,
        &Options {
            targets: &targets,
            screening: Some(options.screening.unwrap_or(false)),
            ..options.clone()
        },
    )?;
    for (judged, point) in chart.points.iter_mut().zip(points) {
        judged.value = point.value;
        judged.mean = judged.mean.map(back);
        judged.limits = judged.limits.map(limits_back);
        judged.target = xmr::target_on(options.targets, &point.at);
    }
    for group in &mut chart.groups {
        group.mean = group.mean.map(back);
        group.limits = group.limits.map(limits_back);
    }
    Ok(chart)
}

fn back(turned: f64) -> f64 {
    turned.max(0.0).powf(POWER)
}

fn limits_back(limits: Limits) -> Limits {
    Limits {
        lower: back(limits.lower),
        near_lower: back(limits.near_lower),
        near_upper: back(limits.near_upper),
        upper: back(limits.upper),
    }
}

fn first<T>(points: &[Point<T>], wrong: impl Fn(f64) -> bool) -> Option<(usize, f64)> {
    let mut values = points.iter().map(|point| point.value).enumerate();
    values.find_map(|(position, value)| Some((position, value.filter(|value| wrong(*value))?)))
}
