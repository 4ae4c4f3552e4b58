//! The listings that somebody keeps.

use axum::extract::Path;
use axum::response::Response;
use stour_access::Resource;
use stour_database::{Error, Transaction, Version};
use stour_design::{Button, Cell, Heading, InsetText, Markup, Table, Tag, TagColour, html};
use stour_kernel::{Date, Environment};
use stour_open_referral::Uuid;
use stour_web::words::{capital, day};
use stour_web::{Caller, Form, Page, Problem, form, redirect};

use super::claim::{Claim, ClaimState, claims_of, listings_kept, organisation_of};
use super::complete::{Completeness, completeness};
use super::merge::save_assured;
use super::settings::settings;
use super::step::Step;
use super::suggestion::{Beginning, Suggestion, SuggestionState, begin, suggestions_of};
use super::visit::{kept, sent};
use crate::error::DirectoryError;
use crate::listing::{Listing, ListingId, OWN, Visibility};

/// `GET /directory/mine`: claims, listings, suggestions.
pub(crate) async fn list(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let user = caller.actor().user;
    let database = caller.house().database();
    let found = database.read(move |tx| {
        let claims = claims_of(tx, user)?;
        let mut listings = Vec::new();
        for claim in claims.iter().filter(|one| one.state == ClaimState::Granted) {
            listings.push((claim.clone(), listings_kept(tx, &claim.organisation)?));
        }
        Ok::<_, Error>((claims, listings, suggestions_of(tx, user)?))
    });
    let (claims, listings, suggestions) = found.await?;
    let main = html! {
        (Heading::page("My listings"))
        @if claims.is_empty() {
            (InsetText::new(html! {
                p { "You keep no listings yet. " a href="/find" { "Find your service" } ", open it and choose “This is my service”." }
            }))
        }
        @for (claim, listings) in &listings { (of_organisation(&caller, claim, listings)?) }
        (claims_made(&claims))
        (suggestions_made(&suggestions))
    };
    Ok(Page::new("My listings", main).wide())
}

fn of_organisation(
    caller: &Caller,
    claim: &Claim,
    listings: &[Listing],
) -> Result<Markup, DirectoryError> {
    let settings = settings()?;
    let today = caller.today();
    let rows = listings.iter().map(|listing| {
        let complete = completeness(&listing.service, listing.review_due, today, settings);
        vec![
            Cell::link(
                listing.service.name.as_str(),
                format!("/directory/mine/{}", listing.id),
            ),
            html! { (shown_tag(listing)) }.into(),
            format!("{}%", complete.score).into(),
            html! { (review(listing.review_due, today)) }.into(),
        ]
    });
    let columns = ["Listing", "Seen by the public", "Complete", "Look again"];
    Ok(html! {
        (Table { responsive: true, ..Table::new(claim.organisation_name.as_str(), columns, rows) })
        @if let Some(any) = listings.first() {
            form method="post" action={ "/directory/mine/" (any.id) "/new" } {
                (form::hidden(caller))
                (Button::secondary(format!("Add a listing of {}", claim.organisation_name)))
            }
        }
    })
}

fn review(due: Option<Date>, today: Date) -> Markup {
    html! {
        @match due {
            None => "No day is set",
            Some(due) if due < today => { (Tag::new("Overdue", TagColour::Red)) " since " (day(due)) },
            Some(due) => { "By " (day(due)) },
        }
    }
}

fn shown_tag(listing: &Listing) -> Tag {
    let is_open = listing.service.status == stour_open_referral::Status::Active
        && listing.same_as.is_none()
        && listing.withdrawn_at.is_none();
    match (&listing.visibility, is_open) {
        (Visibility::Held(_), _) => Tag::new("Held by the editors", TagColour::Orange),
        (_, true) => Tag::new("Yes", TagColour::Green),
        (_, false) if listing.same_as.is_some() => {
            Tag::new("Under another listing", TagColour::Grey)
        }
        (_, false) if listing.withdrawn_at.is_some() => {
            Tag::new("Its source has it no more", TagColour::Grey)
        }
        (_, false) => Tag::new(capital(listing.service.status.as_str()), TagColour::Grey),
    }
}

fn claims_made(claims: &[Claim]) -> Markup {
    let rows = claims.iter().map(|claim| {
        let state = match claim.state {
            ClaimState::Asked => "Waits for an editor",
            ClaimState::Granted if claim.is_lead => "You keep them, and are asked first",
            ClaimState::Granted => "You keep them",
            ClaimState::Refused => "Refused",
            ClaimState::Revoked => "No longer yours",
        };
        let why = claim.decided.as_ref().map_or("", |(_, why)| why.as_str());
        [claim.organisation_name.as_str(), state, why]
    });
    html! {
        @if !claims.is_empty() {
            (Table { responsive: true, ..Table::new("What you have claimed", ["Organisation", "Answer", "Why"], rows) })
        }
    }
}

pub(super) const fn state_words(state: SuggestionState) -> &'static str {
    match state {
        SuggestionState::Draft => "Not sent yet",
        SuggestionState::Waiting => "Waits for an editor",
        SuggestionState::Approved => "Approved",
        SuggestionState::Refused => "Refused",
        SuggestionState::Withdrawn => "Taken back",
    }
}

