//! Reading a published file into series: by a layout of its columns, in any order, all of it or
//! nothing.

mod answer;
mod cell;
pub(crate) mod command;
mod input;
mod layout;
mod plan;
mod refusal;
mod rows;
mod whole;

pub use command::{import, import_shipped};
pub use layout::{Layout, layouts};
pub use refusal::{Refusal, Refused};
pub use rows::{LeftOut, Read, Withheld, read};
