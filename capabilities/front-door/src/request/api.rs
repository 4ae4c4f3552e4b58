//! Requests as JSON.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_people::facts_of;
use stour_web::{Body, Caller, FieldError, Mistakes, Problem, TypedDate, if_match, tagged};
use utoipa::ToSchema;

use super::page::{load, taker};
use super::{Draft, Request};
use crate::identity::{deals, only_if_deals};
use crate::lists::Lists;
use crate::request;

/// A request for support, as another system records it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRequestJson {
    /// The person it is about.
    #[schema(format = "uuid")]
    person: String,
    /// A code of the list `contact-channel`.
    channel: String,
    /// A code of the list `route-of-access`.
    route: String,
    /// A code of the list `who-asked`.
    asked_by: String,
    /// Name and telephone number of who asked, at most 200 characters.
    #[serde(default)]
    asker: String,
    /// What is asked, in their words, at most 4,000 characters.
    words: String,
    /// A code of the list `primary-support-reason`.
    #[serde(default)]
    support_reason: Option<String>,
    /// The day on which it was received, `2026-11-24`; today when left out.
    #[serde(default)]
    #[schema(format = "date")]
    received_on: Option<String>,
}

/// A request for support.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestJson {
    /// The request.
    #[schema(format = "uuid")]
    id: String,
    /// The person it is about.
    #[schema(format = "uuid")]
    person: String,
    /// The organisation that took it.
    organisation: String,
    /// A code of the list `contact-channel`.
    channel: String,
    /// A code of the list `route-of-access`.
    route: String,
    /// A code of the list `who-asked`.
    asked_by: String,
    /// Name and telephone number of who asked; may be empty, and always is for the person asked for.
    asker: String,
    /// What is asked, in their words.
    words: String,
    /// A code of the list `primary-support-reason`.
    support_reason: Option<String>,
    /// The day on which it was received.
    #[schema(format = "date")]
    received_on: String,
    /// When it was recorded.
    #[schema(format = "date-time")]
    recorded_at: String,
    /// Who recorded it.
    taken_by: String,
    /// `open`, `referred` or `concluded`.
    state: &'static str,
    /// A code of the list `event-outcome`, once concluded.
    outcome: Option<String>,
    /// When it was concluded.
    #[schema(format = "date-time")]
    concluded_at: Option<String>,
}

impl From<&Request> for RequestJson {
    fn from(request: &Request) -> Self {
        let asked = &request.asked;
        let conclusion = request.conclusion();
        Self {
            id: request.id.to_string(),
            person: request.person.to_string(),
            organisation: request.organisation.to_string(),
            channel: asked.channel.to_string(),
            route: asked.route.to_string(),
            asked_by: asked.asked_by.to_string(),
            asker: asked.asker.clone(),
            words: asked.words.clone(),
            support_reason: asked.support_reason.as_ref().map(ToString::to_string),
            received_on: asked.received_on.to_string(),
            recorded_at: request.recorded_at.to_string(),
            taken_by: request.taken_by.clone(),
            state: request.state.as_str(),
            outcome: conclusion.map(|conclusion| conclusion.outcome.to_string()),
            concluded_at: conclusion.map(|conclusion| conclusion.at.to_string()),
        }
    }
}

/// How a request is concluded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeJson {
    /// A code of the list `event-outcome`.
    outcome: String,
}

impl NewRequestJson {
    fn draft(&self) -> Result<Draft, FieldError> {
        let received = match self.received_on.as_deref() {
            None => TypedDate::default(),
            Some(text) => {
                let day: stour_kernel::Date = text.parse().map_err(|_| FieldError {
                    field: "received_on".to_owned(),
                    message: "Give the day as 2026-11-24".to_owned(),
                })?;
                TypedDate::of(day)
            }
        };
        Ok(Draft {
            channel: self.channel.clone(),
            route: self.route.clone(),
            asked_by: self.asked_by.clone(),
            asker: self.asker.clone(),
            words: self.words.clone(),
            support_reason: self.support_reason.clone().unwrap_or_default(),
            received,
        })
    }
}

