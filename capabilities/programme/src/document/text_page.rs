//! Saving the next version of a document as a text or from a file.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Heading, Label, Markup, Textarea, html};
use stour_kernel::Environment;
use stour_web::{Caller, FieldError, Form, Page, Problem, Upload, form, redirect};

use super::error::by_line;
use super::opened::{Opened, open_to_edit, worked_out};
use super::reading::read;
use super::shell::{self, Part};
use super::start_page::{of, upload_form, usable, what_changed};
use super::words::kept;
use super::{Author, Kind, Refusal, save};

/// Where the document can be had as a file, and changed as one.
pub(crate) fn files(opened: &Opened, may_edit: bool) -> Markup {
    let (id, number) = (opened.document.id, opened.shown.number);
    let kind = opened.document.kind;
    let command = match kind {
        Kind::Case => "stour appraise",
        Kind::Gap => "stour gap",
        Kind::Agreement => "stour shares",
    };
    let file = format!("/cases/{id}/versions/{number}/{kind}");
    html! {
        (Heading::section("The document itself"))
        ul.nhsuk-list.nhsuk-list--bullet {
            @if kind == Kind::Case {
                li { a href={ (file) ".xlsx" } { "Version " (number) " as a spreadsheet (.xlsx)" } ", which can be changed and sent back" }
            }
            li { a href={ (file) ".toml" } { "Version " (number) " as a text (.toml)" } ", for " code { (command) } }
        }
        p { "Fingerprint of the text (SHA-256): " code.nhsuk-u-text-break-word { (opened.shown.hash) } }
        @if may_edit { (Button { href: Some(format!("/cases/{id}/text")), ..Button::secondary("Change it as a text or from a file") }) }
    }
}

/// `GET /cases/{id}/text`.
pub(crate) async fn text(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open_to_edit(&caller, &id).await?;
    let text = opened.shown.text.clone();
    let latest = opened.document.latest.to_string();
    let shown = (latest.as_str(), text.as_str(), "");
    Ok(text_page(&caller, &opened, shown, &[]))
}

/// The forms; with mistakes, they still change the version that their author saw.
fn text_page(
    caller: &Caller,
    opened: &Opened,
    (base, text, what): (&str, &str, &str),
    errors: &[FieldError],
) -> Page {
    let to = format!("/cases/{}", opened.document.id);
    let rows = u8::try_from(text.lines().count().clamp(12, 40)).unwrap_or(40);
    let main = html! {
        (Heading::section("Change the document as a text"))
        p { "Every key is explained in the guide that comes with the program, docs/appraisal/README.md. What is wrong is told by line, and nothing is saved then." }
        form method="post" action={ (to) "/text" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="base" value=(base);
            (Textarea {
                rows: Some(rows),
                spellcheck: Some(false),
                error: of(errors, "text"),
                ..Textarea::new("text", Label::new("The document")).value(text)
            })
            (what_changed(errors, "what", what))
            (Button { prevent_double_click: true, ..Button::new("Save as a new version") })
        }
        (Heading::section("Or take it from a file"))
        (upload_form(caller, &format!("{to}/upload"), errors, Some(base)))
    };
    shell::page(opened, Part::Summary, &main).with_errors(errors)
}

/// `POST /cases/{id}/text`.
pub(crate) async fn save_text(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    // A browser sends the ends of lines as CR LF; a document has LF, so that its fingerprint is that of
    // the file.
    let mut text = form.get("text").replace("\r\n", "\n");
    text.push('\n');
    let what = said(form.get("what"), "what");
    let errors = match (
        &what,
        worked_out({
            let text = text.clone();
            move || read(&text)
        })
        .await?,
    ) {
        (Err(error), Ok(_)) => vec![error.clone()],
        (Ok(_), Err(mistakes)) => by_line(&mistakes),
        (Err(error), Err(mistakes)) => {
            let mut all = by_line(&mistakes);
            all.push(error.clone());
            all
        }
        (Ok(what), Ok(_)) => {
            let sent = (form.key(), form.fingerprint());
            let kept = next(
                &caller,
                &id,
                form.get("base"),
                (text.clone(), what.clone()),
                sent,
            );
            let kept = kept.await;
            let Some(refusal) = kept.as_ref().err().and_then(Refusal::told_by) else {
                return kept;
            };
            return refused(&caller, &id, (&text, what), ("text", refusal)).await;
        }
    };
    let opened = open_to_edit(&caller, &id).await?;
    let shown = (form.get("base"), text.as_str(), form.get("what"));
    Ok(text_page(&caller, &opened, shown, &errors).into_response())
}

/// `POST /cases/{id}/upload`.
pub(crate) async fn save_file(
    caller: Caller,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Problem> {
    open_to_edit(&caller, &id).await?;
    let what = said(upload.form.get("what-of-file"), "what-of-file");
    let errors = match (what, usable(&upload).await?) {
        (Ok(what), Ok(text)) => {
            let sent = (upload.form.key(), upload.form.fingerprint());
            let kept = next(&caller, &id, upload.form.get("base"), (text, what), sent).await;
            let Some(refusal) = kept.as_ref().err().and_then(Refusal::told_by) else {
                return kept;
            };
            let opened = open_to_edit(&caller, &id).await?;
            let text = opened.shown.text;
            return refused(&caller, &id, (&text, ""), ("file", refusal)).await;
        }
        (Err(error), Ok(_)) => vec![error],
        (Ok(_), Err(errors)) => errors,
        (Err(error), Err(mut errors)) => {
            errors.push(error);
            errors
        }
    };
    let opened = open_to_edit(&caller, &id).await?;
    let text = opened.shown.text.clone();
    let shown = (upload.form.get("base"), text.as_str(), "");
    Ok(text_page(&caller, &opened, shown, &errors).into_response())
}

/// The page again after a save that was refused: what was typed is kept, and what is saved next comes
/// after the version that is the latest now.
async fn refused(
    caller: &Caller,
    id: &str,
    (text, what): (&str, &str),
    (field, refusal): (&str, Refusal),
) -> Result<Response, Problem> {
    let opened = open_to_edit(caller, id).await?;
    let base = opened.document.latest.to_string();
    let error = FieldError {
        field: field.to_owned(),
        message: refusal.with_what_was_typed(),
    };
    let page = text_page(caller, &opened, (&base, text, what), &[error]);
    Ok(page.into_response())
}

/// What changes, in words: needed, since a list of versions without reasons helps nobody.
pub(crate) fn said(what: &str, field: &str) -> Result<String, FieldError> {
    let refused = |message: String| FieldError {
        field: field.to_owned(),
        message,
    };
    if what.is_empty() {
        return Err(refused("Say what changes, and why".to_owned()));
    }
    kept(what).map_err(refused)?;
    Ok(what.to_owned())
}

/// Saves the next version, and shows what it changed.
async fn next(
    caller: &Caller,
    id: &str,
    base: &str,
    (text, what): (String, String),
    sent: (&str, String),
) -> Result<Response, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let base: i64 = base
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which version it changes."))?;
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let number = save(tx, environment, (id, base), (&text, &what), &by)?;
        Ok(format!("/cases/{id}/compare?from={base}&to={number}"))
    };
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
