//! The form by which somebody starts the limits of a series afresh, or notes what happened beside it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Choice, Heading, Label, Legend, Markup, Radios, Textarea, html};
use stour_kernel::{Date, Environment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::judgement::Method;
use super::note::{Note, Noted, note};
use super::read;
use super::view::Whole;

/// The longest reason or event, in characters.
const LONGEST: usize = 500;

pub(crate) const REBASE: &str = "rebase";
const EVENT: &str = "event";

/// Whether the policies would let the caller say something.
pub(crate) fn may(caller: &Caller) -> bool {
    "board.annotate"
        .parse()
        .is_ok_and(|action| caller.may(action, &Resource::House))
}

/// A form with mistakes is shown again to whoever could have sent it right: nothing has been said.
pub(crate) async fn show_again(caller: &Caller) -> Result<(), Problem> {
    if !may(caller) {
        caller.permit(Resource::House).await?;
    }
    caller.permit_to("board.read", Resource::House).await?;
    Ok(())
}

/// What is in the form.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    pub(crate) what: String,
    day: TypedDate,
    text: String,
}

impl Typed {
    pub(crate) fn of(form: &Form) -> Self {
        Self {
            what: form.get("what").to_owned(),
            day: TypedDate::from_form(form, "day"),
            text: form.get("text").to_owned(),
        }
    }

    /// The day and the text, or what is wrong.
    pub(crate) fn asked(&self, mistakes: &mut Mistakes) -> Option<(Date, String)> {
        if self.what != REBASE && self.what != EVENT {
            mistakes.add("what", "Choose what you want to record");
        }
        let day = mistakes.check("day-day", self.day.date());
        if self.text.chars().count() > LONGEST {
            mistakes.add("text", format!("Say it in at most {LONGEST} characters"));
        }
        let text = mistakes.required("text", &self.text, "Say why, or what happened")?;
        Some((day?, text.to_owned()))
    }
}

/// `GET /board/series/{measure}/{area}/note`.
pub(crate) async fn show(
    caller: Caller,
    Path((measure, area)): Path<(String, String)>,
) -> Result<Page, Problem> {
    // That the form was shown is a read: nothing has been noted.
    caller.permit_to("board.read", Resource::House).await?;
    if !may(&caller) {
        return Err(Problem::forbidden("You may read boards."));
    }
    let whole = read::one(caller.house(), measure, area, Method::default()).await?;
    Ok(page(
        &caller,
        &whole,
        &Typed::default(),
        &Mistakes::default(),
    ))
}

/// `POST /board/series/{measure}/{area}/note`.
pub(crate) async fn make(
    caller: Caller,
    Path((measure, area)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let typed = Typed::of(&form);
    let mut mistakes = Mistakes::default();
    let asked = typed.asked(&mut mistakes).map(|(day, text)| Note {
        measure: measure.clone(),
        area: area.clone(),
        day,
        text,
        by: caller.actor().name.clone(),
        is_rebase: typed.what == REBASE,
    });
    let Some(asked) = asked.filter(|_| mistakes.is_empty()) else {
        show_again(&caller).await?;
        let whole = read::one(caller.house(), measure, area, Method::default()).await?;
        return Ok(page(&caller, &whole, &typed, &mistakes).into_response());
    };
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let span = read::span(tx, &asked.measure, &asked.area)?;
        let address = format!("/board/series/{}/{}", asked.measure, asked.area);
        match note(tx, environment, &asked, None, span)? {
            Noted::Recorded | Noted::Before => Ok(address),
            Noted::NoSeries => Err(Problem::not_found()),
            Noted::NoFigures => {
                let mut mistakes = Mistakes::default();
                mistakes.add(
                    "day-day",
                    "Enter a day between the first figure and the last",
                );
                Err(mistakes.into())
            }
            Noted::Otherwise(other) => Err(Problem::conflict(format!(
                "The limits start afresh on that day already: {} ({}). That is not overwritten.",
                other.reason, other.decided_by
            ))),
        }
    };
    let sent = (form.key(), form.fingerprint());
    let address = caller.write(sent, Resource::House, work).await?;
    Ok(redirect(&address))
}

fn page(caller: &Caller, whole: &Whole, typed: &Typed, mistakes: &Mistakes) -> Page {
    let title = format!("Add a note to {}", whole.measure.title);
    let main = html! {
        (Heading::page(title.as_str()))
        p { (whole.area.name) ". What you record is shown to everybody who reads boards, with your name and today’s date." }
        (note_form(caller, &whole.address(), typed, mistakes))
    };
    Page::new(title, main)
        .back(whole.address())
        .with_errors(mistakes.all())
}

pub(crate) fn note_form(
    caller: &Caller,
    address: &str,
    typed: &Typed,
    mistakes: &Mistakes,
) -> Markup {
    let choices = [
        Choice::new(EVENT, "Something that was done or happened")
            .hint("It is marked on the chart. Limits and verdicts stay as they are."),
        Choice::new(REBASE, "The limits start afresh").hint(
            "Only where the way things work has changed for good and you can say how. What was unusual may then count as usual.",
        ),
    ];
    let radios = Radios::new("what", Legend::new("What do you want to record?"), choices)
        .selected(Some(typed.what.as_str()));
    let mut day = typed.day.input("day", Legend::new("From which day?"));
    day.error = mistakes.of("day-day");
    html! {
        form method="post" action={ (address) "/note" } novalidate {
            (form::hidden(caller))
            (Radios { error: mistakes.of("what"), ..radios })
            (day)
            (Textarea {
                rows: Some(3),
                error: mistakes.of("text"),
                ..Textarea::new("text", Label::new("Why, or what happened?")).value(typed.text.as_str())
            })
            (Button { prevent_double_click: true, ..Button::new("Record it") })
        }
    }
}
