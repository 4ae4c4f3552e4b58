//! Starting a programme: its name, the short name of its addresses, and what it is for. Everything else is kept in its
//! registers.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Heading, Input, Textarea, Width, html};
use stour_kernel::Environment;
use stour_register::{Author, NotSaved, Values, add_checked, numbered};
use stour_web::{Caller, FieldError, Form, Mistakes, Page, Problem, form, redirect};

use super::field::wrong;
use super::programme::KIND;
use super::shell::may;
use super::{EDIT, READ};
use crate::registers::REGISTER;

/// Short names that addresses or other records use already.
const TAKEN: [&str; 2] = ["new", "decisions"];
/// The most characters of a short name.
const LONGEST: usize = 40;

/// What somebody typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    title: String,
    name: String,
    vision: String,
}

impl Typed {
    fn sent(form: &Form) -> Self {
        let text = |field| form.get(field).to_owned();
        Self {
            title: text("title"),
            name: text("name"),
            vision: text("vision"),
        }
    }

    fn values(&self) -> Values {
        [("title", &self.title), ("vision", &self.vision)]
            .into_iter()
            .collect()
    }
}

/// `GET /programmes/new`.
pub(crate) async fn new(caller: Caller) -> Result<Page, Problem> {
    may_start(&caller).await?;
    Ok(page(&caller, &Typed::default(), &[]))
}

/// The form is for those who may start a programme; that it was shown is a read.
async fn may_start(caller: &Caller) -> Result<(), Problem> {
    caller.permit_to(READ, Resource::House).await?;
    if may(caller, EDIT) {
        return Ok(());
    }
    Err(Problem::forbidden("Programme managers start a programme."))
}

/// `POST /programmes/new`.
pub(crate) async fn start(caller: Caller, form: Form) -> Result<Response, Problem> {
    let typed = Typed::sent(&form);
    let mut mistakes = Mistakes::default();
    mistakes.required("title", &typed.title, "Enter what the programme is called");
    mistakes.check("name", short_name(&typed.name));
    if !mistakes.is_empty() {
        may_start(&caller).await?;
        return Ok(page(&caller, &typed, mistakes.all()).into_response());
    }
    let by = Author::from(caller.actor());
    let (values, name) = (typed.values(), typed.name.clone());
    let sent = (form.key(), form.fingerprint());
    let done = caller.write(sent, Resource::House, move |tx, environment| {
        begin(tx, environment, (&name, &values), &by)?;
        Ok(format!("/programmes/{name}"))
    });
    match done.await {
        Ok(to) => Ok(redirect(&to).into_response()),
        Err(problem) if !problem.errors.is_empty() => {
            Ok(page(&caller, &typed, &problem.errors).into_response())
        }
        Err(problem) => Err(problem),
    }
}

fn begin(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (name, values): (&str, &Values),
    by: &Author,
) -> Result<(), NotSaved> {
    if numbered(tx, (name, KIND.name), 1)?.is_some() {
        let taken = "Another programme has this short name: choose another";
        return Err(NotSaved::Fields(vec![wrong("name", taken)]));
    }
    let place = (&REGISTER, name, KIND);
    add_checked(tx, environment, place, (values, "Started"), by)?;
    Ok(())
}

/// Whether a short name can stand in addresses.
fn short_name(name: &str) -> Result<(), &'static str> {
    let fits = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
    };
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(fits) {
        return Err(
            "Enter a short name of small letters, digits and hyphens, such as better-together",
        );
    }
    if name.starts_with('-') || name.ends_with('-') {
        return Err("Begin and end the short name with a letter or a digit");
    }
    if TAKEN.contains(&name) {
        return Err("Addresses use this short name already: choose another");
    }
    Ok(())
}

fn page(caller: &Caller, typed: &Typed, errors: &[FieldError]) -> Page {
    let of = |field: &str| {
        let error = errors.iter().find(|error| error.field == field);
        error.map(|error| error.message.as_str().into())
    };
    let main = html! {
        (Heading::page("Start a programme"))
        p { "Boards, roles, the plan, risks and benefits are kept in its registers once it is there." }
        form method="post" action="/programmes/new" novalidate {
            (form::hidden(caller))
            (Input { error: of("title"), ..Input::new("title", "What it is called").value(&typed.title) })
            (Input {
                error: of("name"),
                hint: Some("Small letters, digits and hyphens: it stands in the addresses of its pages, and does not change".into()),
                width: Some(Width::Twenty),
                ..Input::new("name", "Short name").value(&typed.name)
            })
            (Textarea {
                error: of("vision"),
                hint: Some("What will be different for people when it is done".into()),
                value: Some(typed.vision.clone()),
                ..Textarea::new("vision", "Vision")
            })
            (Button { prevent_double_click: true, ..Button::new("Start this programme") })
        }
    };
    Page::new("Start a programme", main)
        .under([("Programmes", "/programmes")])
        .with_errors(errors)
}

#[cfg(test)]
mod tests;
