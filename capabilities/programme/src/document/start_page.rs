//! Starting a document: from a worked case or from a file.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Choice, ChoiceItem, FileUpload, Heading, Input, Legend, Markup, Radios, Size, html,
};
use stour_kernel::Environment;
use stour_web::{Caller, FieldError, Form, Mistakes, Page, Problem, Upload, form, redirect};

use super::file::{self, NotUsable};
use super::opened::{heavy, only_if_may};
use super::reading::read;
use super::words::kept;
use super::{Author, Checked, start};
use crate::worked::{WORKED, worked};

/// `GET /cases/new`.
pub(crate) async fn new(caller: Caller) -> Result<Page, Problem> {
    may_start(&caller).await?;
    Ok(start_page(&caller, &[]))
}

/// The form is for those who may start a document; that it was shown is a read.
async fn may_start(caller: &Caller) -> Result<(), Problem> {
    caller.permit_to("case.read", Resource::House).await?;
    only_if_may(caller, "case.edit")
}

fn start_page(caller: &Caller, errors: &[FieldError]) -> Page {
    let choices = WORKED.iter().map(|worked| {
        let title = read(worked.text).ok().and_then(|it| it.figures().ok());
        let title = title.map_or_else(|| worked.name.to_owned(), |it| it.title);
        ChoiceItem::from(Choice::new(worked.name, title).hint(worked.shows))
    });
    let main = html! {
        (Heading::page("Start a document"))
        p { "A document is saved as version 1. Everybody who works on business cases can see it." }
        form method="post" action="/cases/new" novalidate {
            (form::hidden(caller))
            (Radios {
                error: of(errors, "worked"),
                ..Radios::new("worked", Legend {
                    size: Some(Size::M),
                    ..Legend::new("From a worked case")
                }, choices)
            })
            (Button { prevent_double_click: true, ..Button::new("Start from this") })
        }
        (Heading::section("From a file"))
        p { a href="/cases/template.xlsx" { "Get an empty spreadsheet for a business case" } ", with a guide on how to fill it in." }
        (upload_form(caller, "/cases/upload", errors, None))
    };
    Page::new("Start a document", main)
        .under([("Business cases", "/cases")])
        .with_errors(errors)
}

pub(super) fn of(errors: &[FieldError], field: &str) -> Option<stour_design::Content> {
    errors
        .iter()
        .find(|error| error.field == field)
        .map(|error| error.message.as_str().into())
}

/// A form that sends a file; where there is a document already, it says which version it changes, and why.
pub(super) fn upload_form(
    caller: &Caller,
    to: &str,
    errors: &[FieldError],
    changes: Option<(i64, &str)>,
) -> Markup {
    html! {
        form method="post" action=(to) enctype="multipart/form-data" {
            (form::hidden(caller))
            @if let Some((base, _)) = changes { input type="hidden" name="base" value=(base); }
            (FileUpload {
                hint: Some("A spreadsheet (.xlsx) in the layout that an exported case has, or the text (.toml) that the command line reads. At most 5 megabytes.".into()),
                error: of(errors, "file"),
                accept: Some(".xlsx,.toml".to_owned()),
                ..FileUpload::new("file", "The file")
            })
            @if let Some((_, what)) = changes { (what_changed(errors, "what-of-file", what)) }
            (Button { prevent_double_click: true, ..Button::secondary("Use this file") })
        }
    }
}

pub(super) fn what_changed(errors: &[FieldError], field: &str, value: &str) -> Input {
    Input {
        hint: Some(
            "For whoever reads the list of versions, such as “Take-up as in the pilot of May”."
                .into(),
        ),
        error: of(errors, field),
        ..Input::new(field, "What changes, and why").value(value)
    }
}

/// `POST /cases/new`: a copy of a worked case.
pub(crate) async fn from_worked(caller: Caller, form: Form) -> Result<Response, Problem> {
    let Some(worked) = worked(form.get("worked")) else {
        may_start(&caller).await?;
        let mut mistakes = Mistakes::default();
        mistakes.add("worked", "Choose a worked case to start from");
        return Ok(start_page(&caller, mistakes.all()).into_response());
    };
    let sent = (form.key(), form.fingerprint());
    let what = "Started from a worked case".to_owned();
    begin(&caller, worked.text.to_owned(), what, sent).await
}

/// Starts a document, and leads to it.
async fn begin(
    caller: &Caller,
    text: String,
    what: String,
    sent: (&str, String),
) -> Result<Response, Problem> {
    let checked = heavy(move || Checked::of(&text)).await??;
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let id = start(tx, environment, &checked, &what, &by)?;
        Ok(format!("/cases/{id}"))
    };
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

/// `POST /cases/upload`: a new document from a file.
pub(crate) async fn from_file(caller: Caller, upload: Upload) -> Result<Response, Problem> {
    may_start(&caller).await?;
    let text = match usable(&upload).await? {
        Ok(text) => text,
        Err(errors) => {
            return Ok(start_page(&caller, &errors).into_response());
        }
    };
    let name = Some(&upload.file.name).filter(|name| kept(name).is_ok());
    let what = match name {
        Some(name) => format!("Started from the file {name}"),
        None => "Started from a file".to_owned(),
    };
    let sent = (upload.form.key(), upload.form.fingerprint());
    begin(&caller, text, what, sent).await
}

/// The text of a file that the engine accepts, or what is wrong with it.
pub(super) async fn usable(upload: &Upload) -> Result<Result<String, Vec<FieldError>>, Problem> {
    let bytes = upload.file.bytes.clone();
    let told = |error: NotUsable| -> Vec<FieldError> {
        let of = |message: String| FieldError {
            field: "file".to_owned(),
            message,
        };
        error.0.into_iter().map(of).collect()
    };
    Ok(heavy(move || file::text(&bytes)).await?.map_err(told))
}
