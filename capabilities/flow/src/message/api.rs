//! Messages as JSON.

use axum::Json;
use axum::extract::Query;
use serde::Serialize;
use stour_web::{Caller, Problem, Route};
use utoipa::{OpenApi, ToSchema};

use super::page::{Asked, listed};
use super::store::Kept;

#[derive(OpenApi)]
#[openapi(paths(messages))]
pub(crate) struct ApiDoc;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/api/messages", "message.read", messages)]
}

/// Messages in one state.
#[derive(Debug, Serialize, ToSchema)]
struct MessagesJson {
    /// How many there are in each state.
    counts: Vec<CountJson>,
    /// The messages, the latest first.
    messages: Vec<MessageJson>,
    /// What to ask for as `before` to see earlier ones.
    next: Option<String>,
}

/// How many messages are in a state.
#[derive(Debug, Serialize, ToSchema)]
struct CountJson {
    /// `set-aside`, `refused`, `received`, `ignored` or `applied`.
    state: &'static str,
    /// How many.
    count: i64,
}

/// A message from another system, without its words.
#[derive(Debug, Serialize, ToSchema)]
struct MessageJson {
    /// The message.
    #[schema(format = "uuid")]
    id: String,
    /// When it came.
    #[schema(format = "date-time")]
    received_at: String,
    /// Who sent it: MSH-3 and MSH-4.
    sender: String,
    /// MSH-10.
    control_id: String,
    /// `ADT^A01`; empty when it could not be read.
    kind: String,
    /// What became of it.
    state: &'static str,
    /// Where in it something is wrong, such as `PID-7`.
    place: Option<String>,
    /// What is wrong.
    reason: Option<String>,
    /// What to do.
    advice: Option<String>,
    /// Which of its fields could not be used, where the rest was.
    left_out: Option<String>,
    /// How many times it came again.
    repeats: i64,
}

impl From<&Kept> for MessageJson {
    fn from(kept: &Kept) -> Self {
        let fault = kept.fault.as_ref();
        Self {
            id: kept.id.to_string(),
            received_at: kept.received_at.to_string(),
            sender: kept.sender.clone(),
            control_id: kept.control_id.clone(),
            kind: kept.kind.clone(),
            state: kept.state.as_str(),
            place: fault
                .map(crate::adt::Fault::place)
                .filter(|place| !place.is_empty()),
            reason: fault.map(|fault| fault.reason.clone()),
            advice: fault.map(|fault| fault.advice.clone()),
            left_out: kept.left_out.clone(),
            repeats: kept.repeats,
        }
    }
}

/// Messages in one state, those set aside unless asked otherwise.
#[utoipa::path(
    get, path = "/api/messages", tag = "flow",
    params(
        ("state" = Option<String>, Query, description = "set-aside, refused, received, ignored or applied"),
        ("before" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses(
        (status = 200, description = "The messages", body = MessagesJson),
        (status = 403, description = "The caller does not mind the links to other systems"),
    )
)]
async fn messages(
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<MessagesJson>, Problem> {
    let listed = listed(&caller, &asked).await?;
    let count = |(state, count): &(super::MessageState, i64)| CountJson {
        state: state.as_str(),
        count: *count,
    };
    Ok(Json(MessagesJson {
        counts: listed.counts.iter().map(count).collect(),
        messages: listed.messages.iter().map(MessageJson::from).collect(),
        next: listed.next.map(|next| next.to_string()),
    }))
}
