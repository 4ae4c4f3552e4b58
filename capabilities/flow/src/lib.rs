//! Hospital flow: spells, wards, in-reach and reablement, fed by hospital messages.

pub mod adt;
mod error;
pub mod message;
pub mod spell;

pub use error::FlowError;

use stour_database::{Migrations, Step};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "flow",
    steps: &[Step {
        number: 1,
        name: "flow",
        sql: include_str!("../migrations/0001_flow.sql"),
    }],
};
