//! In-reach: the people whom an organisation looks after and who are in hospital, so that it can
//! help to bring them home.

mod api;
mod page;
mod store;

pub(crate) use api::{ApiDoc, routes as api_routes};

use stour_web::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/in-reach", "in-reach.read", page::page),
        Route::get("/in-reach/live", "in-reach.read", page::live),
    ]
}
