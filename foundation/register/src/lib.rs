//! Registers: things that people keep together, such as the risks of a programme or the meetings of a
//! committee, each with declared fields.
//!
//! A capability declares its [`Kind`]s; the list, page, form, history, comparison, export and import of each
//! follow from its fields. Every state of an entry is a version with who saved it, when and why, and two people
//! who change one entry lose nothing: [`merge`] joins what does not contradict and shows what does. This crate
//! must not know what an entry means: no rule about a risk, a plan or a meeting stands here.

pub mod api;
mod aside;
mod calendar;
mod change;
mod entry;
pub mod file;
mod kind;
mod known;
mod lint;
mod load;
mod merge;
mod opened;
mod page;
mod register;
mod store;
#[cfg(test)]
mod testing;

pub use aside::{Aside, AsideId, waiting};
pub use calendar::{day_in_words, month_in_words};
pub use change::{NotSaved, add_checked, change_checked, referring, remove_checked};
pub use entry::{Around, Author, Entry, EntryId, Values};
pub use kind::{Field, Holds, Kind, Need};
pub use known::{Known, choices, group, label};
pub use lint::{Finding, lint};
pub use load::{LoadError, Loaded, load, scope_of};
pub use merge::merge;
pub use register::{Framed, Paths, Register, Scope, routes};
pub use store::{
    Changed, add, change, entry, in_force, in_force_at, latest_since, numbered, remove, scopes,
    version, versions, versions_of,
};

use stour_database::{Migrations, Step};

/// The tables of registers.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "register",
    steps: &[Step {
        number: 1,
        name: "register",
        sql: include_str!("../migrations/0001_register.sql"),
    }],
};
