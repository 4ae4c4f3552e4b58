//! The front door as one list.

use stour_people::PersonLink;
use stour_web::{Capability, Place, Route};
use utoipa::OpenApi;

use crate::{MIGRATIONS, referral, request, resident};

#[derive(OpenApi)]
#[openapi(paths(
    request::api::create,
    request::api::show,
    request::api::conclude,
    referral::api::create,
    referral::api::show,
))]
struct Documentation;

/// What the front door brings to the house.
pub fn capability() -> Capability {
    Capability {
        name: "front-door",
        migrations: vec![MIGRATIONS],
        routes: routes(),
        navigation: vec![
            Place {
                label: "Requests",
                description: "What people have asked for, and what must be dealt with.",
                href: "/requests",
                roles: &["adviser", "practitioner", "community", "transfer-hub"],
            },
            Place {
                label: "What you asked for",
                description: "Your requests, and what happened next.",
                href: "/my-requests",
                roles: &["resident"],
            },
        ],
        openapi: Documentation::openapi(),
        ..Capability::default()
    }
}

/// What people can do here from a person's record. The action is that of those who deal with
/// requests: residents may make requests, but not by the page for somebody on the telephone.
pub const fn person_links() -> &'static [PersonLink] {
    &[
        PersonLink {
            label: "Record a request",
            href: "/people/{id}/requests/new",
            action: "referral.create",
        },
        PersonLink {
            label: "What was asked before",
            href: "/people/{id}/requests",
            action: "referral.create",
        },
    ]
}

fn routes() -> Vec<Route> {
    use referral::{api as referral_api, page as referral_page};
    use request::{api as request_api, page as request_page};
    vec![
        Route::get(
            "/people/{id}/requests",
            "request.read",
            request_page::of_person,
        ),
        Route::get(
            "/people/{id}/requests/new",
            "request.read",
            request_page::new,
        ),
        Route::post(
            "/people/{id}/requests/new",
            "request.create",
            request_page::create,
        ),
        Route::get("/requests", "request.read", request_page::list),
        Route::get("/requests/{id}", "request.read", request_page::show),
        Route::post(
            "/requests/{id}/conclude",
            "request.conclude",
            request_page::conclude,
        ),
        Route::get(
            "/requests/{id}/referrals/new",
            "referral.read",
            referral_page::new,
        ),
        Route::post(
            "/requests/{id}/referrals/new",
            "referral.create",
            referral_page::create,
        ),
        Route::get("/referrals/{id}", "referral.read", referral_page::show),
        Route::post(
            "/referrals/{id}/withdraw",
            "referral.create",
            referral_page::withdraw,
        ),
        Route::get("/my-requests", "request.read", resident::show),
        Route::post("/api/requests", "request.create", request_api::create),
        Route::get("/api/requests/{id}", "request.read", request_api::show),
        Route::put(
            "/api/requests/{id}/outcome",
            "request.conclude",
            request_api::conclude,
        ),
        Route::post(
            "/api/requests/{id}/referrals",
            "referral.create",
            referral_api::create,
        ),
        Route::get("/api/referrals/{id}", "referral.read", referral_api::show),
    ]
}
