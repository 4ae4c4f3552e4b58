//! The directory as an open feed: the nine endpoints of Open Referral UK 3.0, every parameter of them working.
//!
//! Parameters and their meaning follow `openapi.json` of the profile (OpenReferralUK/uk-profile at ecdfabf, 10
//! October 2024) word by word; where its words leave a choice, [`parameter`] says which is made. Anybody may ask,
//! pages of every site may read the answer, and only what the publication filter lets out is in it. What filters
//! need is held in memory ([`catalogue`]); what is given is read from the database.

mod answer;
mod asked;
mod catalogue;
mod document;
mod handler;
mod item;
mod parameter;
mod record;

use stour_web::Route;

pub(crate) use catalogue::JOB;

/// Why the routes are open to all.
const WHY: &str = "open data by the compliance criteria of Open Referral UK: anonymous, without what the publication filter holds";

/// The address of the feed.
const ROOT: &str = "/open-referral/v3";

/// The routes of the feed.
pub(crate) fn routes() -> Vec<Route> {
    let open = |route: Route| route.public(WHY);
    vec![
        open(Route::get("/open-referral/v3", "", handler::root)),
        open(Route::get("/open-referral/v3/", "", handler::root)),
        open(Route::get(
            "/open-referral/v3/openapi.json",
            "",
            handler::document,
        )),
        open(Route::get(
            "/open-referral/v3/services",
            "",
            handler::services,
        )),
        open(Route::get(
            "/open-referral/v3/services/{id}",
            "",
            handler::service,
        )),
        open(Route::get(
            "/open-referral/v3/taxonomies",
            "",
            handler::taxonomies,
        )),
        open(Route::get(
            "/open-referral/v3/taxonomies/{id}",
            "",
            handler::taxonomy,
        )),
        open(Route::get(
            "/open-referral/v3/taxonomy_terms",
            "",
            handler::taxonomy_terms,
        )),
        open(Route::get(
            "/open-referral/v3/taxonomy_terms/{id}",
            "",
            handler::taxonomy_term,
        )),
        open(Route::get(
            "/open-referral/v3/service_at_locations",
            "",
            handler::service_at_locations,
        )),
        open(Route::get(
            "/open-referral/v3/service_at_locations/{id}",
            "",
            handler::service_at_location,
        )),
    ]
}

#[cfg(test)]
mod tests;
