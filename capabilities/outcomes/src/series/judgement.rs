//! What the statistics say of a series. Everything that shows a series (chart, table, sparkline,
//! headline, file, API) shows this one result.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;
use stour_statistics::attribute::{self, Attribute, Sample};
use stour_statistics::xmr::{self, Chart, Judged, Limits, Options, Profile, Target};
use stour_statistics::{Point, zeros};

use super::note::Rebase;
use super::value::{Value, Values};
use crate::measure::{Every, Measure};

/// A series as it was published, and what of it is not to be judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// The figures.
    pub values: Values,
    /// Periods without a figure to judge, whether or not one was published, with the reason.
    pub missing: BTreeMap<Date, String>,
}

/// By which rules a series is judged, and on which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Method {
    /// Whose rules.
    pub profile: Profile,
    /// Which chart.
    pub kind: ChartKind,
}

/// Where the limits of a chart come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChartKind {
    /// From how much one period differs from the next: `XmR`.
    #[default]
    Xmr,
    /// From chance alone, by how many each share is of: p.
    Proportion,
    /// From chance, widened by the variation that is seen: p′ (Laney).
    ProportionSeen,
}

/// One period of a series with what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The value as it was published; `None` when nothing was.
    pub published: Option<f64>,
    /// Why there is no value to judge, when there is none.
    pub missing: Option<String>,
    /// The judgement; its value is `None` when it is missing.
    pub judged: Judged<Date>,
}

/// A series, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// One for each period from the first published to the last, none left out.
    pub days: Vec<Day>,
    /// The chart: groups, limits and the latest variation.
    pub chart: Chart<Date>,
}

impl Published {
    /// What an area published of a measure, less what is known to be wrong.
    pub(crate) fn of(measure: &Measure, area: &str, values: Values) -> Self {
        let withheld = |at: &Date| {
            let mut faults = measure.faults.iter();
            faults.find(|fault| fault.withheld && fault.covers(area, *at))
        };
        let missing = values
            .keys()
            .filter_map(|at| Some((*at, format!("Withheld: {}", withheld(at)?.what))))
            .collect();
        Self { values, missing }
    }

    /// Whether every figure is known as how many of how many.
    pub(crate) fn is_counted(&self) -> bool {
        !self.values.is_empty() && self.values.values().all(|value| value.counted.is_some())
    }
}

impl From<BTreeMap<Date, f64>> for Published {
    fn from(values: BTreeMap<Date, f64>) -> Self {
        let values = values.into_iter();
        Self {
            values: values.map(|(at, value)| (at, Value::from(value))).collect(),
            missing: BTreeMap::new(),
        }
    }
}

impl From<Profile> for Method {
    fn from(profile: Profile) -> Self {
        Self {
            profile,
            kind: ChartKind::Xmr,
        }
    }
}

impl ChartKind {
    /// What a reader must know of where its limits come from.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Xmr => "",
            Self::Proportion => {
                "The limits of this p chart are what chance alone would give, and narrower where the share is of more. With \
                 thousands in each period they are very narrow, and nearly every point lies outside: that is a fault of the chart, \
                 not of the service."
            }
            Self::ProportionSeen => {
                "The limits of this p′ chart (Laney) are what chance would give, widened or narrowed by how much one period differs \
                 from the next, and narrower where the share is of more."
            }
        }
    }
}

impl Judgement {
    /// The latest period that has a value.
    pub fn latest(&self) -> Option<(&Day, f64)> {
        self.days
            .iter()
            .rev()
            .find_map(|day| day.judged.value.map(|value| (day, value)))
    }

    /// The periods without a value to judge, in order, each with the reason.
    pub fn missing(&self) -> impl Iterator<Item = (Date, &str)> {
        self.days
            .iter()
            .filter_map(|day| day.missing.as_deref().map(|why| (day.judged.at, why)))
    }

    /// Figures among them that were published, but cannot be true: zeros that are missing returns, and
    /// what is known to be wrong.
    pub fn zeros(&self) -> impl Iterator<Item = Date> {
        self.days
            .iter()
            .filter(|day| day.missing.is_some() && day.published.is_some())
            .map(|day| day.judged.at)
    }

    /// The values that were judged, by period.
    pub(crate) fn values(&self) -> BTreeMap<Date, f64> {
        let days = self.days.iter();
        days.filter_map(|day| Some((day.judged.at, day.judged.value?)))
            .collect()
    }
}

