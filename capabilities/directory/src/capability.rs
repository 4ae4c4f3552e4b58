//! The directory as one list.

use stour_web::{Capability, Place, Route};

use crate::{
    FINDING_MIGRATIONS, MIGRATIONS, api, duplicate, feed, finding, index, keeping, listing,
    postcode, usage,
};

/// What the directory brings to the house.
pub fn capability() -> Capability {
    Capability {
        name: "directory",
        migrations: vec![MIGRATIONS, FINDING_MIGRATIONS, keeping::MIGRATIONS],
        routes: [
            finding::routes(),
            keeping_in_step(),
            keeping::routes(),
            usage::routes(),
            api::routes(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        navigation: [
            &[
                finding::PLACE,
                Place {
                    label: "The directory",
                    description: "The feeds that listings come from, what is held, and what may be the same.",
                    href: "/directory",
                    roles: &["editor"],
                },
                usage::PLACE,
            ],
            &keeping::PLACES[..],
        ]
        .concat(),
        jobs: vec![index::JOB, api::JOB, usage::JOB, feed::JOB],
        commands: [
            vec![postcode::IMPORT, index::IMPORT_NEEDS, keeping::REMINDERS],
            feed::commands(),
        ]
        .concat(),
        ..Capability::default()
    }
}

/// The pages of those who keep the directory in step with its feeds.
fn keeping_in_step() -> Vec<Route> {
    vec![
        Route::get("/directory", "directory.read", feed::home),
        Route::get("/directory/feeds/{feed}", "directory.read", feed::show),
        Route::get(
            "/directory/held",
            "directory.read",
            listing::page::held_list,
        ),
        Route::get(
            "/directory/listings/{id}",
            "directory.read",
            listing::page::show,
        ),
        Route::post(
            "/directory/listings/{id}/visibility",
            "directory.edit",
            listing::page::set_visibility,
        ),
        Route::get("/directory/duplicates", "directory.read", duplicate::queue),
        Route::get(
            "/directory/duplicates/{first}/{second}",
            "directory.read",
            duplicate::pair_page,
        ),
        Route::post(
            "/directory/duplicates/{first}/{second}",
            "directory.edit",
            duplicate::answer,
        ),
        Route::post(
            "/directory/duplicates/decisions/{id}/undo",
            "directory.edit",
            duplicate::undo_page,
        ),
    ]
}
