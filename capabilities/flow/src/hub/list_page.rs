//! Everybody who waits to leave hospital, or about whom a notice waits for an answer.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_deadlines::Standing;
use stour_design::{
    Cell, Details, Heading, InsetText, Markup, Table, Tag, TagColour, WarningCallout, html,
};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::{PersonSummary, facts_for_access};
use stour_web::{Caller, Page, Problem};

use super::clock;
use super::course::{Course, Next, Waiting, ready, waiting};
use super::decision::{Decision, standing};
use super::decision_page::pathways;
use super::notice::{Kind, Notice};
use super::open::{address, is_of_hospital, seen};
use super::stay_page::{ago, several};
use super::store;
use crate::error::FlowError;
use crate::hospital::Hospitals;
use crate::sheet::Sheet;
use crate::spell::{self, Present, Spell, SpellId, SpellState, Twice};
use crate::ward::facts_of_people;
use crate::{feed, shown};

const TITLE: &str = "Leaving hospital";

/// What the address asks for: a page of the list, and of which hospital.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: String,
    #[serde(default)]
    hospital: String,
}

/// Somebody who waits.
struct Row {
    spell: Spell,
    notices: Vec<Notice>,
    waiting: Waiting,
    /// Whether the caller answers the notice that is waited for.
    answers: bool,
}

/// Every stay that may have somebody waiting, with its notices.
fn stays(tx: &mut Transaction<'_>) -> Result<Vec<(Spell, Vec<Notice>)>, FlowError> {
    let mut notices: BTreeMap<SpellId, Vec<Notice>> = BTreeMap::new();
    for notice in store::of_hub(tx)? {
        notices.entry(notice.spell).or_default().push(notice);
    }
    let mut stays = Vec::new();
    for spell in spell::in_hospital(tx)? {
        let of_it = notices.remove(&spell.id).unwrap_or_default();
        stays.push((spell, of_it));
    }
    for id in notices.into_keys().collect::<Vec<_>>() {
        let of_it = store::of_stay(tx, id)?;
        let Some(mut spell) = spell::one(tx, id)? else {
            continue;
        };
        // A stay that is over names who the person was when it was recorded.
        if let Some(standing) = facts_for_access(tx, spell.person)? {
            spell.person = standing.id;
        }
        stays.push((spell, of_it));
    }
    Ok(stays)
}

/// What else the lists say of everybody.
struct Known {
    decided: BTreeMap<SpellId, Decision>,
    twice: Twice,
}

/// Those of them who wait for something that the caller may know of.
fn rows(caller: &Caller, stays: Vec<(Spell, Vec<Notice>)>) -> Vec<Row> {
    let due = |kind: Kind, sent: Date| clock::due(kind, sent).ok().flatten();
    // Asked once for each hospital, of which there are few.
    let mut hospitals: BTreeMap<OdsCode, bool> = BTreeMap::new();
    let row = |(spell, mut notices): (Spell, Vec<Notice>)| {
        let from_hospital = *hospitals
            .entry(spell.organisation)
            .or_insert_with(|| is_of_hospital(caller, spell.organisation));
        notices.retain(|notice| seen(caller, from_hospital, notice));
        if !from_hospital && notices.is_empty() {
            return None;
        }
        let state = (spell.state, ready(&spell));
        let waiting = waiting(state, Course(&notices), due)?;
        let mine = |notice: &Notice| notice.council == caller.actor().organisation;
        let answers = match waiting.step {
            Next::Answer(id, _) | Next::Over(id, _) => {
                notices.iter().any(|one| one.id == id && mine(one))
            }
            _ => false,
        };
        Some(Row {
            spell,
            notices,
            waiting,
            answers,
        })
    };
    let mut rows: Vec<Row> = stays.into_iter().filter_map(row).collect();
    rows.sort_by_key(|row| (row.waiting.since, row.spell.admitted_at, row.spell.id));
    rows
}

