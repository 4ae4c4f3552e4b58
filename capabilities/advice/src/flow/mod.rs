//! The pages by which somebody follows a flow: one question a page, a check of the answers, the outcome.

pub(crate) mod all_page;
pub(crate) mod ask_page;
pub(crate) mod check_page;
mod field;
mod frame;
pub(crate) mod list_page;
pub(crate) mod outcome_page;
pub(crate) mod question_page;
mod shown;
pub(crate) mod start_page;

pub(crate) use field::{Asked, Sent, field, name};
pub(crate) use frame::{framed, gone, keeping};
pub(crate) use outcome_page::conclusion;
pub(crate) use shown::{light, reason, way_of};
