//! The forms by which somebody writes what figures mean, adds an action, and says what came of one.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Error, Transaction};
use stour_design::{
    Button, Choice, Heading, Input, InsetText, Label, Legend, Markup, Radios, Textarea, Width, html,
};
use stour_kernel::Environment;
use stour_web::{Caller, Form, House, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::{Commentary, Remark, RemarkId, Said, of, record};
use crate::indicator::read::definition;
use crate::measure::measure;
use crate::series::note_page::{may, show_again};
use crate::series::series_of;

/// The longest text, in characters.
const LONGEST: usize = 2000;
/// The longest name of whoever is to act.
const LONGEST_NAME: usize = 100;

const DONE: &str = "done";
const DROPPED: &str = "dropped";

type Parts = Path<BTreeMap<String, String>>;

/// What is commented on: an indicator or a published series.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    /// Its page, after "/board/".
    pub(crate) about: String,
    /// What it is called.
    pub(crate) title: String,
}

impl Subject {
    pub(crate) fn address(&self) -> String {
        format!("/board/{}", self.about)
    }

    /// The indicator or the series that an address names.
    pub(crate) async fn of(
        caller: &Caller,
        parts: &BTreeMap<String, String>,
    ) -> Result<Self, Problem> {
        if let Some(id) = parts.get("indicator") {
            let definition = definition(id)?;
            return Ok(Self {
                about: format!("indicators/{}", definition.id),
                title: definition.title.clone(),
            });
        }
        let part = |name: &str| parts.get(name).cloned().ok_or_else(Problem::not_found);
        let (id, area) = (part("measure")?, part("area")?);
        let measure = measure(&id).ok_or_else(Problem::not_found)?;
        if area.contains('\0') {
            return Err(Problem::not_found());
        }
        let about = format!("series/{id}/{area}");
        let known = caller
            .house()
            .database()
            .read(move |tx| series_of(tx, &id, &area));
        known.await?.ok_or_else(Problem::not_found)?;
        Ok(Self {
            about,
            title: measure.title.clone(),
        })
    }
}

/// What was said of a page so far.
pub(crate) async fn commentary(caller: &Caller, about: &str) -> Result<Commentary, Problem> {
    commentary_of(caller.house(), about).await
}

/// The same for nobody in particular.
pub(crate) async fn commentary_of(house: &House, about: &str) -> Result<Commentary, Problem> {
    let about = about.to_owned();
    let read = move |tx: &mut Transaction<'_>| of(tx, &about);
    Ok(house.database().read(read).await?)
}

/// `GET …/narrative`.
pub(crate) async fn narrative(caller: Caller, Path(parts): Parts) -> Result<Page, Problem> {
    let subject = opened(&caller, &parts).await?;
    let said = commentary(&caller, &subject.about).await?;
    let text = said.narrative().map_or("", |told| told.text.as_str());
    Ok(narrative_page(
        &caller,
        &subject,
        text,
        &Mistakes::default(),
    ))
}

/// `POST …/narrative`.
pub(crate) async fn tell(
    caller: Caller,
    Path(parts): Parts,
    form: Form,
) -> Result<Response, Problem> {
    let subject = asked(&caller, &parts).await?;
    let typed = form.get("text").to_owned();
    let mut mistakes = Mistakes::default();
    let text = written(&mut mistakes, &typed, "Write what the figures mean");
    let Some(text) = text else {
        show_again(&caller).await?;
        return Ok(narrative_page(&caller, &subject, &typed, &mistakes).into_response());
    };
    keep(&caller, &form, &subject, (Said::Narrative, text)).await
}

/// `GET …/action`.
pub(crate) async fn action(caller: Caller, Path(parts): Parts) -> Result<Page, Problem> {
    let subject = opened(&caller, &parts).await?;
    let typed = Planned::default();
    Ok(action_page(&caller, &subject, &typed, &Mistakes::default()))
}

/// What is in the form of an action.
#[derive(Debug, Default)]
struct Planned {
    text: String,
    owner: String,
    due: TypedDate,
}

