//! The contacts that wait, and one of them.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::{Cursor, PageSize, Version};
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Markup, Pagination, PaginationLink, SummaryList,
    SummaryRow, Table, Tag, TagColour, Textarea, html,
};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::draft::About;
use super::state::{ContactState, Dealt};
use super::{Contact, ContactId, Queued, change, contact, waiting};
use crate::identity::named;
use crate::request::draft::prose;
use crate::shown;

/// The most characters of why a contact is closed.
const LONGEST_WHY: usize = 500;

/// Where in the list.
#[derive(Debug, Deserialize)]
pub(crate) struct Place {
    after: Option<String>,
}

/// GET /contacts
pub(crate) async fn list(caller: Caller, Query(place): Query<Place>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let after: Option<Cursor> = place.after.map(|text| text.parse()).transpose()?;
    let database = caller.house().database();
    let page = database
        .read(move |tx| waiting(tx, after.as_ref(), PageSize::default()))
        .await?;
    let main = html! {
        (Heading::page("Asked for help online"))
        @if page.items.is_empty() {
            (InsetText::new("Nobody is waiting. When somebody asks for help by the public pages, it shows here, the most urgent first."))
        } @else {
            p { "The most urgent first, then whoever has waited longest." }
            (table(&page.items))
            @if let Some(next) = &page.next {
                (Pagination { next: Some(PaginationLink::to(format!("/contacts?after={next}"))), ..Pagination::default() })
            }
        }
    };
    Ok(Page::new("Asked for help online", main).under([("Requests", "/requests")]))
}

fn table(rows: &[Queued]) -> Table {
    let cells = rows.iter().map(|row| {
        vec![
            Cell::from(html! { a href={ "/contacts/" (row.id) } { (row.name) } }),
            Cell::from(shown::moment(row.received_at)),
            Cell::from(html! { @if row.is_urgent { (Tag::new("Urgent", TagColour::Red)) } }),
        ]
    });
    let columns = ["Who asked", "When", "How soon"].map(Column::from);
    Table::new(
        "People who asked for help online",
        columns,
        cells.collect::<Vec<_>>(),
    )
}

/// The contact of an address; 404 when there is none.
pub(crate) async fn load(caller: &Caller, id: &str) -> Result<Contact, Problem> {
    let id: ContactId = named(id)?;
    let database = caller.house().database();
    let found = database.read(move |tx| contact(tx, id)).await?;
    found.ok_or_else(Problem::not_found)
}

/// GET /contacts/{id}
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let contact = load(&caller, &id).await?;
    Ok(show_page(&caller, &contact, "", &Mistakes::default()))
}

fn show_page(caller: &Caller, contact: &Contact, why: &str, mistakes: &Mistakes) -> Page {
    let main = html! {
        (Heading::page(contact.asked.name.as_str()).caption(format!("Asked for help online, reference {}", contact.reference()).as_str()))
        @if contact.asked.urgent { p { (Tag::new("Urgent", TagColour::Red)) } }
        (summary(contact))
        @if !contact.asked.answers.is_empty() {
            (Heading::section("What they answered in advice"))
            (SummaryList::new(contact.asked.answers.iter().map(|(question, answer)| (question.as_str(), answer.as_str())).collect::<Vec<_>>()))
        }
        @match &contact.state {
            ContactState::Waiting => (actions(caller, contact, why, mistakes)),
            ContactState::Dealt(dealt) => (how_dealt(dealt)),
        }
    };
    Page::new(contact.asked.name.clone(), main)
        .under([
            ("Requests", "/requests"),
            ("Asked for help online", "/contacts"),
        ])
        .with_errors(mistakes.all())
}

/// What was sent, as whoever deals with it reads it.
pub(crate) fn summary(contact: &Contact) -> SummaryList {
    let asked = &contact.asked;
    let or_not = |text: &str| {
        if text.is_empty() {
            "Not given".to_owned()
        } else {
            text.to_owned()
        }
    };
    let about = match &asked.about {
        About::Asker => "Themselves".to_owned(),
        About::Other { name, agreement } => {
            let who = if name.is_empty() {
                "Somebody else, not named"
            } else {
                name
            };
            format!("{who}, who {}", agreement.words())
        }
    };
    let born = asked
        .born
        .map_or_else(|| "Not given".to_owned(), shown::day);
    SummaryList::new(vec![
        SummaryRow::new("What they ask", shown::lines(&asked.words)),
        SummaryRow::new("For whom", html! { (about) }),
        SummaryRow::new("Came", html! { (shown::moment(contact.received_at)) }),
        SummaryRow::new("Date of birth", html! { (born) }),
        SummaryRow::new(
            "Postcode",
            html! { (or_not(asked.postcode.as_deref().unwrap_or_default())) },
        ),
        SummaryRow::new("Telephone", html! { (or_not(&asked.telephone)) }),
        SummaryRow::new("Email", html! { (or_not(&asked.email)) }),
        SummaryRow::new("How to reach them", html! { (or_not(&asked.reach)) }),
    ])
}

fn actions(caller: &Caller, contact: &Contact, why: &str, mistakes: &Mistakes) -> Markup {
    html! {
        (Heading::section("Whose record does it belong to?"))
        p { "Find the person who needs help, or open a new record. It becomes a request there, with what they wrote and answered." }
        (Button::link("Find their record", format!("/contacts/{}/person", contact.id)))
        (Heading::section("Close it without a request"))
        form method="post" action={ "/contacts/" (contact.id) "/close" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(contact.version);
            (Textarea::new("why", "Why no request is needed").hint("For example: answered on the telephone, sent twice").error(mistakes.of("why")).value(why))
            (Button { prevent_double_click: true, ..Button::secondary("Close it") })
        }
    }
}

fn how_dealt(dealt: &Dealt) -> InsetText {
    InsetText::new(html! {
        p {
            "Dealt with by " (dealt.by) " on " (shown::moment(dealt.at)) "."
            @if let Some(request) = &dealt.request { " " a href={ "/requests/" (request) } { "See the request that it became" } "." }
            @if !dealt.why.is_empty() { " " (dealt.why) }
        }
    })
}

/// POST /contacts/{id}/close
pub(crate) async fn close(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let seen: Version = form.get("version").parse()?;
    let mut mistakes = Mistakes::default();
    let why = prose(
        form.get("why"),
        LONGEST_WHY,
        "Enter why no request is needed",
        "Why",
    );
    let Some(why) = mistakes.check("why", why) else {
        caller.permit_to("contact.read", Resource::House).await?;
        let contact = load(&caller, &id).await?;
        return Ok(show_page(&caller, &contact, form.get("why"), &mistakes).into_response());
    };
    let id: ContactId = named(&id)?;
    let by = caller.actor().name.clone();
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let dealt = Dealt {
            at: environment.now(),
            by: by.clone(),
            request: None,
            why: why.clone(),
        };
        change(tx, (id, seen), dealt)?;
        Ok("/contacts".to_owned())
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, work).await?;
    Ok(redirect(&to))
}
