//! The start of a flow.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_design::{Button, Details, Heading, InsetText, Markup, html};
use stour_guidance::{Flow, SourceStatus};
use stour_kernel::Environment;
use stour_web::words::day;
use stour_web::{Form, Page, Problem, Visitor, form, redirect};

use super::framed;
use super::list_page::resident;
use crate::content::{Published, published};
use crate::draft;
use crate::ease::{Event, count};

/// How a flow is to be seen.
#[derive(Debug, Deserialize)]
pub(crate) struct View {
    view: Option<String>,
}

impl View {
    /// All questions on one page.
    pub(crate) fn is_all(&self) -> bool {
        self.view.as_deref() == Some("all")
    }
}

/// The flow that the public follows, by its id.
pub(crate) async fn the(visitor: &Visitor, flow: &str) -> Result<Published, Problem> {
    let found = published(visitor.house().database(), flow).await?;
    found.ok_or_else(Problem::not_found)
}

/// `GET /advice/{flow}`.
pub(crate) async fn show(
    visitor: Visitor,
    Path(flow): Path<String>,
    Query(view): Query<View>,
) -> Result<Response, Problem> {
    let on = the(&visitor, &flow).await?;
    if view.is_all() {
        return Ok(super::all_page::blank(&visitor, &on).into_response());
    }
    let flow = &on.flow;
    let main = html! {
        (Heading::page(flow.title.as_str()))
        p.nhsuk-lede-text { (flow.summary) }
        p { "For: " (flow.audience) "." }
        (promises(flow))
        form method="post" action={ "/advice/" (flow.id) "/start" } {
            (form::hidden_for(&visitor))
            (Button { prevent_double_click: true, ..Button::new("Start now") })
        }
        @if visitor.actor().is_some_and(|actor| !actor.has_role("resident")) {
            p { a href={ "/advice/" (flow.id) "?view=all" } { "All questions on one page, to help somebody on the telephone" } }
        }
        (Details::new("Where the rules come from", sources(&on)))
    };
    let page = Page::new(flow.title.as_str(), main).back("/advice");
    Ok(framed(flow, page).into_response())
}

fn promises(flow: &Flow) -> Markup {
    let days = flow.keep_days;
    html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            li { "You do not give your name. We do not track you." }
            li {
                "We keep your answers for " (days) @if days == 1 { " day" } @else { " days" }
                ", so that you can come back. You can delete them at any time."
            }
            li { "What you see at the end is advice. It is not a decision." }
        }
        @if flow.sensitive {
            (InsetText::new(html! {
                p { "To leave this page fast, press the button at the top, or press Shift three times." }
                p { "The browser keeps a list of the pages that you look at, even after you leave. If someone may look at this phone or computer, open this page in a private window, or delete the list afterwards." }
            }))
        }
    }
}

fn sources(on: &Published) -> Markup {
    let flow = &on.flow;
    html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            @for source in &flow.sources {
                li {
                    (source.what) ": " (source.gives) "."
                    @if source.status == SourceStatus::Unverified { strong { " Not checked against its source yet." } }
                }
            }
        }
        p {
            "Looked after by: " (flow.owner) ". To be looked at again by " (day(flow.review_due))
            ". This is version " (on.number) "."
        }
    }
}

/// `POST /advice/{flow}/start`.
pub(crate) async fn start(
    visitor: Visitor,
    Path(flow): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let on = the(&visitor, &flow).await?;
    let user = resident(&visitor);
    let work = move |tx: &mut stour_database::Transaction<'_>, environment: &Environment| {
        let draft = draft::begin(tx, environment, &on, user)?;
        count(tx, environment, (&on.flow.id, on.number), &Event::Begun)?;
        let position = draft::position(&on.flow, &draft, environment.today())?;
        Ok(draft::goes_on(&draft, position.at))
    };
    let sent = (form.key(), form.fingerprint());
    let to = visitor.write(sent, "advice.begin", work).await?;
    Ok(redirect(&to))
}
