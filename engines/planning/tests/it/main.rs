//! Schedules against brute force over every path, and what is found in plans that cannot be so.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that does not find what it looks for has failed"
)]

mod brute_force;
mod circles;
mod conflicts;
mod critical_path;
mod slips;
mod support;