/// `POST …/action`.
pub(crate) async fn plan(
    caller: Caller,
    Path(parts): Parts,
    form: Form,
) -> Result<Response, Problem> {
    let subject = asked(&caller, &parts).await?;
    let typed = Planned {
        text: form.get("text").to_owned(),
        owner: form.get("owner").to_owned(),
        due: TypedDate::from_form(&form, "due"),
    };
    let mut mistakes = Mistakes::default();
    let text = written(&mut mistakes, &typed.text, "Say what is to be done");
    if typed.owner.chars().count() > LONGEST_NAME {
        mistakes.add("owner", format!("Use at most {LONGEST_NAME} characters"));
    }
    let owner = mistakes.required("owner", typed.owner.trim(), "Say who is to do it");
    let owner = owner.map(str::to_owned);
    let due = mistakes.check("due-day", typed.due.date());
    let (Some(text), Some(owner), Some(due), true) = (text, owner, due, mistakes.is_empty()) else {
        show_again(&caller).await?;
        return Ok(action_page(&caller, &subject, &typed, &mistakes).into_response());
    };
    keep(
        &caller,
        &form,
        &subject,
        (Said::Action { owner, due }, text),
    )
    .await
}

/// `GET …/action/{action}`.
pub(crate) async fn open_action(caller: Caller, Path(parts): Parts) -> Result<Page, Problem> {
    let subject = opened(&caller, &parts).await?;
    let action = open(&caller, &subject, &parts).await?;
    Ok(end_page(
        &caller,
        &subject,
        &action,
        ("", ""),
        &Mistakes::default(),
    ))
}

/// `POST …/action/{action}`.
pub(crate) async fn end_action(
    caller: Caller,
    Path(parts): Parts,
    form: Form,
) -> Result<Response, Problem> {
    let subject = asked(&caller, &parts).await?;
    let id = parts
        .get("action")
        .and_then(|id| id.parse::<RemarkId>().ok());
    let id = id.ok_or_else(Problem::not_found)?;
    let (what, typed) = (form.get("what").to_owned(), form.get("text").to_owned());
    let mut mistakes = Mistakes::default();
    let said = match what.as_str() {
        DONE => Some(Said::Done(id)),
        DROPPED => Some(Said::Dropped(id)),
        _ => {
            mistakes.add("what", "Choose what became of it");
            None
        }
    };
    let text = written(&mut mistakes, &typed, "Say what came of it, or why not");
    let (Some(said), Some(text)) = (said, text) else {
        show_again(&caller).await?;
        let action = open(&caller, &subject, &parts).await?;
        let typed = (what.as_str(), typed.as_str());
        return Ok(end_page(&caller, &subject, &action, typed, &mistakes).into_response());
    };
    keep(&caller, &form, &subject, (said, text)).await
}

/// What is to be said something of, by whoever may: others are told nothing of what there is.
pub(super) async fn asked(
    caller: &Caller,
    parts: &BTreeMap<String, String>,
) -> Result<Subject, Problem> {
    if !may(caller) {
        caller.permit(Resource::House).await?;
    }
    Subject::of(caller, parts).await
}

/// The form was shown, which is a read: nothing has been said.
pub(super) async fn opened(
    caller: &Caller,
    parts: &BTreeMap<String, String>,
) -> Result<Subject, Problem> {
    caller.permit_to("board.read", Resource::House).await?;
    if !may(caller) {
        return Err(Problem::forbidden("You may read boards."));
    }
    Subject::of(caller, parts).await
}

/// An action that has not come to an end.
async fn open(
    caller: &Caller,
    subject: &Subject,
    parts: &BTreeMap<String, String>,
) -> Result<Remark, Problem> {
    let said = commentary(caller, &subject.about).await?;
    let id = parts
        .get("action")
        .and_then(|id| id.parse::<RemarkId>().ok());
    let mut actions = said.actions();
    let found = actions.find(|(action, _)| Some(action.id) == id);
    match found {
        Some((action, None)) => Ok(action.clone()),
        Some((_, Some(_))) => Err(Problem::conflict("What came of it has been said already.")),
        None => Err(Problem::not_found()),
    }
}

/// A text that was written, or a note of what is wrong with it.
fn written(mistakes: &mut Mistakes, typed: &str, message: &str) -> Option<String> {
    if typed.chars().count() > LONGEST {
        mistakes.add("text", format!("Use at most {LONGEST} characters"));
        return None;
    }
    let text = typed.trim().replace("\r\n", "\n");
    mistakes.required("text", &text, message)?;
    Some(text)
}

