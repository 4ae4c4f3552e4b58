//! The page of an indicator.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use stour_design::{Cell, Column, Details, Heading, InsetText, Markup, SummaryList, Table, html};
use stour_indicators::Dimension;
use stour_partnership::Reference;
use stour_statistics::xmr::Direction;
use stour_web::{Caller, Page, Problem};

use super::chart::{Course, drawing};
use super::download::{self, Form};
use super::map::maps;
use super::period::Period;
use super::piece::{self, Piece};
use super::publish::{Audience, Published};
use super::read;
use super::report::Report;
use super::shown::{Behind, ends, interval_name, nouns, value, with_interval};
use crate::catalogue::{Apart, Standardised};
use crate::measure::measure;
use crate::series::page::Asked;
use crate::words;

/// `GET /board/indicators/{indicator}`, and the same with `.csv`, `.xlsx` or `.json` after it.
pub(crate) async fn show(
    caller: Caller,
    Path(name): Path<String>,
    Query(asked): Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, form) = Form::split(&name);
    let definition = read::definition(id)?;
    caller.permit(read::resource(definition)).await?;
    let place = asked
        .get("place")
        .map(String::as_str)
        .filter(|place| !place.is_empty());
    let report = read::report(&caller, definition, place).await?;
    if let Some(form) = form {
        return download::answer(&report, form, &download::host(&headers));
    }
    let reference = stour_partnership::reference().map_err(|_| Problem::fault())?;
    let page = Page::new(headline(&report), page(&report, reference));
    Ok(page.under([("Board", "/board")]).into_response())
}

/// The message: its value with its interval, and where.
pub(crate) fn headline(report: &Report) -> String {
    let title = &report.definition.title;
    let place = report
        .place
        .as_ref()
        .map_or_else(String::new, |place| format!(", {}", place.name));
    match (&report.total, &report.definition.why_not) {
        (_, Some(_)) => format!("{title}: not computed"),
        (Published::Withheld, None) => format!("{title}{place}: too few people to show"),
        (Published::Shown(figure), None) => match (&figure.estimate, figure.cell.denominator) {
            (Ok(_), _) => format!("{title}{place}: {}", with_interval(report, &report.total)),
            (Err(_), 0) => format!("{title}{place}: nobody yet"),
            (Err(why), _) => format!("{title}{place}: {}", lower(why)),
        },
    }
}

/// A reason within a sentence.
fn lower(why: &str) -> String {
    why.strip_prefix("None: ").unwrap_or(why).to_owned()
}

fn page(report: &Report, reference: &Reference) -> Markup {
    let course = Course::of(report);
    html! {
        (Heading::page(headline(report)))
        @if let Some(why) = &report.definition.why_not {
            (InsetText::new(format!("This number is not computed here. {why}")))
            @for measure in report.definition.published.iter().filter_map(|id| measure(id)) {
                p { "Published figures: " a href={ "/board/series/" (measure.id) } { (measure.title) } }
            }
        } @else {
            (counted(report, &course, reference))
        }
        (Heading::section("What this indicator is"))
        (definition(report))
    }
}

fn counted(report: &Report, course: &Course, reference: &Reference) -> Markup {
    html! {
        (main_value(report))
        (quality(report))
        @if let Some(chart) = drawing(report, course) {
            (chart)
            p { "The mean and the expected range are worked out from every complete " (report.noun()) ". Making Data Count rules, not checked against NHS England’s workbook." }
        }
        (periods(report, course))
        @for map in maps(report, reference) {
            (map)
        }
        @for (apart, pieces) in &report.apart {
            (taken_apart(report, *apart, pieces))
        }
        @if report.withholds() {
            p { "* withheld. " (report.definition.small_numbers.rule) }
        }
        @if !report.verdicts.is_empty() {
            (Table::new(
                "Everything that was looked at, by what became of it",
                [Column::from("Verdict"), Column::numeric("How many")],
                report.verdicts.iter().map(|(kind, count)| [Cell::from(kind.as_str()), words::count(*count).into()].into()).collect::<Vec<Vec<Cell>>>(),
            ))
        }
        (download::links(report))
    }
}

