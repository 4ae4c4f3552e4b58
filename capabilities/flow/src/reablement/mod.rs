//! Reablement: up to six weeks of help at home to get back to doing things without help, from a
//! referral to an outcome.
//!
//! **Its life.** Referred, started, ended; each step takes the old state away. It starts on a day
//! when the person is at home, so not while they are in hospital and not before they left it; it
//! ends on a day from its start on, with a code of the list `reablement-outcome`.

mod end_page;
mod list_page;
mod start_page;
mod state;
mod store;

pub use state::{DAYS, Ended, NotSo, Reablement, Referred, Started};
pub use store::{Service, end, of_person, open, service, start};

use stour_kernel::typed_id;
use stour_web::Route;

typed_id!(pub ReablementId, "a person's reablement");
stour_database::text_value!(ReablementId);

/// The service's id in the reference data.
pub const SERVICE: &str = "reablement";

pub(crate) fn routes() -> Vec<Route> {
    const START: &str = "/reablement/referrals/{id}/start";
    const END: &str = "/reablement/services/{id}/end";
    vec![
        Route::get("/reablement", "referral.read", list_page::page),
        Route::get("/reablement/live", "referral.read", list_page::live),
        Route::get(START, "service.start", start_page::page),
        Route::post(START, "service.start", start_page::start),
        Route::get(END, "service.end", end_page::page),
        Route::post(END, "service.end", end_page::end),
    ]
}

#[cfg(test)]
mod tests;
