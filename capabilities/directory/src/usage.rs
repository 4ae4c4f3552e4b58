//! What the directory is used for, counted without following anybody: no address, no cookie and no time of day is kept,
//! and somebody's own words only where the same ones were asked often.
//!
//! What happens is noted in memory, so that no page waits for it, and written now and then as facts about nobody. What a
//! process had not yet written when it ended is not counted.

mod count;
mod job;
mod page;
mod signpost;
mod tally;

pub(crate) use job::JOB;
pub(crate) use tally::{note_search, note_view};

use stour_web::{Place, Route};

/// Where staff see it.
pub(crate) const PLACE: Place = Place {
    label: "Use of the directory",
    description: "See what people search for, what they do not find, and where they go on.",
    href: "/directory/usage",
    roles: &["editor", "service-manager", "chief-officer", "analyst"],
};

/// The pages, and the ways on from a listing.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/find/{id}/{way}/{number}", "", signpost::go).public(
            "going on from a listing is for anybody, and leads only where the listing says",
        ),
        Route::get("/directory/usage", "directory.read", page::show),
        Route::get("/directory/usage.csv", "directory.read", page::file),
    ]
}

#[cfg(test)]
mod tests;