/// Records what somebody said and leads back to the page.
pub(super) async fn keep(
    caller: &Caller,
    form: &Form,
    subject: &Subject,
    (said, text): (Said, String),
) -> Result<Response, Problem> {
    let (about, by) = (subject.about.clone(), caller.actor().name.clone());
    let address = subject.address();
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        if let Said::Done(action) | Said::Dropped(action) = &said {
            let known = of(tx, &about)?;
            let mut own = known.actions();
            match own.find(|(one, _)| one.id == *action) {
                None => return Err(Problem::not_found()),
                Some((_, Some(_))) => {
                    return Err(Problem::conflict("What came of it has been said already."));
                }
                Some((_, None)) => {}
            }
        }
        match record(tx, environment, &about, (&said, &text, &by)) {
            Ok(()) => Ok(address.clone()),
            Err(Error::Constraint { .. }) => {
                Err(Problem::conflict("What came of it has been said already."))
            }
            Err(error) => Err(error.into()),
        }
    };
    let sent = (form.key(), form.fingerprint());
    let address = caller.write(sent, Resource::House, work).await?;
    Ok(redirect(&address))
}

/// A page with a form in it, about a subject.
pub(super) fn form_page(
    subject: &Subject,
    title: String,
    form: &Markup,
    mistakes: &Mistakes,
) -> Page {
    let main = html! {
        (Heading::page(title.as_str()))
        p { "What you record is shown to everybody who reads boards, with your name and today’s date. It cannot be taken away, only followed by something newer." }
        (form)
    };
    Page::new(title, main)
        .back(subject.address())
        .with_errors(mistakes.all())
}

fn textarea(label: &str, typed: &str, mistakes: &Mistakes) -> Textarea {
    Textarea {
        rows: Some(6),
        error: mistakes.of("text"),
        ..Textarea::new("text", Label::new(label)).value(typed)
    }
}

fn narrative_page(caller: &Caller, subject: &Subject, typed: &str, mistakes: &Mistakes) -> Page {
    let title = format!("What the figures mean: {}", subject.title);
    let form = html! {
        (InsetText::new("Name nobody. Say what moved, why as far as it is known, and what is not known."))
        form method="post" action={ (subject.address()) "/narrative" } novalidate {
            (form::hidden(caller))
            (textarea("What do the figures mean?", typed, mistakes))
            (Button { prevent_double_click: true, ..Button::new("Record it") })
        }
    };
    form_page(subject, title, &form, mistakes)
}

fn action_page(caller: &Caller, subject: &Subject, typed: &Planned, mistakes: &Mistakes) -> Page {
    let title = format!("Add an action: {}", subject.title);
    let mut due = typed.due.input("due", Legend::new("By which day?"));
    due.error = mistakes.of("due-day");
    let form = html! {
        form method="post" action={ (subject.address()) "/action" } novalidate {
            (form::hidden(caller))
            (textarea("What is to be done?", &typed.text, mistakes))
            (Input {
                width: Some(Width::Twenty),
                error: mistakes.of("owner"),
                hint: Some("A role or a team, such as the transfer hub".into()),
                ..Input::new("owner", "Who is to do it?").value(typed.owner.as_str())
            })
            (due)
            (Button { prevent_double_click: true, ..Button::new("Add it") })
        }
    };
    form_page(subject, title, &form, mistakes)
}

fn end_page(
    caller: &Caller,
    subject: &Subject,
    action: &Remark,
    (what, text): (&str, &str),
    mistakes: &Mistakes,
) -> Page {
    let title = format!("What came of an action: {}", subject.title);
    let choices = [
        Choice::new(DONE, "It was done"),
        Choice::new(DROPPED, "It will not be done"),
    ];
    let radios =
        Radios::new("what", Legend::new("What became of it?"), choices).selected(Some(what));
    let form = html! {
        (InsetText::new(action.text.as_str()))
        form method="post" action={ (subject.address()) "/action/" (action.id) } novalidate {
            (form::hidden(caller))
            (Radios { error: mistakes.of("what"), ..radios })
            (textarea("What came of it, or why not?", text, mistakes))
            (Button { prevent_double_click: true, ..Button::new("Record it") })
        }
    };
    form_page(subject, title, &form, mistakes)
}
