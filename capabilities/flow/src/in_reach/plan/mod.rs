//! What a community team plans in order to bring somebody home: for each stay and organisation, one thing after another, each open
//! until it is done or withdrawn.

mod end_form;
mod form_page;
mod part;
mod state;
mod store;

pub(super) use form_page::{add, change, end, item_page, new_page};
pub(super) use part::count;
pub(crate) use part::section;
pub use state::{Ended, Ending, Item, ItemId, OpenItem, Planned, WrongPlan};
pub use store::{change as change_item, end as end_item, plan};
pub(crate) use store::{of_stay, of_stays};

/// The list of what a team can do, and of whether the person agrees.
pub(crate) const KINDS: &str = "in-reach-kind";
pub(crate) const AGREEMENTS: &str = "in-reach-agreement";

#[cfg(test)]
mod tests;
