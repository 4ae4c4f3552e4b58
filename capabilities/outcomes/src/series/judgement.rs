//! What the statistics say of a series. Everything that shows a series (chart, table, sparkline,
//! headline, file, API) shows this one result.

use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_statistics::xmr::{self, Chart, Judged, Options, Profile};
use stour_statistics::{Point, zeros};

use crate::measure::{Every, Measure};

/// A day from which a chart starts afresh. Somebody decided it, for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// The first day of the new stretch.
    pub day: Date,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
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

    /// The zeros among them: published, but taken for missing returns.
    pub fn zeros(&self) -> impl Iterator<Item = Date> {
        self.days
            .iter()
            .filter(|day| day.missing.is_some() && day.published.is_some())
            .map(|day| day.judged.at)
    }
}

/// Judges a series by a named set of rules.
///
/// Periods between the first and the last for which nothing was published, and zeros that are
/// missing returns, have no value: no line, range or rule reaches across them. Limits are always
/// those of the whole series since the last rebase, whatever part of it is looked at, so that
/// looking at another part changes no verdict.
///
/// # Errors
/// When a value is not a number.
pub fn judge(
    measure: &Measure,
    published: &BTreeMap<Date, f64>,
    rebases: &[Rebase],
    profile: Profile,
) -> Result<Judgement, xmr::Error> {
    let points = every_period(measure.every, published);
    let (points, found) = zeros::without_missing_returns(&points);
    let reasons: BTreeMap<Date, String> =
        found.iter().map(|zero| (zero.at, zero.reason())).collect();
    let days: Vec<Date> = rebases.iter().map(|rebase| rebase.day).collect();
    let chart = xmr::chart(
        &points,
        &Options {
            profile,
            rebases: &days,
            ..Options::new(measure.direction)
        },
    )?;
    let days = chart
        .points
        .iter()
        .map(|judged| {
            let published = published.get(&judged.at).copied();
            let missing = match (judged.value, reasons.get(&judged.at)) {
                (Some(_), _) => None,
                (None, Some(reason)) => Some(reason.clone()),
                (None, None) => Some(format!(
                    "Nothing was published for this {}.",
                    measure.every.noun()
                )),
            };
            Day {
                published,
                missing,
                judged: *judged,
            }
        })
        .collect();
    Ok(Judgement { days, chart })
}

/// A point for each period from the first to the last, with no value where there is none.
fn every_period(every: Every, published: &BTreeMap<Date, f64>) -> Vec<Point<Date>> {
    let mut points = Vec::with_capacity(published.len());
    let mut expected = published.keys().next().copied();
    for (&day, &value) in published {
        while let Some(at) = expected.filter(|&at| at < day) {
            points.push(Point { at, value: None });
            expected = every.after(at);
        }
        points.push(Point {
            at: day,
            value: Some(value),
        });
        expected = every.after(day);
    }
    points
}

#[cfg(test)]
mod tests;
