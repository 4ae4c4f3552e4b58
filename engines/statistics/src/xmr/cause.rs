//! The four rules that name a point, and what a name means.

use std::cmp::Ordering;

use serde::Serialize;

use super::{Direction, Limits, Options, Profile, Side};

/// Points in a trend, and in a shift.
const RUN: usize = 7;

/// The rule that names a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialCause {
    /// Beyond the upper limit.
    AboveUpperLimit,
    /// Beyond the lower limit.
    BelowLowerLimit,
    /// One of seven points or more, each higher than the one before.
    RisingTrend,
    /// One of seven points or more, each lower than the one before.
    FallingTrend,
    /// One of two in three near the upper limit.
    TwoInThreeAbove,
    /// One of two in three near the lower limit.
    TwoInThreeBelow,
    /// One of seven points or more above the mean.
    ShiftAbove,
    /// One of seven points or more below the mean.
    ShiftBelow,
}

impl SpecialCause {
    /// Whether it points upwards.
    pub fn is_upward(self) -> bool {
        matches!(
            self,
            Self::AboveUpperLimit | Self::RisingTrend | Self::TwoInThreeAbove | Self::ShiftAbove
        )
    }

    /// The name the R package `NHSRplotthedots` gives it, for comparison and export.
    pub fn label(self) -> &'static str {
        match self {
            Self::AboveUpperLimit => "Above UCL",
            Self::BelowLowerLimit => "Below LCL",
            Self::RisingTrend => "7 Point Trend (Increasing)",
            Self::FallingTrend => "7 Point Trend (Decreasing)",
            Self::TwoInThreeAbove => "2 in 3 Above CL",
            Self::TwoInThreeBelow => "2 in 3 Below CL",
            Self::ShiftAbove => "7 Points Above CL",
            Self::ShiftBelow => "7 Points Below CL",
        }
    }

    /// The rule in plain English.
    pub fn words(self) -> &'static str {
        match self {
            Self::AboveUpperLimit => "above the upper limit",
            Self::BelowLowerLimit => "below the lower limit",
            Self::RisingTrend => "part of a run of seven or more rising points",
            Self::FallingTrend => "part of a run of seven or more falling points",
            Self::TwoInThreeAbove => "one of two in three points close to the upper limit",
            Self::TwoInThreeBelow => "one of two in three points close to the lower limit",
            Self::ShiftAbove => "part of a run of seven or more points above the mean",
            Self::ShiftBelow => "part of a run of seven or more points below the mean",
        }
    }

    fn is_improvement(self, direction: Direction) -> bool {
        match direction {
            Direction::Increase => self.is_upward(),
            Direction::Decrease => !self.is_upward(),
            Direction::Neutral => false,
        }
    }
}

/// How to show a point that has been judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// No signal.
    CommonCause,
    /// A signal the better way.
    Improvement,
    /// A signal the worse way.
    Concern,
    /// A signal upwards where neither way is better.
    NeutralHigh,
    /// A signal downwards where neither way is better.
    NeutralLow,
}

impl Kind {
    fn of(cause: Option<SpecialCause>, direction: Direction) -> Self {
        match (cause, direction) {
            (None, _) => Self::CommonCause,
            (Some(cause), Direction::Neutral) if cause.is_upward() => Self::NeutralHigh,
            (Some(_), Direction::Neutral) => Self::NeutralLow,
            (Some(cause), _) if cause.is_improvement(direction) => Self::Improvement,
            (Some(_), _) => Self::Concern,
        }
    }

    /// The kind in plain English.
    pub fn words(self) -> &'static str {
        match self {
            Self::CommonCause => "Common cause",
            Self::Improvement => "Special cause: improvement",
            Self::Concern => "Special cause: concern",
            Self::NeutralHigh => "Special cause: neither better nor worse (high)",
            Self::NeutralLow => "Special cause: neither better nor worse (low)",
        }
    }
}

/// What is said of one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    pub(super) side: Side,
    pub(super) outside: bool,
    pub(super) close: bool,
    pub(super) cause: Option<SpecialCause>,
    pub(super) kind: Option<Kind>,
}

/// What the rules find at one value, before one of them names it.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is the answer to a rule of its own"
)]
struct Marks {
    side: Side,
    outside: bool,
    /// Beyond a near limit, and perhaps beyond the limit too.
    neared: bool,
    rising: bool,
    falling: bool,
    two_in_three: bool,
    shift: bool,
}

impl Marks {
    fn in_trend(self) -> bool {
        self.rising || self.falling
    }

    fn is_near(self, profile: Profile) -> bool {
        self.neared && (profile.outside_is_near() || !self.outside)
    }
}

