//! Holding a place for the person of a stay.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Heading, InsetText, Markup, html};
use stour_kernel::Environment;
use stour_people::{require, summary};
use stour_web::{Caller, Form, Page, Problem, form, redirect};

use super::count::Count;
use super::rows;
use super::service::{Onward, Slot};
use super::stay::{self, Stay};
use super::store::count;
use super::{day_of, line_of, place};
use crate::by::By;
use crate::shown;
use crate::spell::{SpellId, SpellState};

/// For whom.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    stay: String,
}

type At = Path<(String, String, String)>;

/// The stay, if the caller may hold for its person, and the day.
async fn open(
    caller: &Caller,
    at: &At,
    stay: &str,
) -> Result<(Stay, Slot, &'static Onward), Problem> {
    let stay = stay::find(caller, stay).await?;
    require(caller, &stay.person).await?;
    let (line, service) = line_of(&at.0.0, &at.0.1)?;
    let day = day_of(&at.0.2)?;
    Ok((stay, Slot { line, day }, service))
}

/// What will be done, and the button.
pub(super) async fn page(
    caller: Caller,
    at: At,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let (stay, slot, service) = open(&caller, &at, &asked.stay).await?;
    let permit = caller
        .permit_person_to("capacity.read", stay.person)
        .await?;
    let (counted, now) = (slot.clone(), caller.now());
    let (summary, count) = caller
        .house()
        .database()
        .read(move |tx| {
            Ok::<_, stour_database::Error>((summary(tx, &permit)?, count(tx, &counted, now)?))
        })
        .await?;
    let title = "Hold a place";
    let back = format!("/capacity?stay={}&from={}", stay.spell.id, slot.day);
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&summary, caller.today(), true)) }
        p { (slot.line.name()) ", " (shown::day(slot.day)) ": " strong { (count.free()) " free" } " (" (rows::taken(count)) ")." }
        (rows::about(service))
        (what_follows(&caller, (&stay.spell.id, stay.spell.state), (&slot, service), count))
    };
    Ok(Page::new(title, main).back(back))
}

fn what_follows(
    caller: &Caller,
    (stay, state): (&SpellId, SpellState),
    (slot, service): (&Slot, &Onward),
    count: Count,
) -> Markup {
    html! {
        @if state != SpellState::InHospital {
            (InsetText::new("This person is no longer in hospital."))
        } @else if count.free() == 0 {
            (InsetText::new("There is no free place. Go back and choose another day, locality or service."))
        } @else {
            p { "The place is held for " (hours(service.hold_hours)) ". If it is not booked by then it is free again, without anybody doing anything." }
            form method="post" action={ (slot.address()) "/hold" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="stay" value=(stay);
                (Button::new("Hold the place"))
            }
        }
    }
}

fn hours(number: i64) -> String {
    if number == 1 {
        "1 hour".to_owned()
    } else {
        format!("{number} hours")
    }
}

/// Holds it.
pub(super) async fn hold(caller: Caller, at: At, form: Form) -> Result<Response, Problem> {
    let (stay, slot, _) = open(&caller, &at, form.get("stay")).await?;
    let (spell, by) = (stay.spell.id, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let held = place::hold(tx, environment, (&slot, spell), &by)?;
        Ok(format!("/capacity/places/{}", held.id))
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(stay.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
