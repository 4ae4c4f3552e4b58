//! Everybody who has been in hospital for long, over all wards that the caller may see: the longest first.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use serde::Deserialize;
use stour_design::{Cell, Heading, InsetText, Markup, Table, html};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::PersonSummary;
use stour_web::{Caller, Page, Problem};

use super::page::count as people_now;
use super::{address, facts_of, may_see, resource, review_page};
use crate::error::FlowError;
use crate::feed;
use crate::hospital::Hospitals;
use crate::sheet::Sheet;
use crate::shown::{self, LONG_STAYS};
use crate::spell::{Present, Spell, Twice, in_hospital};

/// What the address asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The fewest days.
    days: Option<i32>,
    /// Which page of the list.
    #[serde(default)]
    page: String,
    /// Of which hospital.
    #[serde(default)]
    hospital: String,
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let of_caller = resource(caller.actor().organisation, "");
    caller.permit(of_caller.clone()).await?;
    let (today, shortest) = (
        caller.today(),
        LONG_STAYS.first().copied().unwrap_or_default(),
    );
    let days = asked.days.filter(|days| LONG_STAYS.contains(days));
    let days = days.unwrap_or(shortest);
    let reader = caller.clone();
    let (seen, mut spells, mut people, twice) = caller
        .house()
        .database()
        .read(move |tx| {
            let mut spells = in_hospital(tx)?;
            let twice = Twice::of(spells.iter().rev().map(Present::from));
            let trusts: BTreeSet<OdsCode> = spells.iter().map(|spell| spell.organisation).collect();
            let seen = trusts.into_iter().filter(|trust| may_see(&reader, *trust));
            let seen: BTreeSet<OdsCode> = seen.collect();
            let long = |spell: &Spell| shown::long_stay(spell, today).is_some();
            spells.retain(|spell| seen.contains(&spell.organisation) && long(spell));
            let people = facts_of(tx, &spells)?;
            Ok::<_, FlowError>((seen, spells, people, twice))
        })
        .await?;
    let visible = caller.may_each(caller.action(), people.iter().cloned());
    spells.retain(|spell| visible.contains(&spell.person));
    let long = spells.iter().filter(|spell| reached(spell, (days, today)));
    let hospitals = Hospitals::of(long.map(|spell| spell.organisation), &asked.hospital);
    spells.retain(|spell| hospitals.shows(spell.organisation));
    let counts = counts(&spells, (days, today), &hospitals);
    spells.retain(|spell| reached(spell, (days, today)));
    spells.sort_by_key(|spell| (spell.admitted_at, spell.id));
    let sheet = Sheet::of(spells, &asked.page);
    let here: BTreeSet<PersonId> = sheet.rows.iter().map(|spell| spell.person).collect();
    people.retain(|person| here.contains(&person.id));
    let people = shown::permitted(&caller, of_caller, people).await?;
    let lag = feed::lag(&caller, seen.iter().copied()).await?;
    let main = html! {
        (Heading::page("Long stays in hospital"))
        p { "Everybody who has been in hospital for " (shortest) " days or longer, and what the ward last said of why. The longest stay is first." }
        div id="long-stays" data-live="/wards/live" {
            (feed::notice(&lag))
            (hospitals.ways(&format!("/wards/long-stays?days={days}")))
            (counts)
            (list(&sheet.rows, &people, &twice, (days, today)))
            (sheet.ways(|page| format!("/wards/long-stays?days={days}&page={page}{}", hospitals.query())))
        }
    };
    Ok(Page::new("Long stays in hospital", main)
        .under([("Wards", "/wards")])
        .wide())
}

fn reached(spell: &Spell, (days, today): (i32, Date)) -> bool {
    shown::long_stay(spell, today).is_some_and(|reached| reached >= days)
}

/// How many there are of each, with links to each.
fn counts(spells: &[Spell], (chosen, today): (i32, Date), hospitals: &Hospitals) -> Markup {
    let count = |days| {
        let reached = spells.iter().filter(|spell| reached(spell, (days, today)));
        reached.count()
    };
    html! {
        ul class="nhsuk-list" {
            @for days in LONG_STAYS {
                li {
                    @if days == chosen { strong { (days) " days or longer: " (people_now(count(days))) } }
                    @else { a href={ "/wards/long-stays?days=" (days) (hospitals.query()) } { (days) " days or longer: " (people_now(count(days))) } }
                }
            }
        }
    }
}

fn list(
    spells: &[Spell],
    people: &BTreeMap<PersonId, PersonSummary>,
    twice: &Twice,
    (days, today): (i32, Date),
) -> Markup {
    let rows: Vec<_> = spells
        .iter()
        .filter_map(|spell| Some(row((spell, people.get(&spell.person)?), twice, today)))
        .collect();
    let columns = [
        "Person",
        "Where",
        "In hospital",
        "Expected home",
        "Ready to go",
    ];
    html! {
        @if rows.is_empty() {
            (InsetText::new(format!("Nobody whom you may see has been in hospital for {days} days or longer.")))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(format!("In hospital for {days} days or longer"), columns, rows) })
        }
    }
}

fn row((spell, person): (&Spell, &PersonSummary), twice: &Twice, today: Date) -> Vec<Cell> {
    let ward = spell.ward.as_deref().unwrap_or_default();
    vec![
        Cell::from(shown::person(person, today, true)),
        Cell::from(html! {
            a href=(address(&spell.organisation, ward)) { (shown::ward_name(&spell.organisation, ward, today).0) }
            @if let Some(bed) = &spell.bed { ", bed " (bed) }
            (shown::besides(spell, twice, today))
        }),
        Cell::from(html! { (shown::days_in(spell, today)) (shown::long_stay_mark(spell, today)) }),
        Cell::from(shown::expected(spell.expected.as_ref(), today)),
        Cell::from(review_page::standing(spell, today)),
    ]
}
