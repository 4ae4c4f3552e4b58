//! Changing a text: as a whole, or the words of one question or outcome.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Heading, Input, InsetText, Label, Markup, Textarea, html};
use stour_guidance::{Flow, Wording, wordings};
use stour_kernel::Environment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::error::by_line;
use super::flow_page::{Asked, Shown, open_form, which};
use super::store::{Saving, save};
use super::{Author, LONGEST_WORDS, Refusal};

/// The longest text that a form takes back: a form has 256 kilobytes, in which a sign may take nine.
const LONGEST_TYPED: usize = 100 * 1024;

/// `GET /content/{id}/text`.
pub(crate) async fn text(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let shown = open_form(&caller, &id, asked.version).await?;
    let typed = (
        shown.content.latest,
        shown.version.text.clone(),
        String::new(),
    );
    Ok(text_page(&caller, &shown, &typed, &Mistakes::default()))
}

fn text_page(
    caller: &Caller,
    shown: &Shown,
    (base, text, what): &(i64, String, String),
    mistakes: &Mistakes,
) -> Page {
    let id = shown.id();
    let main = html! {
        (Heading::page("Change the text"))
        (which(shown))
        form method="post" action={ "/content/" (id) "/text" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="base" value=(base);
            (Textarea {
                rows: Some(30),
                spellcheck: Some(true),
                error: mistakes.of("text"),
                hint: Some("The flow in TOML. docs/advice says what may be in it.".into()),
                ..Textarea::new("text", Label::new("The text")).value(text.as_str())
            })
            (what_changed(what, mistakes))
            (Button { prevent_double_click: true, ..Button::new("Check and save as a new version") })
        }
    };
    Page::new("Change the text", main)
        .back(format!("/content/{id}"))
        .wide()
        .with_errors(mistakes.all())
}

fn what_changed(what: &str, mistakes: &Mistakes) -> Markup {
    html! {
        (Textarea {
            rows: Some(2),
            error: mistakes.of("what"),
            ..Textarea::new("what", Label::new("What did you change, and why?")).value(what)
        })
    }
}

/// `POST /content/{id}/text`.
pub(crate) async fn save_text(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let shown = open_form(&caller, &id, None).await?;
    let base: i64 = form.get("base").parse().unwrap_or_default();
    let text = format!("{}\n", form.get("text").replace("\r\n", "\n"));
    let what = form.get("what").to_owned();
    let mut mistakes = what_mistakes(&what);
    if text.len() > LONGEST_TYPED {
        mistakes.add(
            "text",
            "The text is too long for this form. Use stour content import.",
        );
    }
    if let Err(found) = Flow::read(&text) {
        for error in by_line(&found) {
            mistakes.add(&error.field, error.message);
        }
    }
    let typed = (base, text, what);
    if !mistakes.is_empty() {
        return Ok(text_page(&caller, &shown, &typed, &mistakes).into_response());
    }
    let saving = Saving::Text(typed.1.clone());
    match store(&caller, &form, (&id, base), (saving, &typed.2)).await {
        Ok(to) => Ok(redirect(&to)),
        Err(problem) => {
            let refusal = Refusal::told_by(&problem).ok_or(problem)?;
            // What was typed stays. Saving again then puts it in the place of what somebody else saved, which the form
            // says and its history keeps.
            let mut mistakes = Mistakes::default();
            let (base, said) = match refusal {
                Refusal::Overtaken => (
                    shown.content.latest,
                    format!(
                        "Somebody saved version {} meanwhile. Look at what changed under Versions. What you typed is kept here: put their change into it, then save again.",
                        shown.content.latest
                    ),
                ),
                other => (typed.0, other.to_string()),
            };
            mistakes.add("text", said);
            let typed = (base, typed.1, typed.2);
            Ok(text_page(&caller, &shown, &typed, &mistakes).into_response())
        }
    }
}

fn what_mistakes(what: &str) -> Mistakes {
    let mut mistakes = Mistakes::default();
    if what.is_empty() {
        mistakes.add("what", "Say what you changed, and why");
    }
    if what.chars().count() > LONGEST_WORDS {
        mistakes.add(
            "what",
            format!("Say it in at most {LONGEST_WORDS} characters"),
        );
    }
    mistakes
}

async fn store(
    caller: &Caller,
    form: &Form,
    (id, base): (&str, i64),
    (saving, what): (Saving, &str),
) -> Result<String, Problem> {
    let by = Author::from(caller.actor());
    let (id, what) = (id.to_owned(), what.to_owned());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let number = save(tx, environment, (&id, base), (&saving, &what), &by)?;
        Ok(format!("/content/{id}/versions?version={number}"))
    };
    let sent = (form.key(), form.fingerprint());
    caller.write(sent, Resource::House, work).await
}

/// Which question or outcome.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    part: Option<String>,
}

