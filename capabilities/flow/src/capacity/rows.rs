//! How places are shown, wherever they are.

use stour_design::{Markup, Tag, TagColour, html};
use stour_kernel::{Date, Timestamp};

use super::count::{Count, Over};
use super::service::Onward;
use super::state::{Held, PlaceState};
use crate::by::By;
use crate::shown;

/// A hold that runs out within so many minutes is marked.
pub(super) const SOON: i64 = 60;

/// `Tue 24 Nov`.
pub(super) fn short_day(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// `3 places`.
pub(super) fn places(number: i64) -> String {
    if number == 1 {
        "1 place".to_owned()
    } else {
        format!("{number} places")
    }
}

/// What is taken of how many, in one line.
pub(super) fn taken(count: Count) -> String {
    let said = count
        .places
        .map_or_else(|| "nobody has said how many".to_owned(), places);
    let mut parts = vec![said, format!("{} held", count.held)];
    parts.push(format!("{} booked", count.booked));
    if count.started > 0 {
        parts.push(format!("{} started", count.started));
    }
    parts.join(", ")
}

/// That more was promised than there is.
pub(super) fn over(count: Count) -> Markup {
    match count.over() {
        Over::No => html! {},
        Over::Booked(by) => html! { (Tag::new(format!("Over-booked by {by}"), TagColour::Red)) },
        Over::Held(by) => {
            html! { (Tag::new(format!("{by} held beyond the places"), TagColour::Orange)) }
        }
    }
}

/// Minutes until a hold runs out, begun ones counted; none once it has.
fn minutes_left(held: &Held, now: Timestamp) -> Option<i64> {
    let seconds = held.until.duration_since(now).as_secs();
    (seconds > 0).then(|| (seconds + 59) / 60)
}

/// How far a place has come.
pub(super) fn state(state: &PlaceState, now: Timestamp) -> Markup {
    match state {
        PlaceState::Held(held) => match minutes_left(held, now) {
            None => html! {
                (Tag::new("Free again", TagColour::Grey)) " held until " (shown::moment(held.until))
            },
            Some(minutes) => html! {
                (Tag::new("Held", TagColour::Yellow)) " until " (shown::moment(held.until))
                @if minutes <= SOON {
                    br; (Tag::new(left(minutes), TagColour::Orange))
                }
            },
        },
        PlaceState::Booked(_) => html! { (Tag::new("Booked", TagColour::Blue)) },
        PlaceState::Started(started) => html! {
            (Tag::new("Started", TagColour::Green)) " on " (shown::day(started.on))
        },
        PlaceState::Released(released) => html! {
            (Tag::new("Released", TagColour::Grey)) " "
            (shown::label(super::REASONS, released.reason.as_str()))
        },
    }
}

fn left(minutes: i64) -> String {
    if minutes == 1 {
        "Runs out within a minute".to_owned()
    } else {
        format!("Runs out in {minutes} minutes")
    }
}

/// Who did something, of which organisation, and when.
pub(super) fn by(by: &By, at: Timestamp) -> String {
    format!(
        "{}, {}, {}",
        by.name,
        shown::organisation_name(&by.organisation),
        shown::moment(at)
    )
}

/// What a reader must know of a service's row in the reference data.
pub(super) fn caution(service: &Onward) -> Markup {
    html! {
        @if service.status.needs_warning() {
            p.nhsuk-u-font-size-16 {
                "Who provides this service, where, and how long a place is held, is " (service.status) " data."
            }
        }
    }
}

/// Pathway and provider, for the top of a page about a service.
pub(super) fn about(service: &Onward) -> Markup {
    html! {
        p {
            (service.summary) " " (shown::label(crate::spell::PATHWAYS, service.pathway.as_str()))
            ". Provided by " (shown::organisation_name(&service.provider)) "."
        }
        (caution(service))
    }
}
