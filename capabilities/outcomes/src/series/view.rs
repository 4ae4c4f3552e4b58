//! What is shown of a series: pure functions from its judgement.

mod definition;
mod file;
mod sections;

use stour_design::chart::{Aim, Change, Limits, Unit, XmrChart, XmrPoint};
use stour_design::{Button, Heading, InsetText, Markup, Select, html};
use stour_kernel::{Date, london_date};
use stour_statistics::xmr::Assurance;

use super::compare::Compared;
use super::joined::Join;
use super::judgement::{ChartKind, Day, Judgement, Method};
use super::message::{headline, message};
use super::note::{Annotation, Rebase};
use super::parts::Divided;
use super::store::{Revision, Series};
use super::week::Week;
use crate::area::Area;
use crate::commentary::Commentary;
use crate::indicator::download::links;
use crate::measure::{Every, Measure};
use crate::shown::{
    CHARTS, PROFILES, assurance, chart_name, civil, point_kind, profile_words, variation,
};
use crate::words;

/// A series with everything a page, a file or the API says of it.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub(crate) series: Series,
    pub(crate) measure: &'static Measure,
    pub(crate) area: Area,
    pub(crate) judgement: Judgement,
    /// Every figure is known as how many of how many.
    pub(crate) is_counted: bool,
    pub(crate) rebases: Vec<Rebase>,
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) revisions: Vec<Revision>,
    /// Where the areas that make up the whole become others.
    pub(crate) joins: Vec<Join>,
    /// What it is divided into.
    pub(crate) divided: Vec<Divided>,
    /// What it is set beside, the nearest first.
    pub(crate) compared: Vec<Compared>,
}

/// What people say of a series, and whether whoever reads may say something.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) commentary: Commentary,
    pub(crate) today: Date,
    pub(crate) may: bool,
}

/// How much of a series is drawn. It changes no limit and no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Window {
    /// The last twelve months that were published.
    Year,
    /// From the first to the last.
    All,
}

impl Window {
    const NAMES: [(Self, &'static str, &'static str); 2] = [
        (Self::Year, "12-months", "Last 12 months"),
        (Self::All, "all", "All"),
    ];

    /// The window of this name; for any other the last year of days, and all of longer periods.
    pub(crate) fn named(name: Option<&str>, every: Every) -> Self {
        let usual = match every {
            Every::Day => Self::Year,
            Every::Month | Every::Quarter | Every::Year | Every::Report => Self::All,
        };
        Self::NAMES
            .iter()
            .find(|(_, known, _)| Some(*known) == name)
            .map_or(usual, |(window, _, _)| *window)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Year => "12-months",
            Self::All => "all",
        }
    }
}

/// What a link adds to lead to the same chart.
fn asked(method: Method) -> String {
    format!(
        "?profile={}&chart={}",
        profile_words(method.profile).0,
        chart_name(method.kind)
    )
}

/// How a measure is written that is neither counted nor a share.
fn millions(measure: &Measure) -> Unit {
    if measure.unit.starts_with("million pounds") {
        Unit {
            before: "£",
            after: "m",
            ..Unit::MEASURE
        }
    } else {
        Unit::MEASURE
    }
}

impl Whole {
    pub(crate) fn headline(&self) -> String {
        headline(self.measure, self.area.short_name(), &self.judgement)
    }

    pub(crate) fn address(&self) -> String {
        format!("/board/series/{}/{}", self.series.measure, self.series.area)
    }

    pub(crate) fn unit(&self) -> Unit {
        if self.measure.whole {
            Unit::COUNT
        } else if self.measure.percent {
            Unit::PERCENT
        } else {
            Unit {
                decimals: self.measure.decimals,
                limit_decimals: self.measure.decimals,
                ..millions(self.measure)
            }
        }
    }

    pub(crate) fn first(&self) -> Option<Date> {
        self.judgement.days.first().map(|day| day.judged.at)
    }

    pub(crate) fn last(&self) -> Option<Date> {
        self.judgement.days.last().map(|day| day.judged.at)
    }

    /// The days of a window, in order.
    pub(crate) fn days(&self, window: Window) -> &[Day] {
        let days = &self.judgement.days;
        let from = self.last().and_then(|last| {
            let start = last.checked_sub(jiff::Span::new().years(1)).ok()?;
            Some(days.partition_point(|day| day.judged.at <= start))
        });
        match (window, from) {
            (Window::Year, Some(from)) => days.get(from..).unwrap_or_default(),
            _ => days,
        }
    }

