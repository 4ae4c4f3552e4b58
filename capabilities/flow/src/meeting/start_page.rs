//! Where a meeting begins: whom it would be about, those that go on, and the minutes of those that are over.

use std::collections::BTreeSet;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_design::{Button, Cell, Heading, Input, InsetText, Markup, Table, Width, html};
use stour_kernel::{Date, Environment, PersonId};
use stour_people::PersonSummary;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::order::{Waiting, days_waited, in_order};
use super::store::{Meeting, earlier, running};
use super::{store, visible};
use crate::by::By;
use crate::error::FlowError;
use crate::sheet::{Sheet, Turned};
use crate::spell::{REASONS, Spell, SpellId, in_hospital};
use crate::ward::facts_of;
use crate::{feed, shown};

/// How long a meeting is meant to take where nobody says otherwise, and at most, in minutes.
const USUAL: i64 = 30;
const MOST: i64 = 240;
/// What whoever opens the page asks for, also where a form that was wrong is shown again.
const READ: &str = "meeting.read";
/// How many meetings that are over the page lists.
const EARLIER: i64 = 20;

/// Whom a meeting would be about, and the meetings there are.
struct Found {
    waiting: Vec<(Spell, Waiting)>,
    people: Vec<PersonFacts>,
    running: Vec<Meeting>,
    earlier: Vec<Meeting>,
}

async fn find(caller: &Caller) -> Result<Found, Problem> {
    let today = caller.today();
    let database = caller.house().database();
    Ok(database
        .read(move |tx| {
            let spells = in_hospital(tx)?;
            let waiting: Vec<(Spell, Waiting)> = in_order(&spells, today)
                .into_iter()
                .map(|(spell, why)| (spell.clone(), why))
                .collect();
            let about: Vec<Spell> = waiting.iter().map(|(spell, _)| spell.clone()).collect();
            let people = facts_of(tx, &about)?;
            let (running, earlier) = (running(tx)?, earlier(tx, EARLIER)?);
            Ok::<_, FlowError>(Found {
                waiting,
                people,
                running,
                earlier,
            })
        })
        .await?)
}

/// The page.
pub(super) async fn page(caller: Caller, Query(turned): Query<Turned>) -> Result<Page, Problem> {
    let usual = USUAL.to_string();
    show(&caller, &turned, (&usual, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    turned: &Turned,
    (minutes, mistakes): (&str, &Mistakes),
) -> Result<Page, Problem> {
    let mut found = find(caller).await?;
    let mut people = visible(caller, READ, found.people);
    let may_see: BTreeSet<PersonId> = people.iter().map(|person| person.id).collect();
    found
        .waiting
        .retain(|(spell, _)| may_see.contains(&spell.person));
    let hospitals = found.waiting.iter().map(|(spell, _)| spell.organisation);
    let lag = feed::lag(caller, hospitals).await?;
    let sheet = Sheet::of(found.waiting, &turned.page);
    let here: BTreeSet<PersonId> = sheet.rows.iter().map(|(spell, _)| spell.person).collect();
    people.retain(|person| here.contains(&person.id));
    let people = shown::permitted(&caller.doing(READ)?, Resource::House, people).await?;
    let today = caller.today();
    let seen: Vec<(&Spell, &Waiting, &PersonSummary)> = sheet
        .rows
        .iter()
        .filter_map(|(spell, why)| Some((spell, why, people.get(&spell.person)?)))
        .collect();
    let own = caller.actor().organisation;
    let is_free = found.running.iter().all(|one| one.organisation != own);
    let main = html! {
        (Heading::page("Daily meeting"))
        p { "Everybody in hospital who is ready to leave or past the expected date, the longest wait first. "
            a href="/hub/actions" { "What meetings have asked for" } }
        div id="meeting" data-live="/hub/meeting/live" {
            (feed::notice(&lag))
            (going_on(&found.running))
            @if seen.is_empty() {
                (InsetText::new("Nobody in hospital is known to be ready to leave or past the expected date. Wards say on their pages whether somebody still needs an acute hospital."))
            } @else {
                (table(&seen, today))
                (sheet.ways(|page| format!("/hub/meeting?page={page}")))
            }
        }
        @if is_free && !seen.is_empty() {
            (Heading::section("Start the meeting"))
            form method="post" action="/hub/meeting" novalidate {
                (form::hidden(caller))
                (Input { width: Some(Width::Three), ..Input::new("minutes", "How long it is to take, in minutes") }
                    .value(minutes).error(mistakes.of("minutes")))
                (Button::new("Start the meeting"))
            }
        }
        (over(&found.earlier))
    };
    Ok(Page::new("Daily meeting", main)
        .wide()
        .with_errors(mistakes.all()))
}

fn going_on(running: &[Meeting]) -> Markup {
    html! {
        @for meeting in running {
            (InsetText::new(html! {
                p {
                    a href={ "/hub/meeting/" (meeting.id) } {
                        "Join the meeting that " (meeting.started_by) " began on " (shown::moment(meeting.state.since()))
                    }
                }
            }))
        }
    }
}

fn over(earlier: &[Meeting]) -> Markup {
    html! {
        (Heading::section("Minutes of earlier meetings"))
        @if earlier.is_empty() { p { "No meeting has been closed yet." } }
        @else {
            ul.nhsuk-list.nhsuk-list--bullet {
                @for meeting in earlier {
                    li { a href={ "/hub/meeting/" (meeting.id) } { (shown::moment(meeting.state.since())) } ", begun by " (meeting.started_by) }
                }
            }
        }
    }
}

fn table(seen: &[(&Spell, &Waiting, &PersonSummary)], today: Date) -> Markup {
    let rows = seen.iter().map(|(spell, why, person)| {
        let ward = spell.ward.as_deref().unwrap_or_default();
        vec![
            Cell::from(shown::person(person, today, true)),
            Cell::from(html! {
                (shown::ward(&spell.organisation, ward, today))
                br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&spell.organisation)) }
            }),
            Cell::from(days(why.since(today), today)),
            Cell::from(reason(why, Some(spell))),
        ]
    });
    let columns = ["Person", "Where", "Waits", "Why"];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new("The longest wait first", columns, rows) }) }
}

