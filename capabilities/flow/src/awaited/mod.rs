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

pub use day::{DayFound, add_day};
pub(crate) use page::board;
pub use state::{Ended, Ending};
pub(crate) use store::Board;
pub use store::{Awaited, AwaitedId, NewAwaited, ask, end};

use stour_kernel::{Code, Date};
use stour_web::Route;

/// The list of what can be waited for, and of why a day was red.
pub(crate) const KINDS: &str = "awaited-kind";
pub(crate) const RED_REASONS: &str = "red-day-reason";

/// Whether a list has a code on a day.
fn is_listed(list: &str, code: &str, on: Date) -> bool {
    let list = stour_partnership::reference()
        .ok()
        .and_then(|all| all.code_list(list));
    let code = code.parse::<Code>().ok();
    list.zip(code)
        .is_some_and(|(list, code)| list.list.entry_at(&code, on).is_some())
}

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
