//! What the pages of a flow share: the way out of a sensitive one, how long answers are kept, and what is said when they
//! are gone.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use stour_design::{Button, Details, Heading, Markup, html};
use stour_guidance::Flow;
use stour_web::words::day;
use stour_web::{Page, Visitor, form};

use crate::draft::Opened;

/// The page, with the way out where the flow is sensitive.
pub(crate) fn framed(flow: &Flow, page: Page) -> Page {
    if flow.sensitive {
        page.quick_exit()
    } else {
        page
    }
}

/// What is said of answers that are not kept, or never were.
pub(crate) fn gone(flow: &str) -> Response {
    let main = html! {
        (Heading::page("These answers are no longer kept"))
        p { "The code may be wrong, or the day until which we kept your answers has passed. We have deleted them." }
        p { a href={ "/advice/" (stour_web::words::segment(flow)) } { "Start again" } }
        p { a href="/advice" { "See all advice" } }
    };
    let page = Page {
        status: StatusCode::NOT_FOUND,
        ..Page::new("These answers are no longer kept", main)
    };
    page.quick_exit().into_response()
}

/// How to come back to the answers, and how to delete them now.
pub(crate) fn keeping(visitor: &Visitor, opened: &Opened) -> Markup {
    let code = opened.draft.code.in_groups();
    let how = html! {
        p { "We keep your answers until the end of " (day(opened.draft.kept_until)) ", and then delete them. They have no name on them." }
        p { "To come back, keep the address of this page, or go to " a href="/advice/return" { "come back to your answers" } " and enter this code:" }
        p { strong.nhsuk-u-text-break-word { (code) } }
        p { "Anyone who has the code can read your answers." }
    };
    html! {
        div.stour-no-print {
            (Details::new("Stop now and come back later", how))
            form method="post" action={ (opened.address()) "/delete" } {
                (form::hidden_for(visitor))
                (Button { prevent_double_click: true, small: true, ..Button::secondary("Delete my answers now") })
            }
        }
    }
}
