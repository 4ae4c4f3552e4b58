//! Comments on a page, and the forms that make and settle them.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Card, Heading, Input, InsetText, Label, Markup, Tag, TagColour, Textarea, html,
};
use stour_kernel::Environment;
use stour_partnership::organisation_name;
use stour_web::words::{moment, segment};
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::{Comment, comments, say, settle};
use crate::document::opened::{Asked, Opened, open};
use crate::document::shell::{self, Part, may};
use crate::document::{Author, LONGEST_WORDS};

async fn all(caller: &Caller, opened: &Opened) -> Result<Vec<Comment>, Problem> {
    let id = opened.document.id;
    let database = caller.house().database();
    Ok(database.read(move |tx| comments(tx, id)).await?)
}

/// `GET /cases/{id}/comments`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    let all = all(&caller, &opened).await?;
    Ok(page(&caller, &opened, &all, &[]))
}

fn page(caller: &Caller, opened: &Opened, all: &[Comment], errors: &[FieldError]) -> Page {
    let these: Vec<&Comment> = all.iter().collect();
    let main = html! {
        (Heading::section("Comments"))
        (list(caller, opened, &these))
        (say_form(caller, opened, None, errors))
    };
    shell::page(opened, Part::Comments, &main).with_errors(errors)
}

/// The comments on one line, and a form for another.
pub(crate) async fn of_line(
    caller: &Caller,
    opened: &Opened,
    line: &str,
) -> Result<Markup, Problem> {
    let all = all(caller, opened).await?;
    let these: Vec<&Comment> = all
        .iter()
        .filter(|comment| comment.line.as_deref() == Some(line))
        .collect();
    Ok(html! {
        (Heading::section("Comments on this line"))
        (list(caller, opened, &these))
        (say_form(caller, opened, Some(line), &[]))
    })
}

fn list(caller: &Caller, opened: &Opened, these: &[&Comment]) -> Markup {
    html! {
        @if these.is_empty() { (InsetText::new("Nobody has commented yet.")) }
        @for comment in these { (one(caller, opened, comment)) }
    }
}

fn one(caller: &Caller, opened: &Opened, comment: &Comment) -> Markup {
    let id = opened.document.id;
    let about = comment.line.as_ref().map(|line| {
        html! { ", on " a href={ "/cases/" (id) "/lines/" (segment(line)) } { "the line " (line) } }
    });
    let content = html! {
        p.nhsuk-u-secondary-text-colour {
            (comment.by) ", " (organisation_name(&comment.organisation)) ", " (moment(comment.at))
            ", on version " (comment.number)
            @if let Some(about) = about { (about) }
        }
        @for line in comment.words.lines() { p { (line) } }
        @match &comment.settled {
            Some(settled) => {
                p { (Tag::new("Settled", TagColour::Green)) " by " (settled.by) ", " (moment(settled.at)) }
                @for line in settled.answer.lines() { p { (line) } }
            },
            None => { @if may(caller, "case.comment") { (settle_form(caller, opened, comment)) } },
        }
    };
    html! { (Card { content: content.into(), ..Card::default() }) }
}

fn settle_form(caller: &Caller, opened: &Opened, comment: &Comment) -> Markup {
    let answer = format!("answer-{}", comment.id);
    html! {
        form method="post" action={ "/cases/" (opened.document.id) "/comments/" (comment.id) "/settle" } novalidate {
            (form::hidden(caller))
            (Input { id: Some(answer), ..Input::new("answer", "What came of it") })
            (Button { small: true, prevent_double_click: true, ..Button::secondary("Settle") })
        }
    }
}

fn say_form(caller: &Caller, opened: &Opened, line: Option<&str>, errors: &[FieldError]) -> Markup {
    let error = errors.iter().find(|error| error.field == "words");
    html! {
        @if may(caller, "case.comment") {
            form method="post" action={ "/cases/" (opened.document.id) "/comments" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="number" value=(opened.shown.number);
                @if let Some(line) = line { input type="hidden" name="line" value=(line); }
                (Textarea {
                    rows: Some(3),
                    error: error.map(|error| error.message.as_str().into()),
                    ..Textarea::new("words", Label::new("Your comment"))
                })
                (Button { prevent_double_click: true, ..Button::secondary("Comment") })
            }
        }
    }
}

fn checked(words: &str, empty: &str) -> Result<String, FieldError> {
    let message = if words.is_empty() {
        empty.to_owned()
    } else if words.chars().count() > LONGEST_WORDS {
        format!("Say it in at most {LONGEST_WORDS} characters")
    } else {
        return Ok(words.to_owned());
    };
    Err(FieldError {
        field: "words".to_owned(),
        message,
    })
}

/// `POST /cases/{id}/comments`.
pub(crate) async fn make(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = match checked(form.get("words"), "Write a comment") {
        Ok(words) => words,
        Err(error) => {
            let opened = open(&caller, &id, Asked::default()).await?;
            let all = all(&caller, &opened).await?;
            return Ok(page(&caller, &opened, &all, &[error]).into_response());
        }
    };
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let number: i64 = form
        .get("number")
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which version it is about."))?;
    let line = Some(form.get("line").to_owned()).filter(|line| !line.is_empty());
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let about = (id, number, line.as_deref());
        say(tx, environment, about, &words, &by)?;
        Ok(match &line {
            Some(line) => format!("/cases/{id}/lines/{}", segment(line)),
            None => format!("/cases/{id}/comments"),
        })
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

/// `POST /cases/{id}/comments/{comment}/settle`.
pub(crate) async fn settled(
    caller: Caller,
    Path((id, comment)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let answer = match checked(form.get("answer"), "Say what came of it") {
        Ok(answer) => answer,
        Err(error) => {
            let opened = open(&caller, &id, Asked::default()).await?;
            let all = all(&caller, &opened).await?;
            let error = FieldError {
                field: format!("answer-{comment}"),
                ..error
            };
            return Ok(page(&caller, &opened, &all, &[error]).into_response());
        }
    };
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let comment = comment.parse().map_err(|_| Problem::not_found())?;
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        settle(tx, environment, (id, comment), &answer, &by)?;
        Ok(format!("/cases/{id}/comments"))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
