//! Somebody's own short list, which is kept in its address and nowhere else.

use std::fmt::Write as _;

use axum::extract::Query;
use stour_design::{Button, Heading, Markup, html};
use stour_open_referral::Service;
use stour_web::words::segment;
use stour_web::{House, Page, Problem, Visitor};

use super::asked::Asked;
use super::contact::contacts;
use super::results::place_name;
use super::words::beginning;
use crate::DirectoryError;
use crate::listing::{self, ListingId};

/// `GET /find/list`.
pub(crate) async fn show(
    visitor: Visitor,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let asked = Asked::of(&parameters);
    let list = asked.list.clone();
    let database = visitor.house().database();
    let services = database
        .read(move |tx| -> Result<Vec<Service>, DirectoryError> {
            let mut services = Vec::new();
            for id in &list {
                if let Some(published) = listing::published_listing(tx, ListingId(*id))? {
                    services.push(published.into_service());
                }
            }
            Ok(services)
        })
        .await?;
    let gone = asked.list.len() - services.len();
    let main = html! {
        (Heading::page("My list"))
        @if asked.list.is_empty() {
            p { "There is nothing on your list yet. Search, then choose “Add to my list”." }
            (Button::link("Find help", asked.address()))
        } @else {
            p.stour-no-print { "Your list is kept only in the address of this page. To come back to it, keep the address, print the page, or send it to yourself." }
            @if gone > 0 { p { (gone) " on your list can no longer be shown." } }
            @for service in &services { (one(&asked, service)) }
            div.stour-no-print {
                (Button::link("E-mail this list", mail(visitor.house(), &services)))
                p { "To print it, use Print in the menu of your browser." }
                p { a href=(asked.address()) { "Back to the search" } }
            }
        }
    };
    Ok(Page::new("My list", main)
        .quick_exit()
        .back(asked.address()))
}

fn one(asked: &Asked, service: &Service) -> Markup {
    let off = asked.listing(service.id);
    html! {
        (Heading { href: Some(format!("/find/{}{}", service.id, asked.suffix())), ..Heading::section(service.name.as_str()) })
        @if let Some(text) = &service.description { p { (beginning(text, 300)) } }
        ul.nhsuk-list {
            @for contact in contacts(service) { li { (contact.shown) } }
            @for place in &service.service_at_locations {
                @if let Some(place) = place.location.as_deref().and_then(place_name) { li { (place) } }
            }
        }
        p.stour-no-print {
            a href={ "/find/list" (off.suffix()) } { "Take off my list" span.nhsuk-u-visually-hidden { ": " (service.name.as_str()) } }
        }
    }
}

/// A message with the list, to be sent by whatever program the person uses.
fn mail(house: &House, services: &[Service]) -> String {
    let base = &house.settings().address;
    let mut body = String::new();
    for service in services {
        body.push_str(service.name.as_str());
        for contact in contacts(service) {
            body.push_str("\r\n");
            body.push_str(&contact.shown);
        }
        // Writing to a String cannot fail.
        let _ = write!(body, "\r\n{base}/find/{}\r\n\r\n", service.id);
    }
    format!(
        "mailto:?subject={}&body={}",
        segment("My list of help and services"),
        segment(&body)
    )
}
