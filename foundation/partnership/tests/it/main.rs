//! The reference data against both databases, and against the published tables it came from.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what a test cannot do without fails it"
)]

mod boundary;
mod population;
mod published;
mod store;
