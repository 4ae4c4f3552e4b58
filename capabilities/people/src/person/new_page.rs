//! Making a new record.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Button, Heading, InsetText, Markup, html};
use stour_kernel::PersonId;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::fields::{Empty, Values, circumstances, contact, identity};
use super::making::{POSSIBLE_DUPLICATES, alike, make};
use super::store::holder;
use super::{Demographics, PersonSummary, draft};
use crate::asking::shown;
use crate::search::page::table;

/// GET /people/new
pub(crate) async fn new_page(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    Ok(form_page(&caller, &Empty, &Mistakes::default(), &html! {}))
}

/// POST /people
pub(crate) async fn create(caller: Caller, form: Form) -> Result<Response, Problem> {
    let mut mistakes = Mistakes::default();
    let Some(who) = draft::read(&form, caller.today(), &mut mistakes) else {
        require(&caller).await?;
        return Ok(form_page(&caller, &form, &mistakes, &html! {}).into_response());
    };
    let is_confirmed = form.get("confirm") == "yes";
    let (maker, person) = (caller.clone(), who.clone());
    let made = caller
        .write(
            (form.key(), form.fingerprint()),
            Resource::House,
            move |tx, environment| {
                make(tx, environment, &maker, &person, is_confirmed)
                    .map(|id| format!("/people/{id}"))
            },
        )
        .await;
    match made {
        Ok(address) => Ok(redirect(&address)),
        Err(problem) if problem.kind == POSSIBLE_DUPLICATES => {
            let people = people_alike(&caller, &who).await?;
            Ok(duplicates_page(&caller, &form, &people).into_response())
        }
        Err(problem) if !problem.errors.is_empty() => {
            for error in &problem.errors {
                mistakes.add(&error.field, error.message.clone());
            }
            let link = holder_link(&caller, &who).await?;
            Ok(form_page(&caller, &form, &mistakes, &link).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// Refuses those who may not make records, before a form tells them anything.
async fn require(caller: &Caller) -> Result<(), Problem> {
    if caller.may(caller.action(), &Resource::House) {
        return Ok(());
    }
    caller.permit(Resource::House).await
}

/// Those who may be the same person, as the caller may see them.
pub(crate) async fn people_alike(
    caller: &Caller,
    who: &Demographics,
) -> Result<Vec<PersonSummary>, Problem> {
    let (asking, who) = (caller.clone(), who.clone());
    let facts = caller
        .house()
        .database()
        .read(move |tx| alike(tx, &asking, &who))
        .await?;
    let people: Vec<PersonId> = facts.iter().map(|facts| facts.id).collect();
    Ok(shown(caller, people).await?.into_values().collect())
}

/// Where the record is that holds the NHS number.
async fn holder_link(caller: &Caller, who: &Demographics) -> Result<Markup, Problem> {
    let Some(number) = who.nhs_number else {
        return Ok(html! {});
    };
    let holder = caller
        .house()
        .database()
        .read(move |tx| holder(tx, number))
        .await?;
    let people = shown(caller, holder.into_iter().collect()).await?;
    Ok(html! {
        @for person in people.values() {
            (InsetText::new(html! {
                p { "The record that holds this NHS number: " a href={ "/people/" (person.id) } { bdi { (person.name.listed()) } } }
            }))
        }
    })
}

fn form_page(caller: &Caller, values: &dyn Values, mistakes: &Mistakes, above: &Markup) -> Page {
    let main = html! {
        (Heading::page("Create a new record"))
        (above)
        form action="/people" method="post" novalidate {
            (form::hidden(caller))
            (identity(values, mistakes))
            (contact(values, mistakes))
            (circumstances(values, mistakes, caller.today()))
            (Button::new("Create record"))
        }
    };
    Page::new("Create a new record", main)
        .under([("People", "/people")])
        .with_errors(mistakes.all())
}

/// The fields that are sent again when the caller says that this is somebody else.
const FIELDS: [&str; 14] = [
    "title",
    "given-names",
    "family-name",
    "born-day",
    "born-month",
    "born-year",
    "nhs-number",
    "address-line-1",
    "address-line-2",
    "address-town",
    "postcode",
    "telephone",
    "sex",
    "practice",
];

fn duplicates_page(caller: &Caller, values: &Form, people: &[PersonSummary]) -> Page {
    let opened = people.iter().map(|person| person.id).collect();
    let main = html! {
        (Heading::page("Is it one of these people?"))
        p { "What is known of them is much like what you typed. One person with two records may be harmed by what the other record does not say." }
        (table("People who may be the one you mean".to_owned(), people, caller.today(), &opened))
        form action="/people" method="post" {
            (form::hidden(caller))
            (sent_again(values, &FIELDS))
            input type="hidden" name="confirm" value="yes";
            (Button::secondary("None of these: create a new record"))
        }
    };
    let page = Page::new("Is it one of these people?", main).back("/people/new");
    Page {
        status: StatusCode::CONFLICT,
        ..page
    }
}

/// Hidden fields with what was filled in.
pub(crate) fn sent_again(values: &Form, fields: &[&str]) -> Markup {
    html! {
        @for field in fields {
            @if !values.get(field).is_empty() {
                input type="hidden" name=(field) value=(values.get(field));
            }
        }
    }
}
