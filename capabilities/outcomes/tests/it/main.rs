//! The board over HTTP: who sees what, on each database.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy's exception for tests does not reach helpers"
)]

mod board;
mod commentary;
mod counted;
mod indicator;
mod note;
mod place;
mod published;
mod spend;
mod still_at_home;
mod support;
mod withheld;
