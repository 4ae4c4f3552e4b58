//! Somebody on the ward says whether a day was green or red.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Choice, Heading, Input, InsetText, Radios, Select, SelectItem, html};
use stour_kernel::{Date, Environment};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::day::{DayFound, LONGEST, add_day, days_of};
use super::{RED_REASONS, is_listed};
use crate::capacity::By;
use crate::error::reference;
use crate::shown;
use crate::spell::{Spell, SpellState};
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

    fn check(&self, spell: &Spell, today: Date, mistakes: &mut Mistakes) -> Option<DayFound> {
        let on = mistakes.check("date-day", self.date.date());
        if on.is_some_and(|on| on > today || days_of(spell, today).all(|day| day != on)) {
            mistakes.add(
                "date-day",
                "Enter a day from the day of admission until today",
            );
        }
        let (field, words, missing) = match self.colour.as_str() {
            GREEN => (
                "green-words",
                &self.green,
                "Enter what brought the person nearer to going home",
            ),
            RED => (
                "red-words",
                &self.red,
                "Enter what is done about it, and by whom",
            ),
            _ => {
                mistakes.add("colour", "Select whether the day was green or red");
                return None;
            }
        };
        if self.colour == RED && !is_listed(RED_REASONS, &self.reason, today) {
            mistakes.add("reason", "Select why the day was red");
        }
        mistakes.required(field, words, missing);
        if words.chars().count() > LONGEST {
            mistakes.add(field, format!("Use at most {LONGEST} characters"));
        }
        let red = (self.colour == RED).then(|| self.reason.clone());
        let words = words.clone();
        let on = on?;
        mistakes.is_empty().then_some(DayFound { on, red, words })
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
    let list = reference()?
        .code_list(RED_REASONS)
        .ok_or_else(Problem::not_found)?;
    let mut reasons = vec![SelectItem::from(("", "Select a reason"))];
    let choices = list.choices(today).into_iter();
    reasons.extend(choices.map(|(code, label)| SelectItem::from((code.as_str(), label))));
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
    let Some(found) = draft.check(&named.spell, caller.today(), &mut mistakes) else {
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
