//! Finding services: what somebody says in ordinary words, where they are, how old, on what day, answered
//! from memory with the nearest first and exact counts by facet.
//!
//! An [`Index`] holds [`Entry`]s in columns, with postings of their words in the order of entries. A [`Query`]
//! is read first: words that mean the same need ([`Synonyms`]), words cut short and words mistyped are told
//! apart ([`Understood`]). An entry is found when it passes every filter and has as many of the words as any that
//! passes. With a place given the nearest come first, without one the best text by BM25 (Robertson and Zaragoza
//! 2009), where the name weighs most; equals are in the order of name, then id.
//!
//! It does no I/O and must not know where services come from, how they are stored or who asks.

mod columns;
mod dictionary;
mod edit;
mod entry;
mod facet;
mod filter;
mod find;
mod found;
mod index;
mod point;
mod posting;
mod query;
mod read;
mod stem;
mod synonyms;
mod vocabulary;
mod word;

pub use entry::{Ages, Cost, Entry, Kind, Opening, Site, TODAY, Way};
pub use facet::{Facet, FacetValue};
pub use found::{Band, Found, Hit, Reading, Understood, Word};
pub use index::Index;
pub use point::{Place, Point};
pub use query::{Age, Choice, Open, Order, Query, QueryError};
pub use synonyms::{Need, Synonyms, SynonymsError};
