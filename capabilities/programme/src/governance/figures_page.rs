//! The figures that the papers of a programme state, with totals worked out anew.

use axum::extract::Path;
use stour_design::{
    Cell, Column, Heading, Markup, Table as Rows, TableCaption, WarningCallout, html,
};
use stour_web::words::money;
use stour_web::{Caller, Page, Problem};

use super::figure::{FIGURE, TABLE, Table};
use super::parts::{none_yet, registers, unverified};
use super::shell::{Opened, Part, open, page_below};

/// `GET /programmes/{programme}/governance/figures`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let tables = Table::all(&opened.entries);
    let main = html! {
        p { "Figures as the papers state them. Totals are added up here and compared with what the paper says." }
        @if tables.is_empty() { (none_yet(&caller, &opened, TABLE)) } @else {
            @for table in &tables { (section(&opened, table)) }
            (registers(&caller, &opened, &[TABLE, FIGURE]))
        }
    };
    let title = "Figures that the papers state";
    Ok(page_below(&opened, Part::Governance, title, &main))
}

fn section(opened: &Opened, table: &Table) -> Markup {
    let lines = table.lines.iter().map(|line| {
        vec![
            Cell::link(
                line.label.as_str(),
                opened.entry_address(FIGURE.name, line.number),
            ),
            line.note.as_str().into(),
            money(line.amount).into(),
        ]
    });
    let total = table.total();
    let sum = total.map_or_else(|| "Too large to add up".to_owned(), money);
    let sum = vec![
        html! { strong { "Total, added up" } }.into(),
        Cell::from(""),
        html! { strong { (sum) } }.into(),
    ];
    let rows: Vec<Vec<Cell>> = lines.chain([sum]).collect();
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from(table.title.as_str())
    };
    let columns = vec![
        Column::from("What it is"),
        Column::from("What to know about it"),
        Column::numeric("Amount"),
    ];
    html! {
        (Heading::section(html! { a href=(opened.entry_address(TABLE.name, table.number)) { (table.title.as_str()) } }))
        (Rows { first_cell_is_header: true, responsive: true, ..Rows::new(caption, columns, rows) })
        (agreement(table))
        @if !table.note.is_empty() { p { (table.note) } }
        p { "Source: " (table.source) "." }
        (unverified(&table.unverified))
    }
}

/// Whether the paper's own total is that of its lines.
fn agreement(table: &Table) -> Markup {
    let Some(stated) = table.stated else {
        return html! { p { "The paper states no total." } };
    };
    let Some(more) = table.disagreement() else {
        return html! { p { "The paper states the same total, " (money(stated)) "." } };
    };
    let content = html! {
        p { "It states " (money(stated)) "; its lines come to " (money(more)) " more." }
    };
    html! { (WarningCallout::new("The paper states another total", content)) }
}
