//! `XmR` charts: individual values and moving ranges, the statistical process control chart of
//! the NHS. It says whether a change is a signal (special cause) or noise (common cause), and
//! whether a target can be expected to be met.
//!
//! # The arithmetic
//! A series is split into **groups** at each rebase; nothing looks across the edge of a group.
//! Within a group the mean is that of its values (or of the first `fix_after`), the moving range is
//! the step between neighbouring values without its sign, and the limits lie 2.66 mean moving
//! ranges either side of the mean (two thirds of that for the near limits, "two sigma").
//! Screening drops, once, every moving range of 3.267 times the mean moving range or more, and
//! takes the mean again.
//!
//! Four rules name a point, the first that holds winning: **outside** a limit; a **trend** of
//! seven points each higher (or lower) than the one before; **two in three** near a limit, all three
//! on one side of the mean; a **shift** of seven points on one side of the mean.
//!
//! # Two profiles
//! Published tools disagree on real data, so the rule set has a name.
//! [`Profile::PlotTheDots022`] agrees with version 0.2.2 of the R package
//! `nhs-r-community/NHSRplotthedots`. [`Profile::MakingDataCount`] follows what NHS England's
//! Making Data Count team have said in public of their own tools, in that package's discussions and
//! its vignette on deviations. It has **not been verified** against their workbook.
//!
//! | case | `MakingDataCount` | `PlotTheDots022` |
//! |---|---|---|
//! | screening of large moving ranges | off, can be switched on | on, can be switched off |
//! | group of fewer than 13 values | mean, but no limits: points are not judged, and there are no icons | limits and icons from what there is, with a warning |
//! | one value, or no two neighbours | no limits | no limits; the trend and shift rules still apply; a target is "hit and miss" |
//! | constant series (always 100%) | limits of no width at the value; the target is compared with the value: met exactly is met | with screening every moving range is dropped, so there are no limits and a target is "hit and miss"; without, limits of no width |
//! | value equal to a limit | not outside, not near | the same |
//! | two in three counts | every point beyond a near limit, outside or not | only points between the near limit and the limit, though one outside still counts for the side |
//! | third point of two in three | named only if itself beyond the near limit | the same |
//! | tie between neighbours | ends a trend | ends a trend |
//! | point exactly on the mean | ends a shift, and no two in three includes it | the same |
//! | point in a rising and in a falling trend | improvement wins | takes the trend on its right |
//! | point good by one rule and bad by another | improvement | the first rule that holds |
//! | last point of a trend followed at once by another trend | belongs to its own trend | named by its step to the next point; a tie reads as falling |
//! | target equal to a limit | counts as beyond it: above, consistently failing when high is good | "hit and miss" |
//! | rebase date not in the series | moves to the next point, and the answer says so | ignored, and the answer says so |
//! | rebase date after the last point | ignored, and the answer says so | the same |
//! | missing return | never joined across: no moving range, trend, shift or two in three spans it; it counts neither in the mean nor towards `fix_after` or 13 | the same (the package makes no such check; parity is for series without gaps) |
//! | last return missing | the icons are those of the latest value | the same |
//! | target that changes | each point carries the target of its date; assurance takes the target and the limits of the latest value | the same |
//! | `fix_after` below 12 | an error | an error, as in the package |
//! | rebase with `fix_after` | each group fixes its own first values | the same |
//!
//! A rebase is never made by the machine: a person decides it ([`Decision`]) and the caller gives the
//! date.

mod cause;
mod icon;
mod limits;
mod profile;
mod record;

pub use cause::{Kind, SpecialCause};
pub use icon::{Assurance, Variation};
pub use limits::{Limits, Side};
pub use profile::{Direction, FEWEST_FOR_LIMITS, Profile};
pub use record::{Annotation, Blank, Decision, Placed};

pub(crate) use limits::{baseline, mean, moving_ranges};

use serde::Serialize;

use crate::Point;

/// The fewest values on which limits may be fixed.
pub const FEWEST_TO_FIX: usize = 12;

/// A target and the first date it applies to; it applies until the next one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Target<T> {
    /// The first date.
    pub from: T,
    /// The target, in the unit of the series.
    pub value: f64,
}

/// What to draw a chart by.
#[derive(Debug, Clone)]
pub struct Options<'a, T> {
    /// Whose rules.
    pub profile: Profile,
    /// Which way is better.
    pub direction: Direction,
    /// Whether to screen out large moving ranges; `None` leaves it to the profile.
    pub screening: Option<bool>,
    /// Fix the mean and limits of each group on its first so many values (12 or more), or on all.
    pub fix_after: Option<usize>,
    /// The dates from which the chart starts afresh, in any order.
    pub rebases: &'a [T],
    /// Targets by date, in order.
    pub targets: &'a [Target<T>],
}

impl<T> Options<'_, T> {
    /// The default profile with nothing fixed, no rebases and no targets.
    pub fn new(direction: Direction) -> Self {
        Self {
            profile: Profile::default(),
            direction,
            screening: None,
            fix_after: None,
            rebases: &[],
            targets: &[],
        }
    }
}

