//! Events as JSON, for programs that follow.

use axum::Json;
use axum::extract::Query;
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_database::{Cursor, CursorError};
use stour_web::{Caller, Problem};
use utoipa::{IntoParams, ToSchema};

use super::{EventView, store};

/// The most events in one answer.
const MOST: i64 = 200;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The `next` of the answer before: what came after it. From the beginning without it.
    after: Option<String>,
    /// How many events an answer holds: 1 to 200, 200 unless told.
    size: Option<i64>,
}

/// Events in order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventsView {
    /// The earliest first.
    events: Vec<EventView>,
    /// What to ask for as `after` next time, now or later. Keep it.
    next: String,
}

/// What happened to people: merged, parted, moved. Ask again with `next` to follow.
#[utoipa::path(get, path = "/api/person-events", tag = "people", params(Asked),
    responses(
        (status = 200, body = EventsView),
        (status = 400, description = "The cursor is not one that this server gave out"),
        (status = 403, description = "The caller does not mind the links to other systems"),
    ))]
pub(crate) async fn follow(
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<EventsView>, Problem> {
    caller.permit(Resource::House).await?;
    let after = match &asked.after {
        Some(cursor) => place(cursor)?,
        None => 0,
    };
    let size = asked.size.unwrap_or(MOST).clamp(1, MOST);
    let events = caller
        .house()
        .database()
        .read(move |tx| store::after(tx, after, size))
        .await?;
    let last = events.last().map_or(after, |event| event.sequence);
    Ok(Json(EventsView {
        events: events.iter().map(EventView::from).collect(),
        next: Cursor::after([last.to_string()]).to_string(),
    }))
}

fn place(cursor: &str) -> Result<i64, Problem> {
    let cursor: Cursor = cursor.parse()?;
    let [place] = cursor.parts::<1>()?;
    Ok(place.parse().map_err(|_| CursorError)?)
}
