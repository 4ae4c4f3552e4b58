//! How near a person's names are to what was typed.

use super::query::Query;
use super::word::{self, DIVIDER};

/// The smaller, the nearer; then the shorter name; then the order of the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Closeness {
    cost: usize,
    unasked: usize,
    line: String,
}

/// Whether the person with these words is one that the query asks for, leaving its number aside.
pub(crate) fn is_match(query: &Query, line: &str) -> bool {
    let starts = |prefix: &String| word::words(line).any(|word| word.starts_with(prefix.as_str()));
    query.names.iter().all(starts)
        && query.born.iter().all(starts)
        && (query.postcode.is_empty() || query.postcode.iter().any(starts))
}

/// Each word typed costs nothing where it is the family name or first given name as it stands, 1 as
/// another given name, 2 as the start of the family or first given name, 3 elsewhere.
pub(crate) fn closeness(query: &Query, line: &str) -> Closeness {
    let mut sections = line.split(DIVIDER);
    let mut section = || -> Vec<&str> {
        sections
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect()
    };
    let (family, given) = (section(), section());
    let first = given.first().copied();
    let principal = || family.iter().copied().chain(first);
    let cost = |name: &String| {
        if principal().any(|word| word == name) {
            0
        } else if given.iter().any(|word| word == name) {
            1
        } else if principal().any(|word| word.starts_with(name.as_str())) {
            2
        } else {
            3
        }
    };
    let asked = |word: &&str| {
        query
            .names
            .iter()
            .any(|name| word.starts_with(name.as_str()))
    };
    Closeness {
        cost: query.names.iter().map(cost).sum(),
        unasked: family
            .iter()
            .chain(&given)
            .filter(|word| !asked(word))
            .count(),
        line: line.to_owned(),
    }
}
