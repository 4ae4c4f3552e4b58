//! Statistics for health and care measures: `XmR` and other control charts that tell signal from
//! noise, run charts, funnel plots, zeros that are really missing returns, and proportions with their
//! intervals.
//!
//! The crate turns numbers into judgements and the words for them. It must not know where the
//! numbers come from, what a measure is called, or how a chart is drawn: it has no files, no
//! clock, no randomness, and no other crate of the workspace. Time is any ordered, copyable key
//! (a day number, a date), so nothing here can depend on a calendar.

pub mod attribute;
pub mod funnel;
pub mod proportion;
pub mod rare;
pub mod rate;
pub mod run;
pub mod xmr;
pub mod zeros;

mod median;
mod normal;

use serde::Serialize;

/// One period of a series: a month, a day.
///
/// A series has one point for every period it covers. A return that never came is a point
/// without a value, not a point left out: the engines never join across it, but they cannot see a
/// period that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point<T> {
    /// The period, by any key that sorts as time does.
    pub at: T,
    /// What was measured, or `None` when the return is missing.
    pub value: Option<f64>,
}
