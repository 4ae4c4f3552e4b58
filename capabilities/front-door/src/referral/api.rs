//! Referrals as JSON.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_web::{Body, Caller, Problem, if_match, tagged};
use utoipa::ToSchema;

use super::page::load;
use super::{Referral, ReferralDraft};
use crate::identity::only_if_deals;
use crate::referral;
use crate::request::api::mistakes_in_json;
use crate::request::page::{load as load_request, taker};

/// A referral to a service, as another system makes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReferralJson {
    /// The id of a service, such as `reablement`.
    service: String,
    /// The code of one of its urgencies, such as `within-2-days`.
    urgency: String,
    /// Why, and what the person wants to be able to do, at most 2,000 characters.
    reason: String,
}

/// A referral to a service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralJson {
    /// The referral.
    #[schema(format = "uuid")]
    id: String,
    /// The request behind it.
    #[schema(format = "uuid")]
    request: String,
    /// The person it is about.
    #[schema(format = "uuid")]
    person: String,
    /// The id of the service.
    service: String,
    /// The organisation that provides it.
    provider: String,
    /// The code of an urgency of the service.
    urgency: String,
    /// Why, and what the person wants to be able to do.
    reason: String,
    /// Who made it.
    made_by: String,
    /// When.
    #[schema(format = "date-time")]
    made_at: String,
    /// The organisation that made it.
    organisation: String,
    /// `waiting`, `accepted`, `declined` or `withdrawn`.
    state: &'static str,
    /// When it was accepted, declined or withdrawn.
    #[schema(format = "date-time")]
    decided_at: Option<String>,
    /// By whom.
    decided_by: Option<String>,
    /// Why it was declined or withdrawn.
    decided_why: Option<String>,
}

impl From<&Referral> for ReferralJson {
    fn from(referral: &Referral) -> Self {
        let decided = referral.state.decided();
        Self {
            id: referral.id.to_string(),
            request: referral.request.to_string(),
            person: referral.person.to_string(),
            service: referral.service.to_string(),
            provider: referral.provider.to_string(),
            urgency: referral.urgency.to_string(),
            reason: referral.reason.to_string(),
            made_by: referral.made_by.clone(),
            made_at: referral.made_at.to_string(),
            organisation: referral.organisation.to_string(),
            state: referral.state.as_str(),
            decided_at: decided.map(|decided| decided.at.to_string()),
            decided_by: decided.map(|decided| decided.by.clone()),
            decided_why: referral.state.why().map(ToString::to_string),
        }
    }
}

fn answer(status: StatusCode, referral: &Referral) -> Response {
    (
        status,
        tagged(referral.version),
        Json(ReferralJson::from(referral)),
    )
        .into_response()
}

/// Refers a request to a service.
#[utoipa::path(
    post, path = "/api/requests/{id}/referrals", tag = "front-door", request_body = NewReferralJson,
    params(
        ("id" = String, Path, description = "The request"),
        ("If-Match" = String, Header, description = "The ETag of the request that is referred"),
        ("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each referral"),
    ),
    responses(
        (status = 201, description = "Made; its address is in Location, its version in ETag", body = ReferralJson),
        (status = 404, description = "There is no such request, or none that the caller may know of"),
        (status = 409, description = "The request is concluded, or waits for that service already"),
        (status = 412, description = "Somebody changed the request first"),
        (status = 422, description = "Properties to put right"),
        (status = 428, description = "If-Match is missing"),
    )
)]
pub(crate) async fn create(
    caller: Caller,
    Path(request): Path<String>,
    headers: HeaderMap,
    body: Body<NewReferralJson>,
) -> Result<Response, Problem> {
    let (request, person) = load_request(&caller, &request).await?;
    only_if_deals(&caller, &person).await?;
    let seen = if_match(&headers)?;
    let draft = ReferralDraft {
        service: body.value.service.clone(),
        urgency: body.value.urgency.clone(),
        reason: body.value.reason.clone(),
    };
    let new = draft
        .check(caller.today())?
        .map_err(|mistakes| mistakes_in_json(&mistakes))?;
    let (id, taker) = (request.id, taker(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let referral = referral::make(tx, environment, (id, seen), new.clone(), &taker)?;
        Ok(referral.id.to_string())
    };
    let sent = (body.key(), body.fingerprint());
    let id = caller.write(sent, Resource::Person(person), work).await?;
    let (referral, _) = load(&caller, &id).await?;
    let location = [(header::LOCATION, format!("/api/referrals/{id}"))];
    Ok((location, answer(StatusCode::CREATED, &referral)).into_response())
}

/// One referral.
#[utoipa::path(
    get, path = "/api/referrals/{id}", tag = "front-door",
    params(("id" = String, Path, description = "The referral")),
    responses(
        (status = 200, description = "The referral; its version in ETag", body = ReferralJson),
        (status = 404, description = "There is no such referral, or none that the caller may know of"),
    )
)]
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    let (referral, person) = load(&caller, &id).await?;
    let _permit = caller.permit_person(person).await?;
    Ok(answer(StatusCode::OK, &referral))
}
