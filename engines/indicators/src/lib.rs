//! Indicators: from facts about people to the cells that a board is made of.
//!
//! A definition is data: named [`Selector`]s that say which facts are meant, and a [`Rule`] that says how they
//! are counted. [`Plan`] compiles many definitions against the facts' vocabulary; one pass over [`Columns`],
//! in which each person's facts lie together, gives a [`Case`] for everything that is counted. The same cases
//! fill the cells of a [`Tally`], are taken out of it when somebody's facts change, and are what a number opens
//! to, so a number and what it is made of cannot differ.
//!
//! This crate must not know where facts are kept, what a number is called, how sure we are of it or who may
//! see it: it has no files, no clock, and no statistics. Time is a parameter, [`Day`].

mod bytes;
mod case;
mod columns;
mod compiled;
mod day;
mod follow;
mod formula;
mod home;
mod layout;
mod monthly;
mod pass;
mod plan;
mod rule;
mod selector;
mod table;
mod tally;
mod vocabulary;

pub use case::{Case, Verdict};
pub use columns::{Columns, Event, Person, Subject};
pub use day::{Day, Month};
pub use formula::{Formula, FormulaError, order};
pub use layout::{BANDS, Dimension, Layout, Pieces};
pub use pass::Pass;
pub use plan::{Plan, PlanError};
pub use rule::{Dated, Definition, Home, Linked, Names, Rule, Span, Unless, Value};
pub use selector::Selector;
pub use tally::{Cell, Tally};
pub use vocabulary::{Description, Vocabulary};
