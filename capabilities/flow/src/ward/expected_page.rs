//! Somebody on the ward says when a person is expected to go home.

use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, Input, InsetText, Markup, Width, html};
use stour_kernel::{Date, Environment, london_date};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::stay::{Named, Where, find};
use crate::error::FlowError;
use crate::estimate::{Likely, Series, series_table};
use crate::shown;
use crate::spell::{Spell, SpellState, set_expected};
use stour_web::TypedDate;

/// The furthest ahead that a date may be, in days.
const AHEAD: i32 = 365;
/// The longest that a name or a role may be, in characters.
const LONGEST: usize = 100;

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
    role: String,
    date: TypedDate,
    surer: [TypedDate; 2],
}

/// The fields of the two surer dates.
const SURER: [&str; 2] = ["most", "nearly-all"];

async fn form_page(
    caller: &Caller,
    spell: &Spell,
    person: PersonFacts,
    back: &str,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller.permit_person_to("ward.read", person).await?;
    let of = spell.clone();
    let read = move |tx: &mut Transaction<'_>| {
        let person = summary(tx, &permit)?;
        Ok::<_, FlowError>((person, Series::of(tx, &of)?))
    };
    let (summary, series) = caller.house().database().read(read).await?;
    let today = caller.today();
    let title = "When is the person expected to go home?";
    let here = format!("{back}/spells/{}/expected-date", spell.id);
    let dates = dates(draft, mistakes);
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&summary, today, false)) }
        @if spell.state == SpellState::InHospital {
            p { "Now: " (shown::expected(spell.expected.as_ref(), today)) }
            form method="post" action=(here) novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(spell.version);
                (dates)
                (Input { width: Some(Width::Twenty), ..Input::new("name", "Who decided it") }
                    .value(draft.name.as_str()).error(mistakes.of("name")))
                (Input { width: Some(Width::Twenty), ..Input::new("role", "Their role") }
                    .hint("For example: consultant, ward sister, therapist")
                    .value(draft.role.as_str()).error(mistakes.of("role")))
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
        (series_table(&series, today))
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
        role: form.get("role").trim().to_owned(),
        date: TypedDate::from_form(&form, "date"),
        surer: SURER.map(|name| TypedDate::from_form(&form, name)),
    };
    let mut mistakes = Mistakes::default();
    let from = spell
        .admitted_at
        .map_or_else(|| caller.today(), london_date);
    let Some(likely) = draft.check(from, &mut mistakes) else {
        let page = form_page(&caller, &spell, person, &back, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let to = back.clone();
    let (id, by) = (spell.id, (caller.actor().user, caller.actor().organisation));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        set_expected(tx, environment, (id, seen), &likely, by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(
        &caller.write(sent, Resource::Person(person), work).await?,
    ))
}

/// The three dates: the one that is planned for, and two that need not be said.
fn dates(draft: &Draft, mistakes: &Mistakes) -> Markup {
    let [most, nearly_all] = &draft.surer;
    html! {
        (draft.date.input("date", "Expected date of discharge")
            .hint("As likely to be too early as too late. A date is planned for, not promised. It can be changed again.")
            .error(mistakes.of("date-day")))
        (most.input("most", "Fairly sure by (optional)")
            .hint("The date by which four in five people like this one would have left.")
            .error(mistakes.of("most-day")))
        (nearly_all.input("nearly-all", "Almost sure by (optional)")
            .hint("The date by which nineteen in twenty would have left.")
            .error(mistakes.of("nearly-all-day")))
    }
}

impl Draft {
    /// What was said, unless something in it is wrong.
    fn check(&self, from: Date, mistakes: &mut Mistakes) -> Option<Likely> {
        let on = check(("date-day", &self.date), from, mistakes);
        let [most, nearly_all] = &self.surer;
        let mut surer = |field, typed: &TypedDate| {
            let said = Some(typed).filter(|typed| !typed.is_empty());
            said.and_then(|typed| check((field, typed), from, mistakes))
        };
        let surer = [surer("most-day", most), surer("nearly-all-day", nearly_all)];
        let mut before = on;
        for (field, date) in ["most-day", "nearly-all-day"].into_iter().zip(surer) {
            if date.is_some() && date < before {
                mistakes.add(field, "Enter a date that is not before the one above it");
            }
            before = before.max(date);
        }
        for (field, text) in [("name", &self.name), ("role", &self.role)] {
            if text.chars().count() > LONGEST {
                mistakes.add(field, format!("Enter at most {LONGEST} characters"));
            }
        }
        let name = mistakes.required("name", &self.name, "Enter who decided the date");
        let name = name.map(str::to_owned);
        let role = mistakes.required("role", &self.role, "Enter their role");
        let likely = Likely {
            on: on?,
            surer,
            name: name?,
            role: role?.to_owned(),
        };
        mistakes.is_empty().then_some(likely)
    }
}

fn check(
    (field, typed): (&'static str, &TypedDate),
    from: Date,
    mistakes: &mut Mistakes,
) -> Option<Date> {
    let date = mistakes.check(field, typed.date())?;
    let ahead = date.since(from).map_or(i32::MAX, |span| span.get_days());
    if !(0..=AHEAD).contains(&ahead) {
        mistakes.add(
            field,
            "Enter a date from the day of admission on, within a year of it",
        );
        return None;
    }
    Some(date)
}
