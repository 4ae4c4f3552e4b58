//! All places of a week: by service, locality and day.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::Response;
use jiff::{SignedDuration, ToSpan};
use serde::Deserialize;
use stour_access::Resource;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_kernel::{Date, LocalityCode, OdsCode, PersonId};
use stour_people::{PersonSummary, facts_for_access_all, summary};
use stour_web::{Caller, Page, Problem};

use super::count::Count;
use super::place::{Place, running_out};
use super::rows::{self, SOON, short_day};
use super::service::{Line, Onward, Slot, services_at};
use super::store::{AHEAD, counts, days};
use super::{day_of, stay};
use crate::error::FlowError;
use crate::shown;
use crate::spell::Spell;

/// How many days a page shows.
const DAYS: i32 = 7;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    stay: Option<String>,
    from: Option<String>,
}

/// Somebody for whom a place is looked for.
struct For {
    spell: Spell,
    summary: PersonSummary,
    locality: Option<LocalityCode>,
    /// The caller may hold a place for them.
    may_hold: bool,
}

/// What a page shows.
struct View {
    today: Date,
    days: Vec<Date>,
    counts: BTreeMap<Slot, Count>,
    person: Option<For>,
    /// The organisations whose places the caller says; none for those who say none.
    says: Says,
}

/// Whose places the caller says.
pub(super) enum Says {
    Nobodys,
    TheirOwn(OdsCode),
    Everybodys,
}

impl Says {
    pub(super) fn of(caller: &Caller) -> Self {
        let may = "capacity.set"
            .parse()
            .is_ok_and(|action| caller.may(action, &Resource::House));
        if !may {
            Self::Nobodys
        } else if caller.actor().has_role("transfer-hub") {
            Self::Everybodys
        } else {
            Self::TheirOwn(caller.actor().organisation)
        }
    }

    pub(super) fn includes(&self, service: &Onward) -> bool {
        match self {
            Self::Nobodys => false,
            Self::TheirOwn(organisation) => *organisation == service.provider,
            Self::Everybodys => true,
        }
    }
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let (now, today) = (caller.now(), caller.today());
    let from = first_day(asked.from.as_deref(), today)?;
    let to = from.checked_add((DAYS - 1).days()).unwrap_or(from);
    let soon = now
        .checked_add(SignedDuration::from_mins(SOON))
        .unwrap_or(now);
    let (counts, ending, people) = caller
        .house()
        .database()
        .read(move |tx| {
            let (counts, ending) = (counts(tx, (from, to), now)?, running_out(tx, (now, soon))?);
            let people: Vec<PersonId> = ending.iter().map(|place| place.person).collect();
            let people = facts_for_access_all(tx, &people)?;
            Ok::<_, FlowError>((counts, ending, people))
        })
        .await?;
    let people = shown::permitted(&caller, Resource::House, people).await?;
    let person = match asked.stay.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(looked_for(&caller, id).await?),
        None => None,
    };
    let ending: Vec<(&Place, &PersonSummary)> = ending
        .iter()
        .filter_map(|place| Some((place, people.get(&place.person)?)))
        .collect();
    let view = View {
        today,
        days: days(from, to),
        counts,
        person,
        says: Says::of(&caller),
    };
    let main = html! {
        (Heading::page("Places to go on to"))
        (head(&view))
        div id="capacity" data-live="/capacity/live" {
            (soon_free(&ending, &caller))
            (services(&view)?)
        }
        (weeks(&view, from))
    };
    Ok(Page::new("Places to go on to", main).wide())
}

async fn looked_for(caller: &Caller, id: &str) -> Result<For, Problem> {
    let found = stay::find(caller, id).await?;
    let locality = found.person.locality.clone();
    let hold = "capacity.hold".parse().map_err(|_| Problem::fault())?;
    let may_hold = caller.may(hold, &Resource::Person(found.person.clone()));
    let permit = caller.permit_person(found.person).await?;
    let database = caller.house().database();
    let summary = database.read(move |tx| summary(tx, &permit)).await?;
    Ok(For {
        spell: found.spell,
        summary,
        locality,
        may_hold,
    })
}

/// Weeks that have gone by are shown for four weeks.
fn first_day(asked: Option<&str>, today: Date) -> Result<Date, Problem> {
    let Some(text) = asked.filter(|text| !text.is_empty()) else {
        return Ok(today);
    };
    let day = day_of(text)?;
    let (first, last) = (
        today.checked_sub(28.days()).unwrap_or(today),
        today.checked_add(AHEAD.days()).unwrap_or(today),
    );
    Ok(day.clamp(first, last))
}

fn head(view: &View) -> Markup {
    html! {
        @if let Some(person) = &view.person {
            p { "A place for: " (shown::person(&person.summary, view.today, true)) }
            @if let Some(pathway) = pathway(&person.spell) {
                p { "The ward’s latest review says: " (shown::label(crate::spell::PATHWAYS, pathway)) "." }
            }
            @if person.may_hold {
                p { "Choose “Hold” for a day. What fits the person’s pathway and locality comes first. "
                    a href="/capacity" { "Look at all places instead" } }
            } @else {
                p { "The transfer hub holds places. " a href="/capacity" { "Look at all places instead" } }
            }
        } @else {
            p { "How many places each service has for people who leave hospital, and how many are taken, also for people whom you may not see. A place is held on a ward’s page, by “Hold a place” beside the person." }
        }
    }
}

fn pathway(spell: &Spell) -> Option<&str> {
    spell.review.as_ref()?.pathway.as_deref()
}

