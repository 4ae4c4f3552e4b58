//! The pages of requests.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_database::{Cursor, PageSize, Version};
use stour_design::{
    Button, Heading, InsetText, Label, Markup, Pagination, PaginationLink, Select, Table, html,
};
use stour_kernel::PersonId;
use stour_people::{facts_of, facts_of_person};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::{Draft, Request, RequestId, RequestState, Taker};
use crate::error::FrontDoorError;
use crate::identity::{deals, header, named, names_of, only_if_deals};
use crate::lists::{Lists, words};
use crate::referral::page::in_a_sentence;
use crate::referral::{Referral, referrals_of_request};
use crate::service::services_at;
use crate::{contact, request, shown};

/// Who the caller is, as the record keeps it.
pub(crate) fn taker(caller: &Caller) -> Taker {
    Taker {
        name: caller.actor().name.clone(),
        organisation: caller.actor().organisation,
    }
}

/// The empty form.
pub(crate) async fn new(caller: Caller, Path(person): Path<String>) -> Result<Page, Problem> {
    let facts = facts_of(&caller, &person).await?;
    form_page(&caller, facts, &Draft::blank(), &Mistakes::default()).await
}

async fn form_page(
    caller: &Caller,
    person: PersonFacts,
    draft: &Draft,
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let lists = Lists::embedded()?;
    let id = person.id;
    let may_record = deals(caller, &person);
    let permit = caller.permit_person_to("request.read", person).await?;
    if !may_record {
        return Err(Problem::not_found());
    }
    let main = html! {
        (header(caller, permit).await?)
        (super::form::show(caller, id, &lists, draft, mistakes))
    };
    let page = Page::new("Record a request", main).back(format!("/people/{id}"));
    Ok(page.with_errors(mistakes.all()))
}

/// Records a request.
pub(crate) async fn create(
    caller: Caller,
    Path(person): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &person).await?;
    only_if_deals(&caller, &facts).await?;
    let draft = Draft::sent(&form);
    let asked = match draft.check(&Lists::embedded()?, caller.today()) {
        Ok(asked) => asked,
        Err(mistakes) => {
            return Ok(form_page(&caller, facts, &draft, &mistakes)
                .await?
                .into_response());
        }
    };
    let (person, taker) = (facts.clone(), taker(&caller));
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let request = request::record(tx, environment, &person, asked.clone(), &taker)?;
        Ok(format!("/requests/{}", request.id))
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::Person(facts), work).await?;
    Ok(redirect(&to))
}

/// A request and the person it is about; 404 when there is none.
pub(crate) async fn load(caller: &Caller, id: &str) -> Result<(Request, PersonFacts), Problem> {
    let id: RequestId = named(id)?;
    let database = caller.house().database();
    let found = database.read(move |tx| request::request(tx, id)).await?;
    let request = found.ok_or_else(Problem::not_found)?;
    let person = facts_of_person(caller, request.person).await?;
    Ok((request, person))
}

/// One request, and what happened next.
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let (request, person) = load(&caller, &id).await?;
    show_page(&caller, request, person, &Mistakes::default()).await
}

async fn show_page(
    caller: &Caller,
    request: Request,
    person: PersonFacts,
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let lists = Lists::embedded()?;
    let deals = deals(caller, &person);
    let permit = caller.permit_person_to("request.read", person).await?;
    let id = request.id;
    let referrals = caller
        .house()
        .database()
        .read(move |tx| referrals_of_request(tx, id))
        .await?;
    let main = html! {
        (header(caller, permit).await?)
        (Heading::page("Request for support"))
        (super::view::summary(&request, &lists, deals))
        (super::view::referrals(&referrals))
        @if deals { (actions(caller, &request, &referrals, &lists, mistakes)) }
    };
    let page = Page::new("Request for support", main);
    let page = if deals {
        page.back(format!("/people/{}", request.person))
    } else {
        page.back("/my-requests")
    };
    Ok(page.with_errors(mistakes.all()))
}

/// What can be done with a request in its state.
fn actions(
    caller: &Caller,
    request: &Request,
    referrals: &[Referral],
    lists: &Lists,
    mistakes: &Mistakes,
) -> Markup {
    html! {
        @match &request.state {
            RequestState::Open => {
                (refer(caller, request))
                (conclusion(caller, request, lists, mistakes))
            },
            RequestState::Referred => {
                @let waiting = referrals.iter().filter(|one| one.state.decided().is_none()).count();
                (InsetText::new(match waiting {
                    1 => "A service is considering this request. Its answer will show here. To do something else, open the referral and withdraw it.",
                    _ => "Services are considering this request. Their answers will show here. To do something else, open each referral and withdraw it.",
                }))
            },
            RequestState::Concluded(_) => {
                p { a href={ "/people/" (request.person) "/requests/new" } { "Record another request for this person" } }
            },
        }
    }
}

/// Names the service when there is but one.
fn refer(caller: &Caller, request: &Request) -> Button {
    let services: Vec<_> = services_at(caller.today()).into_iter().flatten().collect();
    let words = match services.as_slice() {
        [only] => format!("Refer to {}", in_a_sentence(&only.name)),
        _ => "Refer to a service".to_owned(),
    };
    Button::link(words, format!("/requests/{}/referrals/new", request.id))
}

fn conclusion(caller: &Caller, request: &Request, lists: &Lists, mistakes: &Mistakes) -> Markup {
    let choices = lists.outcomes.choices(caller.today());
    let choices = choices
        .into_iter()
        .map(|(code, label)| (code.as_str(), label));
    html! {
        (Heading::section("Conclude without a referral"))
        form method="post" action={ "/requests/" (request.id) "/conclude" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(request.version);
            (Select::new("outcome", Label::new("Outcome"), [("", "Choose one")].into_iter().chain(choices))
                .error(mistakes.of("outcome")))
            (Button { prevent_double_click: true, ..Button::secondary("Conclude request") })
        }
    }
}

