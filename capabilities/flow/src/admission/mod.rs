//! The audit of emergency admissions: by general practice and by care home, how many, how many of them should not usually
//! need hospital, what reviews find, and what is to be done.
//!
//! **An admission** is a stay in the fact log that began as an emergency ([`emergencies`]), whether hospitals' messages told
//! of it or it was loaded. **A review** says what brought the person in and whether it could have been avoided; it is put
//! right by the next, and every one is kept ([`record`]). **An action** follows from what was found at a practice or at care
//! homes, and stays open until somebody says what came of it ([`ask`]).
//!
//! Readers who may not see whose admissions they were are shown no small number, nor what one could be worked out from
//! ([`shown`]).

mod act_form;
mod action;
mod action_page;
mod chart;
mod group;
mod homes;
mod homes_page;
mod kept;
mod known;
mod list_page;
mod period;
mod practice_page;
mod publish;
mod rate;
mod review;
mod review_page;
mod shared;
mod tally;

pub use action::{
    Action, AdmissionActionId, CARE_HOMES, NewAction, action, actions, actions_about, answer, ask,
    steps,
};
pub use group::{Condition, condition, groups};
pub use homes::{Expected, Home, Homes, homes};
pub use known::{Admission, admission, emergencies};
pub use period::Period;
pub use publish::{Audience, Row, Shown, shown};
pub use rate::{BANDS, Band, Rate, rate};
pub use review::{Finding, KeptFinding, Standing, WrongFinding, findings, record};
pub use tally::{Counted, Seen, Tally, counted};

use stour_web::Route;

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "admission-audit.read";
    const ACT: &str = "admission-audit.act";
    const PEOPLE: &str = "admission.read";
    vec![
        Route::get("/admissions", READ, list_page::page),
        Route::get("/admissions/practices.csv", READ, list_page::csv),
        Route::get(
            "/admissions/practices/{practice}",
            READ,
            practice_page::page,
        ),
        Route::post(
            "/admissions/practices/{practice}/actions",
            ACT,
            practice_page::act,
        ),
        Route::get("/admissions/reviews/{id}", PEOPLE, review_page::page),
        Route::post(
            "/admissions/reviews/{id}",
            "admission.review",
            review_page::change,
        ),
        Route::get("/admissions/care-homes", READ, homes_page::page),
        Route::get("/admissions/care-homes/{home}", PEOPLE, homes_page::home),
        Route::post("/admissions/care-homes/actions", ACT, homes_page::act),
        Route::get("/admissions/actions", READ, action_page::list),
        Route::get("/admissions/actions/live", READ, action_page::live),
        Route::get("/admissions/actions/{id}", READ, action_page::page),
        Route::post("/admissions/actions/{id}/done", ACT, action_page::done),
    ]
}

#[cfg(test)]
mod tests;
