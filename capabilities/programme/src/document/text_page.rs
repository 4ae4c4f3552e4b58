//! Saving the next version of a document as a text or from a file.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_design::{Button, Heading, InsetText, Label, Markup, Textarea, html};
use stour_web::{Caller, FieldError, Form, Page, Problem, Upload, form};

use super::error::by_line;
use super::next::{Next, NotSaved, base_of, save_next};
use super::opened::{Opened, heavy, open_to_edit};
use super::shell::{self, Part};
use super::start_page::{of, upload_form, usable, what_changed};
use super::words::said;
use super::{Checked, DocumentError, Kind, Refusal};

/// The longest text that a form takes back: a form has 256 kilobytes, in which a sign may take nine.
const LONGEST_TYPED: usize = 100 * 1024;

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
    let typed = Typed {
        base: opened.document.latest,
        text: &opened.shown.text,
        what: "",
        what_of_file: "",
        errors: &[],
    };
    Ok(text_page(&caller, &opened, typed))
}

/// What the two forms hold, and what is wrong with them.
#[derive(Debug, Clone, Copy)]
struct Typed<'t> {
    /// The version that is changed: the one that its author saw.
    base: i64,
    text: &'t str,
    what: &'t str,
    what_of_file: &'t str,
    errors: &'t [FieldError],
}

fn text_page(caller: &Caller, opened: &Opened, typed: Typed<'_>) -> Page {
    let to = format!("/cases/{}", opened.document.id);
    let rows = u8::try_from(typed.text.lines().count().clamp(12, 40)).unwrap_or(40);
    let (base, errors) = (typed.base, typed.errors);
    let main = html! {
        (Heading::section("Change the document as a text"))
        @if typed.text.len() > LONGEST_TYPED {
            (InsetText::new("This document is too long to be changed here. Take it as a file, change that, and send it back."))
        } @else {
            p { "Every key is explained in the guide that comes with the program, docs/appraisal/README.md. What is wrong is told by line, and nothing is saved then." }
            form method="post" action={ (to) "/text" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="base" value=(base);
                (Textarea {
                    rows: Some(rows),
                    spellcheck: Some(false),
                    error: of(errors, "text"),
                    ..Textarea::new("text", Label::new("The document")).value(typed.text)
                })
                (what_changed(errors, "what", typed.what))
                (Button { prevent_double_click: true, ..Button::new("Save as a new version") })
            }
        }
        (Heading::section("Take it from a file"))
        (upload_form(caller, &format!("{to}/upload"), errors, Some((base, typed.what_of_file))))
    };
    shell::page(opened, Part::Summary, &main).with_errors(errors)
}

/// `POST /cases/{id}/text`.
pub(crate) async fn save_text(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    // A browser sends the ends of lines as CR LF, and a form's last one is trimmed; the text has LF, and
    // ends with one.
    let mut text = form.get("text").replace("\r\n", "\n");
    text.push('\n');
    let base = base_of(&form)?;
    let document = id.parse().map_err(|_| Problem::not_found())?;
    let mut errors = Vec::new();
    let mut follows = Some(base);
    match said(form.get("what"), "what") {
        Ok(what) => {
            let sent = (form.key(), form.fingerprint());
            let next = (&Next::Text(text.clone()), what.as_str());
            match save_next(&caller, (document, base), next, sent).await {
                Ok(done) => return Ok(done),
                Err(NotSaved::Mistakes(_, mistakes)) => errors.extend(by_line(&mistakes)),
                Err(NotSaved::Refused(refusal)) => {
                    errors.push(error("text", refusal.with_what_was_typed()));
                    follows = None;
                }
                Err(NotSaved::Problem(problem)) => return Err(problem),
            }
        }
        Err(unsaid) => {
            let read = text.clone();
            if let Err(DocumentError::Mistakes(mistakes)) =
                heavy(move || Checked::of(&read)).await?
            {
                errors.extend(by_line(&mistakes));
            }
            errors.push(unsaid);
        }
    }
    let opened = open_to_edit(&caller, &id).await?;
    let typed = Typed {
        // What is saved after a refusal comes after the version that is the latest now.
        base: follows.unwrap_or(opened.document.latest),
        text: &text,
        what: form.get("what"),
        what_of_file: "",
        errors: &errors,
    };
    Ok(text_page(&caller, &opened, typed).into_response())
}

/// `POST /cases/{id}/upload`.
pub(crate) async fn save_file(
    caller: Caller,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Problem> {
    let opened = open_to_edit(&caller, &id).await?;
    let (document, base) = (opened.document.id, base_of(&upload.form)?);
    let mut errors = Vec::new();
    let mut follows = Some(base);
    let what = said(upload.form.get("what-of-file"), "what-of-file");
    match (what, usable(&upload).await?) {
        (Ok(what), Ok(text)) => {
            let sent = (upload.form.key(), upload.form.fingerprint());
            let next = (&Next::Text(text), what.as_str());
            match save_next(&caller, (document, base), next, sent).await {
                Ok(done) => return Ok(done),
                Err(NotSaved::Refused(Refusal::Overtaken)) => {
                    errors.push(error("file", OVERTAKEN.to_owned()));
                    follows = None;
                }
                Err(NotSaved::Refused(refusal)) => {
                    errors.push(error("file", refusal.to_string()));
                }
                Err(other) => return Err(other.into()),
            }
        }
        (what, text) => {
            errors.extend(text.err().into_iter().flatten());
            errors.extend(what.err());
        }
    }
    let opened = open_to_edit(&caller, &id).await?;
    let text = opened.shown.text.clone();
    let typed = Typed {
        base: follows.unwrap_or(opened.document.latest),
        text: &text,
        what: "",
        what_of_file: upload.form.get("what-of-file"),
        errors: &errors,
    };
    Ok(text_page(&caller, &opened, typed).into_response())
}

/// A browser does not keep a file that was chosen.
const OVERTAKEN: &str = "Somebody saved another version in the meantime; “Versions” says what changed. Choose the file again to put it in the place of theirs.";

fn error(field: &str, message: String) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}
