//! An indicator over time: judged once, for the chart, the sparkline, the table and the API.

use stour_design::chart::{Aim, Limits, PointKind, Sparkline, Unit, XmrChart, XmrPoint};
use stour_kernel::Date;
use stour_statistics::Point;
use stour_statistics::xmr::{
    self, Assurance, Chart, Direction, FEWEST_FOR_LIMITS, Kind, Options, Target,
};

use super::report::Report;
use crate::catalogue::{Definition, Statistic};
use crate::shown::{civil, point_kind};
use crate::words;

/// An indicator over time, judged.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    /// None while there are too few figures to judge.
    pub(crate) judged: Option<Chart<Date>>,
}

impl Course {
    pub(crate) fn of(report: &Report) -> Self {
        let points: Vec<Point<Date>> = report
            .periods
            .iter()
            .map(|(period, shown)| Point {
                at: period.from(),
                value: shown.value(),
            })
            .collect();
        let values = points.iter().filter(|point| point.value.is_some()).count();
        let targets: Vec<Target<Date>> = report
            .definition
            .target
            .iter()
            .map(|target| Target {
                from: target.from,
                value: target.value,
            })
            .collect();
        let mut options = Options::new(report.definition.direction);
        // A target that has ended is none; the engine would go on with it.
        if report.definition.target_on(report.as_of).is_some() {
            options.targets = &targets;
        }
        let judged = (values >= FEWEST_FOR_LIMITS).then(|| xmr::chart(&points, &options).ok());
        Self {
            judged: judged.flatten(),
        }
    }

    /// What the latest period says, when periods can be judged.
    pub(crate) fn variation(&self) -> Option<Kind> {
        let points = &self.judged.as_ref()?.points;
        points
            .iter()
            .rev()
            .find(|point| point.value.is_some())?
            .kind
    }

    /// Whether the target will be met as things are.
    pub(crate) fn assurance(&self) -> Option<Assurance> {
        self.judged.as_ref()?.assurance
    }
}

/// How values of an indicator are written.
pub(crate) fn unit(report: &Report) -> Unit {
    unit_of(report.definition)
}

/// How values of a definition are written.
pub(crate) fn unit_of(definition: &Definition) -> Unit {
    let per_cent = definition.shown.statistic == Statistic::Proportion
        || definition.unit.starts_with("per cent");
    let pounds = definition.unit.starts_with("pounds");
    Unit {
        before: if pounds { "£" } else { "" },
        after: if per_cent { "%" } else { "" },
        decimals: definition.shown.decimals,
        limit_decimals: definition.shown.decimals.max(1),
        shortened: pounds,
    }
}

/// A limit as it can be reached: no share is below nought or above the whole, and nothing counted is below nought.
fn possible(report: &Report, limit: f64) -> f64 {
    if report.definition.shown.statistic == Statistic::Proportion {
        limit.clamp(0.0, 100.0)
    } else {
        limit.max(0.0)
    }
}

/// The last periods at the size of a word.
pub(crate) fn sparkline(report: &Report, course: &Course) -> Sparkline {
    let values: Vec<Option<f64>> = report
        .periods
        .iter()
        .map(|(_, shown)| shown.value())
        .collect();
    let judged = course.judged.as_ref().and_then(|chart| chart.points.last());
    Sparkline {
        kind: point_kind(course.variation()),
        mean: judged.and_then(|point| point.mean),
        label: format!(
            "{} by {}, the last {}",
            report.definition.title,
            report.noun(),
            words::counted(words::number(values.len()), report.noun())
        ),
        values,
        ..Sparkline::default()
    }
}

/// The chart of the periods.
pub(crate) fn drawing(report: &Report, course: &Course) -> Option<XmrChart> {
    let chart = course.judged.as_ref()?;
    let group = chart.groups.last();
    let unit = unit(report);
    let expected = group
        .and_then(|group| group.limits)
        .map_or_else(String::new, |limits| {
            format!(
                "; expected between {} and {}",
                unit.limit(possible(report, limits.lower)),
                unit.limit(possible(report, limits.upper))
            )
        });
    let subject = &report.definition.subject;
    let title = match course.variation() {
        None => "Too few figures yet to judge".to_owned(),
        Some(Kind::CommonCause) => format!("The latest {} is as usual", report.noun()),
        Some(kind) if is_up(kind, report.definition.direction) => {
            format!("More {subject} than chance explains")
        }
        Some(_) => format!("Fewer {subject} than chance explains"),
    };
    let mut drawn = XmrChart::new(
        "indicator",
        title,
        format!(
            "{}, by {}, {}",
            report.definition.title,
            report.noun(),
            report.definition.unit
        ),
        chart
            .points
            .iter()
            .map(|judged| point(report, judged))
            .collect(),
    );
    drawn.unit = unit;
    if report.definition.target_on(report.as_of).is_some() {
        let aims = report.definition.target.iter().map(|target| Aim {
            from: civil(target.from),
            value: target.value,
        });
        drawn.targets = aims.collect();
    }
    drawn.description = format!(
        "{}; mean {}{expected}.",
        words::counted(words::number(chart.points.len()), report.noun()),
        group
            .and_then(|group| group.mean)
            .map_or_else(String::new, |mean| unit.limit(mean)),
    );
    Some(drawn)
}

/// Whether a special cause is on the high side.
const fn is_up(kind: Kind, direction: Direction) -> bool {
    matches!(
        (kind, direction),
        (Kind::NeutralHigh, _)
            | (Kind::Improvement, Direction::Increase)
            | (Kind::Concern, Direction::Decrease)
    )
}

fn point(report: &Report, judged: &xmr::Judged<Date>) -> XmrPoint {
    XmrPoint {
        day: civil(judged.at),
        label: words::month(judged.at),
        value: judged.value,
        kind: judged
            .kind
            .map_or(PointKind::Common, |kind| point_kind(Some(kind))),
        note: judged.cause.map_or("", |cause| cause.words()).to_owned(),
        limits: judged.limits.zip(judged.mean).map(|(limits, mean)| Limits {
            mean,
            lower: possible(report, limits.lower),
            upper: possible(report, limits.upper),
        }),
    }
}
