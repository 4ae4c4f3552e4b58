//! The in-reach page.

use std::collections::BTreeMap;

use axum::response::Response;
use stour_access::Resource;
use stour_design::{Cell, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::PersonSummary;
use stour_web::{Caller, Page, Problem};

use super::alert::{self, unseen};
use super::plan;
use super::store::{Known, known};
use crate::spell::Spell;
use crate::ward::review_standing;
use crate::{feed, shown};

/// What the caller may see.
pub(super) async fn seen(
    caller: &Caller,
) -> Result<(Known, BTreeMap<PersonId, PersonSummary>), Problem> {
    let organisation = caller.actor().organisation;
    let (now, today) = (caller.now(), caller.today());
    let database = caller.house().database();
    let mut known = database
        .read(move |tx| known(tx, organisation, (now, today)))
        .await?;
    let people = std::mem::take(&mut known.people);
    let summaries = shown::permitted(caller, Resource::House, people).await?;
    Ok((known, summaries))
}

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    let (known, people) = seen(&caller).await?;
    let today = caller.today();
    let in_hospital = rows(&known.in_hospital, &people);
    let home = rows(&known.home, &people);
    let hospitals = in_hospital.iter().map(|(spell, _)| spell.organisation);
    let lag = feed::lag(&caller, hospitals).await?;
    let own = caller.actor().organisation;
    let name = shown::organisation_name(&own);
    let main = html! {
        (Heading::page("Your people in hospital"))
        p { "People whom " (name) " looks after, by a service, a request, a referral or a record, and who are in hospital now. The latest admission is first." }
        div id="in-reach" data-live="/in-reach/live" {
            (feed::notice(&lag))
            (alert::section(&caller, &unseen(&known.alerts, &people), &people))
            (Heading::section("In hospital now"))
            @if in_hospital.is_empty() {
                (InsetText::new("Nobody whom you look after is in hospital now."))
            } @else {
                (inside(&in_hospital, &known, (own, today)))
            }
            (Heading::section("Home in the last 7 days"))
            @if home.is_empty() {
                p { "Nobody." }
            } @else {
                (outside(&home, &known, (own, today)))
            }
        }
    };
    Ok(Page::new("Your people in hospital", main).wide())
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("in-reach"))
}

type Seen<'s> = Vec<(&'s Spell, &'s PersonSummary)>;

pub(super) fn rows<'s>(
    spells: &'s [Spell],
    people: &'s BTreeMap<PersonId, PersonSummary>,
) -> Seen<'s> {
    spells
        .iter()
        .filter_map(|spell| Some((spell, people.get(&spell.person)?)))
        .collect()
}

fn inside(seen: &Seen<'_>, known: &Known, (own, today): (OdsCode, Date)) -> Markup {
    let rows = seen.iter().map(|(spell, person)| {
        vec![
            Cell::from(alert::who(person, today)),
            Cell::from(
                html! { (place(spell, today)) (shown::besides(spell, &known.twice, today)) },
            ),
            Cell::from(html! {
                (shown::days_in(spell, today))
                @if let Some(admitted) = spell.admitted_at {
                    br; span.nhsuk-u-font-size-16 { "since " (shown::moment(admitted)) }
                }
                (shown::long_stay_mark(spell, today))
            }),
            Cell::from(shown::expected(spell.expected.as_ref(), today)),
            Cell::from(review_standing(spell, today)),
            Cell::from(plan::count(known.plan(spell.id), own, today)),
            Cell::from(why(known, spell)),
        ]
    });
    let columns = [
        "Person",
        "Where",
        "In hospital",
        "Expected home",
        "Ready to go",
        "Your plan",
        "Why you know them",
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(TableCaption { visually_hidden: true, ..TableCaption::from("In hospital now") }, columns, rows) }) }
}

fn outside(seen: &Seen<'_>, known: &Known, (own, today): (OdsCode, Date)) -> Markup {
    let rows = seen.iter().map(|(spell, person)| {
        let destination = spell.destination.as_deref();
        vec![
            Cell::from(alert::who(person, today)),
            Cell::from(spell.discharged_at.map(shown::moment).unwrap_or_default()),
            Cell::from(destination.map_or_else(
                || "Not said".to_owned(),
                |code| shown::label("discharge-destination", code),
            )),
            Cell::from(plan::count(known.plan(spell.id), own, today)),
            Cell::from(why(known, spell)),
        ]
    });
    let columns = [
        "Person",
        "Left hospital",
        "To",
        "Your plan",
        "Why you know them",
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(TableCaption { visually_hidden: true, ..TableCaption::from("Left hospital in the last 7 days") }, columns, rows) }) }
}

pub(super) fn place(spell: &Spell, today: Date) -> Markup {
    let ward = spell.ward.as_deref().unwrap_or_default();
    html! {
        (shown::ward(&spell.organisation, ward, today))
        @if let Some(bed) = &spell.bed { ", bed " (bed) }
        br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&spell.organisation)) }
    }
}

fn why(known: &Known, spell: &Spell) -> Markup {
    let reasons = known
        .why
        .get(&spell.person)
        .map(Vec::as_slice)
        .unwrap_or_default();
    shown::lines(reasons.iter().map(String::as_str))
}
