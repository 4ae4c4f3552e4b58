//! What is shown of a series: pure functions from its judgement.

use stour_design::chart::{Change, Limits, Unit, XmrChart, XmrPoint};
use stour_design::{
    Button, Cell, Details, Heading, InsetText, Markup, Select, SummaryList, Table, html,
};
use stour_kernel::{Date, london_date};
use stour_statistics::xmr::{Direction, Group, Profile};

use super::judgement::{Day, Judgement, Rebase};
use super::message::{headline, message};
use super::store::{Revision, Series};
use super::week::Week;
use crate::area::Area;
use crate::measure::{Every, Measure};
use crate::shown::{PROFILES, civil, hidden_caption, point_kind, profile_words};
use crate::words;

/// A series with everything a page, a file or the API says of it.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub(crate) series: Series,
    pub(crate) measure: &'static Measure,
    pub(crate) area: Area,
    pub(crate) judgement: Judgement,
    pub(crate) rebases: Vec<Rebase>,
    pub(crate) revisions: Vec<Revision>,
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

    pub(crate) fn named(name: Option<&str>) -> Self {
        Self::NAMES
            .iter()
            .find(|(_, known, _)| Some(*known) == name)
            .map_or(Self::Year, |(window, _, _)| *window)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Year => "12-months",
            Self::All => "all",
        }
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
        } else {
            Unit::MEASURE
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
    pub(crate) fn chart(&self, window: Window, profile: Profile) -> XmrChart {
        let days = self.days(window);
        let span = match (days.first(), days.last()) {
            (Some(first), Some(last)) => format!(
                ", {} to {}",
                words::day(first.judged.at),
                words::day(last.judged.at)
            ),
            _ => String::new(),
        };
        let short = message(self.measure, &self.judgement);
        let short = short.split(" – ").next().unwrap_or_default();
        let changes = self
            .rebases
            .iter()
            .filter(|rebase| days.iter().any(|day| day.judged.at == rebase.day))
            .map(|rebase| Change {
                day: civil(rebase.day),
                label: format!("{} ({})", rebase.reason, rebase.decided_by),
            });
        XmrChart {
            unit: self.unit(),
            changes: changes.collect(),
            description: self.description(days),
            csv_href: Some(format!(
                "{}.csv?profile={}",
                self.address(),
                profile_words(profile).0
            )),
            ..XmrChart::new(
                "series",
                words::capital(short),
                format!(
                    "{}, each {}, {}{span}",
                    self.measure.title,
                    self.measure.every.noun(),
                    self.area.short_name()
                ),
                days.iter().map(point).collect(),
            )
        }
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
        if let Some((latest, value)) = self.judgement.latest() {
            let on = words::day(latest.judged.at);
            let kind = latest.judged.kind.map(|kind| kind.words().to_lowercase());
            let cause = latest.judged.cause.map(|cause| cause.words().to_owned());
            let says: Vec<String> = kind.into_iter().chain(cause).collect();
            let says = if says.is_empty() {
                String::new()
            } else {
                format!(": {}", says.join(", "))
            };
            parts.push(format!("latest {} on {on}{says}", unit.value(value)));
        }
        format!("{}.", parts.join("; "))
    }

    /// The page, beginning with its `h1`.
    pub(crate) fn page(&self, window: Window, profile: Profile) -> Markup {
        let chart = self.chart(window, profile);
        html! {
            (Heading::page(self.headline()))
            (self.form(window, profile))
            (chart)
            @if let Some(week) = self.week() { (InsetText::new(week)) }
            (self.limits())
            (self.missing())
            (self.revised())
            (Heading::section("What this measure is"))
            (self.definition(profile))
        }
    }

    /// What a reader of daily figures must know of the days of the week.
    fn week(&self) -> Option<String> {
        let daily = self.measure.every == Every::Day;
        let week = daily.then(|| Week::of(&self.judgement)).flatten()?;
        Some(week.words(self.unit()))
    }

    fn form(&self, window: Window, profile: Profile) -> Markup {
        let windows = Window::NAMES.map(|(_, name, text)| (name, text));
        let profiles = PROFILES.map(|(_, name, text)| (name, text));
        html! {
            form.stour-filter method="get" action=(self.address()) {
                (Select::new("period", "Period", windows).selected(Some(window.name())))
                (Select::new("profile", "Rules", profiles).selected(Some(profile_words(profile).0)))
                (Button::secondary("Show"))
            }
        }
    }

    fn limits(&self) -> Markup {
        let unit = self.unit();
        let noun = self.measure.every.noun();
        let row = |group: &Group<Date>| {
            let range = group.limits.map_or_else(
                || "None: fewer than 13 values".to_owned(),
                |limits| {
                    format!(
                        "{} to {}",
                        unit.limit(limits.lower),
                        unit.limit(limits.upper)
                    )
                },
            );
            vec![
                words::day(group.from).into(),
                words::day(group.to).into(),
                words::count(words::number(group.count)).into(),
                group
                    .mean
                    .map_or_else(|| "None".to_owned(), |mean| unit.limit(mean))
                    .into(),
                range.into(),
            ]
        };
        let rows: Vec<Vec<Cell>> = self.judgement.chart.groups.iter().map(row).collect();
        html! {
            (Table {
                responsive: true,
                ..Table::new(
                    "What is expected",
                    ["From", "To", "Values", "Mean", "Expected range"],
                    rows,
                )
            })
            p {
                "The mean and the expected range are worked out from every " (noun) " of the series, whichever part of it is \
                 shown, and start afresh only on a date that somebody has decided and given a reason for."
                @if self.rebases.is_empty() { " Nobody has." }
            }
        }
    }

    fn missing(&self) -> Markup {
        let noun = self.measure.every.noun();
        let all: Vec<(Date, &str)> = self.judgement.missing().collect();
        let rows = all
            .iter()
            .map(|(at, why)| [words::day(*at), (*why).to_owned()]);
        let rows: Vec<Vec<Cell>> = rows
            .map(|row| row.into_iter().map(Into::into).collect())
            .collect();
        html! {
            (Heading::section("Missing returns"))
            @if all.is_empty() {
                p { "None: there is a figure for every " (noun) " from the first to the last." }
            } @else {
                p {
                    (words::counted(words::number(all.len()), noun)) " of this series "
                    @if all.len() == 1 { "has" } @else { "have" } " no figure. Nothing is joined or judged across a " (noun) " without one."
                }
                (Table::new(hidden_caption("Missing returns, with the reason"), ["Date", "Why"], rows))
            }
        }
    }

    fn revised(&self) -> Markup {
        if self.revisions.is_empty() {
            return html! {};
        }
        let unit = self.unit();
        let rows: Vec<Vec<Cell>> = self
            .revisions
            .iter()
            .take(100)
            .map(|revision| {
                vec![
                    words::day(revision.day).into(),
                    unit.value(revision.before).into(),
                    unit.value(revision.after).into(),
                    words::day(london_date(revision.learnt_at)).into(),
                ]
            })
            .collect();
        let table = Table::new(
            "Figures that were published anew",
            ["Date", "Before", "Now", "Learnt on"],
            rows,
        );
        let summary = format!(
            "{} published anew",
            words::counted(words::number(self.revisions.len()), "figure")
        );
        html! { (Details::new(summary, html! { (table) })) }
    }

    fn definition(&self, profile: Profile) -> Markup {
        let measure = self.measure;
        let better = match measure.direction {
            Direction::Increase => "More is better",
            Direction::Decrease => "Fewer is better",
            Direction::Neutral => "Neither more nor fewer is better",
        };
        let valid = match measure.ends {
            Some(ends) => format!("{} until {}", words::day(measure.starts), words::day(ends)),
            None => format!("Since {}", words::day(measure.starts)),
        };
        let area = self
            .last()
            .map_or_else(|| self.area.name.clone(), |on| self.area.name_on(on));
        let list = |texts: &[String]| html! { ul { @for text in texts { li { (text) } } } };
        let (_, rules) = profile_words(profile);
        html! {
            (SummaryList::new([
                ("Measure", html! { (measure.title) }),
                ("For", html! { (area) " (" (self.area.code) ")" }),
                ("It is", html! { (measure.is) }),
                ("It is not", list(&measure.is_not)),
                ("Unit", html! { (measure.unit) }),
                ("Direction", html! { (better) }),
                ("Source", html! { (self.series.source) }),
                ("Published by", html! { (measure.publisher) }),
                ("Definition", html! { (self.series.definition_version) }),
                ("Definition holds", html! { (valid) }),
                ("Rules of the chart", html! { (rules) }),
            ]))
            @for note in &measure.notes { (InsetText::new(note.as_str())) }
            @if profile == Profile::MakingDataCount {
                (InsetText::new(
                    "Unverified: the Making Data Count rules are followed as their team describes them in public. \
                     They have not been checked against NHS England’s workbook."
                ))
            }
        }
    }

    /// The whole series as CSV.
    pub(crate) fn csv(&self) -> String {
        let mut out = String::from(
            "date,published,value,missing,mean,lower_limit,upper_limit,variation,rule\r\n",
        );
        for day in &self.judgement.days {
            let judged = &day.judged;
            let number =
                |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
            let cells = [
                judged.at.to_string(),
                number(day.published),
                number(judged.value),
                day.missing.clone().unwrap_or_default(),
                number(judged.mean),
                number(judged.limits.map(|limits| limits.lower)),
                number(judged.limits.map(|limits| limits.upper)),
                judged.kind.map_or("", |kind| kind.words()).to_owned(),
                judged.cause.map_or("", |cause| cause.words()).to_owned(),
            ];
            out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
            out.push_str("\r\n");
        }
        out
    }
}

/// A point of the chart and a row of its table.
fn point(day: &Day) -> XmrPoint {
    let judged = &day.judged;
    XmrPoint {
        day: civil(judged.at),
        label: words::day(judged.at),
        value: judged.value,
        kind: point_kind(judged.kind),
        note: judged.cause.map_or("", |cause| cause.words()).to_owned(),
        limits: judged.limits.zip(judged.mean).map(|(limits, mean)| Limits {
            mean,
            lower: limits.lower,
            upper: limits.upper,
        }),
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests;
