//! The page on which people are found.

use axum::extract;
use serde::Deserialize;
use std::collections::BTreeSet;

use stour_access::{Action, PersonFacts, Resource};
use stour_design::{
    Button, Cell, Column, Heading, Input, InsetText, Markup, Table, Tag, TagColour, html,
};
use stour_kernel::{Date, PersonId};
use stour_web::{Caller, FieldError, Page, Problem};

use super::visible::{visible, visible_near};
use super::{Query, QueryError};
use crate::person::{PersonSummary, summaries};
use crate::words;

/// The most people that are shown.
pub(crate) const SHOWN: usize = 50;
/// The most people that are shown whose names are near.
const SHOWN_NEAR: usize = 20;
/// Fewer than these found as typed, and names that are near are looked for too.
const FEW: usize = 3;

/// What was typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// GET /people
pub(crate) async fn page(caller: Caller, asked: extract::Query<Asked>) -> Result<Page, Problem> {
    let text = asked.q.trim();
    let query = match Query::parse(text, caller.today()) {
        Ok(query) => query,
        Err(error) => {
            caller.permit(Resource::House).await?;
            return Ok(match error {
                QueryError::Empty => find_page(&caller, "", None, &html! {}),
                error => misunderstood(&caller, text, &error),
            });
        }
    };
    let (found, more) = find(&caller, &query).await?;
    let count = found.people.len();
    let near = if count < FEW {
        find_near(&caller, &query).await?
    } else {
        Listed::default()
    };
    let results = if count == 0 {
        nobody(&caller, text, &near)
    } else {
        html! {
            @if more {
                (InsetText::new(format!(
                    "These are the {SHOWN} nearest, and there are more. Narrow your search: add another name, a date of birth or part of a postcode."
                )))
            }
            (found.table(caption(count, more), caller.today()))
            @if !near.people.is_empty() {
                (Heading::section("Others whose names are close"))
                (near.table(caption(near.people.len(), false), caller.today()))
            }
            (create_link(&caller))
        }
    };
    Ok(find_page(&caller, text, None, &results))
}

/// People to be listed, in order, and those of them whose records the caller may open.
#[derive(Default)]
struct Listed {
    people: Vec<PersonSummary>,
    opened: BTreeSet<PersonId>,
}

impl Listed {
    fn table(&self, caption: String, today: Date) -> Table {
        table(caption, &self.people, today, &self.opened)
    }
}

/// Whom the caller may find, the nearest first and at most [`SHOWN`], decided and audited; and whether
/// there are more.
async fn find(caller: &Caller, query: &Query) -> Result<(Listed, bool), Problem> {
    let (facts, more) = visible(caller, query, SHOWN).await?;
    Ok((permitted(caller, facts).await?, more))
}

/// The same of those whose names are near what was typed.
async fn find_near(caller: &Caller, query: &Query) -> Result<Listed, Problem> {
    let (facts, _) = visible_near(caller, query, SHOWN_NEAR).await?;
    if facts.is_empty() {
        return Ok(Listed::default());
    }
    permitted(caller, facts).await
}

async fn permitted(caller: &Caller, facts: Vec<PersonFacts>) -> Result<Listed, Problem> {
    let read: Action = "person.read".parse().map_err(|_| Problem::fault())?;
    let may_open = |facts: &&PersonFacts| caller.may(read, &Resource::Person((*facts).clone()));
    let opened = facts
        .iter()
        .filter(may_open)
        .map(|facts| facts.id)
        .collect();
    let order: Vec<PersonId> = facts.iter().map(|facts| facts.id).collect();
    let permit = caller.permit_people(Resource::House, facts).await?;
    let mut found = caller
        .house()
        .database()
        .read(move |tx| summaries(tx, &permit))
        .await?;
    let people = order
        .iter()
        .filter_map(|person| found.remove(person))
        .collect();
    Ok(Listed { people, opened })
}

/// People who may be meant by what was typed, the nearest first, then those whose names are near: each only
/// if the caller may find them, audited as found. Nobody when what was typed cannot be searched for. The
/// caller's route must be one of searching.
///
/// # Errors
/// The refusal, or the database's.
pub async fn people_found(
    caller: &Caller,
    text: &str,
    most: usize,
) -> Result<Vec<PersonSummary>, Problem> {
    let Ok(query) = Query::parse(text.trim(), caller.today()) else {
        caller.permit(Resource::House).await?;
        return Ok(Vec::new());
    };
    let (found, _) = find(caller, &query).await?;
    let mut people = found.people;
    if people.len() < FEW {
        people.extend(find_near(caller, &query).await?.people);
    }
    people.truncate(most);
    Ok(people)
}