fn suggestions_made(suggestions: &[Suggestion]) -> Markup {
    let rows = suggestions.iter().map(|one| {
        let answer = one.decided.as_ref().map_or("", |(_, why)| why.as_str());
        vec![
            Cell::link(
                one.listing_name.as_str(),
                format!("/directory/suggestions/{}", one.id),
            ),
            state_words(one.state).into(),
            answer.into(),
        ]
    });
    html! {
        @if !suggestions.is_empty() {
            (Table { responsive: true, ..Table::new("What you have suggested", ["Listing", "Answer", "Why"], rows) })
        }
    }
}

/// `GET /directory/mine/{id}`: one listing, what to add, and what to do.
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let listing = kept(&caller, &id).await?;
    let complete = completeness(
        &listing.service,
        listing.review_due,
        caller.today(),
        settings()?,
    );
    let name = listing.service.name.as_str();
    let main = html! {
        (Heading::page(name))
        p { (shown_tag(&listing)) " " (review(listing.review_due, caller.today())) }
        @if let Visibility::Held(why) = &listing.visibility { (InsetText::new(format!("{why}. An editor decides."))) }
        @if listing.provenance.feed != OWN {
            (InsetText::new(format!("This listing is read from another directory, {}. Tell it too: what it says later is read again.", listing.provenance.feed)))
        }
        (still_right_form(&caller, &listing))
        form method="post" action={ "/directory/mine/" (listing.id) "/change" } {
            (form::hidden(&caller))
            (Button::secondary("Suggest a change"))
        }
        (score(&complete))
        p { a href={ "/find/" (listing.id) } { "See it as the public does" } }
    };
    Ok(Page::new(name, main).back("/directory/mine"))
}

fn still_right_form(caller: &Caller, listing: &Listing) -> Markup {
    if listing.withdrawn_at.is_some() {
        return html! {};
    }
    html! {
        form method="post" action={ "/directory/mine/" (listing.id) "/still-right" } {
            (form::hidden(caller))
            input type="hidden" name="version" value=(listing.version);
            (Button { prevent_double_click: true, ..Button::new("Still right") })
        }
    }
}

fn score(complete: &Completeness) -> Markup {
    html! {
        (Heading::section(format!("This listing is {}% complete", complete.score)))
        @if complete.missing.is_empty() {
            p { "Nothing is missing." }
        } @else {
            p { "Add:" }
            ul.nhsuk-list.nhsuk-list--bullet { @for label in &complete.missing { li { (label) } } }
        }
    }
}

/// `POST /directory/mine/{id}/still-right`.
pub(crate) async fn still_right(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let found = kept(&caller, &id).await;
    let seen = form.get("version").parse::<Version>();
    let (Ok(listing), Ok(seen)) = (&found, seen) else {
        caller.permit(Resource::House).await?;
        return Err(found.err().unwrap_or_else(Problem::changed));
    };
    let (id, by) = (listing.id, caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let found = crate::listing::listing(tx, id)?.ok_or(DirectoryError::NotThere)?;
        found.version.expect(seen)?;
        if found.withdrawn_at.is_some() {
            let why = "Its source has this listing no more. Suggest a change instead.";
            return Err(DirectoryError::Refused(why.to_owned()).into());
        }
        let service = found.service.clone();
        let why = "Whoever provides it said that it is still right";
        save_assured(tx, environment, Some(&found), service, (&by, why))?;
        Ok(format!("/directory/mine/{id}"))
    };
    let to = caller.write(sent(&form), Resource::House, work).await?;
    Ok(redirect(&to))
}

/// `POST /directory/mine/{id}/change`: begins a suggestion, or goes on with the draft.
pub(crate) async fn change(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    begin_one(&caller, &id, &form, false).await
}

/// `POST /directory/mine/{id}/new`: begins a new listing of the same organisation.
pub(crate) async fn new(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    begin_one(&caller, &id, &form, true).await
}

async fn begin_one(
    caller: &Caller,
    id: &str,
    form: &Form,
    is_new: bool,
) -> Result<Response, Problem> {
    let found = kept(caller, id).await;
    let Ok(listing) = &found else {
        caller.permit(Resource::House).await?;
        return Err(found.err().unwrap_or_else(Problem::not_found));
    };
    let (organisation, _) = organisation_of(listing);
    let beginning = if is_new {
        Beginning {
            listing: ListingId(Uuid::from(stour_kernel::Id::from(
                caller.environment().id::<stour_kernel::ThreadId>(),
            ))),
            listing_name: "New listing".to_owned(),
            organisation,
            seen: None,
        }
    } else {
        Beginning {
            listing: listing.id,
            listing_name: listing.service.name.as_str().to_owned(),
            organisation,
            seen: Some(listing.version),
        }
    };
    let (user, name) = (caller.actor().user, caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let id = begin(tx, environment, &beginning, (user, &name))?;
        Ok(format!("/directory/suggestions/{id}/{}", Step::What.code()))
    };
    let to = caller.write(sent(form), Resource::House, work).await?;
    Ok(redirect(&to))
}
