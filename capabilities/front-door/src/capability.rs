//! The front door as one list.

use stour_people::PersonLink;
use stour_web::{ANYBODY, Capability, FORGETTING, Place, Route};
use utoipa::OpenApi;

use crate::{MIGRATIONS, contact, referral, request, resident};

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
            Place {
                label: "Ask for help",
                description: "Tell us what you need, once. Your council reads it and gets in touch.",
                href: "/ask-for-help",
                roles: &[ANYBODY, "resident"],
            },
        ],
        openapi: Documentation::openapi(),
        jobs: vec![FORGETTING],
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

/// Why the form that asks for help asks nobody who they are.
const ANYBODY_MAY_ASK: &str =
    "anybody may ask for help; what is sent is read by those who deal with requests";

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
        Route::get("/ask-for-help", "", contact::ask::new).public(ANYBODY_MAY_ASK),
        Route::post("/ask-for-help", "", contact::ask::send).public(ANYBODY_MAY_ASK),
        Route::get("/ask-for-help/{id}", "", contact::ask::sent)
            .public("says what happens next; shows nothing of what was sent"),
        Route::get("/contacts", "contact.read", contact::page::list),
        Route::get("/contacts/{id}", "contact.read", contact::page::show),
        Route::post("/contacts/{id}/close", "contact.deal", contact::page::close),
        Route::get(
            "/contacts/{id}/person",
            "person.search",
            contact::person_page::show,
        ),
        Route::post(
            "/contacts/{id}/request",
            "request.create",
            contact::person_page::record,
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
