//! All questions of a flow on one page, for somebody who helps another person.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Transaction;
use stour_design::{Button, Heading, InsetText, html};
use stour_guidance::{Answers, At, Flow};
use stour_kernel::{Date, Environment};
use stour_web::{Form, Mistakes, Page, Problem, Visitor, form, redirect};

use super::list_page::resident;
use super::question_page::reached;
use super::{Asked, Sent, field, framed, gone, name};
use crate::content::Published;
use crate::draft::{self, Opened};
use crate::ease::{Event, count};

/// The page with nothing filled in.
pub(crate) fn blank(visitor: &Visitor, on: &Published) -> Page {
    let action = format!("/advice/{}/all", on.flow.id);
    page(
        visitor,
        on,
        &action,
        (&|_| Sent::default(), &Mistakes::default()),
    )
}

/// The page with the answers that were given before.
pub(crate) fn with_answers(visitor: &Visitor, opened: &Opened) -> Page {
    let flow = opened.flow();
    let action = format!("{}/all", opened.address());
    let before = |id: &str| {
        let question = flow.question(id);
        let given = question.and_then(|question| {
            let choices: Vec<_> = question.choices.iter().collect();
            question.read(opened.draft.answers.of(id)?, &choices).ok()
        });
        given
            .map(|answer| Sent::of_answer(&answer))
            .unwrap_or_default()
    };
    page(
        visitor,
        &opened.now,
        &action,
        (&before, &Mistakes::default()),
    )
}

fn page(
    visitor: &Visitor,
    on: &Published,
    action: &str,
    (sent, mistakes): (&dyn Fn(&str) -> Sent, &Mistakes),
) -> Page {
    let flow = &on.flow;
    let main = html! {
        (Heading::page(flow.title.as_str()))
        (InsetText::new("All questions on one page. Answer those that apply: what does not belong to the way that the answers give is left out."))
        form method="post" action=(action) novalidate {
            (form::hidden_for(visitor))
            @for question in &flow.questions {
                @let choices: Vec<_> = question.choices.iter().collect();
                (field(question, &choices, Asked::Among, (&sent(&question.id), mistakes.of(&name(question)))))
            }
            (Button { prevent_double_click: true, ..Button::new("See what this means") })
        }
    };
    let page = Page::new(flow.title.as_str(), main).back(format!("/advice/{}", flow.id));
    framed(flow, page).with_errors(mistakes.all())
}

/// The answers of a form on the way that they give, and what is wrong with one on it. What was not answered is asked on
/// its own page afterwards.
fn read(flow: &Flow, form: &Form, today: Date) -> (Answers, Mistakes) {
    let (mut answers, mut mistakes) = (Answers::default(), Mistakes::default());
    for question in &flow.questions {
        let Some(place) = flow.place(&answers, today, &question.id) else {
            continue;
        };
        let sent = Sent::of_form(question, form);
        match question.read(&sent.texts, &place.offered) {
            Ok(answer) => answers.put(&question.id, &answer),
            Err(_) if sent.texts.is_empty() => {}
            Err(fault) => mistakes.add(&name(question), fault.to_string()),
        }
    }
    if let (true, true, Some(first)) = (
        mistakes.is_empty(),
        answers == Answers::default(),
        flow.questions.first(),
    ) {
        mistakes.add(&name(first), "Answer at least the first question");
    }
    (answers, mistakes)
}

/// `POST /advice/{flow}/all`.
pub(crate) async fn begin(
    visitor: Visitor,
    Path(flow): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let on = super::start_page::the(&visitor, &flow).await?;
    let (answers, mistakes) = read(&on.flow, &form, visitor.today());
    if !mistakes.is_empty() {
        let action = format!("/advice/{flow}/all");
        return Ok(again(&visitor, &on, &action, (&form, &mistakes)).into_response());
    }
    let user = resident(&visitor);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let mut draft = draft::begin(tx, environment, &on, user)?;
        count(tx, environment, (&on.flow.id, on.number), &Event::Begun)?;
        draft.answers = answers.clone();
        finish(tx, environment, &on, draft)
    };
    let sent = (form.key(), form.fingerprint());
    let to = visitor.write(sent, "advice.begin", work).await?;
    Ok(redirect(&to))
}

/// `POST /advice/{flow}/{code}/all`.
pub(crate) async fn change(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let (answers, mistakes) = read(opened.flow(), &form, visitor.today());
    if !mistakes.is_empty() {
        let action = format!("{}/all", opened.address());
        return Ok(again(&visitor, &opened.now, &action, (&form, &mistakes)).into_response());
    }
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let mut draft = draft::within(tx, environment, &opened)?;
        draft.answers = answers.clone();
        finish(tx, environment, &opened.now, draft)
    };
    let sent = (form.key(), form.fingerprint());
    let to = visitor.write(sent, "advice.answer", work).await?;
    Ok(redirect(&to))
}

fn again(
    visitor: &Visitor,
    on: &Published,
    action: &str,
    (form, mistakes): (&Form, &Mistakes),
) -> Page {
    let sent = |id: &str| {
        let question = on.flow.question(id);
        question
            .map(|question| Sent::of_form(question, form))
            .unwrap_or_default()
    };
    page(visitor, on, action, (&sent, mistakes))
}

fn finish(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    on: &Published,
    mut draft: draft::Draft,
) -> Result<String, Problem> {
    let position = draft::position(&on.flow, &draft, environment.today())?;
    let to = match position.at {
        At::Outcome(outcome) => {
            reached(tx, environment, &mut draft, &outcome.id)?;
            format!("/advice/{}/{}/outcome", draft.flow, draft.code)
        }
        At::Question(_) => draft::goes_on(&draft, position.at),
    };
    draft::save(tx, environment, &draft, on.flow.keep_days)?;
    Ok(to)
}
