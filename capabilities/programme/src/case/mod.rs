//! A business case in the browser: its pages, and the forms that change it.

mod at_fields;
pub(crate) mod change;
mod draft;
mod draws;
mod frame;
mod input;
pub(crate) mod line_edit_page;
mod line_form;
pub(crate) mod line_page;
pub(crate) mod line_remove_page;
pub(crate) mod number;
pub(crate) mod partners_page;
mod required;
pub(crate) mod results;
mod stated;
pub(crate) mod summary_page;
pub(crate) mod sure_page;
pub(crate) mod what_if_page;

pub(crate) use change::Change;
