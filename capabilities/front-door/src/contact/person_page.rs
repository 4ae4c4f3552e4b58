//! Whose record a contact belongs to: the search for the person, and the request that it becomes.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Version;
use stour_design::{Button, Cell, Column, Heading, Input, InsetText, Markup, Table, html};
use stour_people::{PersonSummary, facts_of, people_found};
use stour_web::{Caller, Form, Page, Problem, form, redirect};

use super::draft::About;
use super::page::load;
use super::state::{ContactState, Dealt};
use super::{Contact, change};
use crate::identity::only_if_deals;
use crate::lists::Lists;
use crate::request::{self, from_contact, page::taker};
use crate::shown;

/// The most people that are offered.
const OFFERED: usize = 20;

/// What is looked for instead of what the contact says.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
}

/// GET /contacts/{id}/person: people who may be the one, each shown only if the caller may find them.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    caller.permit_to("contact.read", Resource::House).await?;
    let contact = load(&caller, &id).await?;
    let text = asked.q.unwrap_or_else(|| looked_for(&contact));
    let found = people_found(&caller, &text, OFFERED).await?;
    let is_waiting = contact.state == ContactState::Waiting;
    let main = html! {
        (Heading::page("Whose record does it belong to?").caption(contact.asked.name.as_str()))
        form method="get" action={ "/contacts/" (contact.id) "/person" } {
            (Input { kind: Some("search".to_owned()), spellcheck: Some(false), ..Input::new("q", "Name, date of birth, postcode or NHS number").value(&text) })
            (Button::secondary("Search"))
        }
        @if found.is_empty() {
            (InsetText::new(html! {
                p { "Nobody is found. Search with less, for example only the last name, or "
                    a href="/people/new" { "open a new record" } " and then come back here to search for it." }
            }))
        } @else if is_waiting {
            (offered(&caller, &contact, &found))
            p { "Is it none of them? " a href="/people/new" { "Open a new record" } ", then come back here and search for it." }
        } @else {
            (InsetText::new("This has been dealt with already."))
        }
    };
    let page = Page::new("Whose record does it belong to?", main);
    Ok(page.back(format!("/contacts/{}", contact.id)))
}

/// What the contact says of the person: nothing but a name when it is about somebody else.
fn looked_for(contact: &Contact) -> String {
    match &contact.asked.about {
        About::Asker => {
            let born = contact.asked.born.map(|born| born.to_string());
            [Some(contact.asked.name.clone()), born]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
        About::Other { name, .. } => name.clone(),
    }
}

fn offered(caller: &Caller, contact: &Contact, found: &[PersonSummary]) -> Markup {
    let rows = found.iter().map(|person| {
        let born = person.born.map_or_else(|| "Not known".to_owned(), shown::day);
        let choose = html! {
            form method="post" action={ "/contacts/" (contact.id) "/request" } {
                (form::hidden(caller))
                input type="hidden" name="version" value=(contact.version);
                input type="hidden" name="person" value=(person.id);
                (Button { small: true, prevent_double_click: true, ..Button::secondary("Record the request here") })
            }
        };
        vec![
            Cell::from(html! { a href={ "/people/" (person.id) } { (person.name.listed()) } }),
            Cell::from(born),
            Cell::from(person.address.as_ref().map_or_else(|| "Not known".to_owned(), stour_people::Address::on_one_line)),
            Cell::from(choose),
        ]
    });
    let columns = ["Name", "Born", "Address", "Is it them?"].map(Column::from);
    html! { (Table::new("People who may be the one", columns, rows.collect::<Vec<_>>())) }
}

/// POST /contacts/{id}/request: it becomes a request on that person's record, and is dealt with.
pub(crate) async fn record(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, form.get("person")).await?;
    only_if_deals(&caller, &facts).await?;
    let contact = load(&caller, &id).await?;
    let seen: Version = form.get("version").parse()?;
    let received = stour_kernel::london_date(contact.received_at);
    let asked = from_contact(&contact.asked, received, &Lists::embedded()?)?;
    let (id, by, person) = (contact.id, taker(&caller), facts.clone());
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let request = request::record(tx, environment, &person, asked.clone(), &by)?;
        let dealt = Dealt {
            at: environment.now(),
            by: by.name.clone(),
            request: Some(request.id),
            why: String::new(),
        };
        change(tx, (id, seen), dealt)?;
        Ok(format!("/requests/{}", request.id))
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::Person(facts), work).await?;
    Ok(redirect(&to))
}