    /// The chart of a window.
    pub(crate) fn chart(&self, window: Window, method: Method) -> XmrChart {
        let days = self.days(window);
        let every = self.measure.every;
        let span = match (days.first(), days.last()) {
            (Some(first), Some(last)) => format!(
                ", {} to {}",
                every.name(first.judged.at),
                every.name(last.judged.at)
            ),
            _ => String::new(),
        };
        let short = message(self.measure, &self.judgement);
        let short = short.split(" – ").next().unwrap_or_default();
        XmrChart {
            unit: self.unit(),
            targets: self.aims(days),
            changes: self.changes(days),
            description: self.description(days),
            csv_href: Some(format!("{}.csv{}", self.address(), asked(method))),
            ..XmrChart::new(
                "series",
                words::capital(short),
                format!(
                    "{}, each {}, {}{span}",
                    self.measure.title,
                    every.noun(),
                    self.area.short_name()
                ),
                days.iter().map(|day| self.point(day)).collect(),
            )
        }
    }

    /// The targets that hold in a window.
    fn aims(&self, days: &[Day]) -> Vec<Aim> {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Vec::new();
        };
        let targets = self.measure.targets.iter().enumerate();
        targets
            .filter(|(place, target)| {
                let next = self.measure.targets.get(place + 1);
                target.from <= last.judged.at && next.is_none_or(|next| next.from > first.judged.at)
            })
            .map(|(_, target)| Aim {
                from: civil(target.from),
                value: target.value,
            })
            .collect()
    }

    /// What is marked on a window: fresh starts, what was done or happened, and joins.
    fn changes(&self, days: &[Day]) -> Vec<Change> {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Vec::new();
        };
        let rebases = self.rebases.iter().map(|rebase| {
            let label = format!(
                "Limits start afresh: {} ({})",
                rebase.reason, rebase.decided_by
            );
            (rebase.day, label)
        });
        let told = self
            .annotations
            .iter()
            .map(|told| (told.day, format!("{} ({})", told.what, told.told_by)));
        let joins = self
            .joins
            .iter()
            .map(|join| (join.at, format!("{} from here", join.after.join(" and "))));
        let mut changes: Vec<(Date, String)> = rebases.chain(told).chain(joins).collect();
        changes.retain(|(at, _)| (first.judged.at..=last.judged.at).contains(at));
        changes.sort();
        changes
            .into_iter()
            .map(|(at, label)| Change {
                day: civil(at),
                label: format!("{}: {label}", self.measure.every.name(at)),
            })
            .collect()
    }

    /// What those who cannot see the drawing hear.
    fn description(&self, days: &[Day]) -> String {
        let unit = self.unit();
        let noun = self.measure.every.noun();
        let counted = |number: usize| words::counted(words::number(number), noun);
        let mut parts = vec![counted(days.len())];
        let group = self.judgement.chart.groups.last();
        parts.extend(
            group
                .and_then(|group| group.mean)
                .map(|mean| format!("mean {}", unit.limit(mean))),
        );
        parts.extend(group.and_then(|group| group.limits).map(|limits| {
            format!(
                "expected between {} and {}",
                unit.limit(limits.lower),
                unit.limit(limits.upper)
            )
        }));
        let missing = days.iter().filter(|day| day.missing.is_some()).count();
        if missing > 0 {
            parts.push(format!("{} missing", counted(missing)));
        }
        let target = self
            .judgement
            .latest()
            .and_then(|(day, _)| day.judged.target);
        parts.extend(target.map(|target| format!("target {}", unit.value(target))));
        if let Some((latest, value)) = self.judgement.latest() {
            let on = self.measure.every.name(latest.judged.at);
            let kind = latest.judged.kind.map(|kind| kind.words().to_lowercase());
            let cause = latest.judged.cause.map(|cause| cause.words().to_owned());
            let says: Vec<String> = kind.into_iter().chain(cause).collect();
            let says = if says.is_empty() {
                String::new()
            } else {
                format!(": {}", says.join(", "))
            };
            let preposition = match self.measure.every {
                Every::Day | Every::Report => "on",
                Every::Month | Every::Quarter | Every::Year => "for",
            };
            parts.push(format!(
                "latest {} {preposition} {on}{says}",
                unit.value(value)
            ));
        }
        format!("{}.", parts.join("; "))
    }

    /// The page, beginning with its `h1`.
    pub(crate) fn page(&self, window: Window, method: Method, said: &Said) -> Markup {
        let chart = self.chart(window, method);
        let periods: Vec<Date> = self.days(window).iter().map(|day| day.judged.at).collect();
        html! {
            (Heading::page(self.headline()))
            (self.verdicts())
            (self.form(window, method))
            (chart)
            @if let Some(week) = self.week() { (InsetText::new(week)) }
            @if method.kind != ChartKind::Xmr { (InsetText::new(method.kind.words())) }
            (self.joined())
            (self.limits())
            (self.aimed())
            (self.noted())
            @if said.may { p { a href={ (self.address()) "/note" } { "Add a note, or start the limits afresh" } } }
            (said.commentary.section(&self.address(), said.today, said.may))
            (self.missing())
            (self.known())
            (self.divided_sections())
            @if self.measure.every != Every::Day { (self.comparison(&periods)) }
            (self.revised())
            (Heading::section("What this measure is"))
            (self.definition(method.profile))
            (said.commentary.log(self.known_changes()))
            (links(&format!("{}{}", self.address(), asked(method))))
        }
    }

    /// What the chart says of the latest figure, and of the target that holds for it.
    fn verdicts(&self) -> Markup {
        let Some((latest, value)) = self.judgement.latest() else {
            return html! {};
        };
        let every = self.measure.every;
        let unit = self.unit();
        html! {
            p {
                "The latest figure, for " (every.name(latest.judged.at)) ", is " (unit.value(value)) ". "
                (variation(self.judgement.chart.variation))
            }
            @if let Some((target, found)) = self.assured() {
                p {
                    "The target is " (unit.value(target)) ". " (assurance(found))
                }
                @if let Some(but) = self.against(value, target, found) {
                    p {
                        (but) " Whether a target is passed or failed consistently goes by the expected range, from every "
                        (every.noun()) " since the limits last started afresh, and not by the latest figure."
                    }
                }
            }
        }
    }

    /// The target that holds for the latest figure, and whether it will be met as things are.
    pub(super) fn assured(&self) -> Option<(f64, Assurance)> {
        let (latest, _) = self.judgement.latest()?;
        latest.judged.target.zip(self.judgement.chart.assurance)
    }

    /// What must be said where the latest figure is not as the icon beside it would have it.
    pub(super) fn against(
        &self,
        value: f64,
        target: f64,
        found: Assurance,
    ) -> Option<&'static str> {
        match (found, self.measure.meets(value, target)?) {
            (Assurance::ConsistentlyPassing, false) => Some("The latest figure does not meet it."),
            (Assurance::ConsistentlyFailing, true) => Some("The latest figure meets it."),
            _ => None,
        }
    }

    /// What is known of changes besides what people wrote.
    fn known_changes(&self) -> Vec<(Date, String, String)> {
        let version = format!("{} holds", self.series.definition_version);
        let version = (self.measure.starts, version, self.measure.publisher.clone());
        let rebases = self.rebases.iter().map(|rebase| {
            let what = format!(
                "Limits start afresh from {}: {}",
                words::day(rebase.day),
                rebase.reason
            );
            (
                london_date(rebase.recorded_at),
                what,
                rebase.decided_by.clone(),
            )
        });
        let told = self.annotations.iter().map(|told| {
            let what = format!("Happened on {}: {}", words::day(told.day), told.what);
            (london_date(told.recorded_at), what, told.told_by.clone())
        });
        [version].into_iter().chain(rebases).chain(told).collect()
    }

    /// What a reader of daily figures must know of the days of the week.
    fn week(&self) -> Option<String> {
        let daily = self.measure.every == Every::Day;
        let week = daily.then(|| Week::of(&self.judgement)).flatten()?;
        Some(week.words(self.unit()))
    }

    fn form(&self, window: Window, method: Method) -> Markup {
        let windows = Window::NAMES.map(|(_, name, text)| (name, text));
        let profiles = PROFILES.map(|(_, name, text)| (name, text));
        let charts = CHARTS.map(|(_, name, text)| (name, text));
        let may_choose = self.measure.percent && self.is_counted;
        html! {
            form.stour-filter method="get" action=(self.address()) {
                (Select::new("period", "Period", windows).selected(Some(window.name())))
                (Select::new("profile", "Rules", profiles).selected(Some(profile_words(method.profile).0)))
                @if may_choose {
                    (Select::new("chart", "Limits", charts).selected(Some(chart_name(method.kind))))
                }
                (Button::secondary("Show"))
            }
        }
    }

    /// A point of the chart and a row of its table.
    fn point(&self, day: &Day) -> XmrPoint {
        let judged = &day.judged;
        XmrPoint {
            day: civil(judged.at),
            label: self.measure.every.name(judged.at),
            value: judged.value,
            kind: point_kind(judged.kind),
            note: judged.cause.map_or("", |cause| cause.words()).to_owned(),
            limits: judged.limits.zip(judged.mean).map(|(limits, mean)| Limits {
                mean,
                lower: limits.lower,
                upper: limits.upper,
            }),
            href: None,
        }
    }
}

#[cfg(test)]
mod tests;
