//! The partnership as dated data: organisations, sites, wards, practices, localities, areas and
//! code lists, each with the days on which it is so.
//!
//! The files under `reference/` are built into the binary. [`reference`] reads and checks them
//! once; [`load`] makes the database's tables the same, so that SQL can join to them. Whatever
//! can be asked of the one can be asked of the other: the methods of [`Reference`] need no
//! database, the functions that take a transaction answer from its tables.
//!
//! This crate must not know a person, an event, or what anyone uses a code for. It holds no rule
//! about an organisation, a council or a code by name: another partnership is other files.
//!
//! **Invariants**, each checked when the files are read: every name leads somewhere; no code means
//! two things on one day; a successor has begun on the day it takes over; a site's operator exists
//! for as long as it runs it; a map leads to codes that the other list has; the people of an area
//! by age are as many as it has; the lines of an outline go round. What is not published by
//! anyone carries a [`Status`] that says so, and a page that shows it must too.

mod area;
mod boundary;
mod check;
mod error;
mod files;
mod list;
mod load;
mod locality;
mod organisation;
mod period;
mod population;
mod practice;
mod reference;
mod sector;
mod site;
mod status;
mod table;
mod trust;
mod ward;

pub use area::{Area, Lsoa, area_name, areas_at, council_at, locality_of_lsoa};
pub use boundary::{Boundary, BoundaryLevel};
pub use error::ReferenceError;
pub use files::Files;
pub use list::{ReferenceList, code_label, code_list};
pub use load::{Loaded, load};
pub use locality::{Locality, localities, locality};
pub use organisation::{
    Identifier, Organisation, Succession, organisation, organisation_identified, organisation_name,
    organisations_at,
};
pub use population::{AgeBand, LsoaAges, People, Place, PopulationTable, SexBand};
pub use practice::{Practice, council_of_practice, practice, practices_at};
pub use reference::{Reference, reference};
pub use sector::Sector;
pub use site::{Point, Site, SiteOperator, sites_of};
pub use status::{Status, StatusError};
pub use trust::Trust;
pub use ward::{Ward, ward, wards_of};

use stour_database::{Migrations, Step};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "partnership",
    steps: &[Step {
        number: 1,
        name: "partnership",
        sql: include_str!("../migrations/0001_partnership.sql"),
    }],
};

#[cfg(test)]
mod tests;