/// Why there is no chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The points are not in strictly increasing order of date.
    #[error(
        "point {position} (from 0) is not later than the one before: sort the series and give \
         each period once"
    )]
    Order {
        /// Its place in the series, from 0.
        position: usize,
    },
    /// A value is infinite or not a number.
    #[error("the value of point {position} (from 0) is not a number: give a missing value instead")]
    Value {
        /// Its place in the series, from 0.
        position: usize,
    },
    /// The targets are out of order, or one is infinite or not a number.
    #[error("target {position} (from 0) is not a number or not later than the one before")]
    Target {
        /// Its place among the targets, from 0.
        position: usize,
    },
    /// Limits fixed on too few values.
    #[error("limits cannot be fixed on {asked} values: fix them on at least 12, or not at all")]
    FixedOnTooFew {
        /// How many were asked for.
        asked: usize,
    },
}

/// What became of a rebase that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rebase<T> {
    /// The date given.
    pub asked: T,
    /// The date of the point where a group starts: the date asked for, a later one when it was
    /// moved, `None` when it was ignored.
    pub at: Option<T>,
}

impl<T: PartialEq> Rebase<T> {
    /// Whether a group starts on the very date asked for.
    pub fn is_exact(&self) -> bool {
        self.at.as_ref() == Some(&self.asked)
    }
}

/// A stretch of the series with one mean and one set of limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Group<T> {
    /// The first period.
    pub from: T,
    /// The last period.
    pub to: T,
    /// How many values it has; missing returns are not counted.
    pub count: usize,
    /// The mean, unless it has no value at all; the median where a chart has that as its centre line.
    pub mean: Option<f64>,
    /// The limits, when they can be given; those of the last value where each has its own.
    pub limits: Option<Limits>,
    /// Fewer than 13 values: limits, if given, are trial limits.
    pub short: bool,
}

/// A point with what is to be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judged<T> {
    /// The period.
    pub at: T,
    /// The value, or `None` for a missing return.
    pub value: Option<f64>,
    /// Which group it is in, from 0: its place in [`Chart::groups`].
    pub group: usize,
    /// The mean of its group; the median where a chart has that as its centre line.
    pub mean: Option<f64>,
    /// The limits of its group, or its own where they depend on a denominator.
    pub limits: Option<Limits>,
    /// The target of its date.
    pub target: Option<f64>,
    /// The side of the mean it lies on.
    pub side: Option<Side>,
    /// Strictly beyond a limit; `None` without a value or limits.
    pub outside: Option<bool>,
    /// Strictly beyond a near limit but not outside; `None` without a value or limits.
    pub close: Option<bool>,
    /// The rule that names it, if any does.
    pub cause: Option<SpecialCause>,
    /// How to show it; `None` when it is not judged, having no value or no limits to judge by.
    pub kind: Option<Kind>,
}

/// A series with everything a chart, a table or an icon needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart<T> {
    /// Whose rules were used.
    pub profile: Profile,
    /// Which way is better.
    pub direction: Direction,
    /// One for every point given, in the same order.
    pub points: Vec<Judged<T>>,
    /// At least one, unless the series is empty.
    pub groups: Vec<Group<T>>,
    /// What became of each rebase, in the order asked for.
    pub rebases: Vec<Rebase<T>>,
    /// The variation icon: the kind of the latest value, `None` when that is not judged.
    pub variation: Option<Variation>,
    /// The assurance icon: `None` without a target, or when neither way is better.
    pub assurance: Option<Assurance>,
}

/// Judges a series.
///
/// `points` are in order of date, one for each period, missing returns included. Linear in their
/// number.
///
/// # Errors
/// When the points or targets are out of order or not numbers, or `fix_after` is below 12.
pub fn chart<T: Ord + Copy>(
    points: &[Point<T>],
    options: &Options<'_, T>,
) -> Result<Chart<T>, Error> {
    drawn(points, options, |_, values| {
        let count = values.iter().flatten().count();
        let (mean, limits) = limits::centre(values, count, options);
        Lines {
            centre: mean,
            limits: vec![limits; values.len()],
        }
    })
}

/// The lines of one group: its centre, and the limits of each of its points.
pub(crate) struct Lines {
    pub(crate) centre: Option<f64>,
    pub(crate) limits: Vec<Option<Limits>>,
}

impl Lines {
    /// No lines for so many points.
    pub(crate) fn none(count: usize) -> Self {
        Self {
            centre: None,
            limits: vec![None; count],
        }
    }
}

