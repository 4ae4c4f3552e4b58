//! Ending somebody's reablement.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{Button, Choice, Heading, InsetText, Radios, html};
use stour_kernel::Environment;
use stour_people::{facts_for_access, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::{DAYS, Reablement, ReablementId, Service, store};
use crate::error::FlowError;
use crate::list::choices;
use crate::shown;
use stour_web::TypedDate;

/// The list of outcomes.
const OUTCOMES: &str = "reablement-outcome";

async fn load(caller: &Caller, id: &str) -> Result<(Service, PersonFacts), Problem> {
    let id: ReablementId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(service) = store::service(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, service.person)?;
            Ok::<_, FlowError>(person.map(|person| (service, person)))
        })
        .await?;
    found.ok_or_else(Problem::not_found)
}

/// The form.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let loaded = load(&caller, &id).await?;
    require(&caller, &loaded.1).await?;
    let typed = TypedDate::of(caller.today());
    form_page(&caller, loaded, (&typed, ""), &Mistakes::default()).await
}

async fn form_page(
    caller: &Caller,
    (service, person): (Service, PersonFacts),
    (typed, outcome): (&TypedDate, &str),
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let permit = caller.permit_person_to("person.read", person).await?;
    let summary = caller
        .house()
        .database()
        .read(move |tx| summary(tx, &permit))
        .await?;
    let today = caller.today();
    let choices = choices(OUTCOMES, today)?;
    let choices = choices
        .iter()
        .map(|(code, label)| Choice::new(code.as_str(), *label));
    let main = html! {
        (Heading::page("End reablement"))
        p { (shown::person(&summary, today, true)) }
        @match &service.state {
            Reablement::Started(started) => {
                p { "Started on " (shown::day(started.on)) ": day " (started.day(today)) " of " (DAYS) "." }
                form method="post" action={ "/reablement/services/" (service.id) "/end" } novalidate {
                    (form::hidden(caller))
                    input type="hidden" name="version" value=(service.version);
                    (Radios::new("outcome", "How did it end?", choices)
                        .selected(Some(outcome)).error(mistakes.of("outcome")))
                    (typed.input("date", "Last day of reablement").error(mistakes.of("date-day")))
                    (Button::new("End reablement"))
                }
            },
            Reablement::Referred(_) | Reablement::Ended(_) => {
                (InsetText::new("This reablement has ended already."))
            },
        }
    };
    Ok(Page::new("End reablement", main)
        .back("/reablement")
        .with_errors(mistakes.all()))
}

/// Ends it.
pub(super) async fn end(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (service, person) = load(&caller, &id).await?;
    require(&caller, &person).await?;
    let typed = TypedDate::from_form(&form, "date");
    let mut mistakes = Mistakes::default();
    let sent = form.get("outcome");
    let known = choices(OUTCOMES, caller.today())?;
    let outcome = known
        .iter()
        .find(|(code, _)| code.as_str() == sent)
        .map(|(code, _)| *code);
    if outcome.is_none() {
        mistakes.add("outcome", "Select how it ended");
    }
    let on = mistakes.check("date-day", typed.date());
    if let (Some(on), Some(outcome), Reablement::Started(started)) = (on, outcome, &service.state) {
        let ended = started.clone().end(on, caller.today(), outcome.clone());
        mistakes.check("date-day", ended.map(|_| ()));
    }
    let (Some(on), Some(outcome), true) = (on, outcome, mistakes.is_empty()) else {
        let page = form_page(&caller, (service, person), (&typed, sent), &mistakes).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (id, by, outcome) = (service.id, caller.actor().name.clone(), outcome.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        store::end(tx, environment, (id, seen), (on, outcome.clone()), &by)?;
        Ok("/reablement".to_owned())
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(
        &caller.write(sent, Resource::Person(person), work).await?,
    ))
}
