//! The nouns of the record: what each kind of entry holds, as typed values, and what may not be so.

pub(crate) mod call_in;
pub(crate) mod comment;
pub(crate) mod commitment;
pub(crate) mod committee;
pub(crate) mod delegation;
mod field;
pub(crate) mod interest;
pub(crate) mod issue;
pub(crate) mod item;
pub(crate) mod key_decision;
pub(crate) mod meeting;
pub(crate) mod membership;
pub(crate) mod minute;
pub(crate) mod office;
mod reading;
pub(crate) mod recommendation;
pub(crate) mod report;
pub(crate) mod resolution;
pub(crate) mod response;
pub(crate) mod vote;

use stour_register::Kind;

pub(crate) use reading::{Reading, read, read_entry};

/// Every kind of entry of the record, in the order in which it is kept: what happens, then what comes of it.
pub static KINDS: &[&Kind] = &[
    &committee::KIND,
    &office::KIND,
    &membership::KIND,
    &meeting::KIND,
    &item::KIND,
    &report::KIND,
    &minute::KIND,
    &interest::KIND,
    &issue::KIND,
    &comment::KIND,
    &recommendation::KIND,
    &resolution::KIND,
    &delegation::KIND,
    &vote::KIND,
    &key_decision::KIND,
    &call_in::KIND,
    &commitment::KIND,
    &response::SCRUTINY,
    &response::HEALTHWATCH,
];

/// Something that is kept as an entry of its own kind.
pub(crate) trait Noun: Sized {
    /// Reads it from what stands in the fields. Mistakes are noted in the reading, and a field with a mistake is
    /// taken for empty.
    fn read(reading: &mut Reading<'_>) -> Self;
}

#[cfg(test)]
mod tests;
