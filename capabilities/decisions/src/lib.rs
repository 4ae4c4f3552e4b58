//! Decisions and scrutiny: committees, their meetings, what was resolved and by what vote, what was asked for, and
//! what came of it.
//!
//! All of it is kept as entries of one register, in the kinds of [`KINDS`]. What is published of it anybody may read;
//! what hangs on something that is not published is not shown either. How long notice must be and by when something must
//! be answered follows from dated rules and bank holidays of the reference data.
//!
//! This crate must not know a figure: that a promise came true is shown by evidence it links to.

mod capability;
mod clock;
mod command;
mod ics;
mod noun;
mod popolo;
mod record;
mod running;
mod shipped;
mod site;
mod staff;
mod tables;
#[cfg(test)]
mod testing;
mod words;

pub use capability::capability;
pub use noun::KINDS;
pub use shipped::{load_shipped, load_text};

/// The scope of the register that holds the whole record.
pub const SCOPE: &str = "decisions";
