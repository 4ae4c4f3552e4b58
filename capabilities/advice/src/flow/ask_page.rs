//! Asking for help from an outcome: what was answered goes with it, if whoever asks agrees.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Transaction;
use stour_design::{Button, Heading, InsetText, html};
use stour_front_door::{ContactDraft, ask_for_help, contact_form};
use stour_guidance::At;
use stour_kernel::{Date, Environment};
use stour_web::{Form, Mistakes, Page, Problem, Visitor, form, redirect};

use super::{framed, gone};
use crate::draft::{self, Opened};

/// The questions with their answers, and what the advice said.
fn answers(opened: &Opened, today: Date) -> Result<Vec<(String, String)>, Problem> {
    let position = opened.position(today)?;
    let mut all: Vec<(String, String)> = position
        .trail
        .iter()
        .map(|step| {
            let words = step.question.in_words(&step.answer).join("; ");
            let words = if words.is_empty() {
                "Not answered".to_owned()
            } else {
                words
            };
            (step.question.ask.clone(), words)
        })
        .collect();
    if let At::Outcome(outcome) = position.at {
        all.push(("What the advice said".to_owned(), outcome.title.clone()));
    }
    Ok(all)
}

/// `GET /advice/{flow}/{code}/ask`.
pub(crate) async fn show(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let form = (&ContactDraft::default(), &Mistakes::default());
    Ok(page(&visitor, &opened, form)?.into_response())
}

fn page(
    visitor: &Visitor,
    opened: &Opened,
    (typed, mistakes): (&ContactDraft, &Mistakes),
) -> Result<Page, Problem> {
    let address = opened.address();
    let answers = answers(opened, visitor.today())?;
    let main = html! {
        (Heading::page("Ask for help"))
        p.nhsuk-lede-text { "Tell us what you need. Someone will read it and get in touch." }
        (InsetText::new("If someone is in danger now, call 999. If it cannot wait and no life is at risk, call 111. Nobody reads this form at night."))
        @if let Some(before) = &opened.draft.contact {
            p { "You have asked us before. " a href=(before) { "See your reference" } }
        }
        form method="post" action={ (address) "/ask" } novalidate {
            (form::hidden_for(visitor))
            (contact_form(typed, mistakes, &answers))
            (Button { prevent_double_click: true, ..Button::new("Ask for help") })
        }
    };
    let page = Page::new("Ask for help", main)
        .back(format!("{address}/outcome"))
        .with_errors(mistakes.all());
    Ok(framed(opened.flow(), page))
}

/// `POST /advice/{flow}/{code}/ask`.
pub(crate) async fn send(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let typed = ContactDraft::sent(&form);
    let answers = answers(&opened, visitor.today())?;
    let asked = match typed.check(visitor.today(), &opened.flow().title, &answers) {
        Ok(asked) => asked,
        Err(mistakes) => return Ok(page(&visitor, &opened, (&typed, &mistakes))?.into_response()),
    };
    // What people tell where they may be in danger is put before the rest.
    let asked = stour_front_door::NewContact {
        urgent: opened.flow().sensitive,
        ..asked
    };
    let sent = (form.key(), form.fingerprint());
    let to = ask_for_help(&visitor, sent, asked).await?;
    // What was asked is taken in by now. Somebody who deleted their answers meanwhile, in another window, is still
    // told their reference.
    if let Err(problem) = remember(&visitor, opened, &to).await {
        tracing::warn!(
            kind = problem.kind,
            "answers do not remember that help was asked for"
        );
    }
    Ok(redirect(&to))
}

/// Keeps with the draft where what was asked is found: the outcome says so when somebody comes back.
async fn remember(visitor: &Visitor, opened: Opened, contact: &str) -> Result<(), Problem> {
    let (environment, contact) = (visitor.environment().clone(), contact.to_owned());
    let work = move |tx: &mut Transaction<'_>| remembered(tx, &environment, &opened, &contact);
    visitor.house().database().write(work).await
}

fn remembered(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    opened: &Opened,
    contact: &str,
) -> Result<(), Problem> {
    let mut draft = draft::within(tx, environment, opened)?;
    draft.contact = Some(contact.to_owned());
    draft::save(tx, environment, &draft, opened.flow().keep_days)?;
    Ok(())
}
