//! Taking a line out of a case, for a reason.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_design::{Button, Heading, Input, html};
use stour_web::{Caller, FieldError, Form, Page, Problem, form};

use super::change::{Change, line_of};
use super::line_edit_page::open_case;
use crate::document::Refusal;
use crate::document::next::{Next, NotSaved, base_of, save_next};
use crate::document::opened::Opened;
use crate::document::shell::{self, Part};
use crate::document::words::said;
use stour_web::words::segment;

/// `GET /cases/{id}/lines/{line}/remove`.
pub(crate) async fn show(
    caller: Caller,
    Path((id, line)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let (opened, text, _) = open_case(&caller, &id).await?;
    let name = name(&text, &line)?;
    let base = opened.document.latest;
    Ok(page(&caller, &opened, (&line, &name, base), ("", None)))
}

fn name(text: &toml::Table, line: &str) -> Result<String, Problem> {
    let found = line_of(text, line).ok_or_else(Problem::not_found)?;
    let name = found.get("name").and_then(toml::Value::as_str);
    Ok(name.unwrap_or(line).to_owned())
}

fn page(
    caller: &Caller,
    opened: &Opened,
    (line, name, base): (&str, &str, i64),
    (what, wrong): (&str, Option<&FieldError>),
) -> Page {
    let case = format!("/cases/{}", opened.document.id);
    let here = format!("{case}/lines/{}", segment(line));
    let title = format!("Take “{name}” out of the case");
    let main = html! {
        (Heading::section(title.as_str()))
        p { "What varies the line goes with it: its uncertain inputs, their correlations, and its part of scenarios. Earlier versions keep it." }
        form method="post" action={ (here) "/remove" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="base" value=(base);
            (Input {
                error: wrong.map(|error| error.message.as_str().into()),
                ..Input::new("what", "Why").value(what)
            })
            (Button { prevent_double_click: true, ..Button::warning("Take it out") })
        }
    };
    let above = [
        ("Business cases", "/cases"),
        (opened.document.title.as_str(), case.as_str()),
        (name, here.as_str()),
    ];
    let page = Page {
        wide: false,
        title,
        ..shell::page(opened, Part::Summary, &main).under(above)
    };
    let errors: Vec<FieldError> = wrong.into_iter().cloned().collect();
    page.with_errors(&errors)
}

/// `POST /cases/{id}/lines/{line}/remove`.
pub(crate) async fn remove(
    caller: Caller,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (opened, text, _) = open_case(&caller, &id).await?;
    let name = name(&text, &line);
    let base = base_of(&form)?;
    let (follows, wrong) = match said(form.get("what"), "what") {
        Ok(why) => {
            // A form that is sent twice finds the line gone, and has the same answer as before.
            let name = name.clone().unwrap_or_else(|_| line.clone());
            let what = format!("Took out “{name}”: {why}");
            let next = (
                &Next::Change(Change::RemoveLine(line.clone())),
                what.as_str(),
            );
            let sent = (form.key(), form.fingerprint());
            match save_next(&caller, (opened.document.id, base), next, sent).await {
                Ok(done) => return Ok(done),
                Err(NotSaved::Refused(Refusal::Overtaken)) => {
                    let wrong = FieldError {
                        field: "what".to_owned(),
                        message: OVERTAKEN.to_owned(),
                    };
                    (None, wrong)
                }
                Err(other) => return Err(other.into()),
            }
        }
        Err(wrong) => (Some(base), wrong),
    };
    let (opened, _, _) = open_case(&caller, &id).await?;
    let base = follows.unwrap_or(opened.document.latest);
    let sent = (form.get("what"), Some(&wrong));
    Ok(page(&caller, &opened, (&line, &name?, base), sent).into_response())
}

const OVERTAKEN: &str = "Somebody changed this line in the meantime; “Versions” says how. Send this again to take it out all the same.";
