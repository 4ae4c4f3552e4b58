//! In-reach as JSON.

use axum::Json;
use serde::Serialize;
use stour_web::{Caller, Problem, Route};
use utoipa::{OpenApi, ToSchema};

use super::alert::Alert;
use super::page::{rows, seen, show};
use super::plan::Item;
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
    /// What the organisation was told and nobody of it has seen, the latest first.
    alerts: Vec<AlertJson>,
}

/// Somebody the organisation looks after, and why.
#[derive(Debug, Serialize, ToSchema)]
struct KnownJson {
    /// The stay.
    spell: SpellJson,
    /// Why the organisation knows the person, in words.
    why: Vec<String>,
    /// What community teams plan for this stay, the first to be due first.
    plan: Vec<PlanJson>,
}

/// Something that a community team plans.
#[derive(Debug, Serialize, ToSchema)]
struct PlanJson {
    /// Its name here.
    #[schema(format = "uuid")]
    id: String,
    /// Whose plan, by ODS code.
    organisation: String,
    /// A code of the list `in-reach-kind`.
    kind: String,
    /// What, in words.
    what: String,
    /// Whose it is.
    owner: String,
    /// By when.
    #[schema(format = "date")]
    due: String,
    /// Whether the person agrees: a code of the list `in-reach-agreement`.
    agreement: String,
    /// `open`, `done` or `withdrawn`.
    state: &'static str,
    /// What came of it, or why it will not be done.
    outcome: Option<String>,
}

impl PlanJson {
    fn new(item: &Item) -> Self {
        let planned = &item.planned;
        let ended = item.ended.as_ref();
        Self {
            id: item.id.to_string(),
            organisation: item.organisation.to_string(),
            kind: planned.kind.clone(),
            what: planned.what.clone(),
            owner: planned.owner.clone(),
            due: planned.due.to_string(),
            agreement: planned.agreement.clone(),
            state: ended.map_or("open", |ended| ended.how.as_str()),
            outcome: ended.map(|ended| ended.outcome.clone()),
        }
    }
}

/// Something that the organisation was told.
#[derive(Debug, Serialize, ToSchema)]
struct AlertJson {
    /// Its name here.
    #[schema(format = "uuid")]
    id: String,
    /// The stay.
    #[schema(format = "uuid")]
    spell: String,
    /// The person.
    #[schema(format = "uuid")]
    person: String,
    /// `came`, `back`, `ready`, `not-ready`, `near`, `moved`, `left` or `cancelled`.
    kind: &'static str,
    /// The day that it is about.
    #[schema(format = "date")]
    on: Option<String>,
    /// The day that was told before.
    #[schema(format = "date")]
    before: Option<String>,
    /// When it was told.
    #[schema(format = "date-time")]
    at: String,
}

impl AlertJson {
    fn new(alert: &Alert) -> Self {
        Self {
            id: alert.id.to_string(),
            spell: alert.spell.to_string(),
            person: alert.person.to_string(),
            kind: alert.kind.as_str(),
            on: alert.on.map(|day| day.to_string()),
            before: alert.before.map(|day| day.to_string()),
            at: alert.at.to_string(),
        }
    }
}

/// The people whom the caller's organisation looks after and who are in hospital, or just home; with plans and alerts.
#[utoipa::path(
    get, path = "/api/in-reach", tag = "flow",
    responses(
        (status = 200, description = "The people", body = InReachJson),
        (status = 403, description = "The caller does no in-reach"),
    )
)]
async fn in_reach(caller: Caller) -> Result<Json<InReachJson>, Problem> {
    let mut known = seen(&caller).await?;
    let people = std::mem::take(&mut known.people);
    let here = known.in_hospital.iter().map(|one| (one.person, one.spell));
    let stays = (here.collect(), std::mem::take(&mut known.home));
    let seen = show(&caller, people, stays).await?;
    let json = |spells| {
        let known_of = |(spell, person): (&crate::spell::Spell, &stour_people::PersonSummary)| {
            let why = seen.why.get(&spell.person).cloned().unwrap_or_default();
            KnownJson {
                spell: SpellJson::new(spell, person),
                why,
                plan: known.plan(spell.id).iter().map(PlanJson::new).collect(),
            }
        };
        rows(spells, &seen.people)
            .into_iter()
            .map(known_of)
            .collect::<Vec<_>>()
    };
    Ok(Json(InReachJson {
        in_hospital: json(&seen.in_hospital),
        home: json(&seen.home),
        alerts: known.alerts.iter().map(AlertJson::new).collect(),
    }))
}
