//! A listing as the directory's own people see it: what it says, where it comes from, every state it was in, and the
//! decision whether the public sees it.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::{Cursor, PageSize, Transaction, Version};
use stour_design::{
    Button, Cell, Choice, Details, Heading, InsetText, Label, Legend, Markup, Pagination,
    PaginationLink, Radios, SummaryList, SummaryRow, Table, Textarea, html,
};
use stour_kernel::Environment;
use stour_open_referral::Service;
use stour_web::words::{day, moment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::{
    Listing, ListingId, ListingVersion, Visibility, decide, difference, followers, held, listing,
    versions,
};
use crate::error::DirectoryError;
use crate::page::{named, standing};

/// Longest reason that is kept, in characters.
const LONGEST_REASON: usize = 1_000;

/// What a page of one listing shows.
struct Shown {
    listing: Listing,
    versions: Vec<ListingVersion>,
    followers: Vec<(ListingId, String)>,
}

fn shown(tx: &mut Transaction<'_>, id: ListingId) -> Result<Shown, DirectoryError> {
    Ok(Shown {
        listing: listing(tx, id)?.ok_or(DirectoryError::NotThere)?,
        versions: versions(tx, id)?,
        followers: followers(tx, id)?,
    })
}

/// GET /directory/listings/{id}
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let id = named(&id)?;
    caller.permit(Resource::House).await?;
    let shown = caller
        .house()
        .database()
        .read(move |tx| shown(tx, id))
        .await?;
    Ok(page(&caller, &shown, &Mistakes::default(), None))
}

fn page(caller: &Caller, shown: &Shown, mistakes: &Mistakes, sent: Option<&Form>) -> Page {
    let listing = &shown.listing;
    let may_edit = "directory.edit"
        .parse()
        .is_ok_and(|edit| caller.may(edit, &Resource::House));
    let main = html! {
        (Heading::page(&*listing.service.name).caption("Listing"))
        p { (standing(listing)) }
        @if let Visibility::Held(why) = &listing.visibility { (InsetText::new(why.as_str())) }
        (says(listing))
        (Heading::section("Where it comes from"))
        (comes_from(shown))
        @if may_edit && listing.withdrawn_at.is_none() {
            (Heading::section("Who may see it"))
            (decision(caller, listing, mistakes, sent))
        }
        (Heading::section("Every state it was in"))
        (history(&shown.versions))
    };
    let title = listing.service.name.to_string();
    Page::new(title, main)
        .under([("The directory", "/directory")])
        .with_errors(mistakes.all())
}

/// What the listing says, in the fields that people look for first.
fn says(listing: &Listing) -> SummaryList {
    let service = &listing.service;
    let text = |value: Option<String>| value.unwrap_or_else(|| "Not given".to_owned());
    let lines = |words: &str| html! { @for line in words.lines() { (line) br; } };
    let places = places(service);
    let terms: Vec<String> = service
        .attributes
        .iter()
        .filter_map(|attribute| Some(attribute.taxonomy_term.as_ref()?.name.to_string()))
        .collect();
    SummaryList::new([
        SummaryRow::new(
            "Organisation",
            text(
                service
                    .organization
                    .as_ref()
                    .map(|one| one.name.to_string()),
            ),
        ),
        SummaryRow::new(
            "Description",
            lines(service.description.as_deref().unwrap_or("Not given")),
        ),
        SummaryRow::new(
            "Places",
            lines(&if places.is_empty() {
                "Not given".to_owned()
            } else {
                places.join("\n")
            }),
        ),
        SummaryRow::new(
            "Web page",
            text(service.url.as_ref().map(ToString::to_string)),
        ),
        SummaryRow::new(
            "E-mail",
            text(service.email.as_ref().map(ToString::to_string)),
        ),
        SummaryRow::new(
            "Categories",
            if terms.is_empty() {
                "Not given".to_owned()
            } else {
                terms.join(", ")
            },
        ),
        SummaryRow::new("Last checked", text(service.assured_date.map(day))),
        SummaryRow::new("To be looked at again", text(listing.review_due.map(day))),
    ])
}

