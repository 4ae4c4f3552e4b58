//! The plan of a programme: activities, what depends on what, baselines, the critical path, and dates that
//! contradict each other.
//!
//! Everything is an entry of a register. [`reading`] makes what `stour_planning` works with of the entries; every
//! date, float and conflict on a page is worked out when the page is asked for.

mod activity_page;
pub(crate) mod baseline;
mod baseline_page;
mod calendar;
mod chart;
mod chart_page;
mod check;
pub(crate) mod command;
mod conflict_page;
pub(crate) mod kinds;
mod page;
mod progress;
pub(crate) mod reading;
pub(crate) mod words;

use stour_register::Kind;
use stour_web::Route;

use crate::governance::{EDIT, READ};

/// The kinds of things kept here.
pub(crate) const KINDS: &[&Kind] = &[
    kinds::ACTIVITY,
    kinds::DEPENDENCY,
    kinds::APPOINTMENT,
    kinds::MILESTONE,
    kinds::BASELINE,
];

/// The pages of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/programmes/{programme}/plan", READ, page::show),
        Route::get("/programmes/{programme}/plan/chart", READ, chart_page::show),
        Route::get(
            "/programmes/{programme}/plan/conflicts",
            READ,
            conflict_page::show,
        ),
        Route::get(
            "/programmes/{programme}/plan/baselines",
            READ,
            baseline_page::show,
        ),
        Route::get("/programmes/{programme}/plan.ics", READ, calendar::show),
        Route::get(
            "/programmes/{programme}/plan/{number}",
            READ,
            activity_page::show,
        ),
        Route::post(
            "/programmes/{programme}/plan/{number}",
            EDIT,
            activity_page::record,
        ),
    ]
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
