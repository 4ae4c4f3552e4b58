//! Claims: asked for by providers, decided by editors.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, Input, InsetText, Markup, SummaryList, Textarea, html};
use stour_kernel::Environment;
use stour_open_referral::Email;
use stour_web::words::moment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::claim::{self, Claim, ClaimId, ClaimState, Decision, keepers, organisation_of};
use super::visit::{is_editor, sent, words};
use crate::listing::{Listing, ListingId, listing};

/// Which listing.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    listing: String,
}

async fn named(caller: &Caller, id: &str) -> Result<Listing, Problem> {
    let id: ListingId = id.parse().map_err(|_| Problem::not_found())?;
    let database = caller.house().database();
    // Nobody learns of a listing that is held by trying to claim it.
    let found = database
        .read(move |tx| {
            let shown = crate::listing::published_listing(tx, id)?.is_some();
            Ok::<_, crate::DirectoryError>(listing(tx, id)?.filter(|_| shown))
        })
        .await?;
    found.ok_or_else(Problem::not_found)
}

/// `GET /directory/claims/new?listing=…`.
pub(crate) async fn new(caller: Caller, Query(which): Query<Which>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let found = named(&caller, &which.listing).await?;
    Ok(ask_page(&caller, &found, None, &Mistakes::default()))
}

fn ask_page(caller: &Caller, found: &Listing, form: Option<&Form>, mistakes: &Mistakes) -> Page {
    let (_, organisation) = organisation_of(found);
    let typed = |field: &str| form.map_or("", |form| form.get(field)).to_owned();
    let title = format!("Keep the listings of {organisation}");
    let main = html! {
        (Heading::page(title.as_str()))
        p { "You ask to keep every listing of " (organisation) ", not only “" (found.service.name.as_str()) "”. An editor decides, and may write to the organisation first." }
        form method="post" action="/directory/claims/new" novalidate {
            (form::hidden(caller))
            input type="hidden" name="listing" value=(found.id);
            (Textarea::new("words", "What do you do there?")
                .hint("So that the editor can see that it is yours")
                .error(mistakes.of("words"))
                .value(typed("words")))
            (Input { kind: Some("email".to_owned()), autocomplete: Some("email".to_owned()), ..Input::new("email", "Where can we write to you? (optional)") }
                .hint("For reminders. An address at the organisation is best")
                .error(mistakes.of("email"))
                .value(typed("email")))
            (Button { prevent_double_click: true, ..Button::new("Ask to keep these listings") })
        }
    };
    Page::new(title, main)
        .back("/directory/mine")
        .with_errors(mistakes.all())
}

/// `POST /directory/claims/new`.
pub(crate) async fn ask(caller: Caller, form: Form) -> Result<Response, Problem> {
    let found = named(&caller, form.get("listing")).await;
    let mut mistakes = Mistakes::default();
    let said = mistakes.check("words", words(form.get("words")));
    mistakes.required("words", form.get("words"), "Say what you do there");
    let email = form.get("email");
    let is_email = email.is_empty() || email.parse::<Email>().is_ok();
    if !is_email {
        mistakes.add("email", "Enter an e-mail address, like name@example.org");
    }
    if found.is_err() || !mistakes.is_empty() {
        caller.permit(Resource::House).await?;
    }
    let found = found?;
    let Some(said) = said.filter(|_| mistakes.is_empty()) else {
        return Ok(ask_page(&caller, &found, Some(&form), &mistakes).into_response());
    };
    let (user, name) = (caller.actor().user, caller.actor().name.clone());
    let email = (!email.is_empty()).then(|| email.to_owned());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        claim::ask(
            tx,
            environment,
            &found,
            (user, &name),
            (&said, email.as_deref()),
        )?;
        Ok("/directory/mine".to_owned())
    };
    let to = caller.write(sent(&form), Resource::House, work).await?;
    Ok(redirect(&to))
}

/// `GET /directory/claims`: what is to be decided, and who keeps what.
pub(crate) async fn list(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    page(&caller, &Mistakes::default()).await
}

