//! The matter of an item from first to last, as a table.

use stour_design::{Cell, Heading, Markup, Table, html};

use crate::noun::item::Item;
use crate::record::{Held, Record, Step, chain};
use crate::words::{day_or_unknown, label};

/// Every step of the matter, in the order in which they happened; nothing where this item is all of it.
pub(super) fn table(record: &Record, item: &Held<Item>) -> Markup {
    let steps = chain(record, item.number);
    if steps.len() < 2 {
        return html! {};
    }
    let rows = steps.iter().map(|step| {
        let day = Cell::from(day_or_unknown(step.date(record)));
        match step {
            Step::Item(other) => [day, by(record, other), happened(record, other, item.number)],
            Step::Alone(resolution) => {
                let holder = record.holders.get(resolution.person);
                let who = holder.map_or_else(String::new, |holder| {
                    format!("{}, {}, {}", holder.name, holder.office, holder.body)
                });
                [
                    day,
                    who.into(),
                    Cell::link(
                        resolution.text.as_str(),
                        format!("/decisions/resolutions/{}", resolution.number),
                    ),
                ]
            }
        }
    });
    html! {
        (Heading::section("The whole matter, from first to last"))
        p { "Every item of this matter that is in the record, whichever body it was before. One whose day is not known stands where it must have been." }
        (Table {
            responsive: true,
            ..Table::new("How the matter went", ["Day", "Body", "What happened"], rows)
        })
    }
}

fn by(record: &Record, item: &Held<Item>) -> Cell {
    let committee = record.committee_of(item);
    committee
        .map_or_else(String::new, |committee| committee.of_body())
        .into()
}

/// What happened at an item in a line or two, with a link unless it is the item on show.
fn happened(record: &Record, item: &Held<Item>, here: i64) -> Cell {
    let mut decided: Vec<String> = record
        .resolutions
        .iter()
        .filter(|resolution| resolution.item == Some(item.number))
        .map(|resolution| label("recommendation-verb", &resolution.verb))
        .filter(|verb| verb != "Other")
        .collect();
    decided.dedup();
    html! {
        @if item.number == here {
            strong { (super::numbered(item)) } " (this page)"
        } @else {
            a href={ "/decisions/items/" (item.number) } { (super::numbered(item)) }
        }
        br;
        (label("agenda-item-state", &item.state))
        @if !item.urgency.is_empty() { ", as urgent" }
        @if item.duplicate_of.is_some() { ", a duplicate" }
        @if !decided.is_empty() { ". Decisions: " (decided.join(", ").to_lowercase()) }
    }
    .into()
}
