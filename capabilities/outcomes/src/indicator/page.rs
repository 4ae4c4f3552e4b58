//! The page of the indicator.

use axum::extract::Path;
use stour_design::{Cell, Column, Details, Heading, InsetText, Markup, SummaryList, Table, html};
use stour_kernel::{GssCode, LocalityCode};
use stour_partnership::Reference;
use stour_statistics::xmr::Direction;
use stour_web::{Caller, Page, Problem};

use super::read;
use super::report::{Report, ends, interval_name, value};
use super::{Audience, Months, Published};
use crate::words;

/// `GET /board/indicators/{indicator}`.
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let definition = read::definition(&id)?;
    caller.permit(read::resource(definition)).await?;
    let report = read::report(&caller).await?;
    let reference = stour_partnership::reference().map_err(|_| Problem::fault())?;
    let page = Page::new(report.headline(), page(&report, reference));
    Ok(page.under([("Board", "/board")]))
}

fn page(report: &Report, reference: &Reference) -> Markup {
    html! {
        (Heading::page(report.headline()))
        (counts(report))
        @if let Some(chart) = report.drawing() {
            (chart)
            p { "The mean and the expected range are worked out from every complete " (report.noun()) ". Making Data Count rules, not checked against NHS England’s workbook." }
        }
        (periods(report))
        (pieces(report, reference))
        @if let Some(verdicts) = report.verdicts() {
            (Table::new(
                "Every discharge that reablement followed, by what became of it",
                [Column::from("By the day that is looked at"), Column::numeric("Discharges")],
                verdicts.iter().map(|(kind, count)| [Cell::from(*kind), words::count(*count).into()].into()).collect::<Vec<Vec<Cell>>>(),
            ))
        }
        (Heading::section("What this indicator is"))
        (definition(report))
    }
}

