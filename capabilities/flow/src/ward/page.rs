//! One ward: everybody in it, by bed, in one line each or in full.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use stour_access::PersonFacts;
use stour_database::Transaction;
use stour_design::{
    Cell, Heading, InsetText, Markup, SectionNavigation, Table, Tag, TagColour, html,
};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};
use stour_people::{PersonSummary, facts_for_access_all};
use stour_web::{Caller, Page, Problem};

use super::bed::BedOrder;
use super::{address, estimates, lines, named, resource, review_page};
use crate::capacity::{OnWard, kept_for};
use crate::error::FlowError;
use crate::hub::{self, Decision, pathways, standing};
use crate::spell::{Spell, SpellId, Twice, Whereabouts, on_ward, twice};
use crate::{awaited, feed, shown};

/// Somebody on a ward, as the caller may see them.
pub(super) struct Patient {
    pub(super) spell: Spell,
    pub(super) summary: PersonSummary,
    /// Services outside the hospital that know the person.
    pub(super) community: Vec<OdsCode>,
    /// Places to go on to that are kept for the person.
    pub(super) onward: OnWard,
}

/// Everybody on a ward whom the caller may see, and who of them is shown elsewhere too.
pub(super) struct Board {
    pub(super) patients: Vec<Patient>,
    pub(super) twice: Twice,
    pub(super) decided: BTreeMap<SpellId, Decision>,
    pub(super) awaited: awaited::Board,
}

/// How the address asks for the board: `?view=full`. Anything else is one line each.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    view: String,
}

const FULL: &str = "full";

/// Everybody on a ward whom the caller may see, by bed.
pub(super) async fn patients(
    caller: &Caller,
    organisation: OdsCode,
    ward: &str,
) -> Result<Vec<Patient>, Problem> {
    let code = ward.to_owned();
    let now = caller.now();
    let (spells, facts, mut kept) = caller
        .house()
        .database()
        .read(move |tx| {
            let spells = on_ward(tx, organisation, &code)?;
            let facts = facts_of(tx, &spells)?;
            Ok::<_, FlowError>((spells, facts, kept_for(tx, now)?))
        })
        .await?;
    let community: BTreeMap<PersonId, Vec<OdsCode>> = facts
        .iter()
        .map(|person| (person.id, community(person)))
        .collect();
    let onward = OnWard::of_people(caller, &facts);
    let summaries = shown::permitted(caller, resource(organisation, ward), facts).await?;
    let seen = |spell: Spell| {
        let summary = summaries.get(&spell.person)?.clone();
        let community = community.get(&spell.person).cloned().unwrap_or_default();
        let onward = onward.get(&spell.person).cloned().unwrap_or_default();
        let onward = onward.with(kept.remove(&spell.id));
        Some(Patient {
            spell,
            summary,
            community,
            onward,
        })
    };
    let mut patients: Vec<Patient> = spells.into_iter().filter_map(seen).collect();
    patients.sort_by_cached_key(|patient| BedOrder::of(patient.spell.bed.as_deref()));
    Ok(patients)
}

/// What decides who may see the people of some stays.
pub(crate) fn facts_of(
    tx: &mut Transaction<'_>,
    spells: &[Spell],
) -> Result<Vec<PersonFacts>, stour_database::Error> {
    facts_of_people(tx, spells.iter().map(|spell| spell.person))
}

/// What decides who may see some people, each once.
pub(crate) fn facts_of_people(
    tx: &mut Transaction<'_>,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<PersonFacts>, stour_database::Error> {
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    facts_for_access_all(tx, &people)
}

/// The kinds of organisation whose knowing somebody says nothing about care at home.
const NOT_COMMUNITY: [&str; 4] = ["acute-trust", "gp-practice", "icb", "ccg"];

/// The organisations that look after somebody at home.
pub(crate) fn community(person: &PersonFacts) -> Vec<OdsCode> {
    let Ok(reference) = stour_partnership::reference() else {
        return Vec::new();
    };
    let is_community = |code: &&OdsCode| {
        let known = reference.organisation(code);
        known.is_some_and(|known| !NOT_COMMUNITY.contains(&known.kind.as_str()))
    };
    person
        .known_to
        .iter()
        .filter(is_community)
        .copied()
        .collect()
}

/// The page.
pub(super) async fn page(
    caller: Caller,
    Path((organisation, ward)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let (organisation, ward) = named(&organisation, &ward)?;
    let in_full = asked.view == FULL;
    let today = caller.today();
    let patients = patients(&caller, organisation, &ward).await?;
    let code = ward.clone();
    let said = move |tx: &mut Transaction<'_>| {
        let awaited = awaited::Board::of_ward(tx, (organisation, &code), today)?;
        Ok::<_, FlowError>((twice(tx)?, standing(tx)?, awaited))
    };
    let (twice, decided, awaited) = caller.house().database().read(said).await?;
    let board = Board {
        patients,
        twice,
        decided,
        awaited,
    };
    let lag = feed::lag(&caller, [organisation]).await?;
    let (name, _) = shown::ward_name(&organisation, &ward, today);
    let here = address(&organisation, &ward);
    let main = html! {
        (Heading::page(name.as_str()))
        p { (shown::organisation_name(&organisation)) (shown::ward_mark(&organisation, &ward, today)) }
        (views(&here, in_full))
        div id="ward" data-live={ (here) "/live" } {
            (feed::notice(&lag))
            @if board.patients.is_empty() {
                (InsetText::new("Nobody is on this ward now."))
            } @else {
                @if in_full { (table(&here, &board, (caller.now(), today))) }
                @else { (lines::table(&here, &board, (caller.now(), today))) }
            }
        }
    };
    Ok(Page::new(name, main).under([("Wards", "/wards")]).wide())
}

