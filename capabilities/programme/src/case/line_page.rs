//! One line of a case: what it assumes, and the arithmetic of each of its amounts.

use axum::extract::{Path, Query};
use stour_appraisal::{Appraisal, LineResult, Side};
use stour_design::{
    Button, Cell, Column, Content, Heading, Markup, SummaryList, SummaryRow, Table, html,
};
use stour_web::words::segment;
use stour_web::{Caller, Page, Problem};

use super::summary_page::{beside, whose};
use crate::comment;
use crate::document::opened::{Asked, Opened, open};
use crate::document::shell::{self, Part, may};
use crate::shown::{heard, money, percent};

/// `GET /cases/{id}/lines/{line}`.
pub(crate) async fn show(
    caller: Caller,
    Path((id, line)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    let beside = beside(&opened).await?;
    let mut lines = beside.now.lines.iter();
    let found = lines
        .find(|one| one.id == line)
        .ok_or_else(Problem::not_found)?;
    let agreed = beside.agreed.as_ref().and_then(|agreed| {
        let mut lines = agreed.lines.iter();
        lines.find(|one| one.id == line)
    });
    let comments = comment::page::of_line(&caller, &opened, &line).await?;
    let may_edit = may(&caller, "case.edit") && opened.is_latest();
    let main = html! {
        (Heading::section(found.name.as_str()))
        (assumptions(&beside.now, found))
        @if may_edit { (actions(&opened, found)) }
        (cells(found, agreed))
        (comments)
    };
    let page = shell::page(&opened, Part::Summary, &main);
    Ok(Page {
        title: format!("{}: {}", found.name, opened.document.title),
        ..page.under([
            ("Business cases", "/cases"),
            (opened.document.title.as_str(), opened.address("").as_str()),
        ])
    })
}

fn assumptions(all: &Appraisal, line: &LineResult) -> Markup {
    let (what, whose_words) = match line.side {
        Side::Cost => ("A cost", "Paid by"),
        Side::Benefit => ("A benefit", "Gained by"),
    };
    let layer = match line.layer {
        stour_appraisal::Layer::Fiscal => "fiscal: money of the public purse",
        stour_appraisal::Layer::Economic => "economic: income of people and firms",
        stour_appraisal::Layer::Social => "social: wellbeing",
    };
    let mut rows: Vec<(&str, Content)> = vec![
        ("What it is", format!("{what}, {layer}").into()),
        ("Belongs to", line.intervention.as_str().into()),
        (whose_words, whose(all, line).into()),
    ];
    if let Some(claims) = &line.claims {
        rows.push(("Claims", claims.as_str().into()));
    }
    if let Some(evidence) = &line.evidence_words {
        rows.push(("Evidence", evidence.as_str().into()));
    }
    if let Some(cashable) = line.cashable {
        rows.push(("Cashable", percent(cashable).into()));
    }
    rows.push(("Optimism bias", line.optimism_words.as_str().into()));
    rows.push(("Source", line.source.as_str().into()));
    let owner = line.owner.as_deref().unwrap_or("Nobody named");
    rows.push(("Owner", owner.into()));
    rows.push(("Present value", money(line.present_value).into()));
    let rows = rows
        .into_iter()
        .map(|(key, value)| SummaryRow::new(key, value));
    html! { (SummaryList::new(rows)) }
}

fn actions(opened: &Opened, line: &LineResult) -> Markup {
    let here = format!("/cases/{}/lines/{}", opened.document.id, segment(&line.id));
    html! {
        (Button::link("Change this line", format!("{here}/edit")))
        p { a href={ (here) "/remove" } { "Take this line out of the case" } }
    }
}

fn cells(line: &LineResult, agreed: Option<&LineResult>) -> Markup {
    let rows = line.cells.iter().map(|cell| {
        let mut row: Vec<Cell> = vec![
            cell.year.as_str().into(),
            Cell {
                no_wrap: true,
                ..money(cell.amount).into()
            },
            Cell {
                no_wrap: true,
                ..money(cell.present_value).into()
            },
        ];
        if let Some(agreed) = agreed {
            let mut cells = agreed.cells.iter();
            let before = cells.find(|before| before.year == cell.year);
            row.push(match before {
                Some(before) => money(before.amount).into(),
                None => Cell::missing("None"),
            });
        }
        row.push(cell.words.as_str().into());
        row
    });
    let mut columns = vec![
        Column::from("Year"),
        Column::numeric("Amount"),
        Column::numeric("Present value"),
    ];
    if agreed.is_some() {
        columns.push(Column::numeric("Amount, as agreed"));
    }
    columns.push("The arithmetic of the amount".into());
    html! {
        (Heading::section("Year by year"))
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard("Year by year"), columns, rows) })
        p { "All years: " (money(line.total)) ", present value " (money(line.present_value)) "." }
    }
}
