//! Distinct texts, each kept once and named by a number: records then hold numbers, and what depends on
//! a text alone is worked out once for all records that share it.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The number of a text. 0 is no text.
pub(crate) type Id = u32;

/// A number as a place in a slice.
pub(crate) fn place(id: Id) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

/// A place in a slice as a number.
pub(crate) fn id(place: usize) -> Id {
    Id::try_from(place).unwrap_or(Id::MAX)
}

/// Texts and their numbers.
#[derive(Debug, Clone)]
pub(crate) struct Dictionary {
    text: String,
    ends: Vec<u32>,
    /// Each number with the hash of its text, so that a table that grows need not read the texts again.
    table: HashTable<(u64, Id)>,
    hasher: DefaultHashBuilder,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: vec![0],
            table: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }
}

impl Dictionary {
    /// The number of a text, and whether it is new. No text is 0.
    pub(crate) fn intern(&mut self, text: &str) -> (Id, bool) {
        if text.is_empty() {
            return (0, false);
        }
        let hash = self.hasher.hash_one(text);
        if let Some(known) = self.known(hash, text) {
            return (known, false);
        }
        let new = id(self.ends.len());
        self.text.push_str(text);
        self.ends.push(id(self.text.len()));
        self.table
            .insert_unique(hash, (hash, new), |(hash, _)| *hash);
        (new, true)
    }

    /// The number of a text that is known.
    pub(crate) fn find(&self, text: &str) -> Option<Id> {
        self.known(self.hasher.hash_one(text), text)
    }

    fn known(&self, hash: u64, text: &str) -> Option<Id> {
        let is_it = |(of_known, known): &(u64, Id)| *of_known == hash && self.text(*known) == text;
        self.table.find(hash, is_it).map(|(_, known)| *known)
    }

    /// The text of a number; none for 0.
    pub(crate) fn text(&self, id: Id) -> &str {
        slice(&self.text, &self.ends, id)
    }

    /// One more than the largest number.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn slice<'t>(text: &'t str, ends: &[u32], id: Id) -> &'t str {
    let end = ends.get(place(id)).copied().unwrap_or(0);
    let start = id
        .checked_sub(1)
        .and_then(|before| ends.get(place(before)).copied())
        .unwrap_or(0);
    text.get(place(start)..place(end)).unwrap_or_default()
}