async fn page(caller: &Caller, mistakes: &Mistakes) -> Result<Page, Problem> {
    let database = caller.house().database();
    let found = database.read(|tx| {
        let asked = claim::claims_in(tx, ClaimState::Asked)?;
        let granted = claim::claims_in(tx, ClaimState::Granted)?;
        let mut beside = Vec::new();
        for claim in asked {
            let keepers = keepers(tx, &claim.organisation)?;
            beside.push((claim, keepers));
        }
        Ok::<_, stour_database::Error>((beside, granted))
    });
    let (asked, granted) = found.await?;
    let may = is_editor(caller);
    let main = html! {
        (Heading::page("Who keeps which listings"))
        (Heading::section("To decide"))
        @if asked.is_empty() { (InsetText::new("Nobody waits for an answer.")) }
        @for (claim, keepers) in &asked { (one(caller, claim, keepers, may, &["grant", "refuse"], mistakes)) }
        (Heading::section("Keepers"))
        @if granted.is_empty() { (InsetText::new("Nobody keeps listings yet.")) }
        @for claim in &granted {
            @let decisions: &[&str] = if claim.is_lead { &["revoke"] } else { &["lead", "revoke"] };
            (one(caller, claim, &[], may, decisions, mistakes))
        }
    };
    Ok(Page::new("Who keeps which listings", main)
        .back("/directory/suggestions")
        .with_errors(mistakes.all()))
}

fn one(
    caller: &Caller,
    claim: &Claim,
    keepers: &[Claim],
    may: bool,
    decisions: &[&str],
    mistakes: &Mistakes,
) -> Markup {
    let names: Vec<&str> = keepers
        .iter()
        .map(|one| one.claimed_by_name.as_str())
        .collect();
    let why = format!("why-{}", claim.id);
    let mut rows = vec![
        ("Who", claim.claimed_by_name.clone()),
        ("What they say", claim.words.clone()),
        (
            "E-mail",
            claim
                .email
                .clone()
                .unwrap_or_else(|| "Not given".to_owned()),
        ),
        ("Asked", moment(claim.asked_at)),
    ];
    if claim.is_lead {
        rows.push(("Lead", "They are asked first".to_owned()));
    }
    if !names.is_empty() {
        rows.push(("Kept already by", names.join(", ")));
    }
    html! {
        (Heading::subsection(claim.organisation_name.as_str()))
        (SummaryList::new(rows))
        @if may {
            form method="post" action={ "/directory/claims/" (claim.id) "/decide" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(claim.version);
                (Input::new(why.as_str(), "Why").hint("They see this").error(mistakes.of(&why)))
                @for decision in decisions { (button(decision)) " " }
            }
        }
    }
}

fn button(decision: &str) -> Markup {
    let words = match decision {
        "grant" => "Let them keep these listings",
        "refuse" => "Refuse",
        "lead" => "Make them the lead",
        _ => "Revoke",
    };
    let button = if decision == "grant" {
        Button::new(words)
    } else {
        Button::secondary(words)
    };
    html! {
        (Button { name: Some("decision".to_owned()), value: Some(decision.to_owned()), prevent_double_click: true, ..button })
    }
}

/// `POST /directory/claims/{id}/decide`.
pub(crate) async fn decide(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let decision = match form.get("decision") {
        "grant" => Some(Decision::Grant),
        "refuse" => Some(Decision::Refuse),
        "revoke" => Some(Decision::Revoke),
        "lead" => Some(Decision::Lead),
        _ => None,
    };
    let field = format!("why-{id}");
    let mut mistakes = Mistakes::default();
    let why = mistakes.check(&field, words(form.get(&field)));
    if matches!(decision, Some(Decision::Refuse | Decision::Revoke)) {
        mistakes.required(&field, form.get(&field), "Say why: they will see it");
    }
    let claim_id = id.parse::<ClaimId>();
    let seen = form.get("version").parse::<Version>();
    let (Ok(id), Ok(seen), Some(decision)) = (claim_id, seen, decision) else {
        caller.permit(Resource::House).await?;
        return Err(Problem::malformed(
            "Choose what you decide, from the page of claims.",
        ));
    };
    let Some(why) = why.filter(|_| mistakes.is_empty()) else {
        caller.permit_to("directory.read", Resource::House).await?;
        return Ok(page(&caller, &mistakes).await?.into_response());
    };
    let by = caller.actor().name.clone();
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        claim::decide(tx, environment, (id, seen), decision, (&by, &why))?;
        Ok("/directory/claims".to_owned())
    };
    let to = caller.write(sent(&form), Resource::House, work).await?;
    Ok(redirect(&to))
}
