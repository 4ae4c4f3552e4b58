//! One place: for whom, how far it has come, and what can be done with it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{
    Button, Cell, Heading, InsetText, Markup, Select, SummaryList, SummaryRow, Table, html,
};
use stour_kernel::Environment;
use stour_people::{PersonSummary, facts_for_access, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::place::{self, Place, PlaceId, Step, steps};
use super::service::Onward;
use super::state::PlaceState;
use super::{REASONS, rows};
use crate::by::By;
use crate::error::FlowError;
use crate::list::{choices, options};
use crate::shown;

/// A place with its person.
struct Opened {
    place: Place,
    steps: Vec<Step>,
    person: PersonFacts,
    service: Option<&'static Onward>,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    reason: String,
    date: TypedDate,
}

/// Finds it, and refuses a caller who may not do what the route does.
async fn open(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let id: PlaceId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(place) = place::place(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, place.person)?;
            let steps = steps(tx, id)?;
            Ok::<_, FlowError>(person.map(|person| (place, steps, person)))
        })
        .await?;
    let (place, steps, person) = found.ok_or_else(Problem::not_found)?;
    require(caller, &person).await?;
    let service = place.slot.line.onward()?;
    Ok(Opened {
        place,
        steps,
        person,
        service,
    })
}

/// The page.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft {
        date: TypedDate::of(caller.today()),
        ..Draft::default()
    };
    show(&caller, &opened, (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller
        .permit_person_to("capacity.read", opened.person.clone())
        .await?;
    let database = caller.house().database();
    let summary = database.read(move |tx| summary(tx, &permit)).await?;
    let title = "A place to go on to";
    let main = html! {
        (Heading::page(title))
        (what_it_is(caller, opened, &summary))
        (what_next(caller, opened, (draft, mistakes))?)
        (history(&opened.steps, caller))
    };
    // Whoever may see this person need not be somebody who may see all places.
    let read = "capacity.read".parse().map_err(|_| Problem::fault())?;
    let page = Page::new(title, main).with_errors(mistakes.all());
    Ok(if caller.may(read, &Resource::House) {
        page.back(opened.place.slot.address())
    } else {
        page.back("/wards")
    })
}

fn what_it_is(caller: &Caller, opened: &Opened, summary: &PersonSummary) -> Markup {
    let (place, today) = (&opened.place, caller.today());
    let mut all = vec![
        SummaryRow::new("Person", shown::person(summary, today, true)),
        SummaryRow::new("Service", place.slot.line.name()),
        SummaryRow::new("Day", shown::day(place.slot.day)),
    ];
    if let Some(service) = opened.service {
        let provider = shown::organisation_name(&service.provider);
        all.push(SummaryRow::new("Provided by", provider));
    }
    all.push(SummaryRow::new(
        "State",
        rows::state(&place.state, caller.now()),
    ));
    html! { (SummaryList::new(all)) }
}

/// Whether the caller may do this with the place's person.
fn may(caller: &Caller, action: &str, opened: &Opened) -> bool {
    let person = Resource::Person(opened.person.clone());
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &person))
}

/// Those who provide the service say that somebody has come.
fn is_providers(caller: &Caller, opened: &Opened) -> bool {
    let provider = opened.service.map(|service| service.provider);
    provider == Some(caller.actor().organisation)
}

fn what_next(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Markup, Problem> {
    let place = &opened.place;
    let taken = place.state.takes(caller.now());
    let (holds, starts) = (
        may(caller, "capacity.hold", opened),
        may(caller, "service.start", opened) && is_providers(caller, opened),
    );
    let here = format!("/capacity/places/{}", place.id);
    let (books, begins, releases) = match &place.state {
        PlaceState::Held(_) => (holds && taken, false, holds && taken),
        PlaceState::Booked(_) => (false, starts, holds),
        PlaceState::Started(_) | PlaceState::Released(_) => (false, false, false),
    };
    Ok(html! {
        @if matches!(place.state, PlaceState::Held(_)) && !taken {
            (InsetText::new(html! {
                p { "The hold ran out, and the place is free again. "
                    a href={ "/capacity?stay=" (place.spell) } { "Look for another place" } }
            }))
        }
        @if books {
            form method="post" action={ (here) "/book" } novalidate {
                (hidden(caller, place))
                (Button::new("Book the place"))
            }
        }
        @if begins {
            (Heading::section("The person has come"))
            form method="post" action={ (here) "/start" } novalidate {
                (hidden(caller, place))
                (draft.date.input("date", "First day").error(mistakes.of("date-day")))
                (Button::new("Save the first day"))
            }
        }
        @if releases {
            (Heading::section("Give the place back"))
            form method="post" action={ (here) "/release" } novalidate {
                (hidden(caller, place))
                (Select { error: mistakes.of("reason"), ..Select::new("reason", "Why the place is given back", options(REASONS, "Choose", caller.today())?) }
                    .selected(Some(&draft.reason)))
                (Button::secondary("Release the place"))
            }
        }
    })
}

fn hidden(caller: &Caller, place: &Place) -> Markup {
    html! {
        (form::hidden(caller))
        input type="hidden" name="version" value=(place.version);
    }
}

fn history(steps: &[Step], caller: &Caller) -> Markup {
    // A step tells what was done then, so a hold that has run out since is still told as a hold.
    let rows = steps.iter().map(|step| {
        let what = match &step.state {
            PlaceState::Held(held) => html! { "Held until " (shown::moment(held.until)) },
            other => rows::state(other, caller.now()),
        };
        vec![Cell::from(what), Cell::from(rows::by(&step.by, step.at))]
    });
    html! { (Table { responsive: true, ..Table::new("What was done", ["What", "Who and when"], rows) }) }
}

/// Books it.
pub(super) async fn book(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (opened.place.id, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        place::book(tx, environment, (id, seen), &by)?;
        Ok(format!("/capacity/places/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(opened.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}

/// The person has come.
pub(super) async fn start(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    if !is_providers(&caller, &opened) {
        return Err(Problem::forbidden(
            "Whoever provides the service says that somebody has come.",
        ));
    }
    let draft = Draft {
        date: TypedDate::from_form(&form, "date"),
        ..Draft::default()
    };
    let mut mistakes = Mistakes::default();
    let on = mistakes.check("date-day", draft.date.date());
    if let (Some(on), PlaceState::Booked(booked)) = (on, opened.place.state.clone()) {
        let started = booked.start(opened.place.slot.day, on, caller.today());
        mistakes.check("date-day", started.map(|_| ()));
    }
    let (Some(on), true) = (on, mistakes.is_empty()) else {
        let page = show(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (opened.place.id, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        place::start(tx, environment, (id, seen), on, &by)?;
        Ok(format!("/capacity/places/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(opened.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}

/// Gives it back.
pub(super) async fn release(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft {
        reason: form.get("reason").to_owned(),
        date: TypedDate::of(caller.today()),
    };
    let known = choices(REASONS, caller.today())?;
    let reason = known
        .iter()
        .find(|(code, _)| code.as_str() == draft.reason)
        .map(|(code, _)| (*code).clone());
    let Some(reason) = reason else {
        let mut mistakes = Mistakes::default();
        mistakes.add("reason", "Select why the place is given back");
        let page = show(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (opened.place.id, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        place::release(tx, environment, (id, seen), &reason, &by)?;
        Ok(format!("/capacity/places/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(opened.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
