//! Alerts as the pages of in-reach show them, and the button that says that one was seen.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use stour_design::{Button, Cell, Heading, InsetText, Markup, Table, Tag, TagColour, html};
use stour_kernel::{Date, PersonId};
use stour_people::{PersonSummary, facts_for_access, require};
use stour_web::{Caller, Form, Problem, form};

use super::news::Kind;
use super::store::{Alert, AlertId, listed, mark_seen};
use crate::by::carry_out;
use crate::error::FlowError;
use crate::shown;

/// The most alerts that a page lists; the rest are counted.
pub(in crate::in_reach) const MOST: usize = 50;

/// What is told in an alert, by kind and colour, with the days.
pub(in crate::in_reach) fn told(alert: &Alert) -> Markup {
    let colour = match alert.kind {
        Kind::Came | Kind::Back => TagColour::Blue,
        Kind::Ready | Kind::Near => TagColour::Green,
        Kind::NotReady | Kind::Moved => TagColour::Orange,
        Kind::Left | Kind::Cancelled => TagColour::Grey,
    };
    html! {
        (Tag::new(alert.kind.words(), colour))
        @if let Some(days) = days(alert) { br; (days) }
    }
}

fn days(alert: &Alert) -> Option<String> {
    let on = alert.on.map(shown::day);
    let before = alert.before.map(shown::day);
    match alert.kind {
        Kind::Came | Kind::Back => Some(format!("Admitted on {}", on?)),
        Kind::Ready => Some(format!("Since {}", on?)),
        Kind::NotReady => Some(format!(
            "You were told of {}. A criterion to reside is met again",
            before?
        )),
        Kind::Near => Some(match before {
            Some(before) => format!("On {}; you were told of {before}", on?),
            None => format!("On {}", on?),
        }),
        Kind::Moved => Some(match on {
            Some(on) => format!("On {on}; you were told of {}", before?),
            None => format!("No day is known now; you were told of {}", before?),
        }),
        Kind::Left => Some(format!("On {}", on?)),
        Kind::Cancelled => Some("The hospital took the admission back".to_owned()),
    }
}

/// What nobody of the team has seen: counted by kind, and one by one.
pub(in crate::in_reach) fn section(
    caller: &Caller,
    alerts: &[Alert],
    people: &BTreeMap<PersonId, PersonSummary>,
) -> Markup {
    let count = |kind: Kind| alerts.iter().filter(|alert| alert.kind == kind).count();
    let counts = Kind::ALL.into_iter().map(|kind| (kind, count(kind)));
    html! {
        (Heading::section("Alerts that nobody of your team has seen"))
        @if alerts.is_empty() {
            (InsetText::new("None. An alert stays here until somebody of your team says that it was seen."))
        } @else {
            ul.nhsuk-list.nhsuk-list--bullet {
                @for (kind, number) in counts {
                    @if number > 0 { li { (kind.words()) ": " strong { (number) } } }
                }
            }
            (table(caller, alerts, people))
            @if alerts.len() > MOST {
                p { "These are the latest " (MOST) " of " (alerts.len()) ". Say of some that they were seen, to see the others." }
            }
        }
    }
}

fn table(caller: &Caller, alerts: &[Alert], people: &BTreeMap<PersonId, PersonSummary>) -> Markup {
    let today = caller.today();
    let rows = alerts.iter().take(MOST).filter_map(|alert| {
        let person = people.get(&alert.person)?;
        Some(vec![
            Cell::from(told(alert)),
            Cell::from(who(person, today)),
            Cell::from(shown::moment(alert.at)),
            Cell::from(button(caller, alert, person)),
        ])
    });
    let columns = ["What", "Person", "Told", "Seen?"];
    html! { (Table { responsive: true, compact: true, ..Table::new("Not seen yet, the latest first", columns, rows) }) }
}

/// The person, leading to the page of their stay.
pub(in crate::in_reach) fn who(person: &PersonSummary, today: Date) -> Markup {
    shown::person_at(person, today, Some(&format!("/in-reach/{}", person.id)))
}

fn button(caller: &Caller, alert: &Alert, person: &PersonSummary) -> Markup {
    let label = format!("Seen: {}, {}", alert.kind.words(), person.name.spoken());
    html! {
        form method="post" action={ "/in-reach/alerts/" (alert.id) "/seen" } {
            (form::hidden(caller))
            (Button { aria_label: Some(label), small: true, ..Button::secondary("Seen") })
        }
    }
}

/// Somebody of the team says that an alert was seen.
pub(in crate::in_reach) async fn see(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id: AlertId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(alert) = listed(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, alert.person)?;
            Ok::<_, FlowError>(person.map(|person| (alert, person)))
        })
        .await?;
    let own = caller.actor().organisation;
    let (_, person) = found
        .filter(|(alert, _)| alert.organisation == own)
        .ok_or_else(Problem::not_found)?;
    require(&caller, &person).await?;
    carry_out(&caller, &form, person, move |tx, environment, by| {
        mark_seen(tx, environment, id, by)?;
        Ok("/in-reach".to_owned())
    })
    .await
}
