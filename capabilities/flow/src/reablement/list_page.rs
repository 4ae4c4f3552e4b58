//! Who waits for reablement, and who receives it.

use std::collections::BTreeSet;

use axum::response::Response;
use stour_access::{PersonFacts, Resource};
use stour_design::{Cell, Heading, InsetText, Markup, Table, Tag, TagColour, html};
use stour_front_door::{Referral, waiting_referrals};
use stour_kernel::{Date, PersonId, london_date};
use stour_people::{PersonSummary, facts_for_access_all};
use stour_web::{Caller, Page, Problem};

use super::{DAYS, Reablement, SERVICE, Service, store};
use crate::error::FlowError;
use crate::shown;

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    let (waiting, open, people) = caller
        .house()
        .database()
        .read(|tx| {
            let (waiting, open) = (waiting_referrals(tx, SERVICE)?, store::open(tx)?);
            let waiters = waiting.iter().map(|referral| referral.person);
            let people: BTreeSet<PersonId> = waiters
                .chain(open.iter().map(|service| service.person))
                .collect();
            let people: Vec<PersonId> = people.into_iter().collect();
            let people = facts_for_access_all(tx, &people)?;
            Ok::<_, FlowError>((waiting, open, people))
        })
        .await?;
    let starts = who_for(&caller, "service.start", &people);
    let ends = who_for(&caller, "service.end", &people);
    let people = shown::permitted(&caller, Resource::House, people).await?;
    let today = caller.today();
    let waiting: Vec<(&Referral, &PersonSummary)> = waiting
        .iter()
        .filter_map(|referral| Some((referral, people.get(&referral.person)?)))
        .collect();
    let open: Vec<(&Service, &PersonSummary)> = open
        .iter()
        .filter_map(|service| Some((service, people.get(&service.person)?)))
        .collect();
    let main = html! {
        (Heading::page("Reablement"))
        div id="reablement" data-live="/reablement/live" {
            (Heading::section("Waiting to start"))
            @if waiting.is_empty() { (InsetText::new("Nobody waits for reablement.")) }
            @else { (referrals(&waiting, &starts, today)) }
            (Heading::section("Receiving reablement"))
            @if open.is_empty() { (InsetText::new("Nobody receives reablement now.")) }
            @else { (services(&open, &ends, today)) }
        }
    };
    Ok(Page::new("Reablement", main).wide())
}

/// Those of these people for whom the caller may do this: others have no link to it.
fn who_for(caller: &Caller, action: &str, people: &[PersonFacts]) -> BTreeSet<PersonId> {
    let Ok(action) = action.parse() else {
        return BTreeSet::new();
    };
    caller.may_each(action, people.iter().cloned())
}

fn referrals(
    waiting: &[(&Referral, &PersonSummary)],
    starts: &BTreeSet<PersonId>,
    today: Date,
) -> Markup {
    let rows = waiting.iter().map(|(referral, person)| {
        let start = html! {
            @if starts.contains(&referral.person) {
                a href={ "/reablement/referrals/" (referral.id) "/start" } {
                    "Start" span.nhsuk-u-visually-hidden { " the reablement of " (person.name.spoken()) }
                }
            }
        };
        vec![
            Cell::from(shown::person(person, today, true)),
            Cell::from(shown::day(london_date(referral.made_at))),
            Cell::from(urgency(referral)),
            Cell::from(referral.reason.to_string()),
            Cell::from(start),
        ]
    });
    let columns = ["Person", "Referred", "How soon", "Why", "Do next"];
    html! { (Table { first_cell_is_header: true, responsive: true, ..Table::new("The longest wait first", columns, rows) }) }
}

fn urgency(referral: &Referral) -> String {
    let known = stour_front_door::service(&referral.service).ok().flatten();
    known
        .and_then(|service| service.urgency(&referral.urgency))
        .map_or_else(
            || referral.urgency.to_string(),
            |urgency| urgency.label.clone(),
        )
}

fn services(open: &[(&Service, &PersonSummary)], ends: &BTreeSet<PersonId>, today: Date) -> Markup {
    let rows = open.iter().filter_map(|(service, person)| {
        let Reablement::Started(started) = &service.state else {
            return None;
        };
        let end = html! {
            @if ends.contains(&service.person) {
                a href={ "/reablement/services/" (service.id) "/end" } {
                    "End" span.nhsuk-u-visually-hidden { " the reablement of " (person.name.spoken()) }
                }
            }
        };
        let day = started.day(today);
        Some(vec![
            Cell::from(shown::person(person, today, true)),
            Cell::from(shown::day(started.on)),
            Cell::from(html! {
                "Day " (day) " of " (DAYS)
                @if day > DAYS { " " (Tag::new("Over six weeks", TagColour::Orange)) }
            }),
            Cell::from(shown::day(started.planned_end)),
            Cell::from(if service.spell.is_some() {
                "After a stay in hospital"
            } else {
                "From home"
            }),
            Cell::from(end),
        ])
    });
    let columns = [
        "Person",
        "Started",
        "Day",
        "Planned end",
        "Came from",
        "Do next",
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, ..Table::new("The longest first", columns, rows) }) }
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("reablement"))
}
