//! The means test against worked examples and against oracles that share no code with it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that does not find what it looks for has failed"
)]

mod boundaries;
mod homes;
mod hostile;
mod looking_ahead;
mod missing;
mod oracle;
mod support;
mod tables;
mod worked;
