//! What people who are ready to leave hospital wait for: how many now, and how many nights it has cost.

mod count;
mod page;
mod watch;

pub(crate) use watch::JOB;

use stour_web::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/wards/delays", "ward.read", page::page)]
}
