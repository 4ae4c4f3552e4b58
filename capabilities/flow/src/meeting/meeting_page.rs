//! One meeting: its people in order while it goes on, and its minutes, which can be printed.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::response::Response;
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, InsetText, Markup, SummaryList, SummaryRow, html};
use stour_kernel::{Environment, PersonId, Timestamp};
use stour_people::{PersonSummary, facts_for_access_all};
use stour_web::{Caller, Form, Page, Problem, form, redirect};

use super::action::{HubAction, of_meeting, unfinished};
use super::actions_page;
use super::start_page::reason;
use super::state::MeetingState;
use super::store::{self, Meeting, MeetingId, Turn, meeting, turns};
use crate::by::By;
use crate::error::FlowError;
use crate::{feed, shown};

/// A meeting as the caller may see it.
struct Opened {
    meeting: Meeting,
    turns: Vec<Turn>,
    actions: Vec<HubAction>,
    /// Open actions about people who have no turn.
    others: Vec<HubAction>,
    people: BTreeMap<PersonId, PersonSummary>,
}

/// Open actions about one person, in whichever meeting they were taken down.
pub(super) fn about_person(open: Vec<HubAction>, person: PersonId) -> Vec<HubAction> {
    open.into_iter()
        .filter(|action| action.person == person)
        .collect()
}

/// Open actions about people who have no turn in a meeting: together with those of its turns they are all there are.
pub(super) fn about_others(open: Vec<HubAction>, turns: &[Turn]) -> Vec<HubAction> {
    let talked_about: BTreeSet<PersonId> = turns.iter().map(|turn| turn.person).collect();
    open.into_iter()
        .filter(|action| !talked_about.contains(&action.person))
        .collect()
}

async fn open(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let id: MeetingId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(meeting) = meeting(tx, id)? else {
                return Ok(None);
            };
            let (turns, actions) = (turns(tx, id)?, of_meeting(tx, id)?);
            let others = match meeting.state {
                MeetingState::Running(_) => about_others(unfinished(tx)?, &turns),
                MeetingState::Closed(_) => Vec::new(),
            };
            let people: BTreeSet<PersonId> = turns
                .iter()
                .map(|turn| turn.person)
                .chain(others.iter().map(|action| action.person))
                .collect();
            let people: Vec<PersonId> = people.into_iter().collect();
            let people = facts_for_access_all(tx, &people)?;
            Ok::<_, FlowError>(Some((meeting, turns, actions, others, people)))
        })
        .await?;
    let people = found.as_ref().map(|found| found.4.clone());
    let people = shown::permitted(caller, Resource::House, people.unwrap_or_default()).await?;
    let (meeting, turns, actions, others, _) = found.ok_or_else(Problem::not_found)?;
    Ok(Opened {
        meeting,
        turns,
        actions,
        others,
        people,
    })
}

/// The page.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let is_running = matches!(opened.meeting.state, MeetingState::Running(_));
    let title = if is_running {
        "Meeting that goes on"
    } else {
        "Minutes of the daily meeting"
    };
    // The minutes of a meeting that is over tell what was known then.
    let shown = opened
        .turns
        .iter()
        .filter(|turn| is_running && opened.people.contains_key(&turn.person));
    let lag = feed::lag(&caller, shown.map(|turn| turn.hospital)).await?;
    let main = html! {
        (Heading::page(title))
        div id="meeting" data-live="/hub/meeting/live" {
            (feed::notice(&lag))
            (about(&opened.meeting, caller.now()))
            @if opened.people.is_empty() {
                (InsetText::new("There is nobody in this meeting whom you may see."))
            }
            @for turn in &opened.turns { (one(&caller, &opened, turn)) }
            (others(&caller, &opened))
        }
        @if is_running { (end(&caller, &opened.meeting)) }
    };
    Ok(Page::new(title, main).under([("Daily meeting", "/hub/meeting")]))
}

fn about(meeting: &Meeting, now: Timestamp) -> Markup {
    let mut rows = vec![
        SummaryRow::new("Began", shown::moment(meeting.state.since())),
        SummaryRow::new(
            "Begun by",
            format!(
                "{}, {}",
                meeting.started_by,
                shown::organisation_name(&meeting.organisation)
            ),
        ),
    ];
    let took = format!(
        "{} minutes of {}",
        meeting.state.minutes(now),
        meeting.planned_minutes
    );
    match &meeting.state {
        MeetingState::Running(_) => rows.push(SummaryRow::new("Time gone", took)),
        MeetingState::Closed(closed) => {
            let closed = format!("{}, by {}", shown::moment(closed.at), closed.by);
            rows.push(SummaryRow::new("Closed", closed));
            rows.push(SummaryRow::new("Took", took));
        }
    }
    html! { (SummaryList::new(rows)) }
}

/// One person's part of the minutes; nothing of somebody whom the caller may not see.
fn one(caller: &Caller, opened: &Opened, turn: &Turn) -> Markup {
    let Some(person) = opened.people.get(&turn.person) else {
        return html! {};
    };
    let (meeting, today) = (&opened.meeting, caller.today());
    let actions: Vec<(&HubAction, Option<&PersonSummary>)> = opened
        .actions
        .iter()
        .filter(|action| action.turn == turn.number)
        .map(|action| (action, None))
        .collect();
    html! {
        (Heading::section(person.name.listed()))
        p { (shown::person(person, today, false)) }
        p { (reason(&turn.why, None)) }
        @if matches!(meeting.state, MeetingState::Running(_)) {
            p { a href={ "/hub/meeting/" (meeting.id) "/people/" (turn.number) } {
                "Talk about " (person.name.spoken())
            } }
        }
        @if turn.minutes.is_empty() { p { "Nothing was taken down." } }
        @else { p { (turn.minutes) } }
        @if !actions.is_empty() {
            (actions_page::table(&format!("To be done for {}", person.name.spoken()), &actions, today))
        }
    }
}

fn others(caller: &Caller, opened: &Opened) -> Markup {
    let actions: Vec<(&HubAction, Option<&PersonSummary>)> = opened
        .others
        .iter()
        .filter_map(|action| Some((action, Some(opened.people.get(&action.person)?))))
        .collect();
    html! {
        @if !actions.is_empty() {
            (Heading::section("Still to be done for people who are not in this meeting"))
            (actions_page::table("The first to be due first", &actions, caller.today()))
        }
    }
}

fn end(caller: &Caller, meeting: &Meeting) -> Markup {
    html! {
        form method="post" action={ "/hub/meeting/" (meeting.id) "/close" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(meeting.version);
            (Button::secondary("Close the meeting"))
        }
    }
}

/// Closes it.
pub(super) async fn close(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    if !caller.may(caller.action(), &Resource::House) {
        // Recorded as the refusal that it is.
        caller.permit(Resource::House).await?;
    }
    let id: MeetingId = id.parse().map_err(|_| Problem::not_found())?;
    let database = caller.house().database();
    let found = database.read(move |tx| meeting(tx, id)).await?;
    found.ok_or_else(Problem::not_found)?;
    let seen: Version = form.get("version").parse()?;
    let by = By::caller(&caller);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        store::close(tx, environment, (id, seen), &by)?;
        Ok(format!("/hub/meeting/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
