//! The in-reach page.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_design::{Cell, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::PersonSummary;
use stour_web::{Caller, Page, Problem};

use super::alert;
use super::plan;
use super::store::{Known, known, reasons_of};
use crate::sheet::Sheet;
use crate::spell::Spell;
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

/// Who they are, and why the caller's organisation knows those of some stays. What is shown is recorded.
pub(super) async fn who<'s>(
    caller: &Caller,
    people: Vec<PersonFacts>,
    stays: impl IntoIterator<Item = &'s Spell>,
) -> Result<(BTreeMap<PersonId, PersonSummary>, Why), Problem> {
    let (own, today) = (caller.actor().organisation, caller.today());
    let summaries = shown::permitted(caller, Resource::House, people).await?;
    let known = stays.into_iter().map(|spell| spell.person);
    let known: BTreeSet<PersonId> = known
        .filter(|person| summaries.contains_key(person))
        .collect();
    let database = caller.house().database();
    let why = database
        .read(move |tx| reasons_of(tx, own, &known, today))
        .await?;
    Ok((summaries, why))
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
    let hospitals = known.in_hospital.iter().map(|spell| spell.organisation);
    let lag = feed::lag(&caller, hospitals).await?;
    let inside_now = Sheet::of(std::mem::take(&mut known.in_hospital), &asked.page);
    let home_now = Sheet::of(std::mem::take(&mut known.home), &asked.home);
    let stays = || inside_now.rows.iter().chain(&home_now.rows);
    let told = known
        .alerts
        .iter()
        .take(alert::MOST)
        .map(|alert| alert.person);
    let here: BTreeSet<PersonId> = stays().map(|spell| spell.person).chain(told).collect();
    let mut people = std::mem::take(&mut known.people);
    people.retain(|person| here.contains(&person.id));
    let (people, why) = who(&caller, people, stays()).await?;
    let today = caller.today();
    let in_hospital = rows(&inside_now.rows, &people);
    let home = rows(&home_now.rows, &people);
    let own = caller.actor().organisation;
    let name = shown::organisation_name(&own);
    let main = html! {
        (Heading::page("Your people in hospital"))
        p { "People whom " (name) " looks after, by a service, a request, a referral or a record, and who are in hospital now. The latest admission is first." }
        div id="in-reach" data-live="/in-reach/live" {
            (feed::notice(&lag))
            (alert::section(&caller, &known.alerts, &people))
            (Heading::section("In hospital now"))
            @if in_hospital.is_empty() {
                (InsetText::new("Nobody whom you look after is in hospital now."))
            } @else {
                (inside(&in_hospital, (&known, &why), (own, today)))
                (inside_now.ways(|page| format!("/in-reach?page={page}&home={}", home_now.number)))
            }
            (Heading::section("Home in the last 7 days"))
            @if home.is_empty() {
                p { "Nobody." }
            } @else {
                (outside(&home, (&known, &why), (own, today)))
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