fn caption(count: usize, more: bool) -> String {
    match count {
        1 => "1 person found".to_owned(),
        _ if more => format!("The nearest {count} people"),
        _ => format!("{count} people found"),
    }
}

fn find_page(caller: &Caller, text: &str, error: Option<&str>, results: &Markup) -> Page {
    let input = Input {
        kind: Some("search".to_owned()),
        spellcheck: Some(false),
        autocomplete: Some("off".to_owned()),
        ..Input::new("q", "Name, date of birth, postcode or NHS number").value(text)
    };
    let hint = "In any order, for example: smith john, 12 03 1941 smith, BH8, 999 000 0018";
    let main = html! {
        (Heading::page("Find a person"))
        form action="/people" method="get" role="search" {
            (input.hint(hint).error(error.map(stour_design::Content::from)))
            (Button::new("Search"))
        }
        (results)
        @if text.is_empty() { (create_link(caller)) }
    };
    Page::new(
        if text.is_empty() {
            "Find a person"
        } else {
            "People found"
        },
        main,
    )
    .wide()
}

fn misunderstood(caller: &Caller, text: &str, error: &QueryError) -> Page {
    let readings = match error {
        QueryError::WhichDate(readings) => readings.as_slice(),
        _ => &[],
    };
    let choices = html! {
        @if !readings.is_empty() {
            p { "Which date of birth do you mean?" }
            ul.nhsuk-list {
                @for reading in readings {
                    li { a href=(address(&reading.search)) { (words::day(reading.born)) } }
                }
            }
        }
    };
    let message = error.to_string();
    find_page(caller, text, Some(&message), &choices).with_errors(&[FieldError {
        field: "q".to_owned(),
        message,
    }])
}

/// The address of a search.
fn address(search: &str) -> String {
    format!("/people?q={}", words::segment(search))
}

fn nobody(caller: &Caller, text: &str, near: &Listed) -> Markup {
    html! {
        @if near.people.is_empty() {
            (Heading::section("Nobody found"))
            p { "There is nobody you can see who fits “" (text) "”, nor anybody whose name is close." }
        } @else {
            (Heading::section("Nobody is called exactly this"))
            p { "These are close to “" (text) "”:" }
            (near.table(caption(near.people.len(), false), caller.today()))
        }
        ul.nhsuk-list.nhsuk-list--bullet {
            li { "Check the spelling, or type only the start of each name." }
            li { "Try the date of birth or the NHS number by itself." }
            li { "Ask whether the person has had another name." }
        }
        (create_link(caller))
    }
}

fn create_link(caller: &Caller) -> Markup {
    let may_create = "person.create"
        .parse::<Action>()
        .is_ok_and(|create| caller.may(create, &Resource::House));
    html! {
        @if may_create {
            p { "If you have searched and the person is not there: " a href="/people/new" { "create a new record" } "." }
        }
    }
}

/// People in a table, each name leading to the record; of those who cannot be `opened`, to what was
/// joined into it.
pub(crate) fn table(
    caption: String,
    people: &[PersonSummary],
    today: Date,
    opened: &BTreeSet<PersonId>,
) -> Table {
    let columns = ["Name", "Born", "NHS number", "Address", "Practice"].map(Column::from);
    let rows = people.iter().map(|person| {
        let place = if opened.contains(&person.id) {
            ""
        } else {
            "/merges"
        };
        row(person, today, place)
    });
    Table {
        responsive: true,
        compact: true,
        first_cell_is_header: true,
        ..Table::new(caption, columns, rows)
    }
}

fn row(person: &PersonSummary, today: Date, place: &str) -> [Cell; 5] {
    let name = html! {
        a href={ "/people/" (person.id) (place) } { bdi { (person.name.listed()) } }
        @if person.died.is_some() { " " (Tag::new("Died", TagColour::Grey)) }
    };
    [
        name.into(),
        born(person, today).into(),
        number(person).into(),
        person
            .address
            .as_ref()
            .map(crate::person::Address::on_one_line)
            .unwrap_or_default()
            .into(),
        person
            .practice
            .as_ref()
            .map(words::organisation_name)
            .unwrap_or_default()
            .into(),
    ]
}

/// `12 March 1941 (85)`.
pub(crate) fn born(person: &PersonSummary, today: Date) -> String {
    let age = person
        .age(today)
        .map(|age| format!(" ({age})"))
        .unwrap_or_default();
    person
        .born
        .map(|born| words::day(born) + &age)
        .unwrap_or_default()
}

/// The NHS number as people write it.
pub(crate) fn number(person: &PersonSummary) -> String {
    person
        .nhs_number
        .map(|number| number.to_string())
        .unwrap_or_default()
}
