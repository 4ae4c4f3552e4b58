//! Keeping listings over HTTP, on both databases.
#![expect(
    clippy::unwrap_used,
    reason = "a test that does not find what it looks for has failed"
)]

mod claim;
mod feedback;
mod house;
mod review;
mod suggestion;
