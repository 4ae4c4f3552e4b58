//! What was found, and how the question was understood.

use std::collections::BTreeMap;

use crate::facet::{Facet, FacetValue};

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// How many were found: those that the band of the query leaves.
    pub total: usize,
    /// How many have a site that fits.
    pub near: usize,
    /// How many have none, but come to people's homes or are had online or by telephone.
    pub elsewhere: usize,
    /// The results that were asked for, in order.
    pub hits: Vec<Hit>,
    /// For each facet its values, the commonest first.
    pub facets: BTreeMap<Facet, Vec<FacetValue>>,
    /// How the words were read.
    pub understood: Understood,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The id of the entry.
    pub id: String,
    /// At a site, or elsewhere.
    pub band: Band,
    /// The number of the nearest site that fits, among those of the entry.
    pub site: Option<usize>,
    /// Metres to that site, where a place was given.
    pub metres: Option<f64>,
    /// What its words are worth; 0 without words.
    pub score: f64,
}

/// Whether something is had at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// At a site.
    Near,
    /// At home, online, by telephone, or nobody says where.
    Elsewhere,
}

/// How the words of a query were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Understood {
    /// Each word in its order.
    pub words: Vec<Word>,
    /// The labels of needs that the words name: results for them are among those found.
    pub needs: Vec<String>,
    /// How many words or phrases there are to be matched.
    pub asked: usize,
    /// How many of these each result matches.
    pub matched: usize,
    /// Whether the query was so long that its end was not read.
    pub is_cut: bool,
    /// Whether there was something typed, and nothing in it to be searched for: only signs, or only words such as "the".
    pub is_empty: bool,
}

/// A word and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed, in small letters.
    pub typed: String,
    /// As read.
    pub reading: Reading,
}

/// How a word was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// As it stands.
    AsTyped,
    /// Passed over, since every sentence has it.
    Common,
    /// As the beginning of these.
    Completed(Vec<String>),
    /// As one of these, mistyped.
    Corrected(Vec<String>),
    /// Not at all: no entry has it or anything like it.
    Unknown,
}

impl Understood {
    /// Whether every word was matched by what was found.
    pub const fn is_whole(&self) -> bool {
        self.asked == self.matched
    }
}
