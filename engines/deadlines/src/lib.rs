//! Deadlines of public law: clear days, working days and bank holidays.
//!
//! A [`Period`] is a number of days and how they are counted. Counting working days needs to know every holiday
//! between its ends: [`Holidays`] says for which years they are known, and a count that would leave those years is
//! refused and never guessed.
//!
//! This crate must not know a committee or a decision; days that are holidays are given to it.

mod holidays;
mod period;
mod standing;

pub use holidays::Holidays;
pub use period::{Count, DeadlineError, Period};
pub use standing::Standing;

#[cfg(test)]
mod tests;