/// How many, of how many: links to the people for whoever may open them, else counts alone.
fn main_value(report: &Report) -> Markup {
    let behind = Behind::of(report);
    let number = |part: &str, text: &str| {
        html! {
            @match report.audience {
                Audience::MayOpen if behind != Behind::None && text != "0" => {
                    a href=(people(report, report.latest, part, None)) {
                        (text) span.nhsuk-u-visually-hidden { ": see the people" }
                    }
                }
                _ => { (text) }
            }
        }
    };
    let tile = |shown: Markup, label: &str| {
        html! {
            li { span.stour-board__number { (shown) } span.stour-board__label { (label) } }
        }
    };
    let counts = behind.counts(&report.total);
    html! {
        p {
            (report.latest.words()) ", the latest "
            @if report.definition.shown.months == 1 { "month" } @else { (report.definition.shown.months) " months" }
            " of which the figures are complete. Counted as of " (words::day(report.as_of)) "."
        }
        @if report.total == Published::Withheld {
            (InsetText::new("There are too few people to show a figure."))
        } @else {
            ul.stour-board {
                (tile(html! { (value(report, &report.total)) }, &report.definition.unit))
                @if !ends(report, &report.total).is_empty() {
                    (tile(html! { (ends(report, &report.total)) }, &interval_name(report)))
                }
                @for ((count, words), part) in counts.iter().zip(["counted", "in all"]).zip(["numerator", "denominator"]) {
                    (tile(number(part, count), &format!("{} {words}", nouns(report.definition))))
                }
                @if let Some(whole) = &report.comparator {
                    (tile(html! { (value(report, whole)) }, "the whole partnership"))
                }
            }
        }
        @if report.audience == Audience::CountsOnly && behind != Behind::None {
            p { "You see counts. The people behind them are for those who must check that the number is true." }
        }
        @if report.place.is_some() {
            p { a href=(report.address()) { "See the whole partnership" } }
        }
        @if let Some((place, address)) = report.place.as_ref().and_then(|place| Some((place, crate::place::address(place)?))) {
            p { a href=(address) { "Who lives in " (place.name) ", and what else is counted there" } }
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// Where the people behind a count are.
fn people(report: &Report, period: Period, part: &str, piece: Option<&Piece>) -> String {
    let period = if period == report.latest {
        "latest".to_owned()
    } else {
        period.name()
    };
    let piece = piece.or(report.place.as_ref());
    let piece = piece.map_or_else(String::new, |piece| format!("&piece={}", piece.address()));
    format!(
        "{}/people?period={period}&part={part}{piece}",
        report.address()
    )
}

fn quality(report: &Report) -> Markup {
    let quality = &report.quality;
    html! {
        @for fault in &quality.faults {
            (InsetText::new(format!("Withheld: {fault}")))
        }
        @if let Some(coverage) = quality.coverage {
            p { "Only " (format!("{coverage:.1}")) "% of the people who live here are on record. The rate is of the people on record." }
        }
        @if !quality.unknown.is_empty() {
            p {
                "Of what is counted, "
                @for (place, (share, what)) in quality.unknown.iter().enumerate() {
                    @if place > 0 { ", " }
                    (what) " is not known of " (format!("{share:.1}")) "%"
                }
                "."
            }
        }
    }
}

fn periods(report: &Report, course: &Course) -> Markup {
    if report.periods.is_empty() {
        return html! { p { "No month is complete yet." } };
    }
    let rows: Vec<Vec<Cell>> = report
        .periods
        .iter()
        .rev()
        .map(|(period, published)| {
            let mut cells = vec![linked(report, period.words(), *period, published, None)];
            cells.extend(figures(report, published));
            cells
        })
        .collect();
    let noun = report.noun();
    let table = Table {
        first_cell_is_header: true,
        scroll: true,
        ..Table::new(
            format!("By {noun}"),
            headings(report, &[words::capital(noun).as_str()]),
            rows,
        )
    };
    if course.judged.is_some() {
        let summary = format!("Counts and intervals by {noun}");
        html! { (Details::new(summary, html! { (table) })) }
    } else {
        html! {
            (table)
            p { "A chart is drawn when there are 13 " (noun) "s with a figure." }
        }
    }
}

/// A name that opens to the people, for whoever may see them.
fn linked(
    report: &Report,
    text: String,
    period: Period,
    published: &Published,
    piece: Option<&Piece>,
) -> Cell {
    let any = published
        .figure()
        .is_some_and(|figure| figure.cell.denominator > 0);
    if report.audience == Audience::MayOpen && any && Behind::of(report) != Behind::None {
        Cell::link(text, people(report, period, "denominator", piece))
    } else {
        text.into()
    }
}

fn headings(report: &Report, first: &[&str]) -> Vec<Column> {
    let first = first.iter().map(|name| Column::from(*name));
    let counts = Behind::of(report)
        .headings()
        .iter()
        .map(|heading| Column::numeric(*heading));
    let value = [
        Column::numeric(words::capital(&report.definition.unit)),
        Column::from(interval_name(report)),
    ];
    first.chain(counts).chain(value).collect()
}

fn figures(report: &Report, published: &Published) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Behind::of(report)
        .counts(published)
        .into_iter()
        .map(Cell::from)
        .collect();
    cells.push(value(report, published).into());
    cells.push(ends(report, published).into());
    cells
}

fn taken_apart(report: &Report, apart: Apart, pieces: &[(Piece, Published)]) -> Markup {
    let nested = pieces
        .iter()
        .any(|(piece, _)| piece.dimension == Dimension::LocalityInCouncil)
        && apart == Apart::Council;
    let mut council = "";
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (piece, published) in pieces {
        let name = linked(
            report,
            piece.name.clone(),
            report.latest,
            published,
            Some(piece),
        );
        let mut cells = if !nested {
            vec![name]
        } else if piece.dimension == Apart::Council.dimension() {
            council = &piece.name;
            vec![name, html! { strong { "All" } }.into()]
        } else {
            vec![council.into(), name]
        };
        cells.extend(figures(report, published));
        rows.push(cells);
    }
    if rows.is_empty() {
        return html! {};
    }
    let heading = piece::heading(apart);
    let (caption, first): (String, Vec<&str>) = if nested {
        (
            "By council, and by locality within it".to_owned(),
            vec!["Council", "Locality"],
        )
    } else {
        (format!("By {}", lower_first(heading)), vec![heading])
    };
    html! {
        (Table {
            first_cell_is_header: true,
            scroll: true,
            ..Table::new(caption, headings(report, &first), rows)
        })
        @if nested || apart == Apart::Locality {
            (InsetText::new(
                "Unverified: localities are a local lookup from the practice. No published source for them was seen."
            ))
        }
        @if report.definition.shown.standardised == Some(Standardised::Indirect) {
            (InsetText::new("Each place is compared with the whole partnership at its own ages. Places may not be compared or ranked with each other by these rates."))
        }
    }
}

fn definition(report: &Report) -> Markup {
    let definition = report.definition;
    let better = match definition.direction {
        Direction::Increase => "More is better",
        Direction::Decrease => "Fewer is better",
        Direction::Neutral => "Neither more nor fewer is better by itself",
    };
    let until = definition.ends.map_or_else(String::new, |ends| {
        ends.yesterday().map_or_else(
            |_| String::new(),
            |last| format!(", until {}", words::day(last)),
        )
    });
    let list = |items: &[String]| {
        html! { ul.nhsuk-list.nhsuk-list--bullet { @for item in items { li { (item) } } } }
    };
    let mut rows: Vec<(&str, Markup)> = vec![
        ("Source", html! { (definition.source) }),
        (
            "Version",
            html! { (definition.definition_version) ", from " (words::day(definition.starts)) (until) },
        ),
    ];
    if !definition.known_as.is_empty() {
        let known = definition
            .known_as
            .iter()
            .map(|known| format!("{} {}, {}", known.framework, known.code, known.years));
        rows.push(("Known as", list(&known.collect::<Vec<_>>())));
    }
    if let Some(correction) = &definition.correction {
        rows.push(("Put right", html! { (correction) }));
    }
    rows.extend([
        ("About", html! { (definition.population) }),
        ("Above the line", html! { (definition.numerator) }),
        ("Below the line", html! { (definition.denominator) }),
        ("Period", html! { (definition.period) }),
        ("Better", html! { (better) }),
        ("Answers for it", html! { (owner(&definition.owner)) }),
    ]);
    if !definition.exclusions.is_empty() {
        rows.push(("Not counted", list(&definition.exclusions)));
    }
    if !definition.target.is_empty() {
        let targets = definition.target.iter().map(|target| {
            let until = target.until.and_then(|until| until.yesterday().ok());
            let until = until.map_or_else(String::new, |last| format!(" to {}", words::day(last)));
            format!(
                "{} from {}{until}: {}",
                super::chart::unit(report).value(target.value),
                words::day(target.from),
                target.source
            )
        });
        rows.push(("Target", list(&targets.collect::<Vec<_>>())));
    }
    if !definition.notes.is_empty() {
        rows.push(("Good to know", list(&definition.notes)));
    }
    html! {
        (SummaryList::new(rows))
    }
}

/// A role in words.
pub(crate) fn owner(role: &str) -> String {
    words::capital(&role.replace('-', " "))
}

/// What an address asks, by name.
pub(crate) type Words = BTreeMap<String, String>;
