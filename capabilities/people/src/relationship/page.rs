//! Carers on a record, and adding one.

use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_design::{Button, Cell, Column, Heading, Input, Markup, Table, TableCaption, html};
use stour_kernel::{Code, Date, Environment, PersonId};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::{CARER, Relation, Relationship, relate, told_once};
use crate::asking::{facts_of, may_find, require, search_action, shown};
use crate::person::fields::{Empty, Values, identity, telephone};
use crate::person::making::{POSSIBLE_DUPLICATES, make};
use crate::person::new_page::{people_alike, sent_again};
use crate::person::record_page::Shown;
use crate::person::{Demographics, PersonSummary, draft, facts_for_access, heading};
use crate::search::page::{born, number};
use crate::search::visible::visible;
use crate::words;

/// The most people offered as the carer.
const OFFERED: usize = 20;

/// Carers, those cared for and others, on a record. Those whom the caller may not see are left out.
pub(crate) fn section(shown: &Shown, today: Date) -> Markup {
    let person = shown.record.summary.id;
    let rows: Vec<[Cell; 3]> = told_once(&shown.relationships, person)
        .into_iter()
        .filter_map(|relationship| {
            let other = shown.others.get(&relationship.other_than(person))?;
            Some([
                what(relationship, person).into(),
                html! { a href={ "/people/" (other.id) } { bdi { (other.name.listed()) } } " " (born(other, today)) }.into(),
                words::period(Some(relationship.relation.starts), relationship.ends).into(),
            ])
        })
        .collect();
    html! {
        (Heading::section("Carers and people close"))
        @if rows.is_empty() {
            p { "Nobody is recorded." }
        } @else {
            (Table { responsive: true, compact: true, ..Table::new(heard("Carers and people close"), ["What", "Who", "When"].map(Column::from), rows) })
        }
    }
}

/// A caption that says what the heading above it shows.
fn heard(caption: &str) -> TableCaption {
    TableCaption {
        visually_hidden: true,
        ..caption.into()
    }
}

/// What the other person of a relationship is to the person.
fn what(relationship: &Relationship, person: PersonId) -> String {
    let relation = &relationship.relation;
    let is_carer = relation.kind.as_str() == CARER;
    match (is_carer, relation.other == person) {
        (true, true) => "Unpaid carer".to_owned(),
        (true, false) => "Cares for".to_owned(),
        (false, true) => words::code(&["relationship"], &relation.kind),
        (false, false) => format!("{} of", words::code(&["relationship"], &relation.kind)),
    }
}

/// What was typed to find the carer.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// GET /people/{id}/carers/new
pub(crate) async fn new_page(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let cared_for = facts.id;
    let _permit = caller.permit_person(facts).await?;
    let text = asked.q.trim();
    let mut mistakes = Mistakes::default();
    let mut offered = None;
    if !text.is_empty() && caller.may(search_action()?, &Resource::House) {
        let query = crate::search::Query::parse(text, caller.today());
        if let Some(query) = mistakes.check("q", query) {
            let (found, _) = visible(&caller, &query, OFFERED).await?;
            let people = found
                .iter()
                .map(|facts| facts.id)
                .filter(|person| *person != cared_for);
            offered = Some(
                shown(&caller, people.collect())
                    .await?
                    .into_values()
                    .collect(),
            );
        }
    }
    carer_page(&caller, cared_for, (text, offered), &Empty, &mistakes).await
}

/// POST /people/{id}/carers
pub(crate) async fn add(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let cared_for = facts.id;
    require(&caller, &facts).await?;
    let resource = Resource::Person(facts);
    let mut mistakes = Mistakes::default();
    let Some(carer) = chosen(&form, &mut mistakes, caller.today()) else {
        let page = carer_page(&caller, cared_for, ("", None), &form, &mistakes).await?;
        return Ok(page.into_response());
    };
    let carer = Arc::new(carer);
    let is_confirmed = form.get("confirm") == "yes";
    let (asking, new) = (caller.clone(), Arc::clone(&carer));
    let done = caller
        .write(
            (form.key(), form.fingerprint()),
            resource,
            move |tx, environment| {
                let carer = match &*new {
                    Carer::Known(person) => findable(tx, &asking, *person)?,
                    Carer::New(who) => make(tx, environment, &asking, who, is_confirmed)?,
                };
                link(tx, environment, &asking, carer, cared_for)?;
                Ok(format!("/people/{cared_for}"))
            },
        )
        .await;
    match (done, &*carer) {
        (Ok(address), _) => Ok(redirect(&address)),
        (Err(problem), Carer::New(who)) if problem.kind == POSSIBLE_DUPLICATES => {
            let people = people_alike(&caller, who).await?;
            Ok(duplicates_page(&caller, cared_for, &form, &people).into_response())
        }
        (Err(problem), _) if !problem.errors.is_empty() => {
            for error in &problem.errors {
                mistakes.add(&error.field, error.message.clone());
            }
            let page = carer_page(&caller, cared_for, ("", None), &form, &mistakes).await?;
            Ok(page.into_response())
        }
        (Err(problem), _) => Err(problem),
    }
}