/// The ways between the two.
fn views(here: &str, in_full: bool) -> SectionNavigation {
    let full = format!("{here}?view={FULL}");
    SectionNavigation::new(
        "How the ward is shown",
        [
            ("One line each", here.to_owned(), !in_full),
            ("In full", full, in_full),
        ],
    )
}

/// What either table is called.
pub(super) fn caption(board: &Board) -> String {
    format!("{} now, by bed", count(board.patients.len()))
}

pub(super) fn count(people: usize) -> String {
    if people == 1 {
        "1 person".to_owned()
    } else {
        format!("{people} people")
    }
}

fn table(here: &str, board: &Board, (now, today): (Timestamp, Date)) -> Markup {
    let rows = board.patients.iter().map(|patient| {
        let spell = &patient.spell;
        vec![
            Cell::from(html! { (bed(spell, today)) (shown::besides(spell, &board.twice, today)) }),
            Cell::from(html! {
                (shown::person(&patient.summary, today, true)) br;
                a.nhsuk-u-font-weight-normal href={ (here) "/spells/" (spell.id) "/about" } {
                    "About" span.nhsuk-u-visually-hidden { " " (patient.summary.name.spoken()) ": what matters, carers and plans" }
                }
            }),
            Cell::from(since(spell, today)),
            Cell::from(html! {
                (shown::expected(spell.expected.as_ref(), today)) br;
                a href={ (here) "/spells/" (spell.id) "/expected-date" } {
                    "Change" span.nhsuk-u-visually-hidden { " the expected date of " (patient.summary.name.spoken()) }
                }
                ", "
                a href=(estimates(spell)) {
                    "all estimates" span.nhsuk-u-visually-hidden { " for " (patient.summary.name.spoken()) }
                }
            }),
            Cell::from(html! {
                (review_page::standing(spell, today)) br;
                a href={ (here) "/spells/" (spell.id) "/review" } {
                    "Review" span.nhsuk-u-visually-hidden { " whether " (patient.summary.name.spoken()) " needs an acute hospital" }
                }
                (leaving(patient, board.decided.get(&spell.id)))
                (patient.onward.shown(spell.id, &patient.summary.name.spoken(), now))
            }),
            Cell::from(awaited::board(&board.awaited, (spell, &patient.summary.name), here, now)),
            Cell::from(known(&patient.community)),
            Cell::from(spell.last_message_at.map(shown::moment).unwrap_or_default()),
        ]
    });
    let columns = [
        "Bed",
        "Person",
        "In hospital",
        "Expected home",
        "Ready to go",
        "Today, and what is waited for",
        "Community",
        "Last message",
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption(board), columns, rows) }) }
}

/// The pathway that a team decided, where one did, and where hospital and council arrange the rest.
fn leaving(patient: &Patient, decided: Option<&Decision>) -> Markup {
    let spell = &patient.spell;
    html! {
        @if decided.is_some() { br; span.nhsuk-u-font-size-16 { (pathways(spell, decided)) } }
        br; a href=(hub::address(spell.id)) {
            "Leaving" span.nhsuk-u-visually-hidden { " hospital: what is arranged for " (patient.summary.name.spoken()) }
        }
    }
}

/// The bed, whether the person is in it now, and where they will be moved to.
pub(super) fn bed(spell: &Spell, today: Date) -> Markup {
    let ward = |code: &str| shown::ward_name(&spell.organisation, code, today).0;
    html! {
        (spell.bed.as_deref().unwrap_or("Not given"))
        @if let Some(away) = &spell.away {
            br;
            @match &away.whereabouts {
                Whereabouts::OnLeave => (Tag::new("On leave", TagColour::Yellow)),
                Whereabouts::Elsewhere(_) => (Tag::new("Off the ward", TagColour::Yellow)),
            }
            br; span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal {
                @if let Whereabouts::Elsewhere(Some(place)) = &away.whereabouts { "at " (ward(place)) ", " }
                "since " (shown::moment(away.since))
            }
        }
        @if let Some((next, bed)) = &spell.next {
            br; span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal {
                "To be moved to " (ward(next)) @if let Some(bed) = bed { ", bed " (bed) }
            }
        }
    }
}

fn since(spell: &Spell, today: Date) -> Markup {
    html! {
        (shown::days_in(spell, today))
        @if let Some(admitted) = spell.admitted_at {
            br; span.nhsuk-u-font-size-16 { "since " (shown::moment(admitted)) }
        }
        (shown::long_stay_mark(spell, today))
    }
}

fn known(community: &[OdsCode]) -> Markup {
    html! {
        @if community.is_empty() { "Not known" }
        @else {
            (Tag::new("Known to community services", TagColour::Blue))
            @for organisation in community { br; span.nhsuk-u-font-size-16 { (shown::organisation_name(organisation)) } }
        }
    }
}

/// Tells an open page that something has changed.
pub(super) async fn live(
    caller: Caller,
    Path((organisation, ward)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (organisation, ward) = named(&organisation, &ward)?;
    caller.permit(resource(organisation, &ward)).await?;
    Ok(caller.house().live().events("wards"))
}
