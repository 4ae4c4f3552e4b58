//! The transfer hub's daily meeting: who is talked about and in which order, what is said of each, and what somebody is
//! to do by when.
//!
//! **A meeting** runs and is closed. Whom it is about is settled when it begins: everybody in hospital who is ready to
//! leave or past the expected date, as far as whoever begins it may see them, the longest wait first ([`order`]).
//! **An action** is open until somebody says what came of it, in whichever meeting it was taken down: the next ones
//! show it again, and the owner's organisation has it on its list.

mod action;
mod action_page;
mod actions_page;
mod meeting_page;
mod order;
mod start_page;
mod state;
mod store;
mod turn_page;

pub use action::{
    HubAction, HubActionId, NewHubAction, action, answer, steps, take_down, unfinished,
};
pub use order::{Waiting, in_order, waiting};
pub use state::{Closed, MeetingState, NotSo, Running};
pub use store::{
    Meeting, MeetingId, Turn, close, earlier, meeting, note, notes, running, start, turns,
};

use stour_access::PersonFacts;
use stour_web::{Caller, Route};

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "meeting.read";
    const RECORD: &str = "meeting.record";
    const TURN: &str = "/hub/meeting/{id}/people/{number}";
    vec![
        Route::get("/hub/meeting", READ, start_page::page),
        Route::get("/hub/meeting/live", READ, start_page::live),
        Route::post("/hub/meeting", RECORD, start_page::begin),
        Route::get("/hub/meeting/{id}", READ, meeting_page::page),
        Route::post("/hub/meeting/{id}/close", RECORD, meeting_page::close),
        Route::get(TURN, READ, turn_page::page),
        Route::post(TURN, RECORD, turn_page::note),
        Route::get("/hub/actions", "hub-action.read", actions_page::page),
        Route::get("/hub/actions/live", "hub-action.read", actions_page::live),
        Route::get("/hub/actions/{id}", "hub-action.read", action_page::page),
        Route::post(
            "/hub/actions/{id}/done",
            "hub-action.answer",
            action_page::done,
        ),
    ]
}

/// Those of these people whom the caller may see, decided as a list is, and not recorded: for what is stored, not shown.
fn visible(caller: &Caller, action: &str, people: Vec<PersonFacts>) -> Vec<PersonFacts> {
    let Ok(action) = action.parse() else {
        return Vec::new();
    };
    let seen = caller.may_each(action, people.iter().cloned());
    people
        .into_iter()
        .filter(|person| seen.contains(&person.id))
        .collect()
}

#[cfg(test)]
mod tests;
