//! Reading a published file into series: by the names of its columns in any order, all of it or
//! nothing.

pub(crate) mod command;
mod input;
mod refusal;
mod rows;

pub use refusal::{Refusal, Refused};
pub use rows::{Columns, Read, read};
