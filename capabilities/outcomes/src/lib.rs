//! Outcomes: is it working? Published series and indicators computed from the fact log, each shown
//! with its definition, its uncertainty and what it is made of.
//!
//! Numbers come from two places only: files that a publisher gave out ([`import`]) and the facts
//! that daily work records ([`indicator`]). Nobody types one in. One judgement of a series feeds
//! its chart, table, headline, file and API. This crate must not know how a fact came about, nor
//! keep a person's record: it reads the log, asks `people` for a name when the policies allow it,
//! and counts.

pub mod area;
pub mod import;
pub mod indicator;
pub mod measure;
pub mod series;
mod words;

use stour_database::{Migrations, Step};

/// The tables of this capability.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "outcomes",
    steps: &[Step {
        number: 1,
        name: "series",
        sql: include_str!("../migrations/0001_series.sql"),
    }],
};