/// Those about whom a notice waits for the caller's organisation, and the caller may answer it.
fn may_answer(caller: &Caller, rows: &[Row], people: &[PersonFacts]) -> BTreeSet<PersonId> {
    let asked: BTreeSet<PersonId> = rows
        .iter()
        .filter(|row| row.answers)
        .map(|row| row.spell.person)
        .collect();
    let asked = people.iter().filter(|person| asked.contains(&person.id));
    "notice.answer"
        .parse()
        .map(|answer| caller.may_each(answer, asked.cloned()))
        .unwrap_or_default()
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let reader = caller.clone();
    let (mut rows, mut facts, known) = caller
        .house()
        .database()
        .read(move |tx| {
            let stays = stays(tx)?;
            let here = stays
                .iter()
                .map(|(spell, _)| spell)
                .filter(|spell| spell.state == SpellState::InHospital);
            let twice = Twice::of(here.rev().map(Present::from));
            let rows = rows(&reader, stays);
            let facts = facts_of_people(tx, rows.iter().map(|row| row.spell.person))?;
            let decided = standing(tx)?;
            Ok::<_, FlowError>((rows, facts, Known { decided, twice }))
        })
        .await?;
    let visible = caller.may_each(caller.action(), facts.iter().cloned());
    rows.retain(|row| visible.contains(&row.spell.person));
    let of_rows = rows.iter().map(|row| row.spell.organisation);
    let hospitals = Hospitals::of(of_rows.clone(), &asked.hospital);
    let lag = feed::lag(&caller, of_rows).await?;
    rows.retain(|row| hospitals.shows(row.spell.organisation));
    let today = caller.today();
    let is_late = |row: &Row| overdue(&row.waiting, today).is_some();
    let unanswered = rows.iter().filter(|row| is_late(row)).count();
    rows.sort_by_key(|row| !is_late(row));
    let mut sheet = Sheet::of(rows, &asked.page);
    let here: BTreeSet<PersonId> = sheet.rows.iter().map(|row| row.spell.person).collect();
    facts.retain(|person| here.contains(&person.id));
    let answering = may_answer(&caller, &sheet.rows, &facts);
    for row in &mut sheet.rows {
        row.answers &= answering.contains(&row.spell.person);
    }
    let people = shown::permitted(&caller, Resource::House, facts).await?;
    let seen = sheet
        .rows
        .iter()
        .filter_map(|row| Some((row, people.get(&row.spell.person)?)));
    let (late, others): (Vec<_>, Vec<_>) = seen.partition(|(row, _)| is_late(row));
    let main = html! {
        (Heading::page(TITLE))
        p { "People who are ready to leave hospital, and people about whom a notice between hospital and council waits for an answer." }
        div id="hub" data-live="/hub/live" {
            (feed::notice(&lag))
            (hospitals.ways("/hub?page=1"))
            @if unanswered > 0 { (warning(unanswered)) }
            @if !late.is_empty() { (table("Not answered in time, the longest wait first", (&late, &known), today)) }
            @if !others.is_empty() { (table("The longest wait first", (&others, &known), today)) }
            @if late.is_empty() && others.is_empty() {
                (InsetText::new("Nobody whom you may see waits to leave, and no notice waits for an answer. A ward says in its daily review that somebody is ready to leave."))
            }
            (sheet.ways(|page| format!("/hub?page={page}{}", hospitals.query())))
        }
        (how_long(today)?)
    };
    Ok(Page::new(TITLE, main).wide())
}

/// How many days ago an answer was due; nothing where it is in time.
fn overdue(waiting: &Waiting, today: Date) -> Option<i32> {
    match Standing::of(waiting.due?, None, today) {
        Standing::Overdue(days) => Some(days),
        _ => None,
    }
}

fn warning(late: usize) -> Markup {
    let heading = if late == 1 {
        "1 notice was not answered in time".to_owned()
    } else {
        format!("{late} notices were not answered in time")
    };
    let callout = WarningCallout::new(
        heading,
        "Ring the council or the hospital now: somebody may be waiting whom nobody has seen.",
    );
    html! { (callout.below_title()) }
}

fn table(caption: &str, (rows, known): (&[(&Row, &PersonSummary)], &Known), today: Date) -> Markup {
    let rows = rows.iter().map(|(row, person)| {
        vec![
            Cell::from(shown::person(person, today, false)),
            Cell::from(html! { (place(&row.spell, today)) (shown::besides(&row.spell, &known.twice, today)) }),
            Cell::from(ready_since(&row.spell, known.decided.get(&row.spell.id))),
            Cell::from(waits(row, today)),
            Cell::from(next(row)),
            Cell::from(links(row, person)),
        ]
    });
    let columns = ["Person", "Where", "Ready", "Waits for", "Who is next", "Do"];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns, rows) }) }
}