/// Who the carer is.
enum Carer {
    Known(PersonId),
    New(Box<Demographics>),
}

fn chosen(form: &Form, mistakes: &mut Mistakes, today: Date) -> Option<Carer> {
    match form.get("carer") {
        "" => draft::read(form, today, mistakes).map(|who| Carer::New(Box::new(who))),
        text => mistakes.check("q", text.parse()).map(Carer::Known),
    }
}

fn findable(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    person: PersonId,
) -> Result<PersonId, Problem> {
    let facts: Option<PersonFacts> = facts_for_access(tx, person)?;
    facts
        .filter(|facts| may_find(caller, facts.clone()))
        .map(|facts| facts.id)
        .ok_or_else(Problem::not_found)
}

fn link(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    caller: &Caller,
    carer: PersonId,
    cared_for: PersonId,
) -> Result<(), Problem> {
    if carer == cared_for {
        return Err(Problem::conflict(
            "Nobody is their own carer: choose somebody else.",
        ));
    }
    let relation = Relation {
        person: carer,
        kind: CARER.parse::<Code>().map_err(|_| Problem::fault())?,
        other: cared_for,
        starts: environment.today(),
        source: caller.actor().organisation,
    };
    relate(tx, environment, &relation)?;
    Ok(())
}

async fn carer_page(
    caller: &Caller,
    cared_for: PersonId,
    (text, offered): (&str, Option<Vec<PersonSummary>>),
    values: &(dyn Values + Sync),
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let who = heading::of(caller, cared_for).await?;
    let record = format!("/people/{cared_for}");
    let search = Input {
        kind: Some("search".to_owned()),
        ..Input::new("q", "Find the carer")
    };
    let main = html! {
        (who)
        (Heading::page("Add a carer"))
        p { "A carer has a record of their own. Look for it first." }
        form action={ (record) "/carers/new" } method="get" role="search" {
            (search.value(text).hint("Name, date of birth, postcode or NHS number").error(mistakes.of("q")))
            (Button::secondary("Search"))
        }
        @if let Some(offered) = offered {
            (choose(caller, cared_for, &offered))
        }
        (Heading::section("The carer has no record yet"))
        form action={ (record) "/carers" } method="post" novalidate {
            (form::hidden(caller))
            (identity(values, mistakes))
            (telephone(values, mistakes))
            (Button::new("Create the carer's record and link it"))
        }
    };
    Ok(Page::new("Add a carer", main)
        .back(record)
        .with_errors(mistakes.all()))
}

fn choose(caller: &Caller, cared_for: PersonId, people: &[PersonSummary]) -> Markup {
    let rows = people.iter().map(|person| -> [Cell; 4] {
        let name = person.name.listed();
        let button = html! {
            form action={ "/people/" (cared_for) "/carers" } method="post" {
                (form::hidden(caller))
                input type="hidden" name="carer" value=(person.id);
                (Button { aria_label: Some(format!("Link {name} as the carer")), small: true, ..Button::secondary("Link as carer") })
            }
        };
        [html! { bdi { (name) } }.into(), born(person, caller.today()).into(), number(person).into(), button.into()]
    });
    let columns = ["Name", "Born", "NHS number", "Choose"].map(Column::from);
    html! {
        @if people.is_empty() {
            p { "Nobody you can see fits." }
        } @else {
            (Table { responsive: true, compact: true, ..Table::new("People found", columns, rows) })
        }
    }
}

/// The fields that are sent again when the caller says that this is somebody else.
const FIELDS: [&str; 8] = [
    "title",
    "given-names",
    "family-name",
    "born-day",
    "born-month",
    "born-year",
    "nhs-number",
    "telephone",
];

fn duplicates_page(
    caller: &Caller,
    cared_for: PersonId,
    form: &Form,
    people: &[PersonSummary],
) -> Page {
    let record = format!("/people/{cared_for}");
    let main = html! {
        (Heading::page("Is the carer one of these people?"))
        p { "They have the same name and date of birth." }
        (choose(caller, cared_for, people))
        form action={ (record) "/carers" } method="post" {
            (form::hidden(caller))
            (sent_again(form, &FIELDS))
            input type="hidden" name="confirm" value="yes";
            (Button::secondary("None of these: create a new record"))
        }
    };
    let page =
        Page::new("Is the carer one of these people?", main).back(format!("{record}/carers/new"));
    Page {
        status: StatusCode::CONFLICT,
        ..page
    }
}
