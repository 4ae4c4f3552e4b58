//! Zeros that are missing returns.
//!
//! Daily returns are added up by machines, and a return that never came is often published as 0.
//! A hospital that had 102 people waiting yesterday and 113 tomorrow did not have none today.
//!
//! The rule, for each unbroken run of zeros:
//! 1. Look at the [`NEIGHBOURS`] periods before the run and the same number after it, and take the
//!    median of the values present on each side.
//! 2. A side with fewer than [`FEWEST`] values says nothing; at least one side must speak. So the
//!    latest day can be judged by the days before it alone.
//! 3. The zeros are missing returns when the median of every side that speaks is at least
//!    [`USUAL`], the run is no longer than [`LONGEST_RUN`], and zeros are rare: at most one other
//!    among [`ENOUGH_FOR_ANOTHER`] neighbours or more, none among fewer.
//!
//! With 20 expected, the Poisson probability of none is `exp(-20)`, about two in a thousand
//! million; the margin is for series that vary more than Poisson counts do. A service closed one
//! day a week has two other zeros among any twenty neighbours, so its zeros are left alone. A
//! longer run is left alone too: a ward that closed has true zeros, and a person should say which
//! it is. A value that is merely too low (a partial return, or an area's sum that lacks one
//! hospital) is not a zero, and is for the `XmR` chart to flag.

use serde::Serialize;

use crate::Point;

/// How many periods are looked at on each side of a run of zeros.
pub const NEIGHBOURS: usize = 14;
/// How many of them must have a value for that side to say anything.
pub const FEWEST: usize = 7;
/// The median from which a zero is implausible, in the unit of the series (a count a day).
pub const USUAL: f64 = 20.0;
/// How many neighbours with a value there must be for one of them to be a zero as well.
pub const ENOUGH_FOR_ANOTHER: usize = 20;
/// The longest run of zeros that is taken for missing returns, in periods.
pub const LONGEST_RUN: usize = 14;

/// A zero that is taken for a missing return.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MissingReturn<T> {
    /// The period.
    pub at: T,
    /// Its place in the series, from 0.
    pub position: usize,
    /// How many zeros in a row it is one of.
    pub run: usize,
    /// The median of the periods before, when enough of them have a value.
    pub before: Option<f64>,
    /// The median of the periods after, when enough of them have a value.
    pub after: Option<f64>,
}

impl<T> MissingReturn<T> {
    /// Why, as a sentence to show beside the gap. It leaves the period to the reader's own format.
    pub fn reason(&self) -> String {
        let sides = match (self.before, self.after) {
            (Some(before), Some(after)) => format!(
                "the median was {before} over the {NEIGHBOURS} periods before and {after} over \
                 the {NEIGHBOURS} after"
            ),
            (Some(median), None) => {
                format!("the median was {median} over the {NEIGHBOURS} periods before")
            }
            (None, Some(median)) => {
                format!("the median was {median} over the {NEIGHBOURS} periods after")
            }
            (None, None) => "no value is near".to_owned(),
        };
        let zeros = match self.run {
            1 => "A zero".to_owned(),
            run => format!("One of {run} zeros in a row"),
        };
        format!("{zeros}, although {sides}: taken as a missing return, not as a true zero.")
    }
}

/// The zeros of a series that are missing returns, in order.
///
/// `points` are in order of time, one for each period. Linear in their number.
pub fn missing_returns<T: Copy>(points: &[Point<T>]) -> Vec<MissingReturn<T>> {
    let mut found = Vec::new();
    let mut start = 0;
    for run in points.chunk_by(|a, b| is_zero(a) == is_zero(b)) {
        let end = start + run.len();
        if run.first().is_some_and(is_zero) && run.len() <= LONGEST_RUN {
            let before = near(points.iter().take(start).rev());
            let after = near(points.iter().skip(end));
            if are_implausible_between(&before, &after) {
                found.extend(
                    run.iter()
                        .zip(start..)
                        .map(|(point, position)| MissingReturn {
                            at: point.at,
                            position,
                            run: run.len(),
                            before: median(&before),
                            after: median(&after),
                        }),
                );
            }
        }
        start = end;
    }
    found
}

/// The same series with its missing returns as points without a value, and what was taken out.
pub fn without_missing_returns<T: Copy>(
    points: &[Point<T>],
) -> (Vec<Point<T>>, Vec<MissingReturn<T>>) {
    let found = missing_returns(points);
    let mut cleaned = points.to_vec();
    for missing in &found {
        if let Some(point) = cleaned.get_mut(missing.position) {
            point.value = None;
        }
    }
    (cleaned, found)
}

fn is_zero<T>(point: &Point<T>) -> bool {
    point.value == Some(0.0)
}

/// The values present among the nearest points, sorted.
fn near<'a, T: 'a>(nearest: impl Iterator<Item = &'a Point<T>>) -> Vec<f64> {
    let mut values: Vec<f64> = nearest
        .take(NEIGHBOURS)
        .filter_map(|point| point.value)
        .collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

fn are_implausible_between(before: &[f64], after: &[f64]) -> bool {
    let neighbours = before.iter().chain(after);
    let other_zeros = neighbours
        .clone()
        .filter(|value| value.abs() <= 0.0)
        .count();
    let allowed = usize::from(neighbours.count() >= ENOUGH_FOR_ANOTHER);
    let mut sides = [median(before), median(after)]
        .into_iter()
        .flatten()
        .peekable();
    let speaks = sides.peek().is_some();
    speaks && other_zeros <= allowed && sides.all(|median| median >= USUAL)
}

/// The median of sorted values, or `None` when they are too few to say anything.
fn median(sorted: &[f64]) -> Option<f64> {
    if sorted.len() < FEWEST {
        return None;
    }
    crate::median::of_sorted(sorted)
}
