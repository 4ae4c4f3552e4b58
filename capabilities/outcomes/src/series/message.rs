//! What a series says, in a sentence made from its judgement: never written by hand, so it can
//! never disagree with the chart.

use stour_kernel::Date;
use stour_statistics::xmr::{Judged, Side, SpecialCause};

use super::Judgement;
use crate::measure::{Every, Measure};
use crate::words;

/// The message of a series: "University Hospitals Dorset: more patients with no criteria to reside
/// – special cause, last 9 days above the mean".
pub fn headline(measure: &Measure, area: &str, judgement: &Judgement) -> String {
    format!("{area}: {}", message(measure, judgement))
}

/// The message without the area.
pub(crate) fn message(measure: &Measure, judgement: &Judgement) -> String {
    let subject = &measure.subject;
    let named = named(measure);
    let Some((latest, _)) = judgement.latest() else {
        return format!("no figures for {named}");
    };
    match (latest.judged.kind, latest.judged.cause) {
        // A measure that has ended will never have more.
        (None, _) if measure.ends.is_some() => format!("too few figures to judge {named}"),
        (None, _) => format!("too few figures yet to judge {named}"),
        (Some(_), None) => format!("{named} as usual – no special cause"),
        (Some(_), Some(cause)) => {
            let direction = if cause.is_upward() {
                &measure.up
            } else {
                &measure.down
            };
            let why = evidence(measure.every, cause, judgement);
            format!("{direction} {subject} – special cause, {why}")
        }
    }
}

/// The subject as a sentence has it: "the share of attendances within four hours", but "days of delay".
fn named(measure: &Measure) -> String {
    if measure.is_singular() {
        format!("the {}", measure.subject)
    } else {
        measure.subject.clone()
    }
}

fn evidence(every: Every, cause: SpecialCause, judgement: &Judgement) -> String {
    let noun = every.noun();
    let last = |length: usize, what: &str| {
        if length > 1 {
            format!(
                "last {} {what}",
                words::counted(words::number(length), noun)
            )
        } else {
            format!("latest {noun} {what}")
        }
    };
    match cause {
        SpecialCause::AboveUpperLimit => last(
            run(judgement, |day| is_beyond(day, Side::Above)),
            "above the upper limit",
        ),
        SpecialCause::BelowLowerLimit => last(
            run(judgement, |day| is_beyond(day, Side::Below)),
            "below the lower limit",
        ),
        SpecialCause::ShiftAbove => last(
            run(judgement, |day| day.side == Some(Side::Above)),
            "above the mean",
        ),
        SpecialCause::ShiftBelow => last(
            run(judgement, |day| day.side == Some(Side::Below)),
            "below the mean",
        ),
        SpecialCause::RisingTrend => {
            last(steps(judgement, |before, after| before < after), "rising")
        }
        SpecialCause::FallingTrend => {
            last(steps(judgement, |before, after| before > after), "falling")
        }
        SpecialCause::TwoInThreeAbove => {
            format!("two of the last three {noun}s close to the upper limit")
        }
        SpecialCause::TwoInThreeBelow => {
            format!("two of the last three {noun}s close to the lower limit")
        }
    }
}

fn is_beyond(day: &Judged<Date>, side: Side) -> bool {
    day.outside == Some(true) && day.side == Some(side)
}

/// The latest stretch: from the last value back to a missing return or the edge of its group.
fn stretch(judgement: &Judgement) -> impl Iterator<Item = &Judged<Date>> {
    let group = judgement.latest().map(|(day, _)| day.judged.group);
    judgement
        .days
        .iter()
        .rev()
        .map(|day| &day.judged)
        .skip_while(|day| day.value.is_none())
        .take_while(move |day| day.value.is_some() && Some(day.group) == group)
}

/// How many of the latest values in a row are so.
fn run(judgement: &Judgement, is_so: impl Fn(&Judged<Date>) -> bool) -> usize {
    stretch(judgement).take_while(|day| is_so(day)).count()
}

/// How many of the latest values in a row are each so against the one before, the first included.
fn steps(judgement: &Judgement, is_so: impl Fn(f64, f64) -> bool) -> usize {
    let values: Vec<f64> = stretch(judgement).filter_map(|day| day.value).collect();
    let taken = values
        .windows(2)
        .take_while(|pair| matches!(pair, [after, before] if is_so(*before, *after)));
    taken.count() + 1
}

#[cfg(test)]
mod tests;
