//! The page of an indicator.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use stour_design::{Cell, Column, Details, Heading, InsetText, Markup, Table, html};
use stour_indicators::Dimension;
use stour_kernel::Date;
use stour_partnership::Reference;
use stour_statistics::xmr::FEWEST_FOR_LIMITS;
use stour_web::{Caller, Page, Problem};

use super::chart::{Course, drawing, unit, unit_of};
use super::definition::{definition, versions};
use super::download::{self, Form};
use super::map::maps;
use super::period::Period;
use super::piece::{self, Piece};
use super::publish::{Audience, Published};
use super::read;
use super::report::Report;
use super::shown::{Behind, ends, in_words, interval_name, value};
use crate::catalogue::{Apart, Definition, Standardised};
use crate::measure::measure;
use crate::series::note_page::may;
use crate::series::page::Asked;
use crate::shown::{assurance, variation};
use crate::words;

/// `GET /board/indicators/{indicator}`, and the same with `.csv`, `.xlsx` or `.json` after it.
pub(crate) async fn show(
    caller: Caller,
    Path(name): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Problem> {
    let (id, form) = Form::split(&name);
    let definition = read::definition(id)?;
    caller.permit(read::resource(definition)).await?;
    let report = read::report(&caller, definition, &asked).await?;
    if let Some(form) = form {
        return download::answer(&report, form, download::base(caller.house()));
    }
    let reference = stour_partnership::reference().map_err(|_| Problem::fault())?;
    let about = About {
        reference,
        today: caller.today(),
        may_note: may(&caller),
    };
    let page = Page::new(headline(&report), page(&report, &about));
    Ok(page.under([("Board", "/board")]).into_response())
}

/// The message: its value with its interval, and where.
pub(crate) fn headline(report: &Report) -> String {
    let title = &report.definition.title;
    let place = report
        .place
        .as_ref()
        .map_or_else(String::new, |place| format!(", {}", place.name));
    let place = if report.period == report.latest {
        place
    } else {
        format!("{place}, {}", report.period.words())
    };
    match (&report.total, &report.definition.why_not) {
        (_, Some(_)) => format!("{title}: not computed"),
        (Published::Withheld, None) => format!("{title}{place}: too few people to show"),
        (Published::Shown(figure), None) => match (&figure.estimate, figure.cell.denominator) {
            (Ok(_), _) => format!("{title}{place}: {}", in_words(report, &report.total)),
            (Err(_), 0) => format!("{title}{place}: nobody yet"),
            (Err(why), _) => format!("{title}{place}: {}", lower(why)),
        },
    }
}

/// A reason within a sentence.
fn lower(why: &str) -> String {
    why.strip_prefix("None: ").unwrap_or(why).to_owned()
}

/// What a page needs besides the numbers.
struct About<'p> {
    reference: &'p Reference,
    today: Date,
    /// Whether whoever reads may say something.
    may_note: bool,
}

fn page(report: &Report, about: &About<'_>) -> Markup {
    let course = Course::of(report);
    html! {
        (Heading::page(headline(report)))
        @if let Some(why) = &report.definition.why_not {
            (InsetText::new(format!("This number is not computed here. {why}")))
            @for measure in report.definition.published.iter().filter_map(|id| measure(id)) {
                p { "Published figures: " a href={ "/board/series/" (measure.id) } { (measure.title) } }
            }
        } @else {
            (counted(report, &course, about.reference))
        }
        @if report.place.is_none() {
            (report.said.section(&report.address(), about.today, about.may_note))
            @if about.may_note && course.judged.is_some() {
                p { a href={ (report.address()) "/note" } { "Note what happened, or start the limits afresh" } }
            }
        }
        (Heading::section("What this indicator is"))
        (definition(report))
        @if report.place.is_none() { (report.said.log(versions(report.definition))) }
    }
}