/// Judges a series by a named set of rules.
///
/// Periods between the first and the last for which nothing was published, zeros that are missing
/// returns, and figures known to be wrong have no value: no line, range or rule reaches across them.
/// Limits are always those of the whole series since the last rebase, whatever part of it is looked
/// at, so that looking at another part changes no verdict.
///
/// # Errors
/// When a value is not a number, or a share has no count for the chart that was asked for.
pub fn judge(
    measure: &Measure,
    published: &Published,
    rebases: &[Rebase],
    method: Method,
) -> Result<Judgement, attribute::Error> {
    let points = every_period(measure.every, published);
    let (points, found) = zeros::without_missing_returns(&points);
    let reasons: BTreeMap<Date, String> =
        found.iter().map(|zero| (zero.at, zero.reason())).collect();
    let chart = drawn(measure, published, &points, rebases, method)?;
    let why =
        |judged: &Judged<Date>| {
            if judged.value.is_some() {
                return None;
            }
            let known = published.missing.get(&judged.at);
            let known = known.or_else(|| reasons.get(&judged.at)).cloned();
            Some(known.unwrap_or_else(|| {
                format!("Nothing was published for this {}.", measure.every.noun())
            }))
        };
    let days = chart.points.iter().map(|judged| Day {
        published: published.values.get(&judged.at).map(|value| value.value),
        missing: why(judged),
        judged: *judged,
    });
    Ok(Judgement {
        days: days.collect(),
        chart,
    })
}

fn drawn(
    measure: &Measure,
    published: &Published,
    points: &[Point<Date>],
    rebases: &[Rebase],
    Method { profile, kind }: Method,
) -> Result<Chart<Date>, attribute::Error> {
    let rebases: Vec<Date> = rebases.iter().map(|rebase| rebase.day).collect();
    // The values of a p chart are parts of one; those of the measure, per cent.
    let scale = if kind == ChartKind::Xmr { 1.0 } else { 100.0 };
    let targets = measure.targets.iter().map(|target| Target {
        from: target.from,
        value: target.value / scale,
    });
    let targets: Vec<Target<Date>> = targets.collect();
    let options = Options {
        profile,
        rebases: &rebases,
        targets: &targets,
        ..Options::new(measure.direction)
    };
    if kind == ChartKind::Xmr {
        return Ok(xmr::chart(points, &options)?);
    }
    let samples = points.iter().map(|point| Sample {
        at: point.at,
        counted: point
            .value
            .and_then(|_| published.values.get(&point.at)?.counted),
    });
    let samples: Vec<Sample<Date>> = samples.collect();
    let laney = kind == ChartKind::ProportionSeen;
    let mut chart = attribute::chart(Attribute::Proportion, laney, &samples, &options)?;
    for point in &mut chart.points {
        point.value = point.value.map(|value| value * scale);
        point.mean = point.mean.map(|mean| mean * scale);
        point.limits = point.limits.map(|limits| scaled(limits, scale));
        point.target = point.target.map(|target| target * scale);
    }
    for group in &mut chart.groups {
        group.mean = group.mean.map(|mean| mean * scale);
        group.limits = group.limits.map(|limits| scaled(limits, scale));
    }
    Ok(chart)
}

fn scaled(limits: Limits, by: f64) -> Limits {
    Limits {
        lower: limits.lower * by,
        near_lower: limits.near_lower * by,
        near_upper: limits.near_upper * by,
        upper: limits.upper * by,
    }
}

/// A point for each period from the first to the last, with no value where there is none.
fn every_period(every: Every, published: &Published) -> Vec<Point<Date>> {
    let known: BTreeSet<Date> = published
        .values
        .keys()
        .chain(published.missing.keys())
        .copied()
        .collect();
    let mut points = Vec::with_capacity(known.len());
    let mut expected = known.first().copied();
    for day in known {
        while let Some(at) = expected.filter(|&at| at < day) {
            points.push(Point { at, value: None });
            expected = every.after(at);
        }
        let value = published.values.get(&day);
        let is_missing = published.missing.contains_key(&day);
        points.push(Point {
            at: day,
            value: value.filter(|_| !is_missing).map(|value| value.value),
        });
        expected = every.after(day);
    }
    points
}

#[cfg(test)]
mod tests;
