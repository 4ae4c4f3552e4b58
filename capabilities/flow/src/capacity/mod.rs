//! Places to go on to from hospital: how many each service has by day and locality, and for whom they are kept.
//!
//! **A place's life.** Held until a moment, after which it is free again without anybody doing anything; booked; then
//! started, or released with a reason. Each step takes the old state away. Whoever takes or gives a place of a day
//! changes the row of that day first, so that they follow each other on both databases.
//!
//! **Invariants.** A hold never takes a place that is not free. A booking never goes beyond what there is; where fewer
//! places are said later, every booking stays, and the day is shown as over-booked. A person has at most one place of
//! one service on one day.

mod api;
mod count;
mod day_page;
mod hold_page;
mod list_page;
mod place;
mod place_page;
mod rows;
mod service;
mod set_page;
mod state;
mod stay;
mod store;
mod ward;

pub(crate) use api::{ApiDoc, routes as api_routes};
pub use count::{Count, Over};
pub use place::{
    Place, PlaceId, Step, book, hold, of_day, of_people_in_hospital, place, release, running_out,
    start, steps,
};
pub use service::{Line, Onward, Slot, services, services_at};
pub use state::{Booked, Held, NotSo, PlaceState, Released, Started};
pub use store::{AHEAD, MOST, Said, count, counts, line_version, said, set_places};
pub(crate) use ward::{OnWard, kept_for};

use stour_kernel::Date;
use stour_web::{Problem, Route};

/// The list of reasons why a place is given back.
pub(crate) const REASONS: &str = "place-release-reason";

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "capacity.read";
    const SET: &str = "capacity.set";
    const HOLD: &str = "capacity.hold";
    const PLACES: &str = "/capacity/services/{service}/{locality}/places";
    const DAY: &str = "/capacity/services/{service}/{locality}/days/{day}";
    const KEEP: &str = "/capacity/services/{service}/{locality}/days/{day}/hold";
    vec![
        Route::get("/capacity", READ, list_page::page),
        Route::get("/capacity/live", READ, list_page::live),
        Route::get(PLACES, SET, set_page::page),
        Route::post(PLACES, SET, set_page::set),
        Route::get(DAY, READ, day_page::page),
        Route::get(KEEP, HOLD, hold_page::page),
        Route::post(KEEP, HOLD, hold_page::hold),
        Route::get("/capacity/places/{id}", READ, place_page::page),
        Route::post("/capacity/places/{id}/book", HOLD, place_page::book),
        Route::post(
            "/capacity/places/{id}/start",
            "service.start",
            place_page::start,
        ),
        Route::post("/capacity/places/{id}/release", HOLD, place_page::release),
    ]
}

/// The day that an address names.
fn day_of(text: &str) -> Result<Date, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The service and locality that an address names.
fn line_of(service: &str, locality: &str) -> Result<(Line, &'static Onward), Problem> {
    Line::named(service, locality)?.ok_or_else(Problem::not_found)
}

#[cfg(test)]
mod tests;
