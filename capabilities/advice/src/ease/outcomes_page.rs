//! What advice came to, for those who answer for it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_design::{Button, Cell, Column, Heading, Input, InsetText, Markup, Table, Width, html};
use stour_kernel::Date;
use stour_web::words::months;
use stour_web::{Caller, Page, Problem};

use super::{BESIDES, Counted, EASE, counted, file};
use crate::content::published_flows;

/// Which months.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
    to: Option<String>,
}

impl Asked {
    fn days(&self, today: Date) -> Result<(Date, Date), Problem> {
        months((self.from.as_deref(), self.to.as_deref()), today)
    }
}

async fn read(caller: &Caller, asked: &Asked) -> Result<(Date, Date, Vec<Counted>), Problem> {
    let (from, to) = asked.days(caller.today())?;
    let database = caller.house().database();
    let found = database.read(move |tx| counted(tx, from, to)).await?;
    Ok((from, to, found))
}

/// `GET /content/outcomes`.
pub(crate) async fn show(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let (from, to, found) = read(&caller, &asked).await?;
    let flows = published_flows(caller.house().database()).await?;
    let of = |date: Date| date.strftime("%Y-%m").to_string();
    let (from, to) = (of(from), of(to));
    let main = html! {
        (Heading::page("What advice came to"))
        p { "How often each flow was begun, where it led, which next steps were followed and how easy people found it. It is counted without anybody's name, so one person who comes twice counts twice." }
        form.stour-no-print method="get" action="/content/outcomes" {
            (Input { hint: Some("For example, 2026-11".into()), ..Input::new("from", "First month") }.value(from.as_str()).width(Width::Ten))
            (Input::new("to", "Last month").value(to.as_str()).width(Width::Ten))
            (Button::secondary("Show"))
        }
        p { a href={ "/content/outcomes.csv?from=" (from) "&to=" (to) } { "These counts as a file (.csv)" } }
        @if found.is_empty() { (InsetText::new("Nothing was counted in these months.")) }
        @for one in &flows {
            @let own: Vec<&Counted> = found.iter().filter(|count| count.flow == one.flow.id).collect();
            @let title = |id: &str| one.flow.outcome(id).map_or_else(|| id.to_owned(), |outcome| outcome.title.clone());
            @if !own.is_empty() { (flow(&one.flow.title, &title, &own)) }
        }
        @for one in BESIDES {
            @let own: Vec<&Counted> = found.iter().filter(|count| count.flow == one.id).collect();
            @if !own.is_empty() { (flow(one.title, &str::to_owned, &own)) }
        }
    };
    Ok(Page::new("What advice came to", main).under([("Advice", "/content")]))
}

/// What was counted of a flow, or of something besides; `title` is what an outcome is called.
fn flow(heading: &str, title: &dyn Fn(&str) -> String, own: &[&Counted]) -> Markup {
    let months: BTreeSet<&str> = own.iter().map(|count| count.month.as_str()).collect();
    let mut lines: BTreeMap<(usize, String), BTreeMap<&str, i64>> = BTreeMap::new();
    for count in own {
        let line = lines.entry(line(title, count)).or_default();
        let sum = line.entry(&count.month).or_default();
        *sum = sum.saturating_add(count.times);
    }
    let columns = std::iter::once(Column::from("What"))
        .chain(months.iter().map(|month| Column::numeric(*month)))
        .chain([Column::numeric("All")]);
    let rows =
        lines.iter().map(|((_, words), by_month)| {
            let all = by_month.values().copied().fold(0_i64, i64::saturating_add);
            let mut cells: Vec<Cell> = vec![words.as_str().into()];
            cells.extend(months.iter().map(|month| {
                Cell::from(by_month.get(month).copied().unwrap_or_default().to_string())
            }));
            cells.push(all.to_string().into());
            cells
        });
    let begun = own.iter().filter(|count| count.what == "begun");
    let ended = own.iter().filter(|count| count.what == "outcome");
    let sum = |of: &mut dyn Iterator<Item = &&Counted>| {
        of.map(|count| count.times).fold(0_i64, i64::saturating_add)
    };
    let (begun, ended) = (sum(&mut begun.into_iter()), sum(&mut ended.into_iter()));
    html! {
        (Heading::section(heading))
        p { "Begun: " (begun) ". Outcomes reached: " (ended) ". Whoever changes an answer and sees another outcome reaches two." }
        (Table { first_cell_is_header: true, responsive: false, scroll: true, ..Table::new("By month", columns, rows) })
    }
}

/// The place and the words of a line.
fn line(title: &dyn Fn(&str) -> String, count: &Counted) -> (usize, String) {
    match count.what.as_str() {
        "begun" => (0, "Begun".to_owned()),
        "outcome" => (1, format!("Outcome: {}", title(&count.which))),
        "next" => {
            let (outcome, step) = count.which.split_once(": ").unwrap_or(("", &count.which));
            (2, format!("Next step: {step} (after: {})", title(outcome)))
        }
        _ => {
            let place = EASE.iter().position(|ease| ease.code == count.which);
            let words = EASE.into_iter().find(|ease| ease.code == count.which);
            let words = words.map_or(count.which.as_str(), |ease| ease.words);
            (
                place.unwrap_or_default().saturating_add(3),
                format!("How easy: {words}"),
            )
        }
    }
}

/// `GET /content/outcomes.csv`.
pub(crate) async fn download(
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let (from, to, found) = read(&caller, &asked).await?;
    let name = format!(
        "attachment; filename=\"advice-{}-to-{}.csv\"",
        from.strftime("%Y-%m"),
        to.strftime("%Y-%m")
    );
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file::csv(&found)).into_response())
}
