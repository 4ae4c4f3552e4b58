//! One day of a service in a locality: how many places, and who has them.

use axum::extract::Path;
use stour_access::Resource;
use stour_design::{Cell, Heading, InsetText, Markup, Table, html};
use stour_kernel::{PersonId, Timestamp};
use stour_people::{PersonSummary, facts_for_access_all};
use stour_web::{Caller, Page, Problem};

use super::count::Count;
use super::list_page::Says;
use super::place::{Place, of_day};
use super::rows;
use super::service::Slot;
use super::store::{Said, count, said};
use super::{day_of, line_of};
use crate::error::FlowError;
use crate::shown;

/// What a day holds, as the caller may see it.
pub(super) struct Day {
    pub(super) count: Count,
    said: Vec<Said>,
    /// Of people whom the caller may see, in the order in which they were held.
    pub(super) places: Vec<(Place, PersonSummary)>,
    /// How many of the places that are taken are of others.
    pub(super) others: usize,
}

/// Reads it: counts are of everybody's places, names of those whom the caller may see.
pub(super) async fn read(caller: &Caller, slot: &Slot) -> Result<Day, Problem> {
    let (asked, now) = (slot.clone(), caller.now());
    let (count, said, places, people) = caller
        .house()
        .database()
        .read(move |tx| {
            let places = of_day(tx, &asked)?;
            let people: Vec<PersonId> = places.iter().map(|place| place.person).collect();
            let people = facts_for_access_all(tx, &people)?;
            let (count, said) = (count(tx, &asked, now)?, said(tx, &asked)?);
            Ok::<_, FlowError>((count, said, places, people))
        })
        .await?;
    let people = shown::permitted(caller, Resource::House, people).await?;
    let hidden = |place: &&Place| place.state.takes(now) && !people.contains_key(&place.person);
    let others = places.iter().filter(hidden).count();
    let places = places
        .into_iter()
        .filter_map(|place| {
            let person = people.get(&place.person)?.clone();
            Some((place, person))
        })
        .collect();
    Ok(Day {
        count,
        said,
        places,
        others,
    })
}

/// The page.
pub(super) async fn page(
    caller: Caller,
    Path((service, locality, day)): Path<(String, String, String)>,
) -> Result<Page, Problem> {
    // Whether there is such a service is no secret, but whoever may not read is told nothing else.
    if !caller.may(caller.action(), &Resource::House) {
        caller.permit(Resource::House).await?;
    }
    let (line, service) = line_of(&service, &locality)?;
    let slot = Slot {
        line,
        day: day_of(&day)?,
    };
    let found = read(&caller, &slot).await?;
    let (now, today) = (caller.now(), caller.today());
    let title = format!("{}, {}", slot.line.locality_name(), shown::day(slot.day));
    let says = Says::of(&caller).includes(service) && slot.day >= today;
    let main = html! {
        (Heading::page(title.as_str()).caption(service.name.as_str()))
        (rows::about(service))
        div id="day" data-live="/capacity/live" {
            p {
                strong { (found.count.free()) " free" } ": " (rows::taken(found.count)) ". "
                (rows::over(found.count))
            }
            @if says {
                p { a href={ (slot.line.address()) "/places" } { "Enter how many places there are" } }
            }
            (people(&found, now, &|person| shown::person(person, today, false)))
        }
        (history(&found.said))
    };
    Ok(Page::new(title, main).under([("Places to go on to", "/capacity")]))
}

fn people(day: &Day, now: Timestamp, who: &dyn Fn(&PersonSummary) -> Markup) -> Markup {
    let (taking, others): (Vec<_>, Vec<_>) = day
        .places
        .iter()
        .partition(|(place, _)| place.state.takes(now));
    let table = |caption: &str, rows: Vec<&(Place, PersonSummary)>| {
        let rows = rows.into_iter().map(|(place, person)| {
            vec![
                Cell::from(who(person)),
                Cell::from(rows::state(&place.state, now)),
                Cell::from(html! {
                    a href={ "/capacity/places/" (place.id) } {
                        "Open" span.nhsuk-u-visually-hidden { " the place of " (person.name.spoken()) }
                    }
                }),
            ]
        });
        html! { (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, ["Person", "State", "Do next"], rows) }) }
    };
    html! {
        @if taking.is_empty() && day.others == 0 {
            (InsetText::new(html! {
                p { "No place of this day is held or booked. A place is held on a ward’s page, by “Hold a place” beside the person." }
            }))
        }
        @if !taking.is_empty() { (table("Who has a place", taking)) }
        @if day.others > 0 {
            p { (rows::places(i64::try_from(day.others).unwrap_or(i64::MAX)))
                @if day.others == 1 { " more is" } @else { " more are" }
                " taken for people whom you may not see." }
        }
        @if !others.is_empty() { (table("Released, or held and free again", others)) }
    }
}

fn history(said: &[Said]) -> Markup {
    let rows = said.iter().map(|said| {
        vec![
            Cell::from(said.places.to_string()),
            Cell::from(format!(
                "{}, {}",
                said.name,
                shown::organisation_name(&said.organisation)
            )),
            Cell::from(shown::moment(said.at)),
        ]
    });
    html! {
        @if said.is_empty() {
            p { "Nobody has said how many places there are that day." }
        } @else {
            (Table { responsive: true, ..Table::new("What was said of this day, the latest first", ["Places", "Who", "When"], rows) })
        }
    }
}