/// Mistakes under the names of the JSON properties.
pub(crate) fn mistakes_in_json(mistakes: &Mistakes) -> Problem {
    let property = |error: &FieldError| FieldError {
        field: match error.field.as_str() {
            "received-day" => "received_on".to_owned(),
            field => field.replace('-', "_"),
        },
        message: error.message.clone(),
    };
    Problem::invalid(mistakes.all().iter().map(property).collect())
}

fn answer(status: StatusCode, request: &Request) -> Response {
    (
        status,
        tagged(request.version),
        Json(RequestJson::from(request)),
    )
        .into_response()
}

/// Records a request for support.
#[utoipa::path(
    post, path = "/api/requests", tag = "front-door", request_body = NewRequestJson,
    params(("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each request")),
    responses(
        (status = 201, description = "Recorded; its address is in Location, its version in ETag", body = RequestJson),
        (status = 404, description = "There is no such person, or none that the caller may know of"),
        (status = 422, description = "Properties to put right"),
    )
)]
pub(crate) async fn create(
    caller: Caller,
    body: Body<NewRequestJson>,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &body.value.person).await?;
    only_if_deals(&caller, &facts).await?;
    let draft = body
        .value
        .draft()
        .map_err(|error| Problem::invalid(vec![error]))?;
    let asked = draft
        .check(&Lists::embedded()?, caller.today())
        .map_err(|mistakes| mistakes_in_json(&mistakes))?;
    let (person, taker) = (facts.clone(), taker(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let request = request::record(tx, environment, &person, asked.clone(), &taker)?;
        Ok(request.id.to_string())
    };
    let sent = (body.key(), body.fingerprint());
    let id = caller.write(sent, Resource::Person(facts), work).await?;
    let (request, _) = load(&caller, &id).await?;
    let location = [(header::LOCATION, format!("/api/requests/{id}"))];
    Ok((location, answer(StatusCode::CREATED, &request)).into_response())
}

/// One request for support.
#[utoipa::path(
    get, path = "/api/requests/{id}", tag = "front-door",
    params(("id" = String, Path, description = "The request")),
    responses(
        (status = 200, description = "The request; its version in ETag", body = RequestJson),
        (status = 404, description = "There is no such request, or none that the caller may know of"),
    )
)]
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    let (mut request, person) = load(&caller, &id).await?;
    if !deals(&caller, &person) {
        request.asked.asker.clear();
    }
    let _permit = caller.permit_person(person).await?;
    Ok(answer(StatusCode::OK, &request))
}

/// Concludes a request without a referral.
#[utoipa::path(
    put, path = "/api/requests/{id}/outcome", tag = "front-door", request_body = OutcomeJson,
    params(
        ("id" = String, Path, description = "The request"),
        ("If-Match" = String, Header, description = "The ETag of the version that is concluded"),
        ("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each conclusion"),
    ),
    responses(
        (status = 200, description = "Concluded; its new version in ETag", body = RequestJson),
        (status = 404, description = "There is no such request, or none that the caller may know of"),
        (status = 409, description = "It is concluded already, or a service considers it"),
        (status = 412, description = "Somebody changed it first"),
        (status = 422, description = "The outcome is not in the list today"),
        (status = 428, description = "If-Match is missing"),
    )
)]
pub(crate) async fn conclude(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<OutcomeJson>,
) -> Result<Response, Problem> {
    let (request, person) = load(&caller, &id).await?;
    only_if_deals(&caller, &person).await?;
    let seen = if_match(&headers)?;
    let outcome = super::draft::outcome(&body.value.outcome, &Lists::embedded()?, caller.today())
        .map_err(|error| Problem::invalid(vec![error]))?;
    let (named, by) = (request.id, caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        request::conclude(tx, environment, (named, seen), outcome.clone(), &by)?;
        Ok(named.to_string())
    };
    let sent = (body.key(), body.fingerprint());
    caller.write(sent, Resource::Person(person), work).await?;
    let (request, _) = load(&caller, &id).await?;
    Ok(answer(StatusCode::OK, &request))
}
