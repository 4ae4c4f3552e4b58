//! Programmes of change: who runs them, their plan, what may go wrong, what they promised and whether it came true; and
//! business cases: what a change costs and saves, to whom, how sure, and what was agreed.
//!
//! All that a programme keeps is an entry of one of its [`kinds`] in a register; the plan is worked out by
//! `stour_planning`, benefits by `stour_benefits`, and what came of a benefit is read from `stour_outcomes`: nobody types a
//! figure in.
//!
//! A business case, a funding gap or an agreement is a [`document`] that people work on together: each
//! save is a version with its author, its reason and its fingerprint, people comment on it, and one
//! version is signed off. `stour_appraisal` reads a document and works it out; every figure on a page is
//! computed from the text when the page is asked for, and none is kept but those that somebody signed.
//!
//! Both hold money and no person's record. This crate must not know how a figure is computed, nor
//! anything of people, requests or spells.

mod agreement;
mod benefit;
mod case;
mod command;
mod comment;
pub mod document;
mod gap;
mod governance;
mod highlight;
mod plan;
mod raid;
mod registers;
mod shipped;
mod shown;
#[cfg(test)]
mod testing;
pub mod workbook;
mod worked;

pub use comment::{Comment, CommentId, Settled, comments, say, settle};
pub use registers::REGISTER;
pub use shipped::SHIPPED;
pub use worked::{WORKED, Worked, worked};

use stour_database::{Migrations, Step};
use stour_register::Kind;
use stour_web::{Capability, Place, Route};
use utoipa::OpenApi as _;

/// The tables of this capability.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "programme",
    steps: &[
        Step {
            number: 1,
            name: "document",
            sql: include_str!("../migrations/0001_document.sql"),
        },
        Step {
            number: 2,
            name: "benefit",
            sql: include_str!("../migrations/benefit/0001_ledger.sql"),
        },
        Step {
            number: 3,
            name: "report",
            sql: include_str!("../migrations/highlight/0001_report.sql"),
        },
    ],
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    document::api::list,
    document::api::show,
    document::api::create,
    document::api::put,
    registers::list,
    registers::show,
    registers::create,
    registers::put
))]
struct Doc;

/// What this capability brings to the house.
pub fn capability() -> Capability {
    Capability {
        name: "programme",
        migrations: vec![stour_register::MIGRATIONS, MIGRATIONS],
        routes: [
            case_routes(),
            highlight::routes(),
            stour_register::routes(&registers::REGISTER),
            registers::api_routes(),
            governance::routes(),
            plan::routes(),
            raid::routes(),
            benefit::routes(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        navigation: vec![
            Place {
                label: "Programmes",
                description: "See where a programme of change is, what may go wrong, and what came of what was promised.",
                href: "/programmes",
                roles: &[
                    "programme-manager",
                    "commissioner",
                    "finance",
                    "chief-officer",
                    "analyst",
                    "service-manager",
                    "democratic-services",
                ],
            },
            Place {
                label: "Business cases",
                description: "See what a change costs and saves, to whom, how sure, and work on it together.",
                href: "/cases",
                roles: &[
                    "finance",
                    "commissioner",
                    "chief-officer",
                    "analyst",
                    "service-manager",
                ],
            },
        ],
        openapi: Doc::openapi(),
        commands: vec![command::command()],
        ..Capability::default()
    }
}

/// Everything that a programme keeps in its registers.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        governance::KINDS,
        plan::KINDS,
        raid::KINDS,
        benefit::KINDS,
        highlight::KINDS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

fn case_routes() -> Vec<Route> {
    use case::{
        line_edit_page, line_page, line_remove_page, partners_page, sure_page, what_if_page,
    };
    use document::{api, download, list_page, page, start_page, text_page, versions_page};
    const READ: &str = "case.read";
    const EDIT: &str = "case.edit";
    vec![
        Route::get("/cases", READ, list_page::show),
        Route::get("/cases/new", READ, start_page::new),
        Route::post("/cases/new", EDIT, start_page::from_worked),
        Route::post("/cases/upload", EDIT, start_page::from_file).with_file(),
        Route::get("/cases/template.xlsx", READ, download::template),
        Route::get("/cases/{id}", READ, page::show),
        Route::get("/cases/{id}/partners", READ, partners_page::show),
        Route::get("/cases/{id}/how-sure", READ, sure_page::show),
        Route::get("/cases/{id}/what-if", READ, what_if_page::show),
        Route::post("/cases/{id}/what-if", EDIT, what_if_page::keep),
        Route::get("/cases/{id}/add-line", READ, line_edit_page::new),
        Route::post("/cases/{id}/add-line", EDIT, line_edit_page::add),
        Route::get("/cases/{id}/lines/{line}", READ, line_page::show),
        Route::get("/cases/{id}/lines/{line}/edit", READ, line_edit_page::edit),
        Route::post(
            "/cases/{id}/lines/{line}/edit",
            EDIT,
            line_edit_page::change,
        ),
        Route::get(
            "/cases/{id}/lines/{line}/remove",
            READ,
            line_remove_page::show,
        ),
        Route::post(
            "/cases/{id}/lines/{line}/remove",
            EDIT,
            line_remove_page::remove,
        ),
        Route::get("/cases/{id}/text", READ, text_page::text),
        Route::post("/cases/{id}/text", EDIT, text_page::save_text),
        Route::post("/cases/{id}/upload", EDIT, text_page::save_file).with_file(),
        Route::get("/cases/{id}/versions", READ, versions_page::show),
        Route::get("/cases/{id}/versions/{number}/{file}", READ, download::show),
        Route::get("/cases/{id}/compare", READ, versions_page::compare),
        Route::post(
            "/cases/{id}/sign-off",
            "case.sign-off",
            versions_page::sign_off,
        ),
        Route::post("/cases/{id}/go-back", EDIT, versions_page::go_back),
        Route::get("/cases/{id}/comments", READ, comment::page::show),
        Route::post("/cases/{id}/comments", "case.comment", comment::page::make),
        Route::post(
            "/cases/{id}/comments/{comment}/settle",
            "case.comment",
            comment::page::settled,
        ),
        Route::get("/api/cases", READ, api::list),
        Route::post("/api/cases", EDIT, api::create),
        Route::get("/api/cases/{id}", READ, api::show),
        Route::put("/api/cases/{id}", EDIT, api::put),
    ]
}
