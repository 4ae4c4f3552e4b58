//! What the public says of a listing: no account, no name, nothing but what they choose to say.

use axum::extract::Query;
use serde::Deserialize;
use stour_database::Transaction;
use stour_design::{
    Button, Choice, Heading, Input, InsetText, Legend, Panel, Radios, Size, Textarea, html,
};
use stour_kernel::Environment;
use stour_web::{Form, Mistakes, Page, Problem, Visitor, form};

use super::note;
use super::settings::settings;
use super::visit::{sent, words};
use crate::listing::{ListingId, published_listing};
use crate::publication::Published;

/// A field that nobody sees: what fills it in is a program.
const TRAP: &str = "website";
/// The most characters of where to reply.
const LONGEST_REPLY: usize = 200;

/// Which listing.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    listing: Option<String>,
}

async fn published(visitor: &Visitor, id: &str) -> Result<Published, Problem> {
    let id: ListingId = id.parse().map_err(|_| Problem::not_found())?;
    let database = visitor.house().database();
    let found = database.read(move |tx| published_listing(tx, id)).await?;
    found.ok_or_else(Problem::not_found)
}

/// `GET /directory/feedback?listing=…`.
pub(crate) async fn show(visitor: Visitor, Query(which): Query<Which>) -> Result<Page, Problem> {
    let found = published(&visitor, which.listing.as_deref().unwrap_or_default()).await?;
    page(&visitor, &found, None, &Mistakes::default())
}

fn page(
    visitor: &Visitor,
    found: &Published,
    form: Option<&Form>,
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let typed = |field: &str| form.map_or("", |form| form.get(field));
    let kinds = settings()?.note.iter();
    let kinds = kinds.map(|kind| Choice::new(kind.code.as_str(), kind.label.as_str()));
    let legend = Legend {
        size: Some(Size::S),
        ..Legend::new("What do you want to tell us?")
    };
    let title = "Tell us about this listing";
    let main = html! {
        (Heading::page(title).caption(found.service().name.as_str()))
        (InsetText::new("We cannot pass on messages to the service. Do not write about your health or your care."))
        form method="post" action="/directory/feedback" novalidate {
            (form::hidden_for(visitor))
            input type="hidden" name="listing" value=(found.id());
            (Radios { error: mistakes.of("kind"), ..Radios::new("kind", legend, kinds).selected(Some(typed("kind"))) })
            (Textarea::new("words", "What is it?").error(mistakes.of("words")).value(typed("words")))
            (Input::new("reply", "Where can we reply? (optional)")
                .hint("An e-mail address or a telephone number. If it is your service, we need one")
                .error(mistakes.of("reply"))
                .value(typed("reply")))
            div.nhsuk-u-visually-hidden aria-hidden="true" {
                label for=(TRAP) { "Leave this empty" }
                input type="text" id=(TRAP) name=(TRAP) tabindex="-1" autocomplete="off";
            }
            (Button { prevent_double_click: true, ..Button::new("Send") })
        }
    };
    Ok(Page::new(title, main)
        .back(format!("/find/{}", found.id()))
        .with_errors(mistakes.all())
        .quick_exit())
}

/// `POST /directory/feedback`.
pub(crate) async fn leave(visitor: Visitor, form: Form) -> Result<Page, Problem> {
    let found = published(&visitor, form.get("listing")).await?;
    if !form.get(TRAP).is_empty() {
        // A program that is told of the trap learns to leave the field out.
        return Ok(thanks(&found));
    }
    let kind = form.get("kind").to_owned();
    let mut mistakes = Mistakes::default();
    let is_kind = settings()?.note.iter().any(|one| one.code == kind);
    if !is_kind {
        mistakes.add("kind", "Choose what you want to tell us");
    }
    mistakes.required("words", form.get("words"), "Write what you want to tell us");
    let said = mistakes
        .check("words", words(form.get("words")))
        .unwrap_or_default();
    let reply = form.get("reply");
    if reply.chars().count() > LONGEST_REPLY || words(reply).is_err() {
        mistakes.add("reply", "Enter an e-mail address or a telephone number");
    }
    if kind == "mine" && reply.is_empty() {
        mistakes.add(
            "reply",
            "Tell us where to reply, so that we can see that it is your service",
        );
    }
    if !mistakes.is_empty() {
        return page(&visitor, &found, Some(&form), &mistakes);
    }
    let (id, reply) = (found.id(), (!reply.is_empty()).then(|| reply.to_owned()));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let is_taken = note::leave(tx, environment, id, (&kind, &said, reply.as_deref()))?;
        if is_taken {
            Ok(String::new())
        } else {
            Err(Problem::too_many(
                "Many people have told us about this listing today. We will look at it. Try again tomorrow if there is more to say.",
            ))
        }
    };
    visitor.write(sent(&form), "listing.note", work).await?;
    Ok(thanks(&found))
}

fn thanks(found: &Published) -> Page {
    let main = html! {
        (Panel::new(Heading::page("Thank you")))
        p { "An editor will look at it." }
        p { a href={ "/find/" (found.id()) } { "Back to " (found.service().name.as_str()) } }
    };
    Page::new("Thank you", main).quick_exit()
}
