//! What is different between two versions of an entry.

use std::collections::BTreeMap;

use stour_design::{Cell, Column, Markup, Table, html};
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::edit::above;
use super::history::{differences, heard};
use super::shown::value;
use crate::opened::open;
use crate::register::{Register, Said};
use crate::{Entry, store};

/// `GET …/{kind}/{number}/compare?from=&to=`; without numbers the last change.
pub(crate) async fn show(
    register: &'static Register,
    caller: Caller,
    said: Said,
    asked: BTreeMap<String, String>,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    let number = |name: &str, otherwise: i64| match asked.get(name) {
        None => Ok(otherwise),
        Some(text) => text.parse().map_err(|_| Problem::not_found()),
    };
    let to: i64 = number("to", entry.version)?;
    let from: i64 = number("from", entry.version.saturating_sub(1).max(1))?;
    let id = entry.id;
    let database = caller.house().database();
    let both = database.read(move |tx| {
        let before = store::version(tx, id, from)?;
        Ok::<_, Problem>((before, store::version(tx, id, to)?))
    });
    let (Some(before), Some(after)) = both.await? else {
        return Err(Problem::not_found());
    };
    let known = opened.known(&caller);
    let reference = entry.reference(kind);
    let rows = differences(kind, Some(&before), &after)
        .into_iter()
        .map(|(field, was, now)| {
            vec![
                Cell::from(field.label),
                value(&opened, &known, field, was).into(),
                value(&opened, &known, field, now).into(),
            ]
        });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let columns = [
        "What".to_owned(),
        format!("Version {from}"),
        format!("Version {to}"),
    ];
    let title = format!("{reference} in versions {from} and {to}");
    let main = html! {
        (saved(&before))
        (saved(&after))
        @if rows.is_empty() {
            p { "Nothing that stands in their fields is different." }
        } @else {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(heard(&title, "differences"), columns.map(Column::from), rows)
            })
        }
        p { a href=(opened.page_of(kind.name, entry.number, "")) { "Back to " (reference) } }
    };
    Ok(opened.page(title, main, above(&opened, kind, &entry)))
}

fn saved(version: &Entry) -> Markup {
    html! {
        p {
            "Version " (version.version) ", by " (version.by.name) " on " (moment(version.at)) ": “" (version.why) "”"
            @if version.removed { " The entry was removed by it." }
        }
    }
}
