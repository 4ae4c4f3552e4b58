//! Decisions and scrutiny as one list.

use stour_web::{ANYBODY, Capability, Place, Route};
use utoipa::OpenApi;

use crate::command;
use crate::site::{
    calendar, clocks, commitments, committees, export, forward_plan, home, item, meeting,
    recommendations, reports, resolution,
};
use crate::staff::registers::REGISTER;
use crate::staff::{accept, answer, publish, send_back, work};

#[derive(OpenApi)]
#[openapi(paths(export::popolo))]
struct Documentation;

/// What this capability brings to the house.
pub fn capability() -> Capability {
    Capability {
        name: "decisions",
        migrations: vec![stour_register::MIGRATIONS],
        routes: [public(), stour_register::routes(&REGISTER), own()]
            .into_iter()
            .flatten()
            .collect(),
        navigation: vec![Place {
            label: "Decisions",
            description: "What was decided, by what vote, and what came of what was promised.",
            href: "/decisions",
            roles: &[
                ANYBODY,
                "resident",
                "democratic-services",
                "programme-manager",
                "commissioner",
                "finance",
                "chief-officer",
            ],
        }],
        openapi: Documentation::openapi(),
        commands: command::commands(),
        ..Capability::default()
    }
}

/// Why the pages of the record ask nobody who they are.
const PUBLISHED: &str =
    "what was decided in public is for anybody to read; only what is published is shown";

fn public() -> Vec<Route> {
    let anybody = |route: Route| route.public(PUBLISHED);
    [
        Route::get("/decisions", "", home::show),
        Route::get("/decisions/calendar", "", calendar::show),
        Route::get("/decisions/calendar.ics", "", calendar::file),
        Route::get("/decisions/clocks", "", clocks::show),
        Route::get("/decisions/commitments", "", commitments::list),
        Route::get("/decisions/commitments/{number}", "", commitments::show),
        Route::get("/decisions/committees", "", committees::list),
        Route::get("/decisions/committees/{number}", "", committees::show),
        Route::get("/decisions/export/{kind}", "", export::csv),
        Route::get("/decisions/forward-plan", "", forward_plan::list),
        Route::get("/decisions/forward-plan/{number}", "", forward_plan::show),
        Route::get("/decisions/items/{number}", "", item::show),
        Route::get("/decisions/meetings/{number}", "", meeting::show),
        Route::get("/decisions/meetings/{number}/extract", "", meeting::extract),
        Route::get("/decisions/popolo.json", "", export::popolo),
        Route::get("/decisions/recommendations", "", recommendations::show),
        Route::get("/decisions/reports", "", reports::show),
        Route::get("/decisions/resolutions/{number}", "", resolution::show),
    ]
    .map(anybody)
    .into()
}

fn own() -> Vec<Route> {
    const READ: &str = "decision.read";
    const EDIT: &str = "decision.edit";
    vec![
        Route::get("/decisions/work", READ, work::show),
        Route::post("/decisions/work/publish", EDIT, publish::publish),
        Route::get("/decisions/commitments/{number}/answer", READ, answer::show),
        Route::post(
            "/decisions/commitments/{number}/answer",
            "commitment.answer",
            answer::answer,
        ),
        Route::post("/decisions/commitments/{number}/accept", EDIT, accept),
        Route::post("/decisions/commitments/{number}/send-back", EDIT, send_back),
    ]
}
