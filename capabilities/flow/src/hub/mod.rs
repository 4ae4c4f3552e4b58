//! The transfer-of-care hub: notices between a hospital and the council that would care for the person at home, and what is
//! waited for; and the pathway that a multi-disciplinary team decides.
//!
//! **The life of a notice.** Sent, arrived, answered; the hospital may take it back. Each step uses up the state before it,
//! so nothing is answered twice. A discharge notice rests on an assessment notice that a council has or has accepted; it
//! ends with it. What was rejected can be sent anew. Every version is kept, with who made it and when.
//!
//! **By when** a notice is to be answered is dated data ([`clock`]). One that is late stands first on every list that has it.
//!
//! **Who sees what.** The hub sees every notice, a ward those of its own hospital, a council those that it is asked. A
//! notice makes the council know the person, until it rejects the assessment notice or has answered its withdrawal.

mod answer_page;
mod ask_page;
pub mod clock;
mod command;
mod course;
mod decision;
mod decision_page;
mod fields;
mod list_page;
mod notice;
mod open;
mod state;
mod stay_page;
mod store;
mod tell_page;
mod withdraw_page;

pub(crate) use command::{NAME as NOTICES, define as notices_command, run as show_notices};
pub use course::{Course, Next, Waiting, ready, waiting};
pub use decision::{
    Decision, KeptDecision, Member, decide, decisions, standing, team_of, team_text,
};
pub(crate) use decision_page::pathways;
pub use notice::{
    Assessment, Contact, Content, Discharge, Kind, Notice, Scope, Step, UnknownKind, Withdrawal,
    Wrong,
};
pub(crate) use open::{address, may_open, visible};
pub use state::{
    Answer, Answered, Before, NotSo, NoticeState, Received, Sent, StateName, UnknownState,
    Withdrawn,
};
pub use store::{
    answer, notice, of_hub, of_stay, receive, send_assessment, send_discharge, steps, withdraw,
};

use stour_kernel::typed_id;
use stour_web::Route;

typed_id!(pub NoticeId, "a notice");
stour_database::text_value!(NoticeId);

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "notice.read";
    const SEND: &str = "ward.plan";
    const ANSWER: &str = "notice.answer";
    const ASSESSMENT: &str = "/hub/stays/{id}/assessment-notice";
    const DISCHARGE: &str = "/hub/stays/{id}/discharge-notice";
    const WITHDRAWAL: &str = "/hub/stays/{id}/withdrawal-notice";
    const PATHWAY: &str = "/hub/stays/{id}/pathway";
    const NOTICE: &str = "/hub/notices/{id}/answer";
    vec![
        Route::get("/hub", READ, list_page::page),
        Route::get("/hub/live", READ, list_page::live),
        Route::get("/hub/stays/{id}", READ, stay_page::page),
        Route::get(ASSESSMENT, SEND, ask_page::page),
        Route::post(ASSESSMENT, SEND, ask_page::send),
        Route::get(DISCHARGE, SEND, tell_page::page),
        Route::post(DISCHARGE, SEND, tell_page::send),
        Route::get(WITHDRAWAL, SEND, withdraw_page::page),
        Route::post(WITHDRAWAL, SEND, withdraw_page::send),
        Route::get(PATHWAY, SEND, decision_page::page),
        Route::post(PATHWAY, SEND, decision_page::change),
        Route::get(NOTICE, ANSWER, answer_page::page),
        Route::post(NOTICE, ANSWER, answer_page::answer),
    ]
}

#[cfg(test)]
mod tests;