/// Splits a series into groups, asks for the lines of each (by its place in the series and its
/// values), and judges its points by them.
pub(crate) fn drawn<T: Ord + Copy>(
    points: &[Point<T>],
    options: &Options<'_, T>,
    lines_of: impl Fn(usize, &[Option<f64>]) -> Lines,
) -> Result<Chart<T>, Error> {
    check(points, options)?;
    let rebases: Vec<Rebase<T>> = options
        .rebases
        .iter()
        .map(|&asked| Rebase {
            asked,
            at: start_of_group(points, asked, options.profile),
        })
        .collect();
    let mut starts: Vec<T> = rebases.iter().filter_map(|rebase| rebase.at).collect();
    starts.sort_unstable();

    let mut groups = Vec::new();
    let mut judged = Vec::with_capacity(points.len());
    for members in points.chunk_by(|_, next| starts.binary_search(&next.at).is_err()) {
        let values: Vec<Option<f64>> = members.iter().map(|point| point.value).collect();
        let lines = lines_of(judged.len(), &values);
        groups.extend(judge(members, groups.len(), options, &lines, &mut judged));
    }
    let latest = judged.iter().rev().find(|point| point.value.is_some());
    let variation = latest.and_then(|point| Variation::of(point.kind?, options.direction));
    let assurance = latest.and_then(|point| {
        Assurance::of(
            options.profile,
            options.direction,
            point.target?,
            point.limits,
        )
    });
    Ok(Chart {
        profile: options.profile,
        direction: options.direction,
        variation,
        assurance,
        points: judged,
        groups,
        rebases,
    })
}

fn check<T: Ord>(points: &[Point<T>], options: &Options<'_, T>) -> Result<(), Error> {
    if let Some(asked) = options.fix_after.filter(|&asked| asked < FEWEST_TO_FIX) {
        return Err(Error::FixedOnTooFew { asked });
    }
    if let Some(before) = points
        .windows(2)
        .position(|pair| !pair.is_sorted_by(|a, b| a.at < b.at))
    {
        return Err(Error::Order {
            position: before + 1,
        });
    }
    let not_a_number = |point: &Point<T>| point.value.is_some_and(|value| !value.is_finite());
    if let Some(position) = points.iter().position(not_a_number) {
        return Err(Error::Value { position });
    }
    if let Some(position) = options
        .targets
        .iter()
        .position(|target| !target.value.is_finite())
    {
        return Err(Error::Target { position });
    }
    let in_order = |pair: &[Target<T>]| pair.is_sorted_by(|a, b| a.from < b.from);
    if let Some(before) = options.targets.windows(2).position(|pair| !in_order(pair)) {
        return Err(Error::Target {
            position: before + 1,
        });
    }
    Ok(())
}

fn start_of_group<T: Ord + Copy>(points: &[Point<T>], asked: T, profile: Profile) -> Option<T> {
    let next = points
        .get(points.partition_point(|point| point.at < asked))?
        .at;
    (next == asked || profile.moves_rebases()).then_some(next)
}

pub(crate) fn target_on<T: Ord>(targets: &[Target<T>], at: &T) -> Option<f64> {
    let later = targets.partition_point(|target| target.from <= *at);
    targets
        .get(later.checked_sub(1)?)
        .map(|target| target.value)
}

/// Judges one group by its lines, adding its points to `judged`.
fn judge<T: Ord + Copy>(
    members: &[Point<T>],
    group: usize,
    options: &Options<'_, T>,
    lines: &Lines,
    judged: &mut Vec<Judged<T>>,
) -> Option<Group<T>> {
    let with_limits: Vec<(Option<f64>, Option<Limits>)> = members
        .iter()
        .map(|point| point.value)
        .zip(lines.limits.iter().copied())
        .collect();
    let mut verdicts = Vec::with_capacity(with_limits.len());
    for stretch in with_limits.chunk_by(|(a, _), (b, _)| a.is_some() && b.is_some()) {
        match (stretch, lines.centre) {
            ([(None, _)], _) | (_, None) => verdicts.push(None),
            (_, Some(centre)) => {
                let present: Vec<(f64, Option<Limits>)> = stretch
                    .iter()
                    .filter_map(|&(value, limits)| Some((value?, limits)))
                    .collect();
                let found = cause::verdicts(&present, centre, options);
                verdicts.extend(found.into_iter().map(Some));
            }
        }
    }
    let points = members.iter().zip(&with_limits).zip(verdicts);
    judged.extend(points.map(|((point, &(value, limits)), verdict)| Judged {
        at: point.at,
        value,
        group,
        mean: lines.centre,
        limits,
        target: target_on(options.targets, &point.at),
        side: verdict.map(|verdict| verdict.side),
        outside: limits.and(verdict).map(|verdict| verdict.outside),
        close: limits.and(verdict).map(|verdict| verdict.close),
        cause: verdict.and_then(|verdict| verdict.cause),
        kind: verdict.and_then(|verdict| verdict.kind),
    }));
    let count = with_limits
        .iter()
        .filter(|(value, _)| value.is_some())
        .count();
    let latest = with_limits.iter().rev().find(|(value, _)| value.is_some());
    Some(Group {
        from: members.first()?.at,
        to: members.last()?.at,
        count,
        mean: lines.centre,
        limits: latest.and_then(|&(_, limits)| limits),
        short: count < FEWEST_FOR_LIMITS,
    })
}
