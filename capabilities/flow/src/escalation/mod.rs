//! Escalation: how hard pressed every hospital trust and onward service is, what partners agreed to do about it, and how
//! pressure moved.
//!
//! **A measure** is worked out from what is known now ([`readings`]) and held against thresholds that are dated data
//! ([`plan`]). The level of a trust or service is the highest that any of its measures reaches. **What is not known** is
//! never calm: of a hospital that is silent no level is claimed, and where people nobody has reviewed, or places nobody has
//! said, could raise the level, that is said ([`Standing`]). **History** is what was worked out each hour, only ever added
//! to ([`record`]). **An action** of the plan is begun and done by somebody ([`start`], [`finish`]).

mod action;
mod action_part;
mod history;
mod history_part;
mod level;
mod page;
mod parts;
mod plan;
mod reading;
mod snapshot;
mod subject;
mod watch;

pub use action::{Done, NotSo, PressureActionId, Run, RunState, UnderWay, finish, runs, start};
pub use history::{Change, Day, Days, Recorded, changes, days, load, record, recorded_since};
pub use level::{Level, Span, Standing, Thresholds};
pub use plan::{Agreed, Name, Origin, Plan, Trigger, plan};
pub use reading::{
    Gap, LocalityDay, Measured, Patient, Reading, TrustNow, hour, of_service, of_trust,
};
pub use snapshot::readings;
pub use subject::{Kind, Measure, Subject, UnknownSubject};
pub(crate) use watch::JOB;

pub use crate::feed::Silence;

use stour_web::Route;

/// Stays and places touch this topic as well, and an open page follows one.
const TOPIC: &str = "wards";

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "escalation.read";
    const ACT: &str = "escalation.act";
    vec![
        Route::get("/escalation", READ, page::page),
        Route::get("/escalation/live", READ, page::live),
        Route::post("/escalation/actions", ACT, action_part::begin),
        Route::post("/escalation/actions/{id}/done", ACT, action_part::done),
    ]
}

#[cfg(test)]
mod tests;
