//! What this capability brings to the house.

use axum::extract::{Path, Query};
use stour_web::{Caller, Capability, Place, Route};
use utoipa::OpenApi as _;

use crate::event::api as event_api;
use crate::person::{address_page, api, new_page, record_page};
use crate::relationship::page as carers;
use crate::review::{
    calibration_page, join_page, labels, merges_page, model_page, pair_page, quality_page,
    queue_page, sample_page,
};
use crate::search::{api as search_api, page as search_page};
use crate::source::{feed, job};
use crate::{MIGRATIONS, event, looks, own, trace};

/// Something that another capability lets people do from a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonLink {
    /// What it says.
    pub label: &'static str,
    /// Where it leads; `{id}` stands for the person.
    pub href: &'static str,
    /// The action that the caller must be allowed on the person.
    pub action: &'static str,
}

/// The action under which a record's address is changed.
pub(crate) const CHANGE: &str = "person.update";
/// Those who look for people.
const STAFF: &[&str] = &[
    "adviser",
    "practitioner",
    "community",
    "transfer-hub",
    "ward",
    "records",
];
/// The action of looking at pairs of records that may be one person's.
const REVIEW: &str = "match.review";
/// The action of joining and parting records.
const MERGE: &str = "person.merge";
/// The action of seeing how well matching goes, in counts.
const QUALITY: &str = "match.quality";

/// People: one list. `links` are what other capabilities let people do from a record.
pub fn capability(links: &'static [PersonLink]) -> Capability {
    let record = move |caller: Caller, id: Path<String>, asked: Query<record_page::AsKnown>| {
        record_page::page(caller, id, asked, links)
    };
    let mut people = Capability {
        name: "people",
        migrations: vec![MIGRATIONS],
        routes: vec![
            Route::get("/people", "person.search", search_page::page),
            Route::get("/people/new", "person.create", new_page::new_page),
            Route::post("/people", "person.create", new_page::create),
            Route::get("/people/feeds", "message.read", feed::page),
            Route::get("/people/{id}", "person.read", record),
            Route::get("/people/{id}/address", "person.read", address_page::page),
            Route::post("/people/{id}/address", CHANGE, address_page::change),
            Route::get("/people/{id}/carers/new", "person.read", carers::new_page),
            Route::post("/people/{id}/carers", "person.relate", carers::add),
            Route::get(
                "/people/{id}/who-has-looked",
                "access-log.read",
                looks::page,
            ),
            Route::get("/people/{id}/merges", MERGE, merges_page::page),
            Route::get("/people/{id}/merges/{merge}", MERGE, merges_page::undo_page),
            Route::post("/people/{id}/merges/{merge}", MERGE, merges_page::post),
            Route::get("/people/{id}/merge", MERGE, join_page::page),
            Route::post("/people/{id}/merge", MERGE, join_page::post),
            Route::post("/people/{id}/merge/find", MERGE, join_page::find_by_number),
            Route::get("/reviews", REVIEW, queue_page::page),
            Route::get("/reviews/next", REVIEW, queue_page::next),
            Route::get("/reviews/labels.csv", REVIEW, labels::csv),
            Route::post("/reviews/sample", REVIEW, sample_page::post),
            Route::get("/reviews/{id}", REVIEW, pair_page::page),
            Route::post("/reviews/{id}", REVIEW, pair_page::post),
            Route::get("/access-log", "access-log.read", looks::find_page),
            Route::post("/access-log", "access-log.read", looks::find),
            Route::get("/my-record", "person.read", own::page),
            Route::get(
                "/my-record/who-has-looked",
                "access-log.read",
                looks::own_page,
            ),
            Route::get("/api/people", "person.search", search_api::find),
            Route::post("/api/people", "person.create", api::create),
            Route::get("/api/people/{id}", "person.read", api::show),
            Route::put("/api/people/{id}/address", CHANGE, api::change_address),
        ],
        navigation: vec![
            Place {
                label: "People",
                description: "Find a person by name, date of birth, postcode or NHS number, or create a record.",
                href: "/people",
                roles: STAFF,
            },
            Place {
                label: "Reviews",
                description: "Say whether two records are one person’s, and check what was linked without a human.",
                href: "/reviews",
                roles: &["records"],
            },
            Place {
                label: "Matching",
                description: "See how well records are matched, group by group, and whether the model is right.",
                href: "/matching/quality",
                roles: &["records", "governance", "analyst"],
            },
            Place {
                label: "What was last received",
                description: "See when each organisation last sent a record of anybody.",
                href: "/people/feeds",
                roles: &["integration"],
            },
            Place {
                label: "Who has looked",
                description: "See everybody who has looked at a person's record, and why.",
                href: "/access-log",
                roles: &["governance"],
            },
            Place {
                label: "Subscribers",
                description: "Programs that are told when records are joined or parted, and how that goes.",
                href: "/subscribers",
                roles: &["integration"],
            },
            Place {
                label: "My record",
                description: "See what is recorded about you, and who has looked at it.",
                href: "/my-record",
                roles: &["resident"],
            },
        ],
        openapi: Documented::openapi(),
        jobs: vec![job::JOB, job::EVERYBODY, event::deliver::JOB],
        commands: Vec::new(),
    };
    people.routes.extend(matching());
    people.routes.extend(trace::routes());
    people.routes.extend(event::routes());
    people
}

/// How well matching goes, and by which model.
fn matching() -> [Route; 4] {
    [
        Route::get("/matching/quality", QUALITY, quality_page::page),
        Route::get("/matching/calibration", QUALITY, calibration_page::page),
        Route::post("/matching/model", REVIEW, model_page::make),
        Route::post("/matching/model/use", REVIEW, model_page::choose),
    ]
}

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(search_api::find, api::create, api::show, api::change_address, event_api::follow),
    tags((name = "people", description = "Who people are"))
)]
struct Documented;
