//! Whether records are about one person.
//!
//! The engine compares records field by field, weighs what agrees and what does not (Fellegi and Sunter
//! 1969, with a third class for relatives at one address), and decides in tiers: a cross-check by NHS
//! number and date of birth, exact demographics, then the weights. Rules of trust hold what no weight
//! may link. It works in batch on files, and in real time on an index of everybody that it scans whole.
//!
//! It does no I/O and must not know where records come from, how they are stored or who may see them.

mod batch;
mod birth;
mod block;
mod cluster;
mod compare;
mod decide;
mod dictionary;
mod explain;
#[cfg(test)]
mod fixture;
mod fold;
mod learn;
mod lists;
mod live;
mod model;
mod names;
mod places;
mod pool;
mod record;
mod similarity;
pub mod splink;
mod store;
mod train;
mod trust;
mod weigh;

pub use batch::{Batch, File, Outcome, Pair};
pub use birth::{Birth, DateOrder, UnknownDateOrder};
pub use cluster::{Clustering, cluster};
pub use decide::{Decision, Remembered, Step};
pub use explain::{Explanation, FieldExplanation, RunnerUp};
pub use lists::Lists;
pub use live::{Found, Index, Matched};
pub use model::{Comparison, Level, Model, ModelError, Thresholds};
pub use record::{
    HomeParts, NameParts, NumberClaim, NumberStatus, Record, Sex, UnknownNumberStatus,
};
pub use train::FEWEST_TO_LEARN_FROM;
pub use trust::Rule;
