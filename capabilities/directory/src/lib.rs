//! The directory: services and organisations from many feeds made one, without duplicates, searched by the
//! public in their own words and kept up to date by those who provide them.
//!
//! This crate must not know any person's record. What it learns from the public is counted, never tracked.
//!
//! **Invariants.** A listing leaves the house only as [`publication::Published`], which only the filter makes.
//! Every change of a listing is a version with who made it and why. A feed that fails leaves what was there.

mod api;
mod capability;
mod check;
mod duplicate;
mod error;
pub mod feed;
mod finding;
mod index;
pub mod keeping;
pub mod listing;
mod page;
mod postcode;
pub mod publication;
mod spaced;
#[cfg(test)]
pub(crate) mod testing;
mod usage;

pub use capability::capability;
pub use check::{FeedCheck, NoFeedAddress};
pub use duplicate::compare as compare_listings;
pub use error::DirectoryError;

use stour_database::{Migrations, Step};

/// The tables of finding services: postcodes, and what is counted of searches.
pub const FINDING_MIGRATIONS: Migrations = Migrations {
    capability: "directory-finding",
    steps: &[
        Step {
            number: 1,
            name: "postcode",
            sql: include_str!("../migrations/finding/0001_postcode.sql"),
        },
        Step {
            number: 2,
            name: "needs",
            sql: include_str!("../migrations/finding/0002_needs.sql"),
        },
    ],
};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "directory",
    steps: &[
        Step {
            number: 1,
            name: "listing",
            sql: include_str!("../migrations/0001_listing.sql"),
        },
        Step {
            number: 2,
            name: "feed",
            sql: include_str!("../migrations/0002_feed.sql"),
        },
        Step {
            number: 3,
            name: "duplicate",
            sql: include_str!("../migrations/0003_duplicate.sql"),
        },
        Step {
            number: 4,
            name: "said",
            sql: include_str!("../migrations/0004_said.sql"),
        },
    ],
};
