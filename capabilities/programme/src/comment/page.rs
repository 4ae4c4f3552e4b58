//! Comments on a page, and the forms that make and settle them.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Card, Content, Heading, Input, InsetText, Label, Markup, Tag, TagColour, Textarea, html,
};
use stour_kernel::Environment;
use stour_partnership::organisation_name;
use stour_web::words::{moment, segment};
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::{Comment, comments, say, settle};
use crate::document::Author;
use crate::document::opened::{Asked, Opened, open};
use crate::document::shell::{self, Part, may};
use crate::document::words::kept;

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
    Ok(page(&caller, &opened, &all, Sent::default()))
}

/// What was sent with a mistake: the line it is about, the text, and what is wrong with it.
#[derive(Debug, Clone, Copy, Default)]
struct Sent<'s> {
    line: Option<&'s str>,
    words: &'s str,
    errors: &'s [FieldError],
}

impl<'s> Sent<'s> {
    fn error(self, field: &str) -> Option<Content> {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.field == field)?;
        Some(error.message.as_str().into())
    }

    /// What was typed into a field that has a mistake.
    fn typed(self, field: &str) -> &'s str {
        self.error(field).map_or("", |_| self.words)
    }
}

fn page(caller: &Caller, opened: &Opened, all: &[Comment], sent: Sent<'_>) -> Page {
    let these: Vec<&Comment> = all.iter().collect();
    let main = html! {
        (Heading::section("Comments"))
        (list(caller, opened, &these, sent))
        (say_form(caller, opened, sent))
    };
    shell::page(opened, Part::Comments, &main).with_errors(sent.errors)
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
        (list(caller, opened, &these, Sent::default()))
        (say_form(caller, opened, Sent { line: Some(line), ..Sent::default() }))
    })
}

fn list(caller: &Caller, opened: &Opened, these: &[&Comment], sent: Sent<'_>) -> Markup {
    html! {
        @if these.is_empty() { (InsetText::new("Nobody has commented yet.")) }
        @for comment in these { (one(caller, opened, comment, sent)) }
    }
}

fn one(caller: &Caller, opened: &Opened, comment: &Comment, sent: Sent<'_>) -> Markup {
    let id = opened.document.id;
    let about = comment.line.as_ref().map(|line| {
        html! { ", on " a href={ "/cases/" (id) "/lines/" (segment(line)) "?version=" (comment.number) } { "the line " (line) } }
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
            None => { @if may(caller, "case.comment") { (settle_form(caller, opened, comment, sent)) } },
        }
    };
    html! { (Card { content: content.into(), ..Card::default() }) }
}

fn settle_form(caller: &Caller, opened: &Opened, comment: &Comment, sent: Sent<'_>) -> Markup {
    let answer = format!("answer-{}", comment.id);
    html! {
        form method="post" action={ "/cases/" (opened.document.id) "/comments/" (comment.id) "/settle" } novalidate {
            (form::hidden(caller))
            (Input {
                id: Some(answer.clone()),
                error: sent.error(&answer),
                ..Input::new("answer", "What came of it").value(sent.typed(&answer))
            })
            (Button { small: true, prevent_double_click: true, ..Button::secondary("Settle") })
        }
    }
}

fn say_form(caller: &Caller, opened: &Opened, sent: Sent<'_>) -> Markup {
    html! {
        @if may(caller, "case.comment") {
            form method="post" action={ "/cases/" (opened.document.id) "/comments" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="number" value=(opened.shown.number);
                @if let Some(line) = sent.line { input type="hidden" name="line" value=(line); }
                (Textarea {
                    rows: Some(3),
                    error: sent.error("words"),
                    ..Textarea::new("words", Label::new("Your comment")).value(sent.typed("words"))
                })
                (Button { prevent_double_click: true, ..Button::secondary("Comment") })
            }
        }
    }
}

fn checked(words: &str, empty: &str) -> Result<String, FieldError> {
    let message = if words.is_empty() {
        empty.to_owned()
    } else {
        match kept(words) {
            Ok(()) => return Ok(words.to_owned()),
            Err(message) => message,
        }
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
    let number: i64 = form
        .get("number")
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which version it is about."))?;
    let words = match checked(form.get("words"), "Write a comment") {
        Ok(words) => words,
        Err(error) => {
            let asked = Asked {
                version: Some(number),
            };
            let opened = open(&caller, &id, asked).await?;
            let all = all(&caller, &opened).await?;
            let sent = Sent {
                line: Some(form.get("line")).filter(|line| !line.is_empty()),
                words: form.get("words"),
                errors: &[error],
            };
            return Ok(page(&caller, &opened, &all, sent).into_response());
        }
    };
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let line = Some(form.get("line").to_owned()).filter(|line| !line.is_empty());
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let about = (id, number, line.as_deref());
        say(tx, environment, about, &words, &by)?;
        Ok(match &line {
            Some(line) => format!("/cases/{id}/lines/{}?version={number}", segment(line)),
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
            let sent = Sent {
                line: None,
                words: form.get("answer"),
                errors: &[error],
            };
            return Ok(page(&caller, &opened, &all, sent).into_response());
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
