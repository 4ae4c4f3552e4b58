//! What is shown of the indicator: pure functions from its summary, for one audience.

use std::collections::BTreeMap;

use stour_design::chart::{Limits, PointKind, Sparkline, Unit, XmrChart, XmrPoint};
use stour_design::{Cell, html};
use stour_kernel::Date;
use stour_statistics::Point;
use stour_statistics::proportion::Proportion;
use stour_statistics::xmr::{self, Chart, FEWEST_FOR_LIMITS, Kind, Options};

use super::{
    Audience, Count, Definition, Months, Piece, Published, Summary, by_quarter, publish,
    publish_nested,
};
use crate::shown::{civil, point_kind, variation};
use crate::words;

/// The indicator as one audience may see it.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) definition: &'static Definition,
    pub(crate) audience: Audience,
    pub(crate) summary: Summary,
    /// The twelve months.
    pub(crate) total: Published,
    /// Each council and its localities, in the order of the summary.
    pub(crate) councils: Vec<(Published, Vec<Published>)>,
    /// Each complete month, or quarter where months are too small to show.
    pub(crate) periods: Vec<(Months, Published)>,
    /// The same as a chart, when there are enough of them.
    pub(crate) chart: Option<Chart<Date>>,
}

impl Report {
    /// Withholds what the audience may not see; everything shown is made from what is left. Where a
    /// recent month would be withheld, quarters are shown instead of months.
    pub(crate) fn new(
        definition: &'static Definition,
        summary: Summary,
        audience: Audience,
    ) -> Self {
        let of = |pieces: &[Piece<Months>]| periods(definition, pieces, summary.months, audience);
        let mut periods = of(&summary.by_month);
        let recent = |(months, shown): &&(Months, Published)| {
            summary.months.contain(months.from) && *shown == Published::Withheld
        };
        if periods.iter().any(|period| recent(&period)) {
            periods = of(&by_quarter(&summary.by_month));
        }
        let total = publish(definition, &[summary.total], audience);
        Self {
            chart: chart(definition, &periods),
            councils: publish_nested(definition, &summary.councils, audience),
            total: total.first().copied().unwrap_or(Published::Withheld),
            periods,
            audience,
            summary,
            definition,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("/board/indicators/{}", self.definition.id)
    }

    /// What the latest period says, when periods can be judged.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let points = &self.chart.as_ref()?.points;
        points
            .iter()
            .rev()
            .find(|point| point.value.is_some())?
            .kind
    }

    /// What a period is: "month" or "quarter".
    pub(crate) fn noun(&self) -> &'static str {
        let months = |months: &Months| months.from == months.last();
        if self.periods.iter().all(|(period, _)| months(period)) {
            "month"
        } else {
            "quarter"
        }
    }

    /// Whether anything is withheld.
    pub(crate) fn withholds(&self) -> bool {
        let periods = self.periods.iter().map(|(_, shown)| shown);
        let councils = self
            .councils
            .iter()
            .flat_map(|(whole, localities)| localities.iter().chain([whole]));
        periods
            .chain(councils)
            .any(|shown| *shown == Published::Withheld)
    }

    /// The message: its value with its interval.
    pub(crate) fn headline(&self) -> String {
        let title = &self.definition.title;
        match (self.total, self.total.proportion()) {
            (_, Some(proportion)) => {
                format!(
                    "{title}: {} ({})",
                    percent(proportion.value),
                    interval(self.definition, &proportion)
                )
            }
            (Published::Withheld, None) => format!("{title}: too few people to show"),
            (Published::Shown(..), None) => format!("{title}: nobody yet"),
        }
    }

    /// The indicator as a row of the board.
    pub(crate) fn row(&self) -> Vec<Cell> {
        let value = value(&self.total);
        let values: Vec<Option<f64>> = self
            .periods
            .iter()
            .map(|(_, shown)| per_cent(shown))
            .collect();
        let judged = self.chart.as_ref().and_then(|chart| chart.points.last());
        let sparkline = Sparkline {
            kind: point_kind(self.kind()),
            mean: judged.and_then(|point| point.mean),
            label: format!(
                "{} by {}, the last {}",
                self.definition.title,
                self.noun(),
                words::counted(words::number(values.len()), self.noun())
            ),
            values,
            ..Sparkline::default()
        };
        let shown = match self.total.proportion() {
            Some(proportion) => format!("{value} ({})", interval(self.definition, &proportion)),
            None => value,
        };
        vec![
            Cell::link(self.definition.title.as_str(), self.address()),
            "All of the partnership".into(),
            shown.into(),
            self.summary.months.words().into(),
            html! { (sparkline) }.into(),
            html! { (variation(self.kind())) }.into(),
        ]
    }

    /// The chart of the periods.
    pub(crate) fn drawing(&self) -> Option<XmrChart> {
        let chart = self.chart.as_ref()?;
        let group = chart.groups.last();
        let limits = group.and_then(|group| group.limits);
        let unit = Unit::PERCENT;
        let expected = limits.map_or_else(String::new, |limits| {
            format!(
                "; expected between {} and {}",
                unit.limit(possible(limits.lower)),
                unit.limit(possible(limits.upper))
            )
        });
        let title = match self.kind() {
            None => "Too few figures yet to judge".to_owned(),
            Some(Kind::CommonCause) => format!("The latest {} is as usual", self.noun()),
            Some(Kind::Improvement) => {
                format!("More {} than chance explains", self.definition.subject)
            }
            Some(Kind::Concern) => {
                format!("Fewer {} than chance explains", self.definition.subject)
            }
            Some(Kind::NeutralHigh | Kind::NeutralLow) => {
                format!("The latest {} stands out", self.noun())
            }
        };
        Some(XmrChart {
            unit,
            description: format!(
                "{}; mean {}{expected}.",
                words::counted(words::number(chart.points.len()), self.noun()),
                group
                    .and_then(|group| group.mean)
                    .map_or_else(String::new, |mean| unit.limit(mean)),
            ),
            ..XmrChart::new(
                "indicator",
                title,
                format!(
                    "{}, by {} of discharge, per cent",
                    self.definition.title,
                    self.noun()
                ),
                chart.points.iter().map(point).collect(),
            )
        })
    }

    /// What may be said of each verdict: everything to those who may open the people, else nothing.
    pub(crate) fn verdicts(&self) -> Option<&BTreeMap<&'static str, u64>> {
        (self.audience == Audience::MayOpen).then_some(&self.summary.verdicts)
    }
}

