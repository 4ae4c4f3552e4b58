//! Advice as one list.

use stour_database::{Migrations, Step};
use stour_web::{ANYBODY, Capability, Place, Route};

use crate::content::{command, edit_page, flow_page, list_page, preview_page, versions_page};
use crate::draft::job;
use crate::ease::{outcomes_page, page as ease_page};
use crate::flow::{
    all_page, ask_page, check_page, list_page as flows_page, outcome_page, question_page,
    start_page,
};

/// The tables of this capability.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "advice",
    steps: &[Step {
        number: 1,
        name: "advice",
        sql: include_str!("../migrations/0001_advice.sql"),
    }],
};

use crate::paying;

/// What advice brings to the house.
pub fn capability() -> Capability {
    Capability {
        name: "advice",
        migrations: vec![MIGRATIONS, paying::MIGRATIONS],
        routes: public_routes()
            .into_iter()
            .chain(staff_routes())
            .chain(paying::routes())
            .collect(),
        navigation: vec![
            Place {
                label: "Get advice",
                description: "Answer a few questions and see what may help.",
                href: "/advice",
                roles: &[ANYBODY, "resident", "adviser"],
            },
            paying::PLACE,
            Place {
                label: "Advice as it is written",
                description: "Keep the advice that the public reads, and see what came of it.",
                href: "/content",
                roles: &["editor", "service-manager", "chief-officer", "analyst"],
            },
        ],
        jobs: vec![job::JOB],
        commands: vec![command::command()],
        ..Capability::default()
    }
}

/// Why nobody is asked who they are.
const FOR_ANYBODY: &str = "advice is for anybody, and asks nobody who they are";
/// Why answers are shown to whoever has their address.
const BY_CODE: &str = "answers without a name, for whoever has their code of 128 random bits";

fn public_routes() -> Vec<Route> {
    const NO_ACTION: &str = "";
    vec![
        Route::get("/advice", NO_ACTION, flows_page::show).public(FOR_ANYBODY),
        Route::get("/advice/return", NO_ACTION, flows_page::come_back).public(FOR_ANYBODY),
        Route::post("/advice/return", NO_ACTION, flows_page::find).public(FOR_ANYBODY),
        Route::get("/how-easy/{about}", NO_ACTION, ease_page::ask).public(FOR_ANYBODY),
        Route::post("/how-easy/{about}", NO_ACTION, ease_page::tell).public(FOR_ANYBODY),
        Route::get("/how-easy/{about}/thanks", NO_ACTION, ease_page::thanks).public(FOR_ANYBODY),
        Route::get("/advice/deleted", NO_ACTION, check_page::deleted).public(FOR_ANYBODY),
        Route::get("/advice/{flow}", NO_ACTION, start_page::show).public(FOR_ANYBODY),
        Route::post("/advice/{flow}/start", NO_ACTION, start_page::start).public(FOR_ANYBODY),
        Route::post("/advice/{flow}/all", NO_ACTION, all_page::begin).public(FOR_ANYBODY),
        Route::get("/advice/{flow}/{code}", NO_ACTION, question_page::on).public(BY_CODE),
        Route::post("/advice/{flow}/{code}/all", NO_ACTION, all_page::change).public(BY_CODE),
        Route::get(
            "/advice/{flow}/{code}/question/{question}",
            NO_ACTION,
            question_page::show,
        )
        .public(BY_CODE),
        Route::post(
            "/advice/{flow}/{code}/question/{question}",
            NO_ACTION,
            question_page::answer,
        )
        .public(BY_CODE),
        Route::get("/advice/{flow}/{code}/check", NO_ACTION, check_page::show).public(BY_CODE),
        Route::post(
            "/advice/{flow}/{code}/finish",
            NO_ACTION,
            check_page::finish,
        )
        .public(BY_CODE),
        Route::post(
            "/advice/{flow}/{code}/delete",
            NO_ACTION,
            check_page::delete,
        )
        .public(BY_CODE),
        Route::get(
            "/advice/{flow}/{code}/outcome",
            NO_ACTION,
            outcome_page::show,
        )
        .public(BY_CODE),
        Route::get(
            "/advice/{flow}/{code}/next/{place}",
            NO_ACTION,
            outcome_page::follow,
        )
        .public(BY_CODE),
        Route::post("/advice/{flow}/{code}/ease", NO_ACTION, ease_page::say).public(BY_CODE),
        Route::get("/advice/{flow}/{code}/ask", NO_ACTION, ask_page::show).public(BY_CODE),
        Route::post("/advice/{flow}/{code}/ask", NO_ACTION, ask_page::send).public(BY_CODE),
    ]
}

fn staff_routes() -> Vec<Route> {
    const READ: &str = "content.read";
    const EDIT: &str = "content.edit";
    const APPROVE: &str = "content.approve";
    vec![
        Route::get("/content", READ, list_page::show),
        Route::get("/content/outcomes", READ, outcomes_page::show),
        Route::get("/content/outcomes.csv", READ, outcomes_page::download),
        Route::get("/content/{id}", READ, flow_page::show),
        Route::get("/content/{id}/preview", READ, preview_page::show),
        Route::get("/content/{id}/graph.dot", READ, preview_page::dot),
        Route::get("/content/{id}/flow.toml", READ, preview_page::toml),
        Route::get("/content/{id}/versions", READ, versions_page::show),
        Route::get("/content/{id}/compare", READ, versions_page::compare),
        Route::get("/content/{id}/text", EDIT, edit_page::text),
        Route::post("/content/{id}/text", EDIT, edit_page::save_text),
        Route::get("/content/{id}/words", EDIT, edit_page::words),
        Route::post("/content/{id}/words", EDIT, edit_page::save_words),
        Route::post("/content/{id}/propose", EDIT, versions_page::put_forward),
        Route::post("/content/{id}/approve", APPROVE, versions_page::approve),
        Route::post("/content/{id}/decline", APPROVE, versions_page::decline),
        Route::post("/content/{id}/publish-again", APPROVE, versions_page::again),
    ]
}
