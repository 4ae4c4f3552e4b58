//! What waits for an editor: suggestions, claims, and what the public said.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Error, Transaction, Version};
use stour_design::{Button, Cell, Heading, Input, InsetText, Markup, SummaryList, Table, html};
use stour_kernel::Environment;
use stour_web::words::moment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::claim::{ClaimState, claims_in};
use super::note::{self, Note, NoteId};
use super::settings::{Settings, settings};
use super::suggestion::{Suggestion, waiting};
use super::visit::{is_editor, sent, words};

/// `GET /directory/suggestions`.
pub(crate) async fn list(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    page(&caller, &Mistakes::default()).await
}

async fn page(caller: &Caller, mistakes: &Mistakes) -> Result<Page, Problem> {
    let database = caller.house().database();
    let found = database.read(|tx| {
        let claims = claims_in(tx, ClaimState::Asked)?.len();
        Ok::<_, Error>((waiting(tx)?, claims, note::open(tx)?))
    });
    let (suggestions, claims, notes) = found.await?;
    let settings = settings()?;
    let main = html! {
        (Heading::page("Suggestions"))
        p {
            a href="/directory/claims" { "Who keeps which listings" }
            @match claims { 0 => {}, 1 => ": 1 claim waits", many => { ": " (many) " claims wait" } }
        }
        p { a href="/directory/reviews" { "Listings to look at again" } }
        (Heading::section("From those who keep listings"))
        (suggested(&suggestions, is_editor(caller)))
        (Heading::section("From the public"))
        @if notes.is_empty() { (InsetText::new("Nothing waits.")) }
        @for note in &notes { (one(caller, note, settings, mistakes)) }
    };
    Ok(Page::new("Suggestions", main).with_errors(mistakes.all()))
}

fn suggested(suggestions: &[Suggestion], may_open: bool) -> Markup {
    let rows = suggestions.iter().map(|one| {
        let name = one.listing_name.as_str();
        let name = if may_open {
            Cell::link(name, format!("/directory/suggestions/{}", one.id))
        } else {
            name.into()
        };
        let kind = if one.seen.is_some() {
            "A change"
        } else {
            "A new listing"
        };
        vec![
            name,
            kind.into(),
            one.made_by_name.as_str().into(),
            moment(one.made_at).into(),
        ]
    });
    html! {
        @if suggestions.is_empty() {
            (InsetText::new("Nothing waits."))
        } @else {
            (Table { responsive: true, ..Table::new("The earliest first", ["Listing", "What", "By", "Sent"], rows) })
        }
    }
}

fn one(caller: &Caller, note: &Note, settings: &Settings, mistakes: &Mistakes) -> Markup {
    let why = format!("why-{}", note.id);
    let kind = settings.note.iter().find(|kind| kind.code == note.kind);
    let kind = kind.map_or(note.kind.as_str(), |kind| kind.label.as_str());
    let rows = [
        ("What", kind.to_owned()),
        ("In their words", note.words.clone()),
        (
            "Reply to",
            note.reply_to
                .clone()
                .unwrap_or_else(|| "Not given".to_owned()),
        ),
        ("When", moment(note.left_at)),
    ];
    html! {
        (Heading::subsection(note.listing_name.as_str()))
        (SummaryList::new(rows))
        @if is_editor(caller) {
            p { a href={ "/directory/mine/" (note.listing) } { "Open the listing" } }
            form method="post" action={ "/directory/notes/" (note.id) "/settle" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(note.version);
                (Input::new(why.as_str(), "What came of it").error(mistakes.of(&why)))
                (Button { prevent_double_click: true, ..Button::secondary("Dealt with") })
            }
        }
    }
}

/// `POST /directory/notes/{id}/settle`.
pub(crate) async fn settle(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let field = format!("why-{id}");
    let mut mistakes = Mistakes::default();
    mistakes.required(&field, form.get(&field), "Say what came of it");
    let why = mistakes
        .check(&field, words(form.get(&field)))
        .unwrap_or_default();
    let (Ok(id), Ok(seen)) = (id.parse::<NoteId>(), form.get("version").parse::<Version>()) else {
        caller.permit(Resource::House).await?;
        return Err(Problem::not_found());
    };
    if !mistakes.is_empty() {
        caller.permit_to("directory.read", Resource::House).await?;
        return Ok(page(&caller, &mistakes).await?.into_response());
    }
    let by = caller.actor().name.clone();
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        note::settle(tx, environment, (id, seen), (&by, &why))?;
        Ok("/directory/suggestions".to_owned())
    };
    let to = caller.write(sent(&form), Resource::House, work).await?;
    Ok(redirect(&to))
}
