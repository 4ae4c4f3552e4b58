//! Everybody's facts in memory, and the numbers made of them: kept up to what is committed, and counted anew each
//! day.

mod cache;
pub(crate) mod command;
mod compare;
#[cfg(test)]
mod definitions;
mod figure;
mod follow;
mod read;
mod record;
mod state;

#[cfg(test)]
pub(crate) use figure::Estimate;
pub(crate) use figure::{Figure, Figures, Which};
pub(crate) use follow::{JOB, bring, numbers};
pub(crate) use state::State;
