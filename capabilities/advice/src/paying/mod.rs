//! Paying for care: an estimate of what somebody may pay each week and when their savings run down.
//!
//! Figures come by POST and go back in the page: they are in no address and no log, and nothing is stored unless
//! whoever gave them asks to keep them. `stour_charging` works everything out.

mod answers;
mod asked;
mod chart;
mod field;
mod form_page;
mod home_form;
mod kept;
mod kept_page;
mod missing_page;
mod money_form;
mod page;
mod range_page;
mod rates_page;
mod result_page;
mod rundown;
mod tables;

pub use answers::Answers;
pub use asked::{Asked, Worked, ask, work_out};
pub use tables::tables;

use stour_database::{Migrations, Step};
use stour_web::{ANYBODY, Place, Route};

/// The table of estimates that somebody asked to keep.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "paying",
    steps: &[Step {
        number: 1,
        name: "kept",
        sql: include_str!("../../migrations/paying/0001_kept.sql"),
    }],
};

/// Its place in the navigation.
pub const PLACE: Place = Place {
    label: "What care costs",
    description: "See what you may pay for care, why, and how long savings may last.",
    href: "/paying-for-care",
    roles: &[ANYBODY],
};

/// What paying for care answers.
pub fn routes() -> Vec<Route> {
    const ADVICE: &str = "advice on paying for care is for everybody";
    const OWN: &str = "whoever has the code kept it";
    vec![
        Route::get("/paying-for-care", "", page::show).public(ADVICE),
        Route::post("/paying-for-care", "", page::work_out).public(ADVICE),
        Route::get("/paying-for-care/rates", "", rates_page::show).public(ADVICE),
        Route::post("/paying-for-care/keep", "", kept_page::keep).public(OWN),
        Route::get("/paying-for-care/kept", "", kept_page::ask).public(OWN),
        Route::post("/paying-for-care/kept", "", kept_page::open).public(OWN),
        Route::post("/paying-for-care/kept/delete", "", kept_page::delete).public(OWN),
    ]
}
