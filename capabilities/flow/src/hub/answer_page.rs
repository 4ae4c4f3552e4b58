//! A council answers a notice.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Version;
use stour_design::{Button, Choice, Heading, InsetText, Markup, Radios, Textarea, html};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form};

use super::fields::{heading, select_of, typed, who};
use super::notice::{Notice, REJECTIONS};
use super::open::{Opened, address, open_to_answer};
use super::state::{Answer, NoticeState};
use super::{stay_page, store};
use crate::by::carry_out;

const TITLE: &str = "Answer a notice";
const RECEIVED: &str = "received";
const ACCEPT: &str = "accept";
const REJECT: &str = "reject";

/// The form.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open_to_answer(&caller, &id).await?;
    form_page(&caller, &opened, (&Form::default(), &Mistakes::default())).await
}

async fn form_page(
    caller: &Caller,
    (opened, notice): &(Opened, Notice),
    (form, mistakes): (&Form, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (who(caller, opened).await?, caller.today());
    let back = address(opened.spell.id);
    let main = html! {
        (Heading::page(TITLE))
        (heading(&person, opened, today))
        (Heading::section(notice.kind().words()))
        (stay_page::content(notice))
        p { (stay_page::clock(notice, today)?) }
        @if notice.state.is_open() {
            form method="post" action={ "/hub/notices/" (notice.id) "/answer" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(notice.version);
                (questions(caller, notice, (form, mistakes))?)
                (Button::new("Send the answer"))
            }
        } @else {
            (InsetText::new("This notice waits for no answer."))
        }
    };
    Ok(Page::new(TITLE, main)
        .back(&back)
        .with_errors(mistakes.all()))
}

fn questions(
    caller: &Caller,
    notice: &Notice,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<Markup, Problem> {
    let reason = select_of(
        ("reason", REJECTIONS),
        ("Why", "Choose"),
        caller.today(),
        (form, mistakes),
    )?;
    let mut answers = Vec::new();
    if matches!(notice.state, NoticeState::Sent(_)) {
        let label = "It has arrived, and the answer follows";
        answers.push(Choice::new(RECEIVED, label));
    }
    answers.push(Choice::new(ACCEPT, "Accept it"));
    answers.push(Choice::new(REJECT, "Reject it").reveal(html! { (reason) }));
    Ok(html! {
        (Radios::new("answer", "What is your answer?", answers)
            .selected(Some(form.get("answer"))).error(mistakes.of("answer")))
        (Textarea::new("words", "What the hospital should know")
            .hint("If you reject it, say why and what would help. If you accept it, you can leave this empty.")
            .value(form.get("words")).error(mistakes.of("words")))
    })
}

/// What was chosen.
enum Chosen {
    /// That the notice arrived, and no more.
    Arrived,
    Answer(Answer),
}

/// What was chosen, unless something in it is wrong.
fn read(caller: &Caller, form: &Form, mistakes: &mut Mistakes) -> Result<Option<Chosen>, Problem> {
    let words = typed(form, "words");
    let answer = match form.get("answer") {
        RECEIVED => return Ok(Some(Chosen::Arrived)),
        ACCEPT => Answer::Accept { words },
        REJECT => Answer::Reject {
            reason: form.get("reason").to_owned(),
            words: words.unwrap_or_default(),
        },
        _ => {
            mistakes.add("answer", "Select your answer");
            return Ok(None);
        }
    };
    for (field, why) in store::wrongs_of(&answer, caller.today())? {
        mistakes.add(field, why);
    }
    Ok(mistakes.is_empty().then_some(Chosen::Answer(answer)))
}

/// Answers.
pub(super) async fn answer(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open_to_answer(&caller, &id).await?;
    let mut mistakes = Mistakes::default();
    let Some(answer) = read(&caller, &form, &mut mistakes)? else {
        let page = form_page(&caller, &opened, (&form, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (opened, notice) = opened;
    let id = notice.id;
    carry_out(&caller, &form, opened.person, move |tx, environment, by| {
        match &answer {
            Chosen::Arrived => store::receive(tx, environment, (id, seen), by)?,
            Chosen::Answer(answer) => store::answer(tx, environment, (id, seen), answer, by)?,
        }
        Ok("/hub".to_owned())
    })
    .await
}
