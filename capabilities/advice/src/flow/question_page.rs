//! One question a page.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_database::Transaction;
use stour_design::{Button, Heading, InsetText, html};
use stour_guidance::{At, Place, Position};
use stour_kernel::Environment;
use stour_web::{Form, Mistakes, Page, Problem, Visitor, form, redirect};

use super::{Asked, Sent, field, framed, gone, keeping, name};
use crate::draft::{self, Draft, Opened};
use crate::ease::{Event, count};

/// Where somebody came from.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    from: Option<String>,
}

/// `GET /advice/{flow}/{code}`: on to where the answers lead, or what has changed since.
pub(crate) async fn on(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
    Query(view): Query<super::start_page::View>,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    if view.is_all() {
        return Ok(super::all_page::with_answers(&visitor, &opened).into_response());
    }
    if opened.carried {
        return Ok(changed(&opened, &visitor)?.into_response());
    }
    let position = opened.position(visitor.today())?;
    Ok(redirect(&draft::goes_on(&opened.draft, position.at)))
}

/// The questions have changed since the answers were given.
fn changed(opened: &Opened, visitor: &Visitor) -> Result<Page, Problem> {
    let flow = opened.flow();
    let position = opened.position(visitor.today())?;
    let main = html! {
        (Heading::page("Some questions have changed"))
        p { "We have changed these questions since you were here. We kept the answers that still fit." }
        @if opened.again.is_empty() {
            p { "You do not have to answer anything again." }
        } @else {
            p { "Please answer these again, if we still ask them:" }
            ul.nhsuk-list.nhsuk-list--bullet { @for question in &opened.again { li { (question) } } }
        }
        (Button::link("Continue", draft::goes_on(&opened.draft, position.at)))
    };
    Ok(framed(flow, Page::new("Some questions have changed", main)))
}

/// `GET /advice/{flow}/{code}/question/{question}`.
pub(crate) async fn show(
    visitor: Visitor,
    Path((flow, code, question)): Path<(String, String, String)>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let today = visitor.today();
    let Some(place) = opened.flow().place(&opened.draft.answers, today, &question) else {
        let position = opened.position(today)?;
        return Ok(redirect(&draft::goes_on(&opened.draft, position.at)));
    };
    let given = opened.draft.answers.of(&question);
    let given = given.and_then(|given| place.question.read(given, &place.offered).ok());
    let sent = given
        .map(|answer| Sent::of_answer(&answer))
        .unwrap_or_default();
    let asked = (
        from.from.as_deref() == Some("check"),
        &sent,
        &Mistakes::default(),
    );
    Ok(page(&visitor, &opened, &place, asked).into_response())
}

fn page(
    visitor: &Visitor,
    opened: &Opened,
    place: &Place<'_>,
    (from_check, sent, mistakes): (bool, &Sent, &Mistakes),
) -> Page {
    let question = place.question;
    let address = opened.address();
    let main = html! {
        @if !opened.again.is_empty() {
            (InsetText::new("We have changed some questions since you were here. Please answer again where an answer is missing."))
        }
        form method="post" action={ (address) "/question/" (question.id) } novalidate {
            (form::hidden_for(visitor))
            @if from_check { input type="hidden" name="from" value="check"; }
            (field(question, &place.offered, Asked::Alone, (sent, mistakes.of(&name(question)))))
            (Button { prevent_double_click: true, ..Button::new("Continue") })
        }
        (keeping(visitor, opened))
    };
    let back = match place.before {
        _ if from_check => format!("{address}/check"),
        Some(before) => format!("{address}/question/{}", before.id),
        None => format!("/advice/{}", opened.draft.flow),
    };
    let page = Page::new(question.ask.as_str(), main).back(back);
    framed(opened.flow(), page).with_errors(mistakes.all())
}

/// `POST /advice/{flow}/{code}/question/{question}`.
pub(crate) async fn answer(
    visitor: Visitor,
    Path((flow, code, question)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let today = visitor.today();
    let Some(place) = opened.flow().place(&opened.draft.answers, today, &question) else {
        let position = opened.position(today)?;
        return Ok(redirect(&draft::goes_on(&opened.draft, position.at)));
    };
    let from_check = form.get("from") == "check";
    let sent = Sent::of_form(place.question, &form);
    let answer = match place.question.read(&sent.texts, &place.offered) {
        Ok(answer) => answer,
        Err(fault) => {
            let mut mistakes = Mistakes::default();
            mistakes.add(&name(place.question), fault.to_string());
            let asked = (from_check, &sent, &mistakes);
            return Ok(page(&visitor, &opened, &place, asked).into_response());
        }
    };
    let (opened, question) = (opened.clone(), place.question.id.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let mut draft = draft::within(tx, environment, &opened)?;
        draft.answers.put(&question, &answer);
        let position = draft::position(opened.flow(), &draft, environment.today())?;
        let to = after(&draft, &position, &question, from_check);
        count_urgent(tx, environment, &mut draft, position.at)?;
        draft::save(tx, environment, &draft, opened.flow().keep_days)?;
        Ok(to)
    };
    let key = (form.key(), form.fingerprint());
    let to = visitor.write(key, "advice.answer", work).await?;
    Ok(redirect(&to))
}

/// Where an answer leads: to the question after it, answered or not; from the check of the answers to the first that is
/// not answered, or back to the check.
fn after(draft: &Draft, position: &Position<'_>, question: &str, from_check: bool) -> String {
    let mut later = position
        .trail
        .iter()
        .skip_while(|step| step.question.id != question);
    match later.nth(1) {
        Some(next) if !from_check => draft::goes_on(draft, At::Question(next.question)),
        _ => draft::goes_on(draft, position.at),
    }
}

/// An urgent outcome is reached at once, without a check of the answers.
fn count_urgent(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    draft: &mut Draft,
    at: At<'_>,
) -> Result<(), Problem> {
    match at {
        At::Outcome(outcome) if outcome.urgent => reached(tx, environment, draft, &outcome.id),
        _ => Ok(()),
    }
}

/// Counts an outcome, unless it was the one that was counted last.
pub(crate) fn reached(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    draft: &mut Draft,
    outcome: &str,
) -> Result<(), Problem> {
    if draft.counted.as_deref() != Some(outcome) {
        let event = Event::Outcome(outcome.to_owned());
        count(tx, environment, (&draft.flow, draft.flow_version), &event)?;
        draft.counted = Some(outcome.to_owned());
    }
    Ok(())
}