/// Periods as they may be shown, those that add up to the total apart from those before.
fn periods(
    definition: &Definition,
    pieces: &[Piece<Months>],
    total: Months,
    audience: Audience,
) -> Vec<(Months, Published)> {
    let recent = pieces.partition_point(|piece| piece.key.from < total.from);
    let (earlier, recent) = pieces.split_at_checked(recent).unwrap_or((pieces, &[]));
    let shown = [earlier, recent].into_iter().flat_map(|pieces| {
        let counts: Vec<Count> = pieces.iter().map(|piece| piece.count).collect();
        publish(definition, &counts, audience)
    });
    pieces.iter().map(|piece| piece.key).zip(shown).collect()
}

fn per_cent(shown: &Published) -> Option<f64> {
    shown
        .proportion()
        .map(|proportion| 100.0 * proportion.value)
}

fn chart(definition: &Definition, periods: &[(Months, Published)]) -> Option<Chart<Date>> {
    let points: Vec<Point<Date>> = periods
        .iter()
        .map(|(months, shown)| Point {
            at: months.from,
            value: per_cent(shown),
        })
        .collect();
    let values = points.iter().filter(|point| point.value.is_some()).count();
    if values < FEWEST_FOR_LIMITS {
        return None;
    }
    xmr::chart(&points, &Options::new(definition.direction)).ok()
}

fn point(point: &xmr::Judged<Date>) -> XmrPoint {
    XmrPoint {
        day: civil(point.at),
        label: words::month(point.at),
        value: point.value,
        kind: point
            .kind
            .map_or(PointKind::Common, |kind| point_kind(Some(kind))),
        note: point.cause.map_or("", |cause| cause.words()).to_owned(),
        limits: point.limits.zip(point.mean).map(|(limits, mean)| Limits {
            mean,
            lower: possible(limits.lower),
            upper: possible(limits.upper),
        }),
    }
}

/// A limit as it can be reached: no share is below nought or above the whole.
fn possible(limit: f64) -> f64 {
    limit.clamp(0.0, 100.0)
}

/// "78.4%", or why there is none.
pub(crate) fn value(published: &Published) -> String {
    match (published, published.proportion()) {
        (_, Some(proportion)) => percent(proportion.value),
        (Published::Withheld, _) => "Too few to show".to_owned(),
        (Published::Shown(..), None) => "Nobody".to_owned(),
    }
}

/// "95% interval 72.1% to 83.6%".
pub(crate) fn interval(definition: &Definition, proportion: &Proportion) -> String {
    format!("{} {}", interval_name(definition), ends(proportion))
}

/// "72.1% to 83.6%".
pub(crate) fn ends(proportion: &Proportion) -> String {
    format!(
        "{} to {}",
        percent(proportion.lower),
        percent(proportion.upper)
    )
}

/// "95% interval".
pub(crate) fn interval_name(definition: &Definition) -> String {
    format!("{:.0}% interval", definition.interval * 100.0)
}

/// "78.4%", of a proportion.
pub(crate) fn percent(part: f64) -> String {
    Unit::PERCENT.value(part * 100.0)
}

#[cfg(test)]
mod tests;
