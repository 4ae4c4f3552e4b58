//! What somebody in hospital waits for during the stay, who brings it about, and how long such things take; and whether a
//! day brought the person nearer to going home.

mod count;
mod day;
mod day_page;
mod end_page;
mod moment;
mod page;
mod state;
mod store;
mod turnaround_page;

pub use day::{DayFound, WrongDay, add_day};
pub(crate) use page::{board, in_line};
pub use state::{Ended, Ending};
pub use store::{Awaited, AwaitedId, NewAwaited, WrongAwaited, ask, end};
pub(crate) use store::{Board, of_spell};

use stour_web::Route;

/// The list of what can be waited for, and of why a day was red.
pub(crate) const KINDS: &str = "awaited-kind";
pub(crate) const RED_REASONS: &str = "red-day-reason";

pub(crate) fn routes() -> Vec<Route> {
    const PLAN: &str = "ward.plan";
    const AWAITED: &str = "/wards/{organisation}/{ward}/spells/{id}/awaited";
    const END: &str = "/wards/{organisation}/{ward}/spells/{id}/awaited/{action}";
    const DAY: &str = "/wards/{organisation}/{ward}/spells/{id}/day";
    vec![
        Route::get("/wards/turnaround", "ward.read", turnaround_page::page),
        Route::get(AWAITED, PLAN, page::page),
        Route::post(AWAITED, PLAN, page::add),
        Route::get(END, PLAN, end_page::page),
        Route::post(END, PLAN, end_page::end),
        Route::get(DAY, PLAN, day_page::page),
        Route::post(DAY, PLAN, day_page::change),
    ]
}

#[cfg(test)]
mod tests;
