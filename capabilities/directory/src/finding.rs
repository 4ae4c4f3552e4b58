//! Finding a service: the public pages. Whoever comes is asked nothing about who they are, and nothing of them is kept.

mod asked;
pub(crate) mod contact;
mod facets;
mod list_page;
mod listing_page;
mod map;
mod organisation_page;
mod page;
mod results;
mod words;

use stour_web::{ANYBODY, Place, Route};

pub(crate) use asked::Asked;

/// Where people begin.
pub(crate) const PLACE: Place = Place {
    label: "Find help",
    description: "Search for services and groups near you, at home or online.",
    href: "/find",
    roles: &[ANYBODY, "resident", "adviser"],
};

/// Why nobody is asked who they are.
const FOR_ANYBODY: &str = "the directory is for anybody, and asks nobody who they are";

/// The pages.
pub(crate) fn routes() -> Vec<Route> {
    const NO_ACTION: &str = "";
    vec![
        Route::get("/find", NO_ACTION, page::show).public(FOR_ANYBODY),
        Route::get("/find/list", NO_ACTION, list_page::show).public(FOR_ANYBODY),
        Route::get("/find/{id}", NO_ACTION, listing_page::show).public(FOR_ANYBODY),
        Route::get(
            "/find/organisations/{id}",
            NO_ACTION,
            organisation_page::show,
        )
        .public(FOR_ANYBODY),
    ]
}

#[cfg(test)]
mod tests;
