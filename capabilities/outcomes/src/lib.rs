//! Outcomes: is it working? Published series and indicators computed from the fact log, each shown
//! with its definition, its uncertainty and what it is made of; profiles of places; and what people
//! say of a measure.
//!
//! Measured numbers come from two places only: files that a publisher gave out ([`import`]) and the
//! facts that daily work records ([`indicator`]). Nobody types one in. Residents, targets and baselines
//! are reference data with their sources. One judgement of a series feeds
//! its chart, table, headline, file and API. This crate must not know how a fact came about, nor
//! keep a person's record: it reads the log, asks `people` for a name when the policies allow it,
//! and counts.

pub mod area;
mod board;
pub mod breakdown;
pub mod catalogue;
mod commentary;
pub mod comparator;
mod counted;
pub mod figures;
pub mod import;
mod indicator;
pub mod measure;
mod place;
pub mod series;
mod shown;
mod words;

use stour_database::{Migrations, Step};
use stour_web::{Capability, Place, Route};
use utoipa::OpenApi as _;

/// The tables of this capability.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "outcomes",
    steps: &[
        Step {
            number: 1,
            name: "series",
            sql: include_str!("../migrations/0001_series.sql"),
        },
        Step {
            number: 2,
            name: "parts",
            sql: include_str!("../migrations/0002_parts.sql"),
        },
        Step {
            number: 3,
            name: "commentary",
            sql: include_str!("../migrations/0003_commentary.sql"),
        },
    ],
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    series::api::list,
    series::api::detail,
    indicator::api::list,
    indicator::api::show
))]
struct Doc;

/// What this capability brings to the house.
pub fn capability() -> Capability {
    Capability {
        name: "outcomes",
        migrations: vec![MIGRATIONS],
        routes: [board_routes(), commentary_routes()]
            .into_iter()
            .flatten()
            .collect(),
        navigation: vec![Place {
            label: "Board",
            description: "See what changed, whether it is more than chance, and what a number is made of.",
            href: "/board",
            roles: &["chief-officer", "analyst", "service-manager"],
        }],
        openapi: Doc::openapi(),
        jobs: vec![counted::JOB],
        commands: vec![
            import::command::command(),
            series::command::command(),
            counted::command::command(),
        ],
    }
}

/// Boards, indicators and published series.
fn board_routes() -> Vec<Route> {
    vec![
        Route::get("/board", "board.read", board::show),
        Route::get("/board.csv", "board.read", board::csv),
        Route::get("/board.json", "board.read", board::json),
        Route::get("/board.xlsx", "board.read", board::xlsx),
        Route::get("/board/places", "board.read", place::list),
        Route::get("/board/places.csv", "board.read", place::csv),
        Route::get("/board/places.json", "board.read", place::json),
        Route::get("/board/places.xlsx", "board.read", place::xlsx),
        Route::get("/board/places/{place}", "board.read", place::show),
        Route::get("/board/series/{measure}", "board.read", series::list::show),
        Route::get(
            "/board/series/{measure}/{area}",
            "board.read",
            series::page::show,
        ),
        Route::get(
            "/board/series/{measure}/{area}/note",
            "board.annotate",
            series::note_page::show,
        ),
        Route::post(
            "/board/series/{measure}/{area}/note",
            "board.annotate",
            series::note_page::make,
        ),
        Route::get(
            "/board/indicators/{indicator}",
            "indicator.read",
            indicator::page::show,
        ),
        Route::get(
            "/board/indicators/{indicator}/people",
            "indicator.people",
            indicator::people::show,
        ),
        Route::get("/api/series", "board.read", series::api::list),
        Route::get(
            "/api/series/{measure}/{area}",
            "board.read",
            series::api::detail,
        ),
        Route::get("/api/indicators", "board.read", indicator::api::list),
        Route::get(
            "/api/indicators/{indicator}",
            "indicator.read",
            indicator::api::show,
        ),
    ]
}

const ANNOTATE: &str = "board.annotate";

/// What people say of an indicator or a published series: the same forms for both.
fn commentary_routes() -> Vec<Route> {
    use commentary::{form, note_form};
    vec![
        Route::get(
            "/board/indicators/{indicator}/note",
            ANNOTATE,
            note_form::show,
        ),
        Route::post(
            "/board/indicators/{indicator}/note",
            ANNOTATE,
            note_form::make,
        ),
        Route::get(
            "/board/indicators/{indicator}/narrative",
            ANNOTATE,
            form::narrative,
        ),
        Route::post(
            "/board/indicators/{indicator}/narrative",
            ANNOTATE,
            form::tell,
        ),
        Route::get(
            "/board/indicators/{indicator}/action",
            ANNOTATE,
            form::action,
        ),
        Route::post("/board/indicators/{indicator}/action", ANNOTATE, form::plan),
        Route::get(
            "/board/indicators/{indicator}/action/{action}",
            ANNOTATE,
            form::open_action,
        ),
        Route::post(
            "/board/indicators/{indicator}/action/{action}",
            ANNOTATE,
            form::end_action,
        ),
        Route::get(
            "/board/series/{measure}/{area}/narrative",
            ANNOTATE,
            form::narrative,
        ),
        Route::post(
            "/board/series/{measure}/{area}/narrative",
            ANNOTATE,
            form::tell,
        ),
        Route::get(
            "/board/series/{measure}/{area}/action",
            ANNOTATE,
            form::action,
        ),
        Route::post(
            "/board/series/{measure}/{area}/action",
            ANNOTATE,
            form::plan,
        ),
        Route::get(
            "/board/series/{measure}/{area}/action/{action}",
            ANNOTATE,
            form::open_action,
        ),
        Route::post(
            "/board/series/{measure}/{area}/action/{action}",
            ANNOTATE,
            form::end_action,
        ),
    ]
}
