//! Somebody on the ward says whether a day was green or red.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Choice, Heading, Input, InsetText, Radios, Select, html};
use stour_kernel::{Date, Environment};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::RED_REASONS;
use super::day::{DayFound, WrongDay, add_day};
use crate::by::By;
use crate::error::reference;
use crate::list::options;
use crate::shown;
use crate::spell::SpellState;
use crate::ward::{Named, Where, find};

const GREEN: &str = "green";
const RED: &str = "red";

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    colour: String,
    reason: String,
    green: String,
    red: String,
    date: TypedDate,
}

impl Draft {
    fn typed(form: &Form) -> Self {
        let text = |name: &str| form.get(name).trim().to_owned();
        Self {
            colour: text("colour"),
            reason: text("reason"),
            green: text("green-words"),
            red: text("red-words"),
            date: TypedDate::from_form(form, "date"),
        }
    }

    fn check(
        &self,
        stay: (Date, Date),
        mistakes: &mut Mistakes,
    ) -> Result<Option<DayFound>, Problem> {
        let on = mistakes.check("date-day", self.date.date());
        let (words, red) = match self.colour.as_str() {
            GREEN => (&self.green, None),
            RED => (&self.red, Some(self.reason.clone())),
            _ => {
                mistakes.add("colour", "Select whether the day was green or red");
                return Ok(None);
            }
        };
        let Some(on) = on else {
            return Ok(None);
        };
        let words = words.clone();
        let found = DayFound { on, red, words };
        for wrong in found.wrongs(stay, reference()?) {
            mistakes.add(field(wrong, found.red.is_some()), wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(found))
    }
}

/// The field of the form that something wrong is about.
const fn field(wrong: WrongDay, is_red: bool) -> &'static str {
    match wrong {
        WrongDay::Day => "date-day",
        WrongDay::Reason => "reason",
        WrongDay::Nothing | WrongDay::NothingDone | WrongDay::Long if is_red => "red-words",
        WrongDay::Nothing | WrongDay::NothingDone | WrongDay::Long => "green-words",
    }
}

/// The form.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let named = find(&caller, &at).await?;
    require(&caller, &named.person).await?;
    let draft = Draft {
        date: TypedDate::of(caller.today()),
        ..Draft::default()
    };
    show(&caller, &named, (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    named: &Named,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let today = caller.today();
    let permit = caller
        .permit_person_to("ward.read", named.person.clone())
        .await?;
    let database = caller.house().database();
    let person = database.read(move |tx| summary(tx, &permit)).await?;
    let reasons = options(RED_REASONS, "Select a reason", today)?;
    let reason = Select {
        error: mistakes.of("reason"),
        ..Select::new("reason", "Why", reasons)
    }
    .selected(Some(&draft.reason));
    let words = |name: &str, label: &str, text: &str| {
        Input::new(name, label).value(text).error(mistakes.of(name))
    };
    let green = words(
        "green-words",
        "What brought the person nearer to going home",
        &draft.green,
    );
    let red = words(
        "red-words",
        "What is done about it, and by whom",
        &draft.red,
    );
    let answers = [
        Choice::new(GREEN, "Green").reveal(html! { (green) }),
        Choice::new(RED, "Red").reveal(html! { (reason) (red) }),
    ];
    let title = "Was the day green or red?";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        p { "A day is green when the person received care that only an acute hospital gives and that brings them nearer to going home. Every other day is red." }
        @if named.spell.state == SpellState::InHospital {
            form method="post" action={ (named.back) "/spells/" (named.spell.id) "/day" } novalidate {
                (form::hidden(caller))
                (Radios::new("colour", "What was found?", answers).selected(Some(&draft.colour)).error(mistakes.of("colour")))
                (draft.date.input("date", "Which day?").error(mistakes.of("date-day")))
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
    };
    Ok(Page::new(title, main)
        .back(&named.back)
        .with_errors(mistakes.all()))
}

/// Keeps it.
pub(super) async fn change(caller: Caller, at: Where, form: Form) -> Result<Response, Problem> {
    let named = find(&caller, &at).await?;
    require(&caller, &named.person).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let stay = (named.admitted(caller.today()), caller.today());
    let Some(found) = draft.check(stay, &mut mistakes)? else {
        let page = show(&caller, &named, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let (id, by, to) = (named.spell.id, By::caller(&caller), named.back.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        add_day(tx, environment, id, &found, &by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(named.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
