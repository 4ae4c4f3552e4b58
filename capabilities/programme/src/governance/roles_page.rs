//! The roles of a programme, what each is responsible for, and who held it on a day.

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_design::{Button, Heading, Input, Markup, html};
use stour_kernel::Date;
use stour_register::Entry;
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::field::number;
use super::parts::{none_yet, registers, unverified};
use super::role::{HOLDER, Holder, RESPONSIBILITY, ROLE};
use super::shell::{Opened, Part, open, page_below};

/// The day for which an address asks.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    on: Option<String>,
}

impl Asked {
    /// The day; today when none is asked for.
    fn day(&self, today: Date) -> Result<Date, Problem> {
        let on = self.on.as_deref().map_or("", str::trim);
        if on.is_empty() {
            return Ok(today);
        }
        on.parse().map_err(|_| {
            Problem::malformed("Write the day as year, month and day, such as 2013-09-30.")
        })
    }
}

/// `GET /programmes/{programme}/governance/roles`.
pub(crate) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let on = asked.day(opened.today)?;
    let roles: Vec<&Entry> = opened.entries.of_kind(ROLE.name).collect();
    let main = html! {
        p { "Who held each role on " (day(on)) ", as far as is known." }
        (another_day(&opened, on))
        @if roles.is_empty() { (none_yet(&caller, &opened, ROLE)) } @else {
            @for role in &roles { (role_section(&opened, role, on)) }
        }
        (registers(&caller, &opened, &[ROLE, RESPONSIBILITY, HOLDER]))
    };
    Ok(page_below(&opened, Part::Governance, "Roles", &main))
}

fn another_day(opened: &Opened, on: Date) -> Markup {
    html! {
        form method="get" action=(opened.address("/governance/roles")) data-optional {
            (Input {
                value: Some(on.to_string()),
                hint: Some("Year, month and day, for example 2013-09-30".into()),
                width: Some(stour_design::Width::Ten),
                ..Input::new("on", "On another day")
            })
            (Button::secondary("Show that day"))
        }
    }
}

fn role_section(opened: &Opened, role: &Entry, on: Date) -> Markup {
    let entries = &opened.entries;
    let responsibilities = entries
        .of_kind(RESPONSIBILITY.name)
        .filter(|entry| number(&entry.values, "role") == Some(role.number));
    let responsibilities: Vec<&Entry> = responsibilities.collect();
    let holders = entries.of_kind(HOLDER.name).filter_map(Holder::read);
    let holders: Vec<Holder> = holders
        .filter(|holder| holder.role == role.number)
        .collect();
    let held = |held| {
        let some = holders
            .iter()
            .filter(move |holder| holder.held_on(on) == held);
        some.collect::<Vec<&Holder>>()
    };
    let then = held(Some(true));
    html! {
        (Heading::section(html! { a href=(opened.entry_address(ROLE.name, role.number)) { (role.get(ROLE.title)) } }))
        @if !role.get("who").is_empty() { p { "Who may hold it: " (role.get("who")) "." } }
        (unverified(role.get("unverified")))
        @if then.is_empty() { p { strong { "Nobody is known to have held it on " (day(on)) "." } } }
        (people(opened, "Held by", &then))
        (people(opened, "Named as its holders; from when is not known", &held(None)))
        (people(opened, "At other times", &held(Some(false))))
        @if responsibilities.is_empty() {
            p { "No responsibilities are in the register." }
        } @else {
            p { strong { (responsibilities.len()) @if responsibilities.len() == 1 { " responsibility" } @else { " responsibilities" } } }
            ol { @for one in responsibilities { li { (one.get(RESPONSIBILITY.title)) } } }
        }
    }
}

/// Some of its holders, under what they have in common; nothing where there are none.
fn people(opened: &Opened, said: &str, holders: &[&Holder]) -> Markup {
    html! {
        @if !holders.is_empty() {
            p { strong { (said) } }
            ul { @for holder in holders { li { (named(opened, holder)) } } }
        }
    }
}

fn named(opened: &Opened, holder: &Holder) -> Markup {
    html! {
        a href=(opened.entry_address(HOLDER.name, holder.number)) { (holder.name) }
        @if !holder.of.is_empty() { ", " (holder.of) }
        @match (holder.from, holder.to) {
            (None, None) => {},
            (Some(from), None) => { " (since " (day(from)) ")" },
            (None, Some(to)) => { " (until " (day(to)) ")" },
            (Some(from), Some(to)) => { " (" (day(from)) " to " (day(to)) ")" },
        }
    }
}
