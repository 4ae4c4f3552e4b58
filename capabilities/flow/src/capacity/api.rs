//! Places as JSON.

use axum::Json;
use axum::extract::Query;
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_web::{Caller, Problem, Route};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::count::{Count, Over};
use super::service::{Line, Onward, Slot, services_at};
use super::store::{counts, days};
use crate::error::FlowError;

/// The most days that one answer holds.
const MOST_DAYS: i32 = 31;

#[derive(OpenApi)]
#[openapi(paths(capacity))]
pub(crate) struct ApiDoc;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/api/capacity", "capacity.read", capacity)]
}

/// Which days.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The first day; today unless said otherwise.
    #[param(format = "date")]
    from: Option<String>,
    /// How many days, 1 to 31; 7 unless said otherwise.
    days: Option<i32>,
}

/// A service, and its places by locality and day.
#[derive(Debug, Serialize, ToSchema)]
struct ServiceJson {
    /// Its id in the reference data.
    id: String,
    /// Its name.
    name: String,
    /// The ODS or GSS code of who provides it.
    provider: String,
    /// A code of the list `discharge-pathway`.
    pathway: String,
    /// How long a place is held, in hours.
    hold_hours: i64,
    /// How far the reference data can be trusted: `sourced`, `unverified`, `local` or `demonstration`.
    status: String,
    /// Its places.
    days: Vec<DayJson>,
}

/// One day in one locality. Counts are of everybody's places.
#[derive(Debug, Serialize, ToSchema)]
struct DayJson {
    /// The locality's code.
    locality: String,
    /// The day.
    #[schema(format = "date")]
    day: String,
    /// How many places there are; nothing where nobody has said.
    places: Option<i64>,
    /// Held now.
    held: i64,
    /// Booked for somebody who has not come yet.
    booked: i64,
    /// Of people who have come.
    started: i64,
    /// How many can still be held.
    free: i64,
    /// By how many bookings go beyond the places.
    over_booked: i64,
}

impl DayJson {
    fn new(slot: &Slot, count: Count) -> Self {
        let over_booked = match count.over() {
            Over::Booked(by) => by,
            Over::No | Over::Held(_) => 0,
        };
        Self {
            locality: slot.line.locality.to_string(),
            day: slot.day.to_string(),
            places: count.places,
            held: count.held,
            booked: count.booked,
            started: count.started,
            free: count.free(),
            over_booked,
        }
    }
}

/// How many places each service has by locality and day, and how many are taken.
#[utoipa::path(
    get, path = "/api/capacity", tag = "flow", params(Asked),
    responses(
        (status = 200, description = "The services that take people today", body = Vec<ServiceJson>),
        (status = 400, description = "A day or a number of days that is none"),
        (status = 403, description = "The caller looks after nobody who leaves hospital"),
    )
)]
async fn capacity(
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Vec<ServiceJson>>, Problem> {
    caller.permit(Resource::House).await?;
    let today = caller.today();
    let from = match asked.from.as_deref() {
        None => today,
        Some(text) => text
            .parse()
            .map_err(|_| Problem::malformed("Write a day as 2026-11-24."))?,
    };
    let number = asked.days.unwrap_or(7);
    if !(1..=MOST_DAYS).contains(&number) {
        let why = format!("Ask for 1 to {MOST_DAYS} days.");
        return Err(Problem::malformed(why));
    }
    let to = from.checked_add((number - 1).days()).unwrap_or(from);
    let now = caller.now();
    let database = caller.house().database();
    let counts = database
        .read(move |tx| Ok::<_, FlowError>(counts(tx, (from, to), now)?))
        .await?;
    let days = days(from, to);
    let of = |service: &Onward| {
        let slots = service.localities.iter().flat_map(|locality| {
            days.iter().map(|day| Slot {
                line: Line {
                    service: service.id.clone(),
                    locality: locality.clone(),
                },
                day: *day,
            })
        });
        let day = |slot: Slot| {
            let count = counts.get(&slot).copied().unwrap_or_default();
            DayJson::new(&slot, count)
        };
        ServiceJson {
            id: service.id.to_string(),
            name: service.name.clone(),
            provider: service.provider.to_string(),
            pathway: service.pathway.to_string(),
            hold_hours: service.hold_hours,
            status: service.status.to_string(),
            days: slots.map(day).collect(),
        }
    };
    Ok(Json(services_at(today)?.map(of).collect()))
}
