//! Risks, assumptions, issues and dependencies, with constraints: who owns each, how bad it is on one scale, and what is
//! done about it.

mod conditions;
mod conditions_page;
pub(crate) mod gap;
mod heat;
pub(crate) mod issue;
mod page;
pub(crate) mod response;
pub(crate) mod risk;
mod risk_page;
pub(crate) mod scale;
mod sort;
mod tables;
mod trend;

use stour_register::Kind;
use stour_web::Route;

use crate::governance::READ;

/// The kinds of things kept here.
pub(crate) const KINDS: &[&Kind] = &[
    risk::KIND,
    issue::KIND,
    response::RESPONSE,
    response::ESCALATION,
    conditions::ASSUMPTION,
    conditions::CONSTRAINT,
    conditions::OUTSIDE,
];

/// The pages of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/programmes/{programme}/risks", READ, page::show),
        Route::get(
            "/programmes/{programme}/risks/conditions",
            READ,
            conditions_page::show,
        ),
        Route::get(
            "/programmes/{programme}/risks/{number}",
            READ,
            risk_page::show,
        ),
    ]
}
