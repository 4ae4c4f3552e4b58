//! Starting somebody's reablement.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, InsetText, Markup, html};
use stour_front_door::{Referral, ReferralId, ReferralState, referral};
use stour_kernel::{Date, Environment, london_date};
use stour_people::{facts_for_access, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::{Referred, SERVICE, store};
use crate::error::FlowError;
use crate::shown;
use crate::spell::{self, Spell, SpellState};
use stour_web::TypedDate;

async fn load(caller: &Caller, id: &str) -> Result<(Referral, PersonFacts, Vec<Spell>), Problem> {
    let id: ReferralId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(referral) = referral(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, referral.person)?;
            let spells = spell::of_person(tx, referral.person)?;
            Ok::<_, FlowError>(person.map(|person| (referral, person, spells)))
        })
        .await?;
    found
        .filter(|(referral, _, _)| referral.service.as_str() == SERVICE)
        .ok_or_else(Problem::not_found)
}

/// The form.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let loaded = load(&caller, &id).await?;
    require(&caller, &loaded.1).await?;
    let typed = TypedDate::of(caller.today());
    form_page(&caller, loaded, &typed, &Mistakes::default()).await
}

async fn form_page(
    caller: &Caller,
    (referral, person, spells): (Referral, PersonFacts, Vec<Spell>),
    typed: &TypedDate,
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let permit = caller.permit_person_to("referral.read", person).await?;
    let summary = caller
        .house()
        .database()
        .read(move |tx| summary(tx, &permit))
        .await?;
    let today = caller.today();
    let main = html! {
        (Heading::page("Start reablement"))
        p { (shown::person(&summary, today, true)) }
        p { "Referred on " (shown::day(london_date(referral.made_at))) ": " (referral.reason) }
        (hospital(&spells, today))
        @if referral.state == ReferralState::Waiting {
            form method="post" action={ "/reablement/referrals/" (referral.id) "/start" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(referral.version);
                (typed.input("date", "First day of reablement").error(mistakes.of("date-day")))
                (Button::new("Start reablement"))
            }
        } @else {
            (InsetText::new("This referral has been answered or withdrawn already."))
        }
    };
    Ok(Page::new("Start reablement", main)
        .back("/reablement")
        .with_errors(mistakes.all()))
}

/// What the hospital says: home since when, or still in.
fn hospital(spells: &[Spell], today: Date) -> Markup {
    let inside = spells
        .iter()
        .find(|spell| spell.state == SpellState::InHospital);
    let week = |spell: &&Spell| {
        let left = spell.discharged_at.map(london_date);
        left.is_some_and(|left| today.since(left).is_ok_and(|span| span.get_days() <= 7))
    };
    let left = spells.iter().find(week);
    html! {
        @if let Some(spell) = inside {
            (InsetText::new(html! {
                p { "Still in hospital: " (shown::organisation_name(&spell.organisation)) ", "
                    (shown::ward(&spell.organisation, spell.ward.as_deref().unwrap_or_default(), today)) "." }
                p { "Reablement starts when they are home." }
            }))
        } @else if let Some(spell) = left {
            (InsetText::new(html! {
                p { "Came home from " (shown::organisation_name(&spell.organisation)) " on "
                    (spell.discharged_at.map(shown::moment).unwrap_or_default()) "." }
            }))
        }
    }
}

/// Starts it.
pub(super) async fn start(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (referral, person, spells) = load(&caller, &id).await?;
    require(&caller, &person).await?;
    let typed = TypedDate::from_form(&form, "date");
    let mut mistakes = Mistakes::default();
    let on = mistakes.check("date-day", typed.date());
    let inside = spells
        .iter()
        .any(|spell| spell.state == SpellState::InHospital);
    if let (Some(on), false) = (on, inside) {
        let referred = Referred {
            on: london_date(referral.made_at),
        };
        mistakes.check(
            "date-day",
            referred.start(on, caller.today(), &spells).map(|_| ()),
        );
    }
    let (Some(on), true) = (on, mistakes.is_empty()) else {
        let page = form_page(&caller, (referral, person, spells), &typed, &mistakes).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (referral.id, caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        store::start(tx, environment, (id, seen), on, &by)?;
        Ok("/reablement".to_owned())
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(
        &caller.write(sent, Resource::Person(person), work).await?,
    ))
}
