//! Everything that is kept in a scope, kind by kind.

use stour_design::{Cell, Column, Table, html};
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::history::heard;
use crate::lint::lint;
use crate::opened::open;
use crate::register::{Register, Said};

/// `GET …/registers`.
pub(crate) async fn show(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let found = lint(register, &opened.around, caller.today());
    let rows = (register.kinds)().into_iter().map(|kind| {
        let entries = || opened.around.of_kind(kind.name);
        let latest = entries().max_by_key(|entry| entry.at);
        vec![
            Cell::link(kind.many, opened.list(kind, "")),
            entries().count().to_string().into(),
            found
                .iter()
                .filter(|one| one.kind == kind.name)
                .count()
                .to_string()
                .into(),
            latest.map_or_else(
                || Cell::missing("Nothing yet"),
                |entry| {
                    format!(
                        "{}, {} on {}",
                        entry.reference(kind),
                        entry.by.name,
                        moment(entry.at)
                    )
                    .into()
                },
            ),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let columns = [
        Column::from("Register"),
        Column::numeric("Entries"),
        Column::numeric("To be completed or put right"),
        Column::from("Last change"),
    ];
    let main = html! {
        p { "Everything that is kept here, each change with who made it, when and why. " a href=(register.workbook(&opened.scope)) { "All of it as an Excel workbook" } "." }
        (Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new(heard("Registers", "registers"), columns, rows)
        })
    };
    Ok(opened.first_page("Registers", main))
}
