//! Which entries have a term, and how much that says: BM25 with weighed fields (Robertson, Zaragoza and Taylor
//! 2004, "Simple BM25 extension to multiple weighted fields").

use serde::{Deserialize, Serialize};

use crate::columns::Columns;
use crate::dictionary::{place, quantity};

/// How much a word weighs that stands in a name, in keywords, in what the organisation is called, and in the text.
pub(crate) const NAME: u32 = 6;
pub(crate) const KEYWORD: u32 = 4;
pub(crate) const ORGANISATION: u32 = 2;
pub(crate) const TEXT: u32 = 1;

/// How soon repeating a word stops to matter, and how much long entries are held back.
const K: f64 = 1.2;
const B: f64 = 0.5;

/// An entry with a term, and the weights of the fields in which it stands, together.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Posting {
    pub(crate) row: u32,
    pub(crate) weight: u32,
}

/// An entry and what its words are worth.
pub(crate) type Scored = (u32, f64);

/// Postings in the order of rows, one list for each term.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Postings {
    lists: Vec<Vec<Posting>>,
}

impl Postings {
    /// Notes a term of the last row.
    pub(crate) fn add(&mut self, term: u32, row: u32, weight: u32) {
        if self.lists.len() <= place(term) {
            self.lists.resize(place(term) + 1, Vec::new());
        }
        let Some(list) = self.lists.get_mut(place(term)) else {
            return;
        };
        match list.last_mut() {
            Some(latest) if latest.row == row => {
                latest.weight = latest.weight.saturating_add(weight);
            }
            _ => list.push(Posting { row, weight }),
        }
    }

    pub(crate) fn of(&self, term: u32) -> &[Posting] {
        self.lists.get(place(term)).map_or(&[], Vec::as_slice)
    }

    /// Of each entry with a term, what it is worth.
    pub(crate) fn scores(&self, term: u32, columns: &Columns) -> Vec<Scored> {
        let list = self.of(term);
        let with = columns.count_live(list);
        let all = quantity(columns.live());
        let rarity = (1.0 + (all - quantity(with) + 0.5) / (quantity(with) + 0.5)).ln();
        let average = columns.average_length();
        let live = list.iter().filter(|posting| columns.is_live(posting.row));
        live.map(|posting| {
            let weight = f64::from(posting.weight);
            let length = f64::from(columns.length(posting.row)) / average;
            let held = weight + K * (1.0 - B + B * length);
            (posting.row, rarity * weight * (K + 1.0) / held)
        })
        .collect()
    }
}

/// Entries of both lists, with the sum of what they are worth. Both are in the order of rows.
pub(crate) fn both(one: &[Scored], other: &[Scored]) -> Vec<Scored> {
    let mut rest = other.iter().peekable();
    let mut found = Vec::new();
    for (row, score) in one {
        while rest.next_if(|(other, _)| other < row).is_some() {}
        if let Some((_, more)) = rest.next_if(|(other, _)| other == row) {
            found.push((*row, score + more));
        }
    }
    found
}

/// Entries of any list, each with the most that it is worth.
pub(crate) fn any(mut lists: Vec<Vec<Scored>>) -> Vec<Scored> {
    match lists.len() {
        0 | 1 => lists.pop().unwrap_or_default(),
        _ => {
            let mut all = lists.concat();
            all.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
            all.dedup_by_key(|(row, _)| *row);
            all
        }
    }
}
