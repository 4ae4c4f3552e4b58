//! Under what conditions a programme is planned.

use axum::extract::Path;
use stour_design::{Cell, Column, Heading, Markup, Table, TableCaption, html};
use stour_register::{Entry, Kind};
use stour_web::{Caller, Page, Problem};

use super::conditions::{ASSUMPTION, CONSTRAINT, OUTSIDE};
use crate::governance::parts::{link, none_yet, or_dash, registers, unverified};
use crate::governance::shell::{Opened, Part, open, page_below};
use crate::governance::words::{label, month};

/// `GET /programmes/{programme}/risks/conditions`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let main = html! {
        (section(&caller, &opened, ASSUMPTION, &["Assumption", "Status", "What was found", "Owner"], assumption))
        (section(&caller, &opened, CONSTRAINT, &["Constraint", "Owner", "Source"], constraint))
        (section(&caller, &opened, OUTSIDE, &["What it depends on", "Whose it is", "What it gives or takes", "Needed by", "Status"], outside))
    };
    let title = "Assumptions, constraints and dependencies";
    Ok(page_below(&opened, Part::Risks, title, &main))
}

fn section(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    columns: &[&str],
    row: fn(&Opened, &Entry) -> Vec<Cell>,
) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(kind.name).collect();
    let rows = all.iter().map(|entry| row(opened, entry));
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from(kind.many)
    };
    let columns = columns.iter().map(|column| Column::from(*column));
    html! {
        (Heading::section(kind.many))
        @if all.is_empty() { (none_yet(caller, opened, kind)) } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns, rows) })
            (registers(caller, opened, &[kind]))
        }
    }
}

fn assumption(opened: &Opened, entry: &Entry) -> Vec<Cell> {
    vec![
        link(opened, ASSUMPTION, entry),
        label("assumption-status", entry.get("status")).into(),
        or_dash(entry.get("finding")),
        or_dash(entry.get("owner")),
    ]
}

fn constraint(opened: &Opened, entry: &Entry) -> Vec<Cell> {
    vec![
        link(opened, CONSTRAINT, entry),
        or_dash(entry.get("owner")),
        or_dash(entry.get("source")),
    ]
}

fn outside(opened: &Opened, entry: &Entry) -> Vec<Cell> {
    let gives = html! { (entry.get("gives")) (unverified(entry.get("unverified"))) };
    vec![
        link(opened, OUTSIDE, entry),
        or_dash(entry.get("with")),
        gives.into(),
        or_dash(&month(entry.get("needed"))),
        label("outside-dependency-status", entry.get("status")).into(),
    ]
}
