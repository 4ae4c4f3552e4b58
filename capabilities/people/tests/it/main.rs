//! People on both databases.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed; clippy's exception for tests does not reach helpers"
)]

mod api;
mod carers;
mod finding;
mod following;
mod hostile;
mod households;
mod looks;
mod matching;
mod merged;
mod merging;
mod misspelling;
mod pages;
mod people;
mod processes;
mod sources;
mod tracing;
