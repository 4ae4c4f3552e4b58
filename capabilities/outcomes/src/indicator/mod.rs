//! Indicators: numbers computed from the fact log by a rule that gives each person a verdict and
//! its reason, so that every number can be opened to what it is made of.

pub(crate) mod api;
mod definition;
pub(crate) mod page;
pub(crate) mod people;
mod publish;
pub(crate) mod read;
pub(crate) mod report;
mod rule;
mod store;
mod summary;

pub use definition::{Definition, SmallNumbers, still_at_home};
pub use publish::{Audience, Published, publish, publish_nested};
pub use rule::{Case, Episode, Exclusion, History, Service, Spell, Verdict, cases};
pub use store::cases_of_everybody;
pub use summary::{Council, Count, Months, Piece, Summary, by_quarter, summarise};
