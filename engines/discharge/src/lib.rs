//! When somebody was ready to leave hospital, and what every night since was lost to.
//!
//! A ward says once a day or more whether a person still meets a criterion to be in an acute hospital; each saying is a
//! [`Review`]. What follows from a stay's reviews is worked out anew each time and never typed: [`ready_date`], the nights
//! lost by reason ([`nights_lost`]), the days on which nobody said anything ([`days_not_reviewed`]).
//!
//! This crate must not know a hospital, a person or what a reason means: reasons are whatever it is given.

mod night;
mod review;

pub use night::{NightLost, days_not_reviewed, nights_lost};
pub use review::{Review, Stay, Verdict, ready_date};

#[cfg(test)]
mod tests;