fn place(spell: &Spell, today: Date) -> Markup {
    let ward = spell.ward.as_deref().unwrap_or_default();
    html! {
        @if spell.state == SpellState::InHospital { (shown::ward(&spell.organisation, ward, today)) }
        @else { (Tag::new("Not in hospital", TagColour::Grey)) }
        br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&spell.organisation)) }
    }
}

fn ready_since(spell: &Spell, decided: Option<&Decision>) -> Markup {
    html! {
        @if let Some(day) = ready(spell) { "Since " (shown::day(day)) } @else { "Not yet" }
        br; span.nhsuk-u-font-size-16 { (pathways(spell, decided)) }
    }
}

fn waits(row: &Row, today: Date) -> Markup {
    let waiting = &row.waiting;
    let days = today.since(waiting.since).map_or(0, |span| span.get_days());
    let what = match &waiting.step {
        Next::Answer(_, kind) => format!("An answer to the {}", kind.words().to_lowercase()),
        Next::Over(_, kind) => format!(
            "The stay is over, and the {} was not answered",
            kind.words().to_lowercase()
        ),
        Next::SendAgain(kind) => {
            format!("The {} was rejected", kind.words().to_lowercase())
        }
        Next::Ask => "No assessment notice was sent".to_owned(),
        Next::Tell => "A discharge notice: the council is asked, and no day is told".to_owned(),
        Next::Leave(on) => format!("Leaving on {}", shown::day(*on)),
    };
    let passed = matches!(waiting.step, Next::Leave(on) if on < today);
    html! {
        (what)
        @if passed { " " (Tag::new("Day has passed", TagColour::Orange)) }
        br; span.nhsuk-u-font-size-16 {
            @if days == 0 { "since today" } @else { "for " (several(days, "day")) }
            @if let Some(due) = waiting.due {
                @match overdue(waiting, today) {
                    Some(days) => { br; (Tag::new("Late", TagColour::Red)) " due " (ago(days)) },
                    None => { br; "due by " (shown::day(due)) },
                }
            }
        }
    }
}

/// Who does what is next.
fn next(row: &Row) -> String {
    let hospital = || shown::organisation_name(&row.spell.organisation);
    match row.waiting.step {
        Next::Answer(id, _) => {
            let notice = row.notices.iter().find(|notice| notice.id == id);
            notice.map_or_else(hospital, |notice| shown::organisation_name(&notice.council))
        }
        _ => hospital(),
    }
}

fn links(row: &Row, person: &PersonSummary) -> Markup {
    let name = person.name.spoken();
    html! {
        a href=(address(row.spell.id)) { "Open" span.nhsuk-u-visually-hidden { " what is arranged for " (name) } }
        @if row.answers {
            @if let Next::Answer(id, _) | Next::Over(id, _) = row.waiting.step {
                br; a href={ "/hub/notices/" (id) "/answer" } {
                    "Answer" span.nhsuk-u-visually-hidden { " the notice about " (name) }
                }
            }
        }
    }
}

/// The clocks of today, with their sources.
fn how_long(today: Date) -> Result<Markup, Problem> {
    let now = clock::rules()?
        .iter()
        .filter(|rule| rule.valid.contains(today));
    let rows = now.map(|rule| {
        vec![
            Cell::from(rule.kind.words()),
            Cell::from(several(rule.days.into(), "day")),
            Cell::from(html! {
                (rule.source)
                @if rule.status.needs_warning() { " " (Tag::new("Unverified", TagColour::Yellow)) }
                @if let Some(note) = &rule.note { br; (note) }
            }),
        ]
    });
    let table = Table {
        responsive: true,
        ..Table::new(
            "By when a notice is to be answered",
            ["Notice", "After it was sent", "Who says so"],
            rows,
        )
    };
    Ok(html! { (Details::new("How long a council has to answer", html! { (table) })) })
}

/// Tells an open page that something has changed: stays and notices touch the same topic.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("wards"))
}
