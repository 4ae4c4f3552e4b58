//! The in-reach page.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_design::{Cell, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::PersonSummary;
use stour_web::{Caller, Page, Problem};

use super::alert;
use super::plan;
use super::store::{Known, known, reasons_of, spells};
use crate::error::FlowError;
use crate::sheet::Sheet;
use crate::spell::{Spell, SpellId, SpellState};
use crate::ward::review_standing;
use crate::{feed, shown};

/// Whom the caller may know of, among those whom their organisation looks after.
pub(super) async fn seen(caller: &Caller) -> Result<Known, Problem> {
    let (organisation, now) = (caller.actor().organisation, caller.now());
    let database = caller.house().database();
    let mut known = database
        .read(move |tx| known(tx, organisation, now))
        .await?;
    let visible = caller.may_each(caller.action(), known.people.iter().cloned());
    known.retain(&visible);
    Ok(known)
}

/// Which person, and which of their stays.
type Stay = (PersonId, SpellId);

/// What is shown of some stays.
pub(super) struct Shown {
    /// Who the people are.
    pub(super) people: BTreeMap<PersonId, PersonSummary>,
    /// Why the caller's organisation knows each.
    pub(super) why: Why,
    /// In hospital now.
    pub(super) in_hospital: Vec<Spell>,
    /// Home.
    pub(super) home: Vec<Spell>,
}

/// Reads it, and records whom the caller saw.
pub(super) async fn show(
    caller: &Caller,
    people: Vec<PersonFacts>,
    (inside, home): (Vec<Stay>, Vec<Stay>),
) -> Result<Shown, Problem> {
    let (own, today) = (caller.actor().organisation, caller.today());
    let people = shown::permitted(caller, Resource::House, people).await?;
    let known = inside.iter().chain(&home).map(|(person, _)| *person);
    let known: BTreeSet<PersonId> = known.filter(|person| people.contains_key(person)).collect();
    let database = caller.house().database();
    let read = move |tx: &mut Transaction<'_>| {
        let why = reasons_of(tx, own, &known, today)?;
        Ok::<_, FlowError>((why, spells(tx, &inside)?, spells(tx, &home)?))
    };
    let (why, mut in_hospital, home) = database.read(read).await?;
    // Whoever has left since the list was read is not in hospital now.
    in_hospital.retain(|spell| spell.state == SpellState::InHospital);
    Ok(Shown {
        people,
        why,
        in_hospital,
        home,
    })
}

/// Which pages of the two lists an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: String,
    #[serde(default)]
    home: String,
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let mut known = seen(&caller).await?;
    let hospitals = known.in_hospital.iter().map(|one| one.organisation);
    let lag = feed::lag(&caller, hospitals).await?;
    let inside_now = known.in_hospital.iter().map(|one| (one.person, one.spell));
    let inside_now = Sheet::of(inside_now.collect(), &asked.page);
    let home_now = Sheet::of(std::mem::take(&mut known.home), &asked.home);
    let (here, gone) = (inside_now.rows.clone(), home_now.rows.clone());
    let told = known
        .alerts
        .iter()
        .take(alert::MOST)
        .map(|alert| alert.person);
    let stays = here.iter().chain(&gone).map(|(person, _)| *person);
    let wanted: BTreeSet<PersonId> = stays.chain(told).collect();
    let mut people = std::mem::take(&mut known.people);
    people.retain(|person| wanted.contains(&person.id));
    let seen = show(&caller, people, (here, gone)).await?;
    let (people, why) = (&seen.people, &seen.why);
    let today = caller.today();
    let in_hospital = rows(&seen.in_hospital, people);
    let home = rows(&seen.home, people);
    let own = caller.actor().organisation;
    let name = shown::organisation_name(&own);
    let main = html! {
        (Heading::page("Your people in hospital"))
        p { "People whom " (name) " looks after, by a service, a request, a referral or a record, and who are in hospital now. The latest admission is first." }
        div id="in-reach" data-live="/in-reach/live" {
            (feed::notice(&lag))
            (alert::section(&caller, &known.alerts, people))
            (Heading::section("In hospital now"))
            @if in_hospital.is_empty() {
                (InsetText::new("Nobody whom you look after is in hospital now."))
            } @else {
                (inside(&in_hospital, (&known, why), (own, today)))
                (inside_now.ways(|page| format!("/in-reach?page={page}&home={}", home_now.number)))
            }
            (Heading::section("Home in the last 7 days"))
            @if home.is_empty() {
                p { "Nobody." }
            } @else {
                (outside(&home, (&known, why), (own, today)))
                (home_now.ways(|page| format!("/in-reach?home={page}&page={}", inside_now.number)))
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

/// Why an organisation knows each, in words.
type Why = BTreeMap<PersonId, Vec<String>>;

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

fn inside(
    seen: &Seen<'_>,
    (known, reasons): (&Known, &Why),
    (own, today): (OdsCode, Date),
) -> Markup {
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
            Cell::from(why(reasons, spell)),
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

fn outside(
    seen: &Seen<'_>,
    (known, reasons): (&Known, &Why),
    (own, today): (OdsCode, Date),
) -> Markup {
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
            Cell::from(why(reasons, spell)),
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

fn why(reasons: &Why, spell: &Spell) -> Markup {
    let reasons = reasons
        .get(&spell.person)
        .map(Vec::as_slice)
        .unwrap_or_default();
    shown::lines(reasons.iter().map(String::as_str))
}
