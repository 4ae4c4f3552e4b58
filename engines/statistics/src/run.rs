//! Run charts: values about their median, without limits. They need no more than ten points and no
//! distribution, and find shifts that last rather than single odd points.
//!
//! Two published sets of rules are answered side by side.
//!
//! **Perla** (R. J. Perla, L. P. Provost, S. K. Murray, "The run chart: a simple analytical tool for
//! learning from variation in healthcare processes", BMJ Quality and Safety 20, 2011): a *shift* is six
//! points or more in a row on one side of the median, those on it being skipped; a *trend* is five or
//! more in a row each higher (or each lower) than the one before, equal neighbours being skipped; *too
//! few* or *too many runs* are counts outside what chance gives 95 times in 100. The limits of the count of runs
//! are those of F. S. Swed and C. Eisenhart, "Tables for testing randomness of grouping in a
//! sequence of alternatives" (Annals of Mathematical Statistics 14, 1943), computed exactly for how
//! many points lie above and below rather than read from a table: at most 2.5 in 100 at each end.
//! Their fourth rule, an *astronomical point*, is for a human eye, and no program should claim it.
//!
//! **Anhøj** (J. Anhøj, A. V. Olesen, "Run charts revisited", `PLoS` ONE 9, 2014): the longest run is
//! longer than `round(log2 n) + 3`, or there are fewer crossings of the median than the 5% quantile of
//! the binomial distribution with `n - 1` trials of one half; n is how many points are not on the median.
//!
//! A missing return is skipped by the median. It ends a run, a shift and a trend, as nobody knows
//! what it was; a crossing is counted only between values with none missing between them.

mod chance;

use serde::Serialize;

use crate::Point;
use crate::xmr::Side;
use chance::{fewest_crossings, usual_runs};

/// Points in a row on one side that are a shift.
const SHIFT: usize = 6;
/// Points in a row each beyond the one before that are a trend.
const TREND: usize = 5;
/// The fewest points off the median for which runs are counted.
pub const FEWEST: usize = 10;

/// How many runs chance gives 95 times in 100, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Usual {
    /// The fewest.
    pub fewest: usize,
    /// The most.
    pub most: usize,
}

/// What is said of one point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RunPoint<T> {
    /// The period.
    pub at: T,
    /// The value, or `None` for a missing return.
    pub value: Option<f64>,
    /// The side of the median, where it is part of a shift.
    pub shift: Option<Side>,
    /// Part of a rising trend.
    pub rising: bool,
    /// Part of a falling trend.
    pub falling: bool,
}

/// A run chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunChart<T> {
    /// The median, unless there is no value.
    pub median: Option<f64>,
    /// One for every point given, in the same order.
    pub points: Vec<RunPoint<T>>,
    /// How many values are not on the median.
    pub useful: usize,
    /// How many runs they make.
    pub runs: usize,
    /// How many runs chance gives; `None` below ten useful points or with a missing return, when
    /// the tables do not apply.
    pub usual_runs: Option<Usual>,
    /// The points in the longest run.
    pub longest_run: usize,
    /// The longest run that chance is taken to give; `None` below ten useful points.
    pub longest_usual: Option<usize>,
    /// How often the line crosses the median.
    pub crossings: usize,
    /// The fewest crossings that chance is taken to give; `None` as for `usual_runs`.
    pub fewest_crossings: Option<usize>,
}

impl<T> RunChart<T> {
    /// Any shift of six or trend of five.
    pub fn has_shift_or_trend(&self) -> bool {
        let mut points = self.points.iter();
        points.any(|p| p.shift.is_some() || p.rising || p.falling)
    }

    /// Fewer runs than chance gives; `None` when that cannot be said.
    pub fn has_too_few_runs(&self) -> Option<bool> {
        self.usual_runs.map(|usual| self.runs < usual.fewest)
    }

    /// More runs than chance gives; `None` when that cannot be said.
    pub fn has_too_many_runs(&self) -> Option<bool> {
        self.usual_runs.map(|usual| self.runs > usual.most)
    }

