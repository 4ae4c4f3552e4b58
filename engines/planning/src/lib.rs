//! Plans: activities with dates that may be known to the month only, what depends on what, the critical path,
//! and dates that contradict each other.
//!
//! A date of a plan is a [`When`]: a day, or a month of which nobody said the day. [`Qualifier`] says what happens
//! then. [`schedule`] works out from durations and links when each task can begin and must end (the critical path
//! method: Kelley and Walker, "Critical-Path Planning and Scheduling", 1959), [`findings`] reports what in a plan
//! cannot be so, and [`slips`] what has moved since an earlier state of it. Days are days of the calendar.
//!
//! This crate must not know a programme, a person or a database; it computes from what it is given.

mod activity;
mod day;
mod finding;
mod schedule;
mod slip;
mod when;

pub use activity::{Activity, Appointment, Dependency, Due, Left, Nature, Qualifier};
pub use day::{days_after, days_before, first_day, last_day};
pub use finding::{Finding, Plan, findings};
pub use schedule::{Link, NetworkError, Placed, Schedule, Task, schedule};
pub use slip::{Slip, slips};
pub use when::{When, WhenError};
