//! When somebody is likely to leave hospital: a series of dated estimates for each stay, each with who made it, when, and
//! what it rests on.
//!
//! **The system's** is made when somebody is admitted, from stays like theirs ([`cell`] says which are alike, and which
//! are taken where too few are): the days by which half of those had ended, four in five, and nineteen in twenty. It is made again
//! when something that it rests on turns out otherwise, and on the morning after its first date, then from stays that
//! lasted at least as long. Where too few stays like it have ended the system does not know, and says so.
//!
//! **The hospital's** comes in its messages. **A named person's** is set on the ward. Either stands over the system's, the
//! later over the earlier; the system's stay in the series. None of this is worked out when a page is shown: how long
//! stays last is counted once a day ([`learn`]), and what stands is kept with the stay.
//!
//! How near estimates came is shown of stays that have ended ([`error_page`]).

mod cell;
mod error_page;
mod error_shown;
mod errors;
mod frailty;
mod frailty_page;
mod learn;
mod load;
mod make;
mod series;
mod series_page;
mod setting;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod watch;

pub(crate) use frailty::insert_all as insert_frailty;
pub use load::{PastDate, PastEstimates, estimate_past, insert_past_dates};
pub(crate) use make::{Moment, keep_up};
pub(crate) use series::{Likely, Series};
pub(crate) use series_page::table as series_table;
pub(crate) use watch::JOB;

use stour_web::Route;

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "ward.read";
    const PLAN: &str = "ward.plan";
    const SERIES: &str = "/wards/{organisation}/{ward}/spells/{id}/expected-dates";
    const FRAILTY: &str = "/wards/{organisation}/{ward}/spells/{id}/frailty";
    vec![
        Route::get("/wards/expected-dates", READ, error_page::page),
        Route::get(SERIES, READ, series_page::page),
        Route::get(FRAILTY, PLAN, frailty_page::page),
        Route::post(FRAILTY, PLAN, frailty_page::change),
    ]
}