/// Each place with its name and address.
fn places(service: &Service) -> Vec<String> {
    service
        .service_at_locations
        .iter()
        .filter_map(|place| place.location.as_ref())
        .map(|location| {
            let address = location.addresses.first().map(|address| {
                let lines = [&address.address_1, &address.city, &address.postal_code];
                lines
                    .into_iter()
                    .filter(|line| !line.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            let name = location.name.as_ref().map(ToString::to_string);
            [name, address]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(": ")
        })
        .collect()
}

fn comes_from(shown: &Shown) -> Markup {
    let from = &shown.listing.provenance;
    let kept_here = from.feed == super::OWN;
    html! {
        (SummaryList::new([
            SummaryRow::new("Feed", html! {
                @if kept_here { "Kept here" } @else { a href={ "/directory/feeds/" (from.feed) } { (from.feed) } }
            }),
            SummaryRow::new("What it is called there", from.source_id.as_str()),
            SummaryRow::new("Read at", from.url.as_deref().unwrap_or("Not known")),
            SummaryRow::new("What its publisher is to it", from.role.as_str()),
            SummaryRow::new("Last read", from.read_at.map_or_else(|| "Not read".to_owned(), moment)),
        ]))
        @if let Some(same) = shown.listing.same_as {
            p { a href={ "/directory/listings/" (same) } { "The listing that is shown in its place" } }
        }
        @if !shown.followers.is_empty() {
            p { "Shown in place of:" }
            ul { @for (id, name) in &shown.followers { li { a href={ "/directory/listings/" (id) } { (name) } } } }
        }
    }
}

fn decision(
    caller: &Caller,
    listing: &Listing,
    mistakes: &Mistakes,
    sent: Option<&Form>,
) -> Markup {
    let value = |name: &str| sent.map(|form| form.get(name).to_owned());
    let chosen = value("visibility").unwrap_or_else(|| listing.visibility.as_str().to_owned());
    let choices = [
        Choice::new("public", "Everybody"),
        Choice::new("without-places", "Everybody, but nothing of where it is"),
        Choice::new("held", "Nobody outside: hold it"),
    ];
    html! {
        form method="post" action={ "/directory/listings/" (listing.id) "/visibility" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(listing.version);
            (Radios { error: mistakes.of("visibility"), ..Radios::new("visibility", Legend::new("Who may see this listing?"), choices)
                .selected(Some(&chosen)) })
            (Textarea { error: mistakes.of("why"), rows: Some(3), value: value("why"),
                ..Textarea::new("why", Label::new("Why")) })
            (Button { prevent_double_click: true, ..Button::new("Keep the decision") })
        }
    }
}

fn history(versions: &[ListingVersion]) -> Markup {
    html! {
        @for (place, version) in versions.iter().enumerate() {
            @let before = versions.get(place + 1);
            (Details::new(
                format!("{}. {}: {}, by {}", version.number.number(), moment(version.saved_at), version.why, version.saved_by),
                changes(before, version),
            ))
        }
    }
}

fn changes(before: Option<&ListingVersion>, after: &ListingVersion) -> Markup {
    let Some(before) = before else {
        return html! { p { "The first state that is known." } };
    };
    let mut rows: Vec<[Cell; 3]> = Vec::new();
    let mut row = |what: &str, old: Option<String>, new: Option<String>| {
        if old != new {
            let cell =
                |value: Option<String>| value.map_or_else(|| Cell::missing("Nothing"), Cell::from);
            rows.push([Cell::from(what), cell(old), cell(new)]);
        }
    };
    let visibility = |version: &ListingVersion| Some(version.visibility.as_str().replace('-', " "));
    row("Who may see it", visibility(before), visibility(after));
    row(
        "Shown in its place",
        before.same_as.map(|id| id.to_string()),
        after.same_as.map(|id| id.to_string()),
    );
    row(
        "Withdrawn",
        before.withdrawn_at.map(moment),
        after.withdrawn_at.map(moment),
    );
    for change in difference(&before.service, &after.service) {
        row(&change.what, change.before, change.after);
    }
    html! {
        @if rows.is_empty() {
            p { "Nothing is different." }
        } @else {
            (Table { responsive: true, ..Table::new("What is different", ["Field", "Before", "After"], rows) })
        }
    }
}

/// POST /directory/listings/{id}/visibility
pub(crate) async fn set_visibility(
    caller: Caller,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Problem> {
    let id: ListingId = named(&id)?;
    let seen: Version = sent.get("version").parse()?;
    let mut mistakes = Mistakes::default();
    let why = sent.get("why").to_owned();
    if why.is_empty() {
        mistakes.add("why", "Say why, for those who look at this listing later");
    } else if why.chars().count() > LONGEST_REASON {
        mistakes.add(
            "why",
            format!("Say why in {LONGEST_REASON} characters or fewer"),
        );
    }
    let visibility = match sent.get("visibility") {
        "public" => Visibility::Public,
        "without-places" => Visibility::WithoutPlaces,
        "held" => Visibility::Held(why.clone()),
        _ => {
            mistakes.add("visibility", "Choose who may see this listing");
            Visibility::Public
        }
    };
    if !mistakes.is_empty() {
        caller.permit_to("directory.read", Resource::House).await?;
        let shown = caller
            .house()
            .database()
            .read(move |tx| shown(tx, id))
            .await?;
        return Ok(page(&caller, &shown, &mistakes, Some(&sent)).into_response());
    }
    let by = caller.actor().name.clone();
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        decide(tx, environment, (id, seen), visibility.clone(), (&by, &why))?;
        Ok(format!("/directory/listings/{id}"))
    };
    let key = (sent.key(), sent.fingerprint());
    let to = caller.write(key, Resource::House, work).await?;
    Ok(redirect(&to))
}

/// Where in a list.
#[derive(Debug, Deserialize)]
pub(crate) struct Place {
    after: Option<String>,
}

/// GET /directory/held
pub(crate) async fn held_list(caller: Caller, Query(place): Query<Place>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let after: Option<Cursor> = place.after.map(|text| text.parse()).transpose()?;
    let database = caller.house().database();
    let found = database
        .read(move |tx| held(tx, after.as_ref(), PageSize::default()))
        .await?;
    let rows = found.items.iter().map(|listing| {
        [
            Cell::link(
                &*listing.service.name,
                format!("/directory/listings/{}", listing.id),
            ),
            Cell::from(listing.provenance.feed.as_str()),
            Cell::from(listing.visibility.why().unwrap_or_default()),
        ]
    });
    let main = html! {
        (Heading::page("Held until somebody decides"))
        @if found.items.is_empty() {
            (InsetText::new("No listing is held."))
        } @else {
            (Table { responsive: true, ..Table::new("Listings that the public does not see", ["Listing", "Feed", "Why"], rows) })
        }
        @if let Some(next) = &found.next {
            (Pagination { next: Some(PaginationLink::to(format!("/directory/held?after={next}"))), ..Pagination::default() })
        }
    };
    Ok(Page::new("Held listings", main)
        .under([("The directory", "/directory")])
        .wide())
}
