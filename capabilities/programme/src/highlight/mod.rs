//! Where a programme is: its home page, what changed since the last board, and the highlight report on one page.
//!
//! A [`report::Report`] is made of what is recorded at the moment, as texts. Whoever issues it freezes it: it is stored
//! whole and never changed, so that a past report reads as it was.

mod changed;
mod changes_page;
mod home_page;
mod issued;
mod issued_page;
mod kinds;
mod make;
mod report;
mod report_page;
mod rules;
mod shown;
mod since;
mod store;

use stour_register::Kind;
use stour_web::Route;

use crate::governance::{EDIT, READ};

/// The kinds of things kept here.
pub(crate) const KINDS: &[&Kind] = &[kinds::MEETING, kinds::DECISION];

/// The pages of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/programmes/{programme}", READ, home_page::show),
        Route::get("/programmes/{programme}/changes", READ, changes_page::show),
        Route::get("/programmes/{programme}/report", READ, report_page::show),
        Route::post("/programmes/{programme}/report", EDIT, report_page::issue),
        Route::get("/programmes/{programme}/report.csv", READ, report_page::csv),
        Route::get(
            "/programmes/{programme}/report/{number}",
            READ,
            issued_page::show,
        ),
        Route::get(
            "/programmes/{programme}/report/{number}/report.csv",
            READ,
            issued_page::csv,
        ),
    ]
}
