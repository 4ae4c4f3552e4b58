//! What each organisation says of somebody, whom it is about, and the record composed of it.
//!
//! A source record is what one organisation says; its versions are never changed. A link says whom it
//! is about, and is only ever ended. Everything else that is kept of who a person is follows from
//! them and from which people are merged: see [`project`](project::project).

mod backfill;
pub(crate) mod comparable;
pub(crate) mod compose;
pub(crate) mod entry;
pub(crate) mod everybody;
pub(crate) mod familiar;
pub(crate) mod feed;
pub(crate) mod job;
pub(crate) mod matcher;
pub(crate) mod model;
pub(crate) mod page;
pub(crate) mod project;
mod quiet;
pub(crate) mod runs;
mod said;
pub(crate) mod store;
pub(crate) mod view;

pub use backfill::store_missing_entries;
pub use entry::{Entry, EntryName};
pub use everybody::{catch_up, catch_up_blocking, recognise};
pub use matcher::Step;
pub(crate) use said::LinkId;
pub use said::{RecordId, Said, SourceVersion};
pub use store::{Destination, move_record};
