//! Indicators: numbers computed from the fact log by a rule that gives each person a verdict and
//! its reason, so that every number can be opened to what it is made of.

mod definition;
pub(crate) mod publish;
mod rule;
mod store;
mod summary;

pub use definition::{Definition, SmallNumbers, still_at_home};
pub use publish::{Audience, Published, publish, publish_nested};
pub use rule::{Case, Episode, Exclusion, History, Service, Spell, Verdict, cases};
pub use store::cases_of_everybody;
pub use summary::{Council, Count, Months, Piece, Summary, summarise};