/// `3 days`.
pub(super) fn days(since: Date, today: Date) -> String {
    match days_waited(since, today) {
        0 => "since today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// Why somebody is talked about, in words, and what the ward says they wait for.
pub(super) fn reason(why: &Waiting, spell: Option<&Spell>) -> Markup {
    let waits_for = spell
        .and_then(|spell| spell.review.as_ref())
        .filter(|review| !review.meets);
    html! {
        @if why.ready {
            "Ready to leave"
            @match why.ready_since { Some(since) => { " since " (shown::day(since)) }, None => " (since when is not said)", }
        }
        @if let Some(expected) = why.expected_on {
            @if why.ready { br; }
            "Expected home on " (shown::day(expected))
        }
        @if let Some(review) = waits_for {
            br; span.nhsuk-u-font-size-16 { (shown::label(REASONS, &review.because)) }
            @if !review.next_step.is_empty() { br; span.nhsuk-u-font-size-16 { "Next: " (review.next_step) } }
        }
    }
}

/// Begins the meeting.
pub(super) async fn begin(caller: Caller, form: Form) -> Result<Response, Problem> {
    if !caller.may(caller.action(), &Resource::House) {
        // Recorded as the refusal that it is.
        caller.permit(Resource::House).await?;
    }
    let typed = form.get("minutes").to_owned();
    let minutes = typed.parse::<i64>().ok();
    let Some(minutes) = minutes.filter(|minutes| (1..=MOST).contains(minutes)) else {
        let mut mistakes = Mistakes::default();
        let why = format!("Enter how many minutes it is to take, from 1 to {MOST}");
        mistakes.add("minutes", why);
        let page = show(&caller, &Turned::default(), (&typed, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let found = find(&caller).await?;
    // A number in the list must betray nobody, so those whom the caller may not see are not in it.
    let seen: Vec<PersonId> = visible(&caller, READ, found.people)
        .iter()
        .map(|person| person.id)
        .collect();
    let about: Vec<(SpellId, PersonId, Waiting)> = found
        .waiting
        .into_iter()
        .filter(|(spell, _)| seen.contains(&spell.person))
        .map(|(spell, why)| (spell.id, spell.person, why))
        .collect();
    let by = By::caller(&caller);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let begun = store::start(tx, environment, minutes, &about, &by)?;
        Ok(format!("/hub/meeting/{}", begun.id))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("hub-meeting"))
}