fn counted(report: &Report, course: &Course, reference: &Reference) -> Markup {
    html! {
        (main_value(report))
        (quality(report))
        @if let Some(chart) = drawing(report, course) {
            (chart)
            (verdict(report, course))
            p { "The mean and the expected range are worked out from every complete " (report.noun()) ". Making Data Count rules, not checked against NHS England’s workbook." }
        }
        (periods(report, course))
        @for map in maps(report, reference) {
            (map)
        }
        @for (apart, pieces) in &report.apart {
            (taken_apart(report, *apart, pieces))
        }
        @for apart in &report.too_small {
            p { "By " (lower_first(piece::heading(*apart))) " the numbers of so short a time are too small to show." }
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
        (download::links(&report.link(report.place.as_ref(), report.period)))
    }
}

/// How many, of how many: links to the people for whoever may open them, else counts alone.
fn main_value(report: &Report) -> Markup {
    let definition = report.definition;
    let number = |behind: Behind| {
        let text = behind.text(definition, &report.total);
        html! {
            @match behind.opens() {
                Some(part) if report.audience == Audience::MayOpen && text != "0" => {
                    a href=(people(report, report.period, part, None)) {
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
    html! {
        (when(report))
        @if report.total == Published::Withheld {
            (InsetText::new("There are too few people to show a figure."))
        } @else {
            ul.stour-board {
                (tile(html! { (value(report, &report.total)) }, &definition.unit))
                @if !ends(report, &report.total).is_empty() {
                    (tile(html! { (ends(report, &report.total)) }, &interval_name(report)))
                }
                @for behind in Behind::of(definition) {
                    (tile(number(*behind), &behind.words(definition)))
                }
                @if let Some(whole) = &report.comparator {
                    (tile(html! { (value(report, whole)) }, "the whole partnership"))
                }
                @if let (Some(baseline), None) = (&definition.baseline, &report.place) {
                    (tile(html! { (unit_of(definition).value(baseline.value)) }, &format!("baseline: {}, {}", baseline.of, baseline.period)))
                }
            }
        }
        @if report.audience == Audience::CountsOnly && !Behind::of(definition).is_empty() {
            p { "You see counts. The people behind them are for those who must check that the number is true." }
        }
        @if report.place.is_some() {
            // A place may be shown by quarter where the whole is shown by month.
            @let period = if report.comparator.is_some() { report.period } else { report.latest };
            p { a href=(report.link(None, period)) { "See the whole partnership" } }
        }
        (worked_out(report))
    }
}

/// What the chart says of the latest figure, and of the target that holds for it.
fn verdict(report: &Report, course: &Course) -> Markup {
    let found_variation = course.judged.as_ref().and_then(|chart| chart.variation);
    let target = report.definition.target_on(report.as_of);
    html! {
        p { (variation(found_variation)) }
        @if let (Some(target), Some(found)) = (target, course.assurance()) {
            p { "The target is " (unit(report).value(target.value)) ". " (assurance(found)) }
        }
    }
}

/// Which months the value is of, and as of when they were counted.
fn when(report: &Report) -> Markup {
    let months = match report.period.length() {
        1 => "month".to_owned(),
        months => format!("{months} months"),
    };
    let place = report.place.as_ref();
    html! {
        p {
            (report.period.words())
            @if report.period == report.latest { ", the latest " (months) " of which the figures are complete" }
            ". Counted as of " (words::day(report.as_of)) "."
            @if report.period != report.latest {
                " "
                a href=(report.link(place, report.latest)) { "See the latest figure" }
            }
        }
    }
}

/// What a number is worked out from, each leading to its own page.
fn worked_out(report: &Report) -> Markup {
    let row = |(part, shown): &(&'static Definition, Published)| -> Vec<Cell> {
        let place = report.place.as_ref();
        let place = place.map_or_else(String::new, |place| format!("?place={}", place.address()));
        let address = format!("/board/indicators/{}{place}", part.id);
        let value = match shown.value() {
            Some(value) => unit_of(part).value(value),
            None if *shown == Published::Withheld => "Too few to show".to_owned(),
            None => "None".to_owned(),
        };
        vec![
            Cell::link(part.title.as_str(), address),
            value.into(),
            part.unit.as_str().into(),
        ]
    };
    html! {
        @if !report.parts.is_empty() {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(
                    "What it is worked out from",
                    [Column::from("Indicator"), Column::numeric("Value"), Column::from("Unit")],
                    report.parts.iter().map(row),
                )
            })
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
pub(crate) fn people(report: &Report, period: Period, part: &str, piece: Option<&Piece>) -> String {
    let period = report.period_name(period);
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
        @if let Some(residents) = quality.residents {
            p { "The people who live here are those of " (words::day(residents.counted_on)) " (" (residents.source) "), whichever months are counted." }
        }
        @if !quality.unknown.is_empty() {
            p {
                "Of what is counted, "
                @for (place, (share, what)) in quality.unknown.iter().enumerate() {
                    @if place > 0 { ", " }
                    (what) " is not known of " (share_not_known(report, *share))
                }
                "."
            }
        }
    }
}

/// A share, rounded for those from whom parts are withheld.
fn share_not_known(report: &Report, share: f64) -> String {
    match report.audience {
        Audience::MayOpen => format!("{share:.1}%"),
        Audience::CountsOnly => format!("about {share:.0}%"),
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
            let mut cells = vec![Cell::link(
                period.words(),
                report.link(report.place.as_ref(), *period),
            )];
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
            @if !report.definition.is_of_lives() {
                p { "A chart is drawn when there are " (FEWEST_FOR_LIMITS) " " (noun) "s with a figure." }
            }
        }
    }
}

/// The name of a piece: a place opens to its own page, another piece to the people for whoever may see them.
fn linked(report: &Report, piece: &Piece, published: &Published) -> Cell {
    let text = piece.name.clone();
    let any = published
        .figure()
        .is_some_and(|figure| figure.cell.denominator > 0);
    let is_place = matches!(piece.dimension, Dimension::Council | Dimension::Locality);
    if is_place && !piece.is_unknown() {
        Cell::link(text, report.link(Some(piece), report.period))
    } else if report.audience == Audience::MayOpen && any {
        Cell::link(
            text,
            people(report, report.period, "denominator", Some(piece)),
        )
    } else {
        text.into()
    }
}

fn headings(report: &Report, first: &[&str]) -> Vec<Column> {
    let first = first.iter().map(|name| Column::from(*name));
    let counts = Behind::of(report.definition)
        .iter()
        .map(|behind| Column::numeric(behind.heading()));
    let value = [
        Column::numeric(words::capital(&report.definition.unit)),
        Column::from(interval_name(report)),
    ];
    first.chain(counts).chain(value).collect()
}

fn figures(report: &Report, published: &Published) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Behind::of(report.definition)
        .iter()
        .map(|behind| behind.text(report.definition, published).into())
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
        let name = linked(report, piece, published);
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

/// What an address asks, by name.
pub(crate) type Words = BTreeMap<String, String>;
