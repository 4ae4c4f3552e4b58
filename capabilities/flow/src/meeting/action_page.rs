//! One action: what it is, and what came of it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{Heading, SummaryList, SummaryRow, html};
use stour_kernel::Environment;
use stour_people::{facts_for_access, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, redirect};

use super::action::{self, HubAction, HubActionId, steps};
use super::actions_page::concerns;
use crate::asked::{self, Step};
use crate::by::By;
use crate::error::FlowError;
use crate::shown;

/// An action with its person.
struct Opened {
    action: HubAction,
    steps: Vec<Step>,
    person: PersonFacts,
}

/// Finds it, and refuses a caller who may not do what the route does; what another organisation is to do is not there.
async fn open(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let id: HubActionId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(action) = action::action(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, action.person)?;
            let steps = steps(tx, id)?;
            Ok::<_, FlowError>(person.map(|person| Opened {
                action,
                steps,
                person,
            }))
        })
        .await?;
    let opened = found.ok_or_else(Problem::not_found)?;
    require(caller, &opened.person).await?;
    if !concerns(caller, &opened.action) {
        return Err(Problem::not_found());
    }
    Ok(opened)
}

/// The page.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    show(&caller, &opened, ("", &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    opened: &Opened,
    (typed, mistakes): (&str, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller
        .permit_person_to("hub-action.read", opened.person.clone())
        .await?;
    let database = caller.house().database();
    let summary = database.read(move |tx| summary(tx, &permit)).await?;
    let (action, today) = (&opened.action, caller.today());
    let answer = "hub-action.answer".parse().map_err(|_| Problem::fault())?;
    let may = caller.may(answer, &Resource::Person(opened.person.clone()));
    let owner = shown::organisation_name(&action.asked.organisation);
    let rows = [
        SummaryRow::new("For", shown::person(&summary, today, true)),
        SummaryRow::new("What is to be done", action.asked.what.as_str()),
        SummaryRow::new("Who", format!("{}, {owner}", action.asked.owner)),
        SummaryRow::new(
            "By when",
            asked::due(action.asked.due, action.done.as_ref(), today),
        ),
    ];
    let title = "Something to be done";
    let main = html! {
        (Heading::page(title))
        (SummaryList::new(rows))
        @if action.done.is_none() && may {
            (asked::outcome_form(caller, &format!("/hub/actions/{}/done", action.id), action.version, (typed, mistakes)))
        }
        (asked::history(&opened.steps))
    };
    Ok(Page::new(title, main)
        .back("/hub/actions")
        .with_errors(mistakes.all()))
}

/// Keeps what came of it.
pub(super) async fn done(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let (typed, mistakes) = asked::outcome(&form);
    if !mistakes.is_empty() {
        let page = show(&caller, &opened, (&typed, &mistakes)).await?;
        return Ok(page.into_response());
    }
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (opened.action.id, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        action::answer(tx, environment, (id, seen), &typed, &by)?;
        Ok(format!("/hub/actions/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(opened.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
