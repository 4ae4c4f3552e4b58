//! What matters to somebody, and who cares for them: written down by the community team that knows them, read by it and by the ward
//! that the person is on.
//!
//! **About Me** ([`about_me`]) has the headings of the PRSB's standard, as dated data, each in the person's own words. **Carers**
//! ([`carer`]): who cares unpaid, in what way, how to reach them, and whether they are able and willing to go on. Each word of either
//! is kept with who wrote it and when; the last one stands.

mod about_me;
mod about_me_page;
mod carer;
mod carer_page;
mod part;
mod ward_page;

pub use about_me::{AboutMe, KeptAboutMe, WrongAboutMe, of_person as about_me, write};
pub use carer::{
    Carer, CarerId, KeptCarer, WrongCarer, add as add_carer, change as change_carer,
    of_person as carers,
};
pub(crate) use part::{about_me_section, carers_section};

use stour_web::Route;

/// The list of headings, and of whether a carer is able and willing to go on.
pub(crate) const HEADINGS: &str = "about-me-heading";
pub(crate) const WILLING: &str = "carer-willing";
/// What somebody is to the person whom they care for.
pub(crate) const RELATIONS: &str = "relationship";

pub(crate) fn routes() -> Vec<Route> {
    const PLAN: &str = "in-reach.plan";
    const ABOUT_ME: &str = "/in-reach/{id}/about-me";
    const CARER: &str = "/in-reach/{id}/carers/{carer}";
    vec![
        Route::get(ABOUT_ME, PLAN, about_me_page::page),
        Route::post(ABOUT_ME, PLAN, about_me_page::change),
        Route::get("/in-reach/{id}/carers/new", PLAN, carer_page::new_page),
        Route::post("/in-reach/{id}/carers", PLAN, carer_page::add),
        Route::get(CARER, PLAN, carer_page::page),
        Route::post(CARER, PLAN, carer_page::change),
        Route::get(
            "/wards/{organisation}/{ward}/spells/{id}/about",
            "ward.read",
            ward_page::page,
        ),
    ]
}

#[cfg(test)]
mod tests;