/// Concludes a request.
pub(crate) async fn conclude(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (request, person) = load(&caller, &id).await?;
    only_if_deals(&caller, &person).await?;
    let seen: Version = form.get("version").parse()?;
    let outcome = super::draft::outcome(form.get("outcome"), &Lists::embedded()?, caller.today());
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => {
            let mut mistakes = Mistakes::default();
            mistakes.add(&error.field, error.message);
            return Ok(show_page(&caller, request, person, &mistakes)
                .await?
                .into_response());
        }
    };
    let (id, by) = (request.id, caller.actor().name.clone());
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        request::conclude(tx, environment, (id, seen), outcome.clone(), &by)?;
        Ok(format!("/requests/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::Person(person), work).await?;
    Ok(redirect(&to))
}

/// Where in the list.
#[derive(Debug, Deserialize)]
pub(crate) struct Place {
    after: Option<String>,
}

/// The requests that the caller's organisation took: what must be dealt with first.
pub(crate) async fn list(caller: Caller, Query(place): Query<Place>) -> Result<Page, Problem> {
    let after: Option<Cursor> = place.after.map(|text| text.parse()).transpose()?;
    let organisation = caller.actor().organisation;
    let found = caller.house().database().read(move |tx| {
        let page = request::taken_by(tx, organisation, after.as_ref(), PageSize::default())?;
        let people = request::people_of(&page.items);
        let people = stour_people::facts_for_access_all(tx, &people)?;
        Ok::<_, FrontDoorError>((page, people, contact::waiting_count(tx)?))
    });
    let (page, people, waiting) = found.await?;
    let permit = caller.permit_people(Resource::House, people).await?;
    let names = names_of(&caller, permit).await?;
    let lists = Lists::embedded()?;
    let name = |person: &PersonId| names.get(person).cloned();
    let rows: Vec<_> = page
        .items
        .iter()
        .filter_map(|request| Some((request, name(&request.person)?)))
        .collect();
    let main = html! {
        (Heading::page("Requests").caption(shown::organisation_name(&organisation).as_str()))
        @if waiting > 0 {
            (InsetText::new(html! { p { a href="/contacts" { @if waiting == 1 { "1 person" } @else { (waiting) " people" } " asked for help online" } " and must be dealt with." } }))
        }
        @if rows.is_empty() && page.next.is_none() {
            (InsetText::new(html! {
                p { "Your organisation has recorded no requests that you may see. To record one, "
                    a href="/people" { "find the person" } " and choose Record a request." }
            }))
        } @else {
            (table(&rows, &lists))
            @if let Some(next) = &page.next {
                (Pagination {
                    next: Some(PaginationLink::to(format!("/requests?after={next}"))),
                    ..Pagination::default()
                })
            }
        }
    };
    Ok(Page::new("Requests", main).wide())
}

/// What was ever asked for one person, for those who deal with requests: nobody should ask again
/// what was told before.
pub(crate) async fn of_person(caller: Caller, Path(person): Path<String>) -> Result<Page, Problem> {
    let facts = facts_of(&caller, &person).await?;
    let (id, deals) = (facts.id, deals(&caller, &facts));
    let permit = caller.permit_person(facts).await?;
    if !deals {
        return Err(Problem::not_found());
    }
    let database = caller.house().database();
    let requests = database
        .read(move |tx| request::requests_of_person(tx, id))
        .await?;
    let lists = Lists::embedded()?;
    let main = html! {
        (header(&caller, permit).await?)
        (Heading::page("Requests for support"))
        @if requests.is_empty() {
            (InsetText::new("Nothing has been asked for this person yet."))
        } @else {
            (history(&requests, &lists))
        }
        (Button::link("Record a request", format!("/people/{id}/requests/new")))
    };
    Ok(Page::new("Requests for support", main).back(format!("/people/{id}")))
}

fn history(requests: &[Request], lists: &Lists) -> Table {
    let rows = requests.iter().map(|request| {
        vec![
            stour_design::Cell::link(
                shown::day(request.received_on()),
                format!("/requests/{}", request.id),
            ),
            shown::lines(&request.asked.words).into(),
            html! { (shown::request_tag(&request.state)) }.into(),
            request
                .outcome()
                .map_or_else(String::new, |code| words(&lists.outcomes.list, code))
                .into(),
        ]
    });
    let columns = ["Received", "What is asked", "Status", "Outcome"];
    Table {
        responsive: true,
        ..Table::new("The latest first", columns, rows)
    }
}

fn table(rows: &[(&Request, String)], lists: &Lists) -> Table {
    let cells = rows.iter().map(|(request, name)| {
        let asked = &request.asked;
        vec![
            stour_design::Cell::link(name.as_str(), format!("/requests/{}", request.id)),
            html! { (shown::request_tag(&request.state)) }.into(),
            shown::day(asked.received_on).into(),
            words(&lists.channels.list, &asked.channel).into(),
            words(lists.askers, &asked.asked_by).into(),
            request
                .outcome()
                .map_or_else(String::new, |code| words(&lists.outcomes.list, code))
                .into(),
        ]
    });
    let columns = [
        "Person",
        "Status",
        "Received",
        "How it came in",
        "Who asked",
        "Outcome",
    ];
    Table {
        responsive: true,
        ..Table::new(
            "Open requests first, then referred, then concluded",
            columns,
            cells,
        )
    }
}