/// How many, of how many: links to the people for whoever may open them, else counts alone.
fn counts(report: &Report) -> Markup {
    let number = |part: &str, count: u64| {
        let text = words::count(count);
        html! {
            @match report.audience {
                Audience::MayOpen if count > 0 => {
                    a href={ (report.address()) "/people?period=latest&part=" (part) } {
                        (text) span.nhsuk-u-visually-hidden { " discharges: see the people" }
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
        p { "Discharges from " (report.summary.months.words()) ", the latest twelve months of which every discharge has had its day " (report.definition.days) "." }
        @match report.total {
            Published::Shown(count, proportion) => {
                ul.stour-board {
                    (tile(html! { (value(&report.total)) }, "still at home"))
                    @if let Some(proportion) = proportion {
                        (tile(html! { (ends(&proportion)) }, &interval_name(report.definition)))
                    }
                    (tile(number("numerator", count.numerator), "discharges counted as at home"))
                    (tile(number("denominator", count.denominator), "discharges in all"))
                }
            }
            Published::Withheld => {
                (InsetText::new("There are too few people to show a figure."))
            }
        }
        @if report.audience == Audience::CountsOnly {
            p { "You see counts. The people behind them are for those who must check that the number is true." }
        }
    }
}

fn periods(report: &Report) -> Markup {
    if report.periods.is_empty() {
        return html! { p { "No month is complete yet." } };
    }
    let rows: Vec<Vec<Cell>> = report
        .periods
        .iter()
        .rev()
        .map(|(months, published)| {
            let mut cells = vec![period_cell(report, *months, published)];
            cells.extend(figures(published));
            cells
        })
        .collect();
    let noun = report.noun();
    let table = Table {
        first_cell_is_header: true,
        scroll: true,
        ..Table::new(
            format!("By {noun} of discharge"),
            headings(report, &["Discharged"]),
            rows,
        )
    };
    if report.chart.is_some() {
        let summary = format!("Counts and intervals by {noun}");
        html! { (Details::new(summary, html! { (table) })) }
    } else {
        html! {
            (table)
            p { "A chart is drawn when there are 13 " (noun) "s with a figure." }
        }
    }
}

fn period_cell(report: &Report, months: Months, published: &Published) -> Cell {
    let text = months.words();
    let any = published.count().is_some_and(|count| count.denominator > 0);
    if report.audience == Audience::MayOpen && any && months.from == months.last() {
        let (address, from) = (report.address(), months.from);
        let number = format!("{:04}-{:02}", from.year(), from.month());
        return Cell::link(
            text,
            format!("{address}/people?period={number}&part=denominator"),
        );
    }
    text.into()
}

fn headings(report: &Report, first: &[&str]) -> Vec<Column> {
    let first = first.iter().map(|name| Column::from(*name));
    let figures = [
        Column::numeric("At home"),
        Column::numeric("Discharges"),
        Column::numeric("Per cent"),
        Column::from(interval_name(report.definition)),
    ];
    first.chain(figures).collect()
}

fn figures(published: &Published) -> Vec<Cell> {
    let count = |of: fn(&super::Count) -> u64| match published.count() {
        Some(count) => words::count(of(&count)),
        None => "*".to_owned(),
    };
    vec![
        count(|count| count.numerator).into(),
        count(|count| count.denominator).into(),
        value(published).into(),
        published
            .proportion()
            .map_or_else(String::new, |found| ends(&found))
            .into(),
    ]
}

fn pieces(report: &Report, reference: &Reference) -> Markup {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (council, (whole, localities)) in report.summary.councils.iter().zip(&report.councils) {
        let name = council_name(reference, council.whole.key.as_ref());
        let mut cells = vec![name.as_str().into(), html! { strong { "All" } }.into()];
        cells.extend(figures(whole));
        rows.push(cells);
        for (piece, published) in council.localities.iter().zip(localities) {
            let locality = locality_name(reference, piece.key.as_ref());
            let mut cells = vec![name.as_str().into(), locality.into()];
            cells.extend(figures(published));
            rows.push(cells);
        }
    }
    if rows.is_empty() {
        return html! {};
    }
    html! {
        (Table {
            first_cell_is_header: true,
            scroll: true,
            ..Table::new("By council, and by locality within it", headings(report, &["Council", "Locality"]), rows)
        })
        (InsetText::new(
            "Unverified: localities are a local lookup from the practice. No published source for them was seen."
        ))
        @if report.withholds() {
            p { "* withheld. " (report.definition.small_numbers.rule) }
        }
    }
}

pub(crate) fn council_name(reference: &Reference, code: Option<&GssCode>) -> String {
    let known = code.and_then(|code| reference.area(code));
    known.map_or_else(|| "Council not known".to_owned(), |area| area.name.clone())
}

pub(crate) fn locality_name(reference: &Reference, code: Option<&LocalityCode>) -> String {
    let known = code.and_then(|code| reference.locality(code));
    known.map_or_else(
        || "Locality not known".to_owned(),
        |locality| locality.name.clone(),
    )
}

fn definition(report: &Report) -> Markup {
    let definition = report.definition;
    let better = match definition.direction {
        Direction::Increase => "More is better",
        Direction::Decrease => "Fewer is better",
        Direction::Neutral => "Neither more nor fewer is better",
    };
    let valid = match definition.ends {
        Some(ends) => format!(
            "{} until {}",
            words::day(definition.starts),
            words::day(ends)
        ),
        None => format!("Since {}", words::day(definition.starts)),
    };
    html! {
        (SummaryList::new([
            ("People", html! { (definition.population) }),
            ("Numerator", html! { (definition.numerator) }),
            ("Denominator", html! { (definition.denominator) }),
            ("Period", html! { (definition.period) }),
            ("Not counted at all", html! { ul { @for text in &definition.exclusions { li { (text) } } } }),
            ("Unit", html! { (definition.unit) }),
            ("Direction", html! { (better) }),
            ("Interval", html! { (interval_name(report.definition)) " by Wilson’s score method" }),
            ("Small numbers", html! { (definition.small_numbers.rule) }),
            ("Source", html! { (definition.source) }),
            ("Version", html! { (definition.definition_version) }),
            ("Definition holds", html! { (valid) }),
        ]))
        ul { @for note in &definition.notes { li { (note) } } }
    }
}
