//! The registers of a programme: every kind's list, page, form, history and files, in the programme's own frame.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use stour_design::Breadcrumb;
use stour_register::api::{self, ChangeJson, EntryJson};
use stour_register::{Around, Framed, Register, Scope, paths};
use stour_web::{Body, Caller, Page, Problem, Route};

use crate::governance::shell::{Opened, Part, page, page_below};
use crate::governance::{EDIT, READ};

/// Everything that a programme keeps.
pub static REGISTER: Register = Register {
    kinds: || crate::kinds().collect(),
    scope: Scope::Named("programme"),
    paths: paths!(
        "/programmes/{programme}/registers",
        "/programmes/{programme}/export.xlsx"
    ),
    read: READ,
    edit: EDIT,
    owners: crate::governance::owner::owners,
    title: |scope, entries| of(scope, entries).map(|opened| opened.title),
    around: framed,
};

fn of(scope: &str, entries: &Around) -> Option<Opened> {
    Opened::of(scope, entries.clone(), entries.today.unwrap_or_default())
}

fn framed(framed: Framed<'_>) -> Page {
    let Some(opened) = of(framed.scope, framed.entries) else {
        // Nothing is framed of a programme that is not there.
        return Page::new(framed.title, framed.main);
    };
    if framed.above.is_empty() {
        return page(&opened, Part::Registers, &framed.main);
    }
    let own = [
        ("Programmes".to_owned(), "/programmes".to_owned()),
        (opened.title.clone(), opened.address("")),
    ];
    let above = own.into_iter().chain(framed.above);
    Page {
        breadcrumb: Some(Breadcrumb::new(above)),
        ..page_below(&opened, Part::Registers, &framed.title, &framed.main)
    }
}

/// The routes for programs.
pub(crate) fn api_routes() -> Vec<Route> {
    const LIST: &str = "/api/programmes/{programme}/registers/{kind}";
    const ENTRY: &str = "/api/programmes/{programme}/registers/{kind}/{number}";
    vec![
        Route::get(LIST, READ, list),
        Route::post(LIST, EDIT, create),
        Route::get(ENTRY, READ, show),
        Route::put(ENTRY, EDIT, put),
    ]
}

/// What an address says.
type Said = Path<BTreeMap<String, String>>;

/// The entries of a register of a programme that are in force, by number.
#[utoipa::path(
    get, path = "/api/programmes/{programme}/registers/{kind}", tag = "programme",
    params(
        ("programme" = String, Path, description = "The programme's short name"),
        ("kind" = String, Path, description = "The register, such as risk"),
    ),
    responses(
        (status = 200, description = "The entries", body = [EntryJson]),
        (status = 404, description = "There is no such programme or register"),
    )
)]
pub(crate) async fn list(
    caller: Caller,
    Path(said): Said,
) -> Result<Json<Vec<EntryJson>>, Problem> {
    api::list(&REGISTER, caller, said).await
}

/// One entry of a register of a programme.
#[utoipa::path(
    get, path = "/api/programmes/{programme}/registers/{kind}/{number}", tag = "programme",
    params(
        ("programme" = String, Path, description = "The programme's short name"),
        ("kind" = String, Path, description = "The register, such as risk"),
        ("number" = i64, Path, description = "The entry's number"),
    ),
    responses(
        (status = 200, description = "The entry; its version in ETag", body = EntryJson),
        (status = 404, description = "There is no such entry"),
    )
)]
pub(crate) async fn show(caller: Caller, Path(said): Said) -> Result<Response, Problem> {
    api::show(&REGISTER, caller, said).await
}

/// Adds an entry to a register of a programme.
#[utoipa::path(
    post, path = "/api/programmes/{programme}/registers/{kind}", tag = "programme",
    request_body = ChangeJson,
    params(
        ("programme" = String, Path, description = "The programme's short name"),
        ("kind" = String, Path, description = "The register, such as risk"),
        ("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each entry"),
    ),
    responses(
        (status = 201, description = "Added; its address is in Location, its version in ETag", body = EntryJson),
        (status = 422, description = "What is wrong, by field"),
    )
)]
pub(crate) async fn create(
    caller: Caller,
    Path(said): Said,
    body: Body<ChangeJson>,
) -> Result<Response, Problem> {
    api::create(&REGISTER, caller, said, body).await
}

/// Changes an entry of a register of a programme. What others changed since in other fields is kept.
#[utoipa::path(
    put, path = "/api/programmes/{programme}/registers/{kind}/{number}", tag = "programme",
    request_body = ChangeJson,
    params(
        ("programme" = String, Path, description = "The programme's short name"),
        ("kind" = String, Path, description = "The register, such as risk"),
        ("number" = i64, Path, description = "The entry's number"),
        ("If-Match" = String, Header, description = "The ETag of the version that is changed"),
        ("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each change"),
    ),
    responses(
        (status = 200, description = "Saved; its new version in ETag", body = EntryJson),
        (status = 409, description = "It was removed"),
        (status = 412, description = "Somebody else changed the same fields first"),
        (status = 422, description = "What is wrong, by field"),
        (status = 428, description = "If-Match is missing"),
    )
)]
pub(crate) async fn put(
    caller: Caller,
    Path(said): Said,
    headers: HeaderMap,
    body: Body<ChangeJson>,
) -> Result<Response, Problem> {
    api::put(&REGISTER, caller, said, (headers, body)).await
}
