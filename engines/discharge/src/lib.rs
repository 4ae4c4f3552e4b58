//! When somebody was ready to leave hospital, what every night since was lost to, and how long stays last.
//!
//! A ward says once a day or more whether a person still meets a criterion to be in an acute hospital; each saying is a
//! [`Review`]. What follows from a stay's reviews is worked out anew each time and never typed: [`ready_date`], the nights
//! lost by reason ([`nights_lost`]), the days on which nobody said anything ([`days_not_reviewed`]).
//!
//! How long somebody will stay is told from stays like theirs that have ended or go on ([`LifeTable`], [`estimate`]), as the
//! days by which half of them have left, four in five, and nineteen in twenty; how near such dates came is [`accuracy`].
//!
//! This crate must not know a hospital, a person or what a reason means: reasons, and groups of
//! stays, are whatever it is given.

mod accuracy;
mod length;
mod night;
mod product;
mod review;

pub use accuracy::{Accuracy, Kept, Outcome, accuracy};
pub use length::{Estimate, Lasted, LifeTable, NotKnown, Share, Step, estimate};
pub use night::{NightLost, days_not_reviewed, nights_lost};
pub use review::{Review, Stay, Verdict, ready_date};

#[cfg(test)]
mod tests;