/// Judges an unbroken stretch of values, each with its limits, within one group.
pub(super) fn verdicts<T>(
    stretch: &[(f64, Option<Limits>)],
    mean: f64,
    options: &Options<'_, T>,
) -> Vec<Verdict> {
    let mut marks: Vec<Marks> = stretch
        .iter()
        .map(|&(value, limits)| Marks {
            side: Side::of(value, mean),
            outside: limits.is_some_and(|limits| limits.are_exceeded_by(value)),
            neared: limits.is_some_and(|limits| limits.are_neared_by(value)),
            rising: false,
            falling: false,
            two_in_three: false,
            shift: false,
        })
        .collect();
    let steps: Vec<Ordering> = stretch
        .windows(2)
        .map(|pair| match pair {
            [(before, _), (after, _)] if after > before => Ordering::Greater,
            [(before, _), (after, _)] if after < before => Ordering::Less,
            _ => Ordering::Equal,
        })
        .collect();
    mark_trends(&mut marks, &steps);
    mark_two_in_three(&mut marks, options.profile);
    mark_shifts(&mut marks);

    let has_limits = stretch.iter().all(|(_, limits)| limits.is_some());
    let judged = has_limits || options.profile.judges_without_limits();
    let steps_before = std::iter::once(None).chain(steps.iter().copied().map(Some));
    let steps_after = steps.iter().copied().map(Some).chain(std::iter::once(None));
    let next_marks = marks
        .iter()
        .skip(1)
        .copied()
        .map(Some)
        .chain(std::iter::once(None));
    marks
        .iter()
        .copied()
        .zip(next_marks)
        .zip(steps_before.zip(steps_after))
        .map(|((here, next), (before, after))| {
            // The step that speaks for a trend.
            let step = if next.is_some_and(Marks::in_trend) {
                after
            } else {
                before
            };
            let cause = if judged {
                name(here, step, after, options)
            } else {
                None
            };
            Verdict {
                side: here.side,
                outside: here.outside,
                close: here.neared && !here.outside,
                cause,
                kind: judged.then(|| Kind::of(cause, options.direction)),
            }
        })
        .collect()
}

/// Marks every run of equal steps long enough to join seven points, both ends included.
fn mark_trends(marks: &mut [Marks], steps: &[Ordering]) {
    let mut start = 0;
    for run in steps.chunk_by(|a, b| a == b) {
        if run.len() + 1 >= RUN {
            for mark in marks.iter_mut().skip(start).take(run.len() + 1) {
                mark.rising |= run.first() == Some(&Ordering::Greater);
                mark.falling |= run.first() == Some(&Ordering::Less);
            }
        }
        start += run.len();
    }
}

/// Marks the near points of every three on one side of the mean of which two or more are near.
fn mark_two_in_three(marks: &mut [Marks], profile: Profile) {
    let holds = |three: &[Marks]| {
        let near = three.iter().filter(|mark| mark.is_near(profile)).count();
        let together = [Side::Above, Side::Below]
            .into_iter()
            .any(|side| three.iter().all(|mark| mark.side == side));
        near >= 2 && together
    };
    let starts: Vec<usize> = marks
        .windows(3)
        .enumerate()
        .filter(|(_, three)| holds(three))
        .map(|(start, _)| start)
        .collect();
    for start in starts {
        for mark in marks.iter_mut().skip(start).take(3) {
            mark.two_in_three |= mark.is_near(profile);
        }
    }
}

/// Marks every run of seven or more on one side of the mean.
fn mark_shifts(marks: &mut [Marks]) {
    for run in marks.chunk_by_mut(|a, b| a.side == b.side) {
        let off_mean = run.first().is_some_and(|mark| mark.side != Side::On);
        if off_mean && run.len() >= RUN {
            for mark in run {
                mark.shift = true;
            }
        }
    }
}

/// The rule that names a point, in the order of precedence.
fn name<T>(
    marks: Marks,
    step: Option<Ordering>,
    after: Option<Ordering>,
    options: &Options<'_, T>,
) -> Option<SpecialCause> {
    use SpecialCause::{
        AboveUpperLimit, BelowLowerLimit, FallingTrend, RisingTrend, ShiftAbove, ShiftBelow,
        TwoInThreeAbove, TwoInThreeBelow,
    };
    let by_side = |holds: bool, above, below| {
        holds.then_some(if marks.side == Side::Above {
            above
        } else {
            below
        })
    };
    let towards = |step| {
        if step == Some(Ordering::Greater) {
            RisingTrend
        } else {
            FallingTrend
        }
    };
    let (trend, other_trend) = match (marks.rising, marks.falling) {
        (false, false) => (None, None),
        _ if options.profile.names_trend_by_step() => (Some(towards(step)), None),
        (true, false) => (Some(RisingTrend), None),
        (false, true) => (Some(FallingTrend), None),
        (true, true) if after == Some(Ordering::Greater) => (Some(RisingTrend), Some(FallingTrend)),
        (true, true) => (Some(FallingTrend), Some(RisingTrend)),
    };
    let found = [
        by_side(marks.outside, AboveUpperLimit, BelowLowerLimit),
        trend,
        other_trend,
        by_side(marks.two_in_three, TwoInThreeAbove, TwoInThreeBelow),
        by_side(marks.shift, ShiftAbove, ShiftBelow),
    ];
    let mut found = found.into_iter().flatten();
    if options.profile.improvement_wins() {
        let improvement = found
            .clone()
            .find(|cause| cause.is_improvement(options.direction));
        return improvement.or_else(|| found.next());
    }
    found.next()
}
