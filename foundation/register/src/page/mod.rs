//! The pages of a register, in the order in which somebody meets them.

pub(crate) mod aside;
pub(crate) mod compare;
pub(crate) mod download;
pub(crate) mod edit;
pub(crate) mod entry;
pub(crate) mod filled;
mod history;
pub(crate) mod import;
pub(crate) mod index;
mod input;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod remove;
mod shown;

pub(crate) use input::short;

#[cfg(test)]
mod tests;
