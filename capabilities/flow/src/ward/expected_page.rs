//! Somebody on the ward says when a person is expected to go home.

use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, Input, InsetText, Width, html};
use stour_kernel::{Date, Environment, london_date};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::stay::{Named, Where, find};
use crate::shown;
use crate::spell::{ExpectedDate, SaidBy, Spell, SpellState, set_expected};
use stour_web::TypedDate;

/// The furthest ahead that a date may be, in days.
const AHEAD: i32 = 365;

/// The form.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let Named {
        spell,
        person,
        back,
    } = find(&caller, &at).await?;
    require(&caller, &person).await?;
    let draft = Draft {
        name: caller.actor().name.clone(),
        ..Draft::default()
    };
    form_page(
        &caller,
        &spell,
        person,
        &back,
        (&draft, &Mistakes::default()),
    )
    .await
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    name: String,
    date: TypedDate,
}

async fn form_page(
    caller: &Caller,
    spell: &Spell,
    person: PersonFacts,
    back: &str,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller.permit_person_to("ward.read", person).await?;
    let summary = caller
        .house()
        .database()
        .read(move |tx| summary(tx, &permit))
        .await?;
    let today = caller.today();
    let title = "When is the person expected to go home?";
    let here = format!("{back}/spells/{}/expected-date", spell.id);
    let date = draft
        .date
        .input("date", "Expected date of discharge")
        .hint("A date is planned for, not promised. It can be changed again.")
        .error(mistakes.of("date-day"));
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&summary, today, false)) }
        @if spell.state == SpellState::InHospital {
            p { "Now: " (shown::expected(spell.expected.as_ref(), today)) }
            form method="post" action=(here) novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(spell.version);
                (date)
                (Input { width: Some(Width::Twenty), ..Input::new("name", "Who decided it") }
                    .value(draft.name.as_str()).error(mistakes.of("name")))
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
    };
    Ok(Page::new(title, main)
        .back(back)
        .with_errors(mistakes.all()))
}

/// Keeps the date.
pub(super) async fn change(caller: Caller, at: Where, form: Form) -> Result<Response, Problem> {
    let Named {
        spell,
        person,
        back,
    } = find(&caller, &at).await?;
    require(&caller, &person).await?;
    let draft = Draft {
        name: form.get("name").to_owned(),
        date: TypedDate::from_form(&form, "date"),
    };
    let mut mistakes = Mistakes::default();
    let from = spell
        .admitted_at
        .map_or_else(|| caller.today(), london_date);
    let on = check(&draft.date, from, &mut mistakes);
    if draft.name.chars().count() > 100 {
        mistakes.add("name", "Enter a name of at most 100 characters");
    }
    let name = mistakes.required("name", &draft.name, "Enter who decided the date");
    let (Some(on), Some(name), true) = (on, name, mistakes.is_empty()) else {
        let page = form_page(&caller, &spell, person, &back, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (basis, to) = (name.to_owned(), back.clone());
    let (id, by) = (spell.id, (caller.actor().user, caller.actor().organisation));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let date = ExpectedDate {
            on,
            by: SaidBy::Staff,
            basis: basis.clone(),
            at: environment.now(),
        };
        set_expected(tx, environment, (id, seen), &date, by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(
        &caller.write(sent, Resource::Person(person), work).await?,
    ))
}

fn check(typed: &TypedDate, from: Date, mistakes: &mut Mistakes) -> Option<Date> {
    let date = mistakes.check("date-day", typed.date())?;
    let ahead = date.since(from).map_or(i32::MAX, |span| span.get_days());
    if !(0..=AHEAD).contains(&ahead) {
        mistakes.add(
            "date-day",
            "Enter a date from the day of admission on, within a year of it",
        );
        return None;
    }
    Some(date)
}
