//! In-reach: the people whom an organisation looks after and who are in hospital, so that it can
//! help to bring them home.
//!
//! The list has everybody, with **alerts** ([`alert`]) of what nobody of the team has seen yet. Each person has a page: where they are
//! and what the ward says, what the team could do by stated rules ([`suggest`]), what it **plans** ([`plan`]), what matters to the
//! person and who cares for them ([`crate::about`]). A team sees and plans for those whom its organisation knows, and for nobody
//! else; what it plans is read by other teams that know the person, and by the ward.

pub mod alert;
mod api;
mod opened;
mod page;
mod person_page;
pub mod plan;
mod store;
pub mod suggest;

pub(crate) use api::{ApiDoc, routes as api_routes};
pub(crate) use opened::{Opened, open};
pub(crate) use plan::{of_stay as plans, section as plan_section};

use stour_web::Route;

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "in-reach.read";
    const PLAN: &str = "in-reach.plan";
    const NEW: &str = "/in-reach/{id}/plan";
    const ITEM: &str = "/in-reach/{id}/plan/{item}";
    vec![
        Route::get("/in-reach", READ, page::page),
        Route::get("/in-reach/live", READ, page::live),
        Route::post("/in-reach/alerts/{id}/seen", PLAN, alert::see),
        Route::get("/in-reach/{id}", READ, person_page::page),
        Route::get(NEW, PLAN, plan::new_page),
        Route::post(NEW, PLAN, plan::add),
        Route::get(ITEM, PLAN, plan::item_page),
        Route::post(ITEM, PLAN, plan::change),
        Route::post("/in-reach/{id}/plan/{item}/end", PLAN, plan::end),
    ]
}

#[cfg(test)]
mod tests;
