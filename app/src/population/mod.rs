//! Made-up people: from the generator into files or the database, and from files into the database.
//!
//! Both ways meet in a [`Chunk`], a block of people with all that happened to them, so that what is
//! loaded straight and what is written, read and loaded are the same.

mod block;
mod check;
mod prepare;
mod read;
mod record;
mod row;
mod setting;
mod stay;
mod store;
mod table;
mod write;

pub use block::{Making, each_block};
pub use check::{Mistake, Mistakes};
pub use prepare::{Prepared, prepare};
pub use read::{Checked, Folder};
pub use record::{Chunk, EventRecord, PersonRecord, RelationshipRecord};
pub use setting::setting;
pub use stay::{Stay, stays, story};
pub use store::{Loaded, Loading};
pub use write::{Files, Text};

#[cfg(test)]
mod tests;