/// `GET /content/{id}/words`.
pub(crate) async fn words(
    caller: Caller,
    Path(id): Path<String>,
    Query(part): Query<Part>,
) -> Result<Page, Problem> {
    let shown = open_form(&caller, &id, None).await?;
    let all = wordings(&shown.version.text).map_err(super::ContentError::from)?;
    match part.part {
        None => Ok(parts_page(&shown, &all)),
        Some(part) => {
            let own: Vec<Wording> = all.into_iter().filter(|one| one.part == part).collect();
            if own.is_empty() {
                return Err(Problem::not_found());
            }
            let typed = Typed {
                base: shown.content.latest,
                words: BTreeMap::new(),
                what: String::new(),
            };
            Ok(words_page(
                &caller,
                (&shown, &part),
                &own,
                (&typed, &Mistakes::default()),
            ))
        }
    }
}

fn parts_page(shown: &Shown, all: &[Wording]) -> Page {
    let id = shown.id();
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for wording in all {
        if !parts.iter().any(|(part, _)| *part == wording.part) {
            parts.push((&wording.part, &wording.text));
        }
    }
    let main = html! {
        (Heading::page("Change the words"))
        (which(shown))
        p { "Choose what to change. To change where answers lead, " a href={ "/content/" (id) "/text" } { "change the text" } "." }
        ul.nhsuk-list.nhsuk-list--bullet {
            @for (part, words) in &parts {
                li { a href={ "/content/" (id) "/words?part=" (part) } { (words) } " (" (part) ")" }
            }
        }
    };
    Page::new("Change the words", main).back(format!("/content/{id}"))
}

struct Typed {
    base: i64,
    words: BTreeMap<String, String>,
    what: String,
}

fn words_page(
    caller: &Caller,
    (shown, part): (&Shown, &str),
    own: &[Wording],
    (typed, mistakes): (&Typed, &Mistakes),
) -> Page {
    let id = shown.id();
    let main = html! {
        (Heading::page(format!("Change the words of “{part}”")))
        (which(shown))
        (InsetText::new("Write short sentences in plain words. A blank line begins a paragraph, “- ” a point of a list, and [words](/where) is a link. {name} stands for an answer: leave it as it is."))
        form method="post" action={ "/content/" (id) "/words" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="base" value=(typed.base);
            input type="hidden" name="part" value=(part);
            @for wording in own {
                @let name = field_name(&wording.place);
                @let words = typed.words.get(&wording.place).unwrap_or(&wording.text);
                @if wording.text.contains('\n') || wording.text.chars().count() > 60 {
                    (Textarea {
                        rows: Some(if wording.text.contains('\n') { 10 } else { 3 }),
                        error: mistakes.of(&name),
                        ..Textarea::new(name.as_str(), Label::new(wording.what.as_str())).value(words.trim())
                    })
                } @else {
                    (Input { error: mistakes.of(&name), ..Input::new(name.as_str(), wording.what.as_str()) }.value(words.trim()))
                }
            }
            (what_changed(&typed.what, mistakes))
            (Button { prevent_double_click: true, ..Button::new("Check and save as a new version") })
        }
    };
    Page::new("Change the words", main)
        .back(format!("/content/{id}/words"))
        .with_errors(mistakes.all())
}

/// A place as the name of a field, which is an id of the page too.
fn field_name(place: &str) -> String {
    format!("words_{}", place.replace(' ', "_"))
}

/// `POST /content/{id}/words`.
pub(crate) async fn save_words(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let base: i64 = form.get("base").parse().unwrap_or_default();
    // The words as their author saw them say what was changed.
    let seen = open_form(&caller, &id, Some(base)).await?;
    let shown = open_form(&caller, &id, None).await?;
    let part = form.get("part").to_owned();
    let all = wordings(&seen.version.text).map_err(super::ContentError::from)?;
    let own: Vec<Wording> = all.into_iter().filter(|one| one.part == part).collect();
    if own.is_empty() {
        return Err(Problem::not_found());
    }
    let words: BTreeMap<String, String> = own
        .iter()
        .map(|wording| {
            (
                wording.place.clone(),
                form.get(&field_name(&wording.place)).to_owned(),
            )
        })
        .collect();
    let typed = Typed {
        base,
        words,
        what: form.get("what").to_owned(),
    };
    let mut mistakes = what_mistakes(&typed.what);
    for (place, text) in &typed.words {
        if text.is_empty() {
            mistakes.add(&field_name(place), "Say it: it cannot be empty");
        }
    }
    if mistakes.is_empty() {
        let saving = Saving::Words(typed.words.clone().into_iter().collect());
        match store(&caller, &form, (&id, base), (saving, &typed.what)).await {
            Ok(to) => return Ok(redirect(&to)),
            Err(problem) => told(problem, &mut mistakes)?,
        }
    }
    let page = words_page(&caller, (&shown, &part), &own, (&typed, &mistakes));
    Ok(page.into_response())
}

/// What is wrong, for the form to say; a problem that no form can say stays one.
fn told(problem: Problem, mistakes: &mut Mistakes) -> Result<(), Problem> {
    if let Some(refusal) = Refusal::told_by(&problem) {
        mistakes.add("what", refusal.to_string());
    } else if problem.kind == "invalid" {
        for error in &problem.errors {
            mistakes.add("what", error.message.clone());
        }
    } else {
        return Err(problem);
    }
    Ok(())
}
