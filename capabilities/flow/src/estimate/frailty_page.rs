//! Somebody on the ward records how frail a person was found to be.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, Input, InsetText, Select, SelectItem, html};
use stour_kernel::{Date, Environment};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::frailty::{Found, LEVELS, record};
use crate::shown;
use crate::spell::SpellState;
use crate::ward::stay::{Named, Where, find};

const TITLE: &str = "How frail was the person found to be?";
/// The longest that a name or a role may be, in characters.
const LONGEST: usize = 100;

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    level: String,
    name: String,
    role: String,
    date: TypedDate,
}

/// The form.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let named = find(&caller, &at).await?;
    require(&caller, &named.person).await?;
    let draft = Draft {
        name: caller.actor().name.clone(),
        date: TypedDate::of(caller.today()),
        ..Draft::default()
    };
    form_page(&caller, &named, (&draft, &Mistakes::default())).await
}

async fn form_page(
    caller: &Caller,
    named: &Named,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let spell = &named.spell;
    let permit = caller
        .permit_person_to("ward.read", named.person.clone())
        .await?;
    let database = caller.house().database();
    let person = database.read(move |tx| summary(tx, &permit)).await?;
    let mut levels = vec![SelectItem::from(("", "Choose"))];
    let numbers: Vec<String> = LEVELS.map(|level| level.to_string()).collect();
    levels.extend(
        numbers
            .iter()
            .map(|level| SelectItem::from((level.as_str(), level.as_str()))),
    );
    let level = Select {
        error: mistakes.of("level"),
        ..Select::new("level", "Level of the Clinical Frailty Scale", levels)
    }
    .selected(Some(&draft.level));
    let series = format!("{}/spells/{}/expected-dates", named.back, spell.id);
    let main = html! {
        (Heading::page(TITLE))
        p { (shown::person(&person, caller.today(), false)) }
        @if spell.state == SpellState::InHospital {
            p { "The level is how the person was two weeks before they fell ill, as the scale has it. It tells the system which stays are like this one, for people aged 65 or over; nothing else follows from it here." }
            form method="post" action={ (named.back) "/spells/" (spell.id) "/frailty" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(spell.version);
                (level)
                (Input::new("name", "Who found it").value(draft.name.as_str()).error(mistakes.of("name")))
                (Input::new("role", "Their role").hint("For example: consultant, nurse, therapist").value(draft.role.as_str()).error(mistakes.of("role")))
                (draft.date.input("date", "Day on which it was found").error(mistakes.of("date-day")))
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
    };
    Ok(Page::new(TITLE, main)
        .back(series)
        .with_errors(mistakes.all()))
}

impl Draft {
    fn check(&self, (admitted, caller): (Date, &Caller), mistakes: &mut Mistakes) -> Option<Found> {
        let level: Option<u8> = self.level.parse().ok();
        let level = level.filter(|level| LEVELS.contains(level));
        if level.is_none() {
            mistakes.add("level", "Select a level from 1 to 9");
        }
        let name = mistakes
            .required("name", &self.name, "Enter who found it")
            .map(str::to_owned);
        let role = mistakes
            .required("role", &self.role, "Enter their role")
            .map(str::to_owned);
        for (field, text) in [("name", &self.name), ("role", &self.role)] {
            if text.chars().count() > LONGEST {
                mistakes.add(field, format!("Enter at most {LONGEST} characters"));
            }
        }
        let on = mistakes.check("date-day", self.date.date());
        if on.is_some_and(|on| !(admitted..=caller.today()).contains(&on)) {
            mistakes.add(
                "date-day",
                "Enter a day from the day of admission until today",
            );
        }
        let found = Found {
            level: level?,
            on: on?,
            name: name?,
            role: role?,
            at: caller.now(),
        };
        mistakes.is_empty().then_some(found)
    }
}

/// Keeps it.
pub(super) async fn change(caller: Caller, at: Where, form: Form) -> Result<Response, Problem> {
    let named = find(&caller, &at).await?;
    require(&caller, &named.person).await?;
    let text = |name: &str| form.get(name).trim().to_owned();
    let draft = Draft {
        level: text("level"),
        name: text("name"),
        role: text("role"),
        date: TypedDate::from_form(&form, "date"),
    };
    let mut mistakes = Mistakes::default();
    let admitted = named.admitted(caller.today());
    let Some(found) = draft.check((admitted, &caller), &mut mistakes) else {
        let page = form_page(&caller, &named, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let id = named.spell.id;
    let to = format!("{}/spells/{id}/expected-dates", named.back);
    let by = (caller.actor().user, caller.actor().organisation);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        record(tx, environment, (id, seen), &found, by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(named.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
