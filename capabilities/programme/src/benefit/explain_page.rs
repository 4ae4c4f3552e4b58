//! The form in which somebody who answers for a benefit explains a figure.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, InsetText, Label, Legend, Markup, Select, Textarea, html};
use stour_kernel::Environment;
use stour_register::{Author, NotSaved, Values, add_checked};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::measured::Measured;
use super::parts::EXPLANATION;
use super::shown::{message, verdict};
use super::view::View;
use super::{EDIT, only_if_may};
use crate::governance::owner::owners;
use crate::governance::shell::{Part, page_below};
use crate::registers::REGISTER;

/// The most that is kept of a text.
const LONGEST: usize = 4_000;

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    why: String,
    done: String,
    who: String,
    due: TypedDate,
}

/// `GET /programmes/{programme}/benefits/{number}/explain`.
pub(crate) async fn show(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    only_if_may(&caller, EDIT)?;
    let (one, _) = view.one(number)?;
    Ok(explain(
        &caller,
        &view,
        one,
        (&Typed::default(), &Mistakes::default()),
    ))
}

/// `POST` to the same.
pub(crate) async fn keep(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, Problem> {
    let view = View::of(&caller, &programme).await?;
    only_if_may(&caller, EDIT)?;
    let (one, _) = view.one(number)?;
    if one.found.is_none() {
        return Err(Problem::conflict("This benefit has no figure to explain."));
    }
    let typed = Typed {
        why: form.get("why").replace("\r\n", "\n"),
        done: form.get("done").replace("\r\n", "\n"),
        who: form.get("who").to_owned(),
        due: TypedDate::from_form(&form, "due"),
    };
    let mut mistakes = Mistakes::default();
    let Some(values) = read(&caller, one, &typed, &mut mistakes) else {
        return Ok(explain(&caller, &view, one, (&typed, &mistakes)).into_response());
    };
    let (scope, by) = (view.opened.scope.clone(), Author::from(caller.actor()));
    let address = view.address(number, "");
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let what = (&REGISTER, scope.as_str(), EXPLANATION);
        let why = "Explained on the page of the benefit";
        match add_checked(tx, environment, what, (&values, why), &by) {
            Ok(_) => Ok(address.clone()),
            Err(NotSaved::Fields(errors)) => Err(Problem::invalid(errors)),
            Err(error) => Err(error.into()),
        }
    };
    let sent = (form.key(), form.fingerprint());
    match caller.write(sent, Resource::House, work).await {
        Ok(address) => Ok(redirect(&address)),
        Err(problem) if !problem.errors.is_empty() => {
            for error in problem.errors {
                let field = match error.field.as_str() {
                    "due" => "due-day",
                    field => field,
                };
                mistakes.add(field, error.message);
            }
            Ok(explain(&caller, &view, one, (&typed, &mistakes)).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// The explanation as an entry, or notes of what is wrong with it.
fn read(caller: &Caller, one: &Measured, typed: &Typed, mistakes: &mut Mistakes) -> Option<Values> {
    for (field, text) in [
        ("why", &typed.why),
        ("done", &typed.done),
        ("who", &typed.who),
    ] {
        if text.chars().count() > LONGEST {
            mistakes.add(field, format!("Use at most {LONGEST} characters"));
        }
    }
    let why = mistakes.required("why", &typed.why, "Say why the figure is what it is");
    let done = mistakes.required("done", &typed.done, "Say what is being done");
    let who = mistakes.required("who", &typed.who, "Choose who does it");
    let due = mistakes.check("due-day", typed.due.date());
    if due.is_some_and(|due| due < caller.today()) {
        mistakes.add(
            "due-day",
            "This day has passed: give the day by which it will be done",
        );
    }
    let (why, done, who, due) = (why?, done?, who?, due?);
    let number = one.benefit.number.to_string();
    let values = Values::from_iter([
        ("benefit", number.as_str()),
        ("figure", &figure(one)),
        ("why", why),
        ("done", done),
        ("who", who),
        ("due", &due.to_string()),
    ]);
    mistakes.is_empty().then_some(values)
}

/// What is explained, as it stands now.
fn figure(one: &Measured) -> String {
    let period = one.found.as_ref().map(|found| found.period.as_str());
    format!("{}, {}", message(one), period.unwrap_or_default())
}

fn explain(
    caller: &Caller,
    view: &View,
    one: &Measured,
    (typed, mistakes): (&Typed, &Mistakes),
) -> Page {
    let text = |name: &str, label: &str, value: &str| Textarea {
        rows: Some(5),
        error: mistakes.of(name),
        ..Textarea::new(name, Label::new(label)).value(value)
    };
    let mut due = typed.due.input("due", Legend::new("By when?"));
    due.error = mistakes.of("due-day");
    let action = view.address(one.benefit.number, "/explain");
    let known = owners(&view.opened.entries);
    let choices = [("", "Choose")]
        .into_iter()
        .chain(known.iter().map(|name| (name.as_str(), name.as_str())));
    let main: Markup = html! {
        (verdict(one))
        (InsetText::new("What you write is shown to everybody who reads the programme, with your name and today’s date. Name nobody who uses services."))
        form method="post" action=(action) novalidate {
            (form::hidden(caller))
            (text("why", "Why is the figure what it is?", &typed.why))
            (text("done", "What is being done?", &typed.done))
            (Select {
                error: mistakes.of("who"),
                hint: Some("A board, a role, somebody who holds one, or an organisation that takes part".into()),
                ..Select::new("who", "Who does it?", choices).selected(Some(typed.who.as_str()))
            })
            (due)
            (Button { prevent_double_click: true, ..Button::new("Record it") })
        }
    };
    let title = format!("Explain: {}", one.benefit.title);
    page_below(&view.opened, Part::Benefits, &title, &main)
        .back(view.address(one.benefit.number, ""))
        .with_errors(mistakes.all())
}
