//! Listings kept by those who provide the services: who keeps which, what they suggest, what the public says, and
//! when somebody has to look again.
//!
//! A provider claims an organisation's listings and an editor decides. A provider then says that a listing is still
//! right, or suggests a change: a draft that is saved at every step, sent to an editor, put beside what stands, and
//! approved field by field, so that two suggestions on one listing never lose each other. The public leaves notes.

mod apply;
mod claim;
mod claims_page;
mod command;
mod complete;
mod feedback_page;
mod fields;
mod merge;
mod mine_page;
mod note;
mod queue_page;
mod review;
mod reviews_page;
mod settings;
mod step;
mod step_page;
mod suggestion;
mod suggestion_page;
mod visit;

pub use claim::{
    Claim, ClaimId, ClaimState, Decision, ask, claim, claims_in, claims_of, decide, keepers, keeps,
};
pub use complete::Completeness;
pub use review::{Review, due, notice};
pub use suggestion::{Suggestion, SuggestionId, SuggestionState, suggestion};

use stour_database::{Migrations, Step};
use stour_web::{Command, Place, Route};

/// The tables of keeping, which come after those of the directory.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "keeping",
    steps: &[Step {
        number: 1,
        name: "keeping",
        sql: include_str!("../../migrations/keeping/0001_keeping.sql"),
    }],
};

/// Its places in the navigation.
pub const PLACES: [Place; 2] = [
    Place {
        label: "My listings",
        description: "Keep what the directory says of your services right.",
        href: "/directory/mine",
        roles: &["provider"],
    },
    Place {
        label: "Suggestions",
        description: "Decide what providers suggest and claim, and what the public says of listings.",
        href: "/directory/suggestions",
        roles: &["editor"],
    },
];

/// Its command: `stour directory reminders`.
pub const REMINDERS: Command = command::REMINDERS;

/// What it answers.
pub fn routes() -> Vec<Route> {
    const KEEP: &str = "listing.suggest";
    const READ: &str = "directory.read";
    const EDIT: &str = "directory.edit";
    const ANYBODY: &str = "anybody may say that a listing is wrong";
    vec![
        Route::get("/directory/mine", KEEP, mine_page::list),
        Route::get("/directory/mine/{id}", KEEP, mine_page::show),
        Route::post(
            "/directory/mine/{id}/still-right",
            KEEP,
            mine_page::still_right,
        ),
        Route::post("/directory/mine/{id}/change", KEEP, mine_page::change),
        Route::post("/directory/mine/{id}/new", KEEP, mine_page::new),
        Route::get("/directory/claims/new", KEEP, claims_page::new),
        Route::post("/directory/claims/new", KEEP, claims_page::ask),
        Route::get("/directory/claims", READ, claims_page::list),
        Route::post("/directory/claims/{id}/decide", EDIT, claims_page::decide),
        Route::get("/directory/suggestions", READ, queue_page::list),
        Route::post("/directory/notes/{id}/settle", EDIT, queue_page::settle),
        Route::get("/directory/suggestions/{id}", KEEP, suggestion_page::show),
        Route::post(
            "/directory/suggestions/{id}/send",
            KEEP,
            suggestion_page::send,
        ),
        Route::post(
            "/directory/suggestions/{id}/take-back",
            KEEP,
            suggestion_page::take_back,
        ),
        Route::post(
            "/directory/suggestions/{id}/decide",
            EDIT,
            suggestion_page::decide,
        ),
        Route::get("/directory/suggestions/{id}/{step}", KEEP, step_page::show),
        Route::post("/directory/suggestions/{id}/{step}", KEEP, step_page::save),
        Route::get("/directory/reviews", READ, reviews_page::show),
        Route::get("/directory/feedback", "", feedback_page::show).public(ANYBODY),
        Route::post("/directory/feedback", "", feedback_page::leave).public(ANYBODY),
    ]
}