/// Holds that run out within the hour.
fn soon_free(ending: &[(&Place, &PersonSummary)], caller: &Caller) -> Markup {
    let (now, today) = (caller.now(), caller.today());
    let table = ending.iter().map(|(place, person)| {
        vec![
            Cell::from(html! {
                a href={ "/capacity/places/" (place.id) } { (person.name.listed()) }
            }),
            Cell::from(place.slot.line.name()),
            Cell::from(shown::day(place.slot.day)),
            Cell::from(rows::state(&place.state, now)),
        ]
    });
    let columns = ["Person", "Service", "Day", "Held"];
    html! {
        @if !ending.is_empty() {
            (Table { first_cell_is_header: true, responsive: true,
                ..Table::new(format!("Held places that are free again within the hour, {}", shown::day(today)), columns, table) })
        }
    }
}

fn services(view: &View) -> Result<Markup, Problem> {
    let mut services: Vec<&Onward> = services_at(view.today)?.collect();
    if let Some(person) = &view.person {
        // A stable sort: those that fit come first, otherwise the order of the file.
        services.sort_by_key(|service| pathway(&person.spell) != Some(service.pathway.as_str()));
    }
    Ok(html! {
        @if services.is_empty() {
            (InsetText::new("No service that people go on to is in the reference data for today."))
        }
        @for service in services { (service_table(view, service)) }
    })
}

fn service_table(view: &View, service: &Onward) -> Markup {
    let mut localities: Vec<&LocalityCode> = service.localities.iter().collect();
    let home = view
        .person
        .as_ref()
        .and_then(|person| person.locality.as_ref());
    localities.sort_by_key(|locality| home != Some(*locality));
    let lines = localities.into_iter().map(|locality| Line {
        service: service.id.clone(),
        locality: locality.clone(),
    });
    let (known, unknown): (Vec<Line>, Vec<Line>) =
        lines.partition(|line| view.days.iter().any(|day| is_known(view, line, *day)));
    let rows = known.into_iter().map(|line| {
        let mut cells = vec![Cell::from(line_name(view, service, &line))];
        cells.extend(view.days.iter().map(|day| {
            let slot = Slot {
                line: line.clone(),
                day: *day,
            };
            Cell::from(cell(view, &slot))
        }));
        cells
    });
    let columns = std::iter::once(Column::from("Locality"))
        .chain(view.days.iter().map(|day| Column::from(short_day(*day))));
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from(format!("{}, by locality and day", service.name))
    };
    html! {
        (Heading::section(service.name.as_str()))
        (rows::about(service))
        @if rows.len() > 0 {
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns, rows) })
        }
        (nobody_said(view, service, &unknown))
    }
}

/// Whether anything was said or is taken of a day.
fn is_known(view: &View, line: &Line, day: Date) -> bool {
    let slot = Slot {
        line: line.clone(),
        day,
    };
    view.counts.contains_key(&slot)
}

/// Where nobody has said anything of these days: in a line, since a row of nothing for each would hide the others.
fn nobody_said(view: &View, service: &Onward, lines: &[Line]) -> Markup {
    html! {
        @if !lines.is_empty() {
            p {
                "Nobody has said how many places there are on these days in the following localities. "
                @if view.says.includes(service) { "Choose one to enter its places." }
            }
            ul.nhsuk-list {
                @for line in lines {
                    li {
                        @if view.says.includes(service) {
                            a href={ (line.address()) "/places" } {
                                (line.locality_name()) span.nhsuk-u-visually-hidden { ": enter places of " (line.service_name()) }
                            }
                        } @else { (line.locality_name()) }
                    }
                }
            }
        }
    }
}

fn line_name(view: &View, service: &Onward, line: &Line) -> Markup {
    html! {
        (line.locality_name())
        @if view.says.includes(service) {
            br;
            a.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal href={ (line.address()) "/places" } {
                "Enter places" span.nhsuk-u-visually-hidden { " of " (line.name()) }
            }
        }
    }
}

fn cell(view: &View, slot: &Slot) -> Markup {
    let count = view.counts.get(slot).copied().unwrap_or_default();
    let hidden = format!(" on {}, {}", shown::day(slot.day), slot.line.name());
    html! {
        a href=(slot.address()) {
            @if count.places.is_none() { "Not said" } @else { (count.free()) " free" }
            span.nhsuk-u-visually-hidden { (hidden) }
        }
        @if count.places.is_some() || count.taken() > 0 {
            br; span.nhsuk-u-font-size-16 { (rows::taken(count)) }
            " " (rows::over(count))
        }
        @if let Some(person) = view.person.as_ref().filter(|person| person.may_hold) {
            @if count.free() > 0 && slot.day >= view.today {
                br;
                a href={ (slot.address()) "/hold?stay=" (person.spell.id) } {
                    "Hold" span.nhsuk-u-visually-hidden { " a place" (hidden) }
                }
            }
        }
    }
}

fn weeks(view: &View, from: Date) -> Markup {
    let stay = view
        .person
        .as_ref()
        .map_or_else(String::new, |person| format!("&stay={}", person.spell.id));
    let to = |days: i32| from.checked_add(days.days()).unwrap_or(from);
    html! {
        p {
            a href={ "/capacity?from=" (to(-DAYS)) (stay) } { "The 7 days before" }
            " "
            a href={ "/capacity?from=" (to(DAYS)) (stay) } { "The next 7 days" }
        }
    }
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("capacity"))
}
