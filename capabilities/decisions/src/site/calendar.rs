//! Every meeting by day, and the same for calendar programs.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_design::{Heading, html};
use stour_web::{Page, Problem, Visitor};

use super::{Part, home, open, page};
use crate::ics;

/// `GET /decisions/calendar`.
pub(crate) async fn show(visitor: Visitor) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let today = visitor.today();
    let (mut ahead, past): (Vec<_>, Vec<_>) = record
        .latest_meetings()
        .into_iter()
        .partition(|meeting| meeting.date.is_some_and(|date| date >= today));
    ahead.reverse();
    let main = html! {
        (Heading::section("Ahead"))
        @if ahead.is_empty() {
            p { "No meeting ahead is published yet." }
        } @else {
            (home::meetings_table(&record, ahead, "Meetings ahead"))
        }
        (Heading::section("Before today"))
        (home::meetings_table(&record, past, "Meetings before today, the latest first"))
        p { a href="/decisions/calendar.ics" { "Take the meetings into a calendar program (iCalendar)" } }
    };
    Ok(page(
        &visitor,
        Part::Calendar,
        "Calendar of meetings",
        &main,
    ))
}

/// `GET /decisions/calendar.ics`.
pub(crate) async fn file(visitor: Visitor) -> Result<Response, Problem> {
    let record = open(&visitor).await?;
    let body = ics::calendar(&record);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"meetings.ics\"",
        ),
    ];
    Ok((headers, body).into_response())
}
