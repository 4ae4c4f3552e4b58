//! The model that matches: which it is, making one from our own records and decisions, and using it.

use axum::response::Response;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Heading, InsetText, Markup, SummaryList, html};
use stour_kernel::Environment;
use stour_linkage::{FEWEST_TO_LEARN_FROM, Model};
use stour_web::{Caller, Form, Problem, form, redirect};

use super::asking;
use super::learning::{gather, make as made_of};
use crate::source::model::{self, MadeModel};
use crate::source::{catch_up, everybody};
use crate::words;

/// Where the section stands.
const PAGE: &str = "/matching/calibration#the-model";
/// What is sent for the model that came with the program.
const BUILT_IN: &str = "built-in";

/// The section of the page, for those who may review.
pub(super) async fn section(caller: &Caller) -> Result<Markup, Problem> {
    let database = caller.house().database();
    catch_up(database).await?;
    let read = database
        .read(|tx| Ok::<_, stour_database::Error>((model::chosen(tx)?, model::newest(tx)?)));
    let (chosen, newest) = read.await?;
    let people = everybody::size(database);
    let waiting = newest.filter(|newest| newest.chosen_at.is_none());
    Ok(html! {
        div id="the-model" {
            (Heading::section("The model"))
            (now(chosen.as_ref()))
            @if chosen.as_ref().is_some_and(|chosen| chosen.version != Model::default().version) {
                (use_form(caller, BUILT_IN, &Button::secondary("Go back to the built-in model")))
            }
            @if let Some(waiting) = &waiting { (offered(caller, waiting)) }
            @if people < FEWEST_TO_LEARN_FROM {
                (InsetText::new(too_few(people)))
            } @else {
                p { "A model can be made from our own records and decisions: how often each field agrees by chance and for one person is estimated from everybody, then what humans decided is added. It matches only when somebody has seen what it would change and says so." }
                form method="post" action="/matching/model" {
                    (form::hidden(caller))
                    (Button::secondary("Make a model from our records and decisions"))
                }
            }
        }
    })
}

fn too_few(people: usize) -> String {
    let counted = match people {
        0 => "There is nobody yet".to_owned(),
        1 => "There is 1 person".to_owned(),
        people => format!("There are {people} people"),
    };
    format!(
        "{counted}: too little to learn from. A model can be made of our own records from {FEWEST_TO_LEARN_FROM} people on."
    )
}

/// Which model matches, since when, made of what.
fn now(chosen: Option<&MadeModel>) -> Markup {
    let version = chosen.map_or_else(|| Model::default().version, |chosen| chosen.version.clone());
    let mut rows = vec![("Matches now", version)];
    match chosen {
        None => rows.push((
            "Since",
            "The beginning: it came with the program".to_owned(),
        )),
        Some(chosen) => {
            let since = chosen.chosen_at.map(words::moment).unwrap_or_default();
            let by = chosen.chosen_by.as_deref().unwrap_or_default();
            rows.push(("Since", format!("{since}, chosen by {by}")));
            rows.push(("Made", made(chosen)));
        }
    }
    html! { (SummaryList::new(rows)) }
}

fn made(model: &MadeModel) -> String {
    format!("{} by {}", words::moment(model.made_at), model.made_by)
}

/// A model that was made and does not match yet.
fn offered(caller: &Caller, model: &MadeModel) -> Markup {
    html! {
        (Heading::subsection("A model that waits to be used"))
        (SummaryList::new(vec![("Model", model.version.clone()), ("Made", made(model))]))
        @for line in model.note.lines() { p { (line) } }
        p { "What is linked stays linked, and open reviews stay open: the model decides on what comes from now on." }
        (use_form(caller, &model.id.to_string(), &Button::new("Use this model")))
    }
}

fn use_form(caller: &Caller, model: &str, button: &Button) -> Markup {
    html! {
        form method="post" action="/matching/model/use" {
            (form::hidden(caller))
            input type="hidden" name="model" value=(model);
            (button)
        }
    }
}

/// POST /matching/model
pub(crate) async fn make(caller: Caller, form: Form) -> Result<Response, Problem> {
    asking::require(&caller).await?;
    let database = caller.house().database().clone();
    catch_up(&database).await?;
    let people = everybody::size(&database);
    if people < FEWEST_TO_LEARN_FROM {
        caller.permit(Resource::House).await?;
        return Err(Problem::conflict(too_few(people)));
    }
    let work = tokio::task::spawn_blocking(move || {
        let material = database.read_unhurried(gather)?;
        Ok::<_, stour_database::Error>(made_of(everybody::copy(&database), &material))
    });
    let made = work.await.map_err(|_| Problem::fault())??;
    let by = caller.actor().name.clone();
    let keep = move |tx: &mut Transaction<'_>, environment: &Environment| {
        model::put(tx, environment, &made.model, (&by, &made.note))?;
        Ok(PAGE.to_owned())
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, keep).await?;
    Ok(redirect(&to))
}

/// POST /matching/model/use
pub(crate) async fn choose(caller: Caller, form: Form) -> Result<Response, Problem> {
    asking::require(&caller).await?;
    let (asked, by) = (form.get("model").to_owned(), caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let id = if asked == BUILT_IN {
            model::put(tx, environment, &Model::default(), (&by, ""))?
        } else {
            asked.parse().map_err(|_| Problem::not_found())?
        };
        if model::choose(tx, environment, id, &by)? {
            Ok(PAGE.to_owned())
        } else {
            Err(Problem::not_found())
        }
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, work).await?;
    // The other processes follow within a moment; this one at once.
    catch_up(caller.house().database()).await?;
    Ok(redirect(&to))
}
