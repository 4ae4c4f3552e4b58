//! Adding, changing and taking out a line.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_design::{Button, Heading, Input, html};
use stour_web::words::segment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form};

use super::at_fields::in_fields;
use super::change::{Change, line_of};
use super::draft::LineDraft;
use super::frame::Frame;
use super::line_form::{Filled, fields};
use crate::document::next::{Next, NotSaved, base_of, save_next};
use crate::document::opened::{Opened, open_to_edit, worked_out};
use crate::document::shell::{self, Part};
use crate::document::words::said;
use crate::document::{Kind, Refusal, read};

/// Whether a new line is paid or gained.
#[derive(Debug, Deserialize)]
pub(crate) struct Of {
    side: Option<String>,
}

/// `GET /cases/{id}/add-line`.
pub(crate) async fn new(
    caller: Caller,
    Path(id): Path<String>,
    Query(of): Query<Of>,
) -> Result<Page, Problem> {
    let (opened, _, frame) = open_case(&caller, &id).await?;
    let side = match of.side.as_deref() {
        Some("benefit") => "benefit",
        Some("cost") => "cost",
        _ => return Err(Problem::not_found()),
    };
    let draft = LineDraft::blank(side, &frame);
    let form = LineForm::new(&opened, &frame, None);
    Ok(form.page(&caller, &draft, "", &Mistakes::default()))
}

/// `GET /cases/{id}/lines/{line}/edit`.
pub(crate) async fn edit(
    caller: Caller,
    Path((id, line)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let (opened, text, frame) = open_case(&caller, &id).await?;
    let draft = line_of(&text, &line).map(LineDraft::of);
    let draft = draft.ok_or_else(Problem::not_found)?;
    let form = LineForm::new(&opened, &frame, Some(&line));
    Ok(form.page(&caller, &draft, "", &Mistakes::default()))
}

/// The latest version of a case, its text as values, and what a line of it may refer to.
pub(crate) async fn open_case(
    caller: &Caller,
    id: &str,
) -> Result<(Opened, toml::Table, Frame), Problem> {
    let opened = open_to_edit(caller, id).await?;
    if opened.document.kind != Kind::Case {
        return Err(Problem::not_found());
    }
    let text: toml::Table = opened.shown.text.parse().map_err(|_| Problem::fault())?;
    let frame = Frame::of(&text);
    Ok((opened, text, frame))
}

/// The form of one line of a case, or of a new one.
struct LineForm<'o> {
    opened: &'o Opened,
    frame: &'o Frame,
    line: Option<&'o str>,
    /// The version that its author saw: a form that comes back with mistakes still changes that one.
    base: i64,
}

impl<'o> LineForm<'o> {
    const fn new(opened: &'o Opened, frame: &'o Frame, line: Option<&'o str>) -> Self {
        Self {
            opened,
            frame,
            line,
            base: opened.document.latest,
        }
    }

    fn address(&self) -> String {
        let id = self.opened.document.id;
        match self.line {
            Some(line) => format!("/cases/{id}/lines/{}/edit", segment(line)),
            None => format!("/cases/{id}/add-line"),
        }
    }

    fn page(&self, caller: &Caller, draft: &LineDraft, what: &str, mistakes: &Mistakes) -> Page {
        let title = match (self.line, draft.is_benefit()) {
            (Some(_), _) => format!("Change “{}”", draft.get("name")),
            (None, true) => "Add a benefit".to_owned(),
            (None, false) => "Add a cost".to_owned(),
        };
        let filled = Filled {
            draft,
            frame: self.frame,
            mistakes,
            is_new: self.line.is_none(),
        };
        let main = html! {
            (Heading::section(title.as_str()))
            form method="post" action=(self.address()) novalidate {
                (form::hidden(caller))
                input type="hidden" name="base" value=(self.base);
                (fields(filled))
                (Input {
                    hint: Some("For whoever reads the list of versions, such as “Take-up as in the pilot of May”.".into()),
                    error: mistakes.of("what"),
                    ..Input::new("what", "What changes, and why").value(what)
                })
                (Button { prevent_double_click: true, ..Button::new("Save as a new version") })
            }
        };
        let page = shell::page(self.opened, Part::Summary, &main);
        let case = format!("/cases/{}", self.opened.document.id);
        let above = [
            ("Business cases", "/cases"),
            (self.opened.document.title.as_str(), case.as_str()),
        ];
        let page = Page {
            wide: false,
            title,
            ..page.under(above)
        };
        page.with_errors(mistakes.all())
    }
}

/// `POST /cases/{id}/add-line`.
pub(crate) async fn add(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    put(&caller, &id, None, &form).await
}

/// `POST /cases/{id}/lines/{line}/edit`.
pub(crate) async fn change(
    caller: Caller,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    put(&caller, &id, Some(&line), &form).await
}

async fn put(
    caller: &Caller,
    id: &str,
    line: Option<&str>,
    form: &Form,
) -> Result<Response, Problem> {
    let (opened, _, frame) = open_case(caller, id).await?;
    let draft = LineDraft::sent(form, &frame);
    let base = base_of(form)?;
    let mut follows = Some(base);
    let mut mistakes = Mistakes::default();
    let change = match draft.line(&frame) {
        Ok(table) => Some(match line {
            Some(line) => Change::PutLine(line.to_owned(), table),
            None => Change::AddLine(table),
        }),
        Err(wrong) => {
            for error in wrong.all() {
                mistakes.add(&error.field, error.message.clone());
            }
            None
        }
    };
    // Below all others, where it stands on the page.
    let what = said(form.get("what"), "what")
        .map_err(|error| mistakes.add(&error.field, error.message))
        .ok();
    match (change, what) {
        (Some(change), Some(what)) => {
            let next = (&Next::Change(change), what.as_str());
            let sent = (form.key(), form.fingerprint());
            match save_next(caller, (opened.document.id, base), next, sent).await {
                Ok(done) => return Ok(done),
                Err(NotSaved::Mistakes(text, refused)) => {
                    in_fields(&text, (draft.get("id"), &frame), &refused, &mut mistakes);
                }
                Err(NotSaved::Refused(refusal)) => {
                    let field = match refusal {
                        Refusal::LineExists => "id",
                        _ => "name",
                    };
                    mistakes.add(field, refusal.with_what_was_typed());
                    follows = None;
                }
                Err(NotSaved::Problem(problem)) => return Err(problem),
            }
        }
        (Some(change), None) => {
            check(&opened, &change, (draft.get("id"), &frame), &mut mistakes).await?;
        }
        (None, _) => {}
    }
    let (opened, _, frame) = open_case(caller, id).await?;
    let page = LineForm {
        // What is saved after a refusal comes after the version that is the latest now.
        base: follows.unwrap_or(opened.document.latest),
        ..LineForm::new(&opened, &frame, line)
    };
    let page = page.page(caller, &draft, form.get("what"), &mistakes);
    Ok(page.into_response())
}

/// What the engine says of the case with this change, which is not to be saved yet.
async fn check(
    opened: &Opened,
    change: &Change,
    (line, frame): (&str, &Frame),
    mistakes: &mut Mistakes,
) -> Result<(), Problem> {
    let text = match change.apply(&opened.shown.text) {
        Ok(text) => text,
        Err(refusal) => {
            mistakes.add("id", refusal.to_string());
            return Ok(());
        }
    };
    let (checked, text) = worked_out(move || (read(&text), text)).await?;
    if let Err(refused) = checked {
        in_fields(&text, (line, frame), &refused, mistakes);
    }
    Ok(())
}
