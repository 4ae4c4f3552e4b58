//! An indicator over time: judged once, for the chart, the sparkline, the table and the API.

use stour_design::chart::{Aim, Change, Limits, PointKind, Sparkline, Unit, XmrChart, XmrPoint};
use stour_kernel::Date;
use stour_statistics::Point;
use stour_statistics::xmr::{
    self, Assurance, Chart, FEWEST_FOR_LIMITS, Judged, Kind, Options, SpecialCause, Target,
};

use super::report::Report;
use crate::catalogue::{Definition, Statistic};
use crate::commentary::Said;
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
        let rebases = rebases(report);
        let mut options = Options::new(report.definition.direction);
        options.rebases = &rebases;
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
        self.latest()?.kind
    }

    /// Why it says that; none while it is as usual.
    fn cause(&self) -> Option<SpecialCause> {
        self.latest()?.cause
    }

    fn latest(&self) -> Option<&Judged<Date>> {
        let points = &self.judged.as_ref()?.points;
        points.iter().rev().find(|point| point.value.is_some())
    }

    /// Whether the target will be met as things are.
    pub(crate) fn assurance(&self) -> Option<Assurance> {
        self.judged.as_ref()?.assurance
    }
}

/// The first days of the periods from which limits start afresh. What was said is of the whole.
fn rebases(report: &Report) -> Vec<Date> {
    if report.place.is_some() {
        return Vec::new();
    }
    let starts = report.periods.iter().map(|(period, _)| period.from());
    let starts: Vec<Date> = starts.collect();
    let days = report.said.rebases().into_iter();
    let first = |day: Date| starts.iter().copied().find(|start| *start >= day);
    days.filter_map(first).collect()
}

/// What is marked on the chart, by the period in which it was.
fn changes(report: &Report) -> Vec<Change> {
    let marked = report.said.0.iter().filter_map(|remark| match remark.said {
        Said::Event(day) => Some((day, remark.text.clone())),
        Said::Rebase(day) if report.place.is_none() => {
            Some((day, format!("Limits start afresh: {}", remark.text)))
        }
        _ => None,
    });
    let within = |(day, label): (Date, String)| {
        let mut periods = report.periods.iter().map(|(period, _)| *period);
        let period = periods.find(|period| (period.from()..period.before()).contains(&day))?;
        Some((period.from(), format!("{}: {label}", words::day(day))))
    };
    let mut changes: Vec<(Date, String)> = marked.filter_map(within).collect();
    changes.sort();
    let changes = changes.into_iter();
    changes
        .map(|(day, label)| Change {
            day: civil(day),
            label,
        })
        .collect()
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
    let says = match course.cause() {
        _ if course.variation().is_none() => "too few figures yet to judge".to_owned(),
        None => format!("the latest {} is as usual", report.noun()),
        Some(cause) => format!("the latest {} is {}", report.noun(), cause.words()),
    };
    let title = format!("{}: {says}", words::capital(&report.definition.subject));
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
    drawn.changes = changes(report);
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

fn point(report: &Report, judged: &Judged<Date>) -> XmrPoint {
    let mut periods = report.periods.iter().map(|(period, _)| *period);
    let own = periods.find(|period| period.from() == judged.at);
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
        href: own.map(|period| report.link(report.place.as_ref(), period)),
    }
}
