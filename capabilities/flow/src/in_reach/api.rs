//! In-reach as JSON.

use axum::Json;
use serde::Serialize;
use stour_web::{Caller, Problem, Route};
use utoipa::{OpenApi, ToSchema};

use super::page::{rows, seen};
use crate::ward::SpellJson;

#[derive(OpenApi)]
#[openapi(paths(in_reach))]
pub(crate) struct ApiDoc;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/api/in-reach", "in-reach.read", in_reach)]
}

/// People whom the caller's organisation looks after.
#[derive(Debug, Serialize, ToSchema)]
struct InReachJson {
    /// In hospital now, the latest admission first.
    in_hospital: Vec<KnownJson>,
    /// Left hospital in the last 7 days, the latest first.
    home: Vec<KnownJson>,
}

/// Somebody the organisation looks after, and why.
#[derive(Debug, Serialize, ToSchema)]
struct KnownJson {
    /// The stay.
    spell: SpellJson,
    /// Why the organisation knows the person, in words.
    why: Vec<String>,
}

/// The people whom the caller's organisation looks after and who are in hospital, or just home.
#[utoipa::path(
    get, path = "/api/in-reach", tag = "flow",
    responses(
        (status = 200, description = "The people", body = InReachJson),
        (status = 403, description = "The caller does no in-reach"),
    )
)]
async fn in_reach(caller: Caller) -> Result<Json<InReachJson>, Problem> {
    let (known, people) = seen(&caller).await?;
    let json = |spells| {
        let known_of = |(spell, person): (&crate::spell::Spell, &stour_people::PersonSummary)| {
            let why = known.why.get(&spell.person).cloned().unwrap_or_default();
            KnownJson {
                spell: SpellJson::new(spell, person),
                why,
            }
        };
        rows(spells, &people)
            .into_iter()
            .map(known_of)
            .collect::<Vec<_>>()
    };
    Ok(Json(InReachJson {
        in_hospital: json(&known.in_hospital),
        home: json(&known.home),
    }))
}
