//! Benefits: what a measure moved by against what was expected of it, what that is worth a year, and who may
//! claim how much of it.
//!
//! [`Trajectory`] says where a measure should be by now and [`Baseline`] where it would be had nothing been done.
//! [`run_rate`] makes a year's money of the difference. Whether a measure has moved, what that is worth and whether a
//! budget was reduced are three ladders ([`ladder`]): no step can be taken without the evidence that it asks for. A
//! [`Ledger`] holds what programmes claim of one change, never more than there was; [`Effects`] parts what several
//! programmes did together. Numbers are whole millionths and money is whole pence, so that every total is exact.
//!
//! This crate must not know an indicator, a programme or a database; it computes from what it is given.

mod attribution;
mod baseline;
mod claim;
pub mod ladder;
mod quantity;
mod run_rate;
mod standing;
mod trajectory;

pub use attribution::{AttributionError, Decomposition, Effects, MOST_PROGRAMMES};
pub use baseline::{Baseline, NoComparison};
pub use claim::{ClaimRefused, Ledger};
pub use quantity::{Quantity, QuantityError};
pub use run_rate::{RunRate, TooLarge, WEEKS_A_YEAR, run_rate};
pub use standing::{Direction, Movement, Standing};
pub use trajectory::{Between, Trajectory, TrajectoryError};
