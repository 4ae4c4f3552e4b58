//! The append-only log of what happened, to whom, when, where and at what cost: the source of every
//! number that the product shows.
//!
//! A fact is never edited. What is put right later, or grows (a service that was open ends), is the
//! next version of the same thread, so the log can be read as it stands now or as it was known at
//! any past moment. This crate knows no person but an identifier, decides nothing about who may
//! read, and computes no measure: capabilities append, `outcomes` counts.

mod change;
mod fact;
mod kind;
mod store;

pub use change::{changed_after, last_change, touch};
pub use fact::{Fact, NewFact, Source};
pub use kind::{FactKind, UnknownFactKind};
pub use store::{
    FactError, MIGRATIONS, append, append_all, each_latest, of_people_as_known, of_person,
    of_person_as_known, thread,
};

#[cfg(test)]
mod tests;