    /// A run too long or crossings too few by Anhøj's rules; `None` when neither can be said.
    pub fn is_unusual_by_anhoej(&self) -> Option<bool> {
        let long = self.longest_usual.map(|most| self.longest_run > most);
        let few = self.fewest_crossings.map(|least| self.crossings < least);
        match (long, few) {
            (None, None) => None,
            (long, few) => Some(long == Some(true) || few == Some(true)),
        }
    }
}

/// Why there is no chart: a value is infinite or not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the value of point {position} (from 0) is not a number: give a missing value instead")]
pub struct NotANumber {
    /// Its place in the series, from 0.
    pub position: usize,
}

/// Draws a run chart of points in order of time.
///
/// # Errors
/// When a value is not a number.
pub fn chart<T: Copy>(points: &[Point<T>]) -> Result<RunChart<T>, NotANumber> {
    let wrong = |point: &Point<T>| point.value.is_some_and(|value| !value.is_finite());
    if let Some(position) = points.iter().position(wrong) {
        return Err(NotANumber { position });
    }
    let mut sorted: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let median = crate::median::of_sorted(&sorted);
    let mut marked: Vec<RunPoint<T>> = points.iter().map(unmarked).collect();
    let (mut above, mut runs, mut crossings, mut longest_run, mut useful) = (0, 0, 0, 0, 0);
    for stretch in marked.chunk_by_mut(|a, b| a.value.is_some() && b.value.is_some()) {
        let sides = sides(stretch, median);
        above += sides.iter().filter(|(_, above)| *above).count();
        useful += sides.len();
        let these: Vec<_> = sides.chunk_by(|a, b| a.1 == b.1).collect();
        runs += these.len();
        crossings += these.len().saturating_sub(1);
        for run in these {
            longest_run = longest_run.max(run.len());
            mark_shift(stretch, run);
        }
        mark_trends(stretch);
    }
    let enough = useful >= FEWEST;
    let whole = enough && sorted.len() == points.len();
    Ok(RunChart {
        median,
        points: marked,
        useful,
        runs,
        usual_runs: whole.then(|| usual_runs(above, useful - above)),
        longest_run,
        longest_usual: enough.then(|| chance::longest_run(useful)),
        crossings,
        fewest_crossings: whole.then(|| fewest_crossings(useful)),
    })
}

fn unmarked<T: Copy>(point: &Point<T>) -> RunPoint<T> {
    RunPoint {
        at: point.at,
        value: point.value,
        shift: None,
        rising: false,
        falling: false,
    }
}

/// The places of the values that are not on the median, and whether each is above it.
fn sides<T>(stretch: &[RunPoint<T>], median: Option<f64>) -> Vec<(usize, bool)> {
    let values = stretch.iter().map(|point| point.value).enumerate();
    let sides = values.filter_map(|(place, value)| match Side::of(value?, median?) {
        Side::On => None,
        side => Some((place, side == Side::Above)),
    });
    sides.collect()
}

fn mark_shift<T>(stretch: &mut [RunPoint<T>], run: &[(usize, bool)]) {
    if run.len() < SHIFT {
        return;
    }
    for &(place, above) in run {
        if let Some(point) = stretch.get_mut(place) {
            point.shift = Some(if above { Side::Above } else { Side::Below });
        }
    }
}

/// Marks every run of steps one way that joins enough points. A value equal to the one before is
/// skipped, and neither counts nor is marked.
fn mark_trends<T>(stretch: &mut [RunPoint<T>]) {
    let mut different: Vec<(usize, f64)> = Vec::with_capacity(stretch.len());
    for (place, point) in stretch.iter().enumerate() {
        let last = different.last().map(|(_, value)| *value);
        if let Some(value) = point.value.filter(|value| last != Some(*value)) {
            different.push((place, value));
        }
    }
    let steps: Vec<bool> = different
        .windows(2)
        .map(|pair| matches!(pair, [(_, before), (_, after)] if after > before))
        .collect();
    let mut start = 0;
    for run in steps.chunk_by(|a, b| a == b) {
        if run.len() + 1 >= TREND {
            for (place, _) in different.iter().skip(start).take(run.len() + 1) {
                if let Some(point) = stretch.get_mut(*place) {
                    point.rising |= run.first() == Some(&true);
                    point.falling |= run.first() == Some(&false);
                }
            }
        }
        start += run.len();
    }
}
