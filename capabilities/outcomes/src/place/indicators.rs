//! What is counted in a place, beside the whole partnership.

use stour_design::chart::{Palette, PointKind, Spine};
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};

use super::compare::{Compared, Side, Uncompared, compare};
use super::profile::Profile;
use crate::indicator::chart::unit;
use crate::indicator::publish::Published;
use crate::indicator::report::Report;
use crate::indicator::shown::{interval_name, value, with_interval};
use crate::shown::hidden_caption;
use crate::words;

/// A number of the place held against the whole's.
pub(super) fn compared(report: &Report) -> Result<Compared, Uncompared> {
    let whole = report.comparator.as_ref().unwrap_or(&Published::Withheld);
    compare(report.definition, &report.total, whole)
}

/// The section of indicators.
pub(super) fn section(profile: &Profile) -> Markup {
    let counts = profile.reports.iter().any(counts_anything);
    html! {
        (Heading::section("How it compares"))
        @if counts {
            (summary(profile))
            (explanation(profile))
            @for (id, title) in &profile.catalogue.themes {
                (theme(profile, id, title))
            }
            @if profile.reports.iter().any(|report| report.total == Published::Withheld) {
                @for rule in rules(profile) {
                    p { "Too few to show: " (rule) }
                }
            }
            @if !profile.of_whole_only.is_empty() {
                p { "Counted for the whole partnership only: "
                    @for (place, definition) in profile.of_whole_only.iter().enumerate() {
                        @if place > 0 { "; " }
                        a href={ "/board/indicators/" (definition.id) } { (definition.title) }
                    }
                    "."
                }
            }
        } @else if profile.known.has_ended(profile.as_of) {
            p { "Nothing is counted of a place that has ended." }
        } @else {
            (InsetText::new(
                "Nothing has been counted here yet. Numbers appear within seconds of the first records of people of this place: \
                 connect a hospital system or load a population, and look here again."
            ))
        }
    }
}

/// Whether anything was counted here, also where it may not be shown.
fn counts_anything(report: &Report) -> bool {
    let figure = report.total.figure();
    figure.is_none_or(|figure| figure.cell.numerator != 0 || figure.cell.denominator != 0)
}

/// The message: how many numbers differ, and how many would by chance.
fn summary(profile: &Profile) -> Markup {
    let found: Vec<(&Report, Compared)> = profile
        .reports
        .iter()
        .filter_map(|report| Some((report, compared(report).ok()?)))
        .collect();
    let differing = found
        .iter()
        .filter(|(_, compared)| compared.side != Side::Similar);
    let differing: Vec<&Compared> = differing.map(|(_, compared)| compared).collect();
    let said = |reading: &str, words: &str| {
        let own = differing
            .iter()
            .filter(|compared| compared.reading() == reading);
        let own = own.count();
        (own > 0).then(|| format!("{} {words}", words::count(words::number(own))))
    };
    let said: Vec<String> = [
        said("better", "better"),
        said("worse", "worse"),
        said("", "higher or lower where neither is better"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let by_chance = found
        .iter()
        .map(|(report, _)| 1.0 - report.definition.shown.interval);
    let by_chance: f64 = by_chance.sum();
    let all = words::counted(words::number(found.len()), "indicator");
    html! {
        @if found.is_empty() {
            p { "No indicator can be compared yet: none has a value with an interval that may be shown." }
        } @else {
            p {
                strong {
                    @if said.is_empty() {
                        "None of " (all) " that can be compared differs from the whole partnership by more than chance."
                    } @else {
                        "Of " (all) " that can be compared, " (said.join(", ")) "; the others are similar to the whole partnership."
                    }
                }
                @if by_chance >= 0.5 { " By chance alone about " (format!("{by_chance:.0}")) " would differ." }
            }
        }
    }
}

fn explanation(profile: &Profile) -> Markup {
    let key = [
        (PointKind::Improvement, "Better"),
        (PointKind::Concern, "Worse"),
        (PointKind::NeutralHigh, "Higher, neither better nor worse"),
        (PointKind::NeutralLow, "Lower, neither better nor worse"),
        (PointKind::Common, "Similar"),
    ];
    html! {
        p {
            "Higher or lower means that the whole partnership’s value lies outside this place’s interval; similar means that it lies inside. "
            "Better and worse follow from the direction that each indicator has. A difference is not a cause: ages, need and what is recorded differ too."
        }
        p {
            "In each drawing the upright line is the whole partnership, which this place is part of; the mark is this place, on the line of its interval. "
            "Each row has a scale of its own. Numbers without an interval get no verdict, nor do amounts that are a part of the whole’s. Places are not ranked."
        }
        ul.stour-key aria-label="Key" {
            @for (kind, words) in key { li { (kind.mark(Palette::Contrast)) " " (words) } }
        }
        @if !profile.by_residents {
            p { "Too few of the people who live in the partnership are on record for rates of residents: rates are of the people on record." }
        }
    }
}

/// The rules by which numbers are withheld, each once.
fn rules(profile: &Profile) -> Vec<&str> {
    let withheld = profile
        .reports
        .iter()
        .filter(|report| report.total == Published::Withheld);
    let mut rules: Vec<&str> = withheld
        .map(|report| report.definition.small_numbers.rule.as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn theme(profile: &Profile, id: &str, title: &str) -> Markup {
    let rows: Vec<Vec<Cell>> = profile
        .reports
        .iter()
        .filter(|report| report.definition.theme == id)
        .map(|report| row(profile, report))
        .collect();
    let columns = [
        Column::from("Indicator"),
        profile.known.name().into(),
        "Whole partnership".into(),
        "Beside the whole".into(),
        "Period".into(),
    ];
    html! {
        @if !rows.is_empty() {
            (Heading::subsection(title))
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(hidden_caption(title), columns, rows)
            })
        }
    }
}

fn row(profile: &Profile, report: &Report) -> Vec<Cell> {
    let definition = report.definition;
    let title = html! {
        (link(profile, report))
        " " span.nhsuk-hint { "(" (definition.unit) ")" }
    };
    let whole = report.comparator.as_ref();
    vec![
        title.into(),
        with_interval(report, &report.total).into(),
        whole
            .map_or_else(String::new, |whole| value(report, whole))
            .into(),
        html! { (verdict(report)) }.into(),
        report.latest.words().into(),
    ]
}

/// The indicator, of the place where its page knows the place.
fn link(profile: &Profile, report: &Report) -> Markup {
    let place = if profile.is_counted {
        format!("?place={}", profile.known.piece.address())
    } else {
        String::new()
    };
    html! { a href={ (report.address()) (place) } { (report.definition.title) } }
}

fn verdict(report: &Report) -> Markup {
    match compared(report) {
        Ok(found) => {
            let unit = unit(report);
            let label = format!(
                "{}, {} {} to {}; the whole partnership {}",
                value(report, &report.total),
                interval_name(report),
                unit.value(found.interval.0),
                unit.value(found.interval.1),
                unit.value(found.against),
            );
            html! {
                (Spine { value: found.value, interval: found.interval, against: found.against, kind: found.kind(), label, ..Spine::default() })
                br;
                (found.kind().mark(Palette::Contrast)) " " (found.words())
            }
        }
        Err(why) => html! { (why.words()) },
    }
}
