//! The chief officer's scorecard: each measure for each area in a row, and the indicators below.

use stour_access::Resource;
use stour_design::chart::Sparkline;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_web::{Caller, Page, Problem};

use crate::indicator::read as indicator;
use crate::indicator::report::Report;
use crate::series::read as series;
use crate::series::view::Whole;
use crate::shown::{hidden_caption, point_kind, profile, variation};
use crate::words;

/// How many of the latest periods a sparkline has.
const PERIODS: usize = 90;

/// `GET /board`.
pub(crate) async fn show(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let all = series::all(caller.house(), profile(None)).await?;
    let report = indicator::report(&caller).await?;
    Ok(Page::new("Board", page(&all, &report)).wide())
}

fn page(all: &[Whole], report: &Report) -> Markup {
    let columns = || {
        ["Measure", "For"]
            .map(Column::from)
            .into_iter()
            .chain([Column::numeric("Latest")])
            .chain(["Date", "Trend", "Variation"].map(Column::from))
    };
    html! {
        (Heading::page("Board"))
        (Heading::section("Published measures"))
        @if all.is_empty() {
            (InsetText::new(
                "No series has been imported yet. Whoever runs this system adds one with “stour import series”; \
                 “stour import series --help” says how."
            ))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(hidden_caption("Published measures, the latest figures"), columns(), all.iter().map(row)) })
        }
        (Heading::section("Indicators computed from the record"))
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(hidden_caption("Indicators, the latest twelve complete months"), columns(), [report.row()]) })
        p { "A figure that differs from the usual by more than chance is a special cause. The rules are on the page of each measure." }
    }
}

fn row(whole: &Whole) -> Vec<Cell> {
    let latest = whole.judgement.latest();
    let kind = latest.and_then(|(day, _)| day.judged.kind);
    let days = &whole.judgement.days;
    let recent = days
        .get(days.len().saturating_sub(PERIODS)..)
        .unwrap_or_default();
    let value = latest.map_or_else(|| "None".to_owned(), |(_, value)| whole.unit().value(value));
    let date = latest.map_or_else(String::new, |(day, _)| words::day(day.judged.at));
    let sparkline = Sparkline {
        values: recent.iter().map(|day| day.judged.value).collect(),
        kind: point_kind(kind),
        mean: latest.and_then(|(day, _)| day.judged.mean),
        label: format!(
            "{value} on {date}; the last {}",
            words::counted(words::number(recent.len()), whole.measure.every.noun())
        ),
        ..Sparkline::default()
    };
    vec![
        Cell::link(whole.measure.title.as_str(), whole.address()),
        whole.area.short_name().into(),
        value.into(),
        date.into(),
        html! { (sparkline) }.into(),
        html! { (variation(kind)) }.into(),
    ]
}
