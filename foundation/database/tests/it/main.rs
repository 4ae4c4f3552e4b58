//! Everything this crate promises, held to on both databases.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed; clippy's exception for tests does not reach helpers"
)]

mod backup;
mod basics;
mod common;
mod concurrency;
mod cursor;
mod disk;
mod group;
mod kill;
mod lifecycle;
mod migration;
mod outage;
mod reads;
mod schema;
mod sequence;
mod values;
