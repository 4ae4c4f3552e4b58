//! Everything that can be found, in memory.

use core::borrow::Borrow;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use crate::columns::Columns;
use crate::dictionary::{number, place};
use crate::entry::Entry;
use crate::facet::{Facet, Values};
use crate::posting::{KEYWORD, NAME, ORGANISATION, Postings, TEXT};
use crate::synonyms::Synonyms;
use crate::vocabulary::{Term, Vocabulary};
use crate::word::words;

/// Removed entries are cleared out once there are this many of them and they are a quarter of all.
const FEWEST_TO_CLEAR: usize = 1_000;

/// Everything that can be found. An entry put in or taken out is seen by the next query; nothing else is built anew.
///
/// It may be kept outside of memory as it stands, for the same version of the program to read: what is written of entries that
/// were removed is there too until [`Index::clear_out`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Whole")]
pub struct Index {
    synonyms: Synonyms,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) postings: Postings,
    pub(crate) values: Values,
    pub(crate) columns: Columns,
    #[serde(skip)]
    rows: HashMap<Box<str>, u32>,
}

/// An index as it is kept: which row an entry has follows from the rest.
#[derive(Deserialize)]
struct Whole {
    synonyms: Synonyms,
    vocabulary: Vocabulary,
    postings: Postings,
    values: Values,
    columns: Columns,
}

impl From<Whole> for Index {
    fn from(whole: Whole) -> Self {
        let live = whole.columns.rows();
        Self {
            rows: live
                .map(|row| (whole.columns.id(row).into(), row))
                .collect(),
            synonyms: whole.synonyms,
            vocabulary: whole.vocabulary,
            postings: whole.postings,
            values: whole.values,
            columns: whole.columns,
        }
    }
}

impl Index {
    /// Nothing yet, to be found by these words for needs.
    pub fn new(synonyms: Synonyms) -> Self {
        Self {
            vocabulary: Vocabulary::new(&synonyms),
            synonyms,
            ..Self::default()
        }
    }

    /// An index of entries, made by so many threads. Of two entries with one id the later counts.
    pub fn build<E>(entries: &[E], synonyms: Synonyms, threads: usize) -> Self
    where
        E: Borrow<Entry> + Sync,
    {
        let size = entries.len().div_ceil(threads.max(1)).max(1);
        let piece = |entries: &[E]| {
            let mut index = Self::new(synonyms.clone());
            for entry in entries {
                index.upsert(entry.borrow());
            }
            index
        };
        let mut pieces = entries.chunks(size);
        let Some(first) = pieces.next() else {
            return Self::new(synonyms);
        };
        let piece = &piece;
        std::thread::scope(|scope| {
            let others: Vec<_> = pieces
                .map(|entries| scope.spawn(move || piece(entries)))
                .collect();
            let mut index = piece(first);
            for other in others {
                match other.join() {
                    Ok(other) => index.absorb(&other),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            index
        })
    }

    /// How many entries there are.
    pub const fn len(&self) -> usize {
        self.columns.live()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The words for needs that it was made with.
    pub const fn synonyms(&self) -> &Synonyms {
        &self.synonyms
    }

    /// Puts an entry in, or in place of the one with its id.
    pub fn upsert(&mut self, entry: &Entry) {
        self.remove(&entry.id);
        let row = number(self.columns.len());
        let mut terms = Vec::new();
        let mut length = self.add_text(&entry.name, NAME, row, &mut terms);
        for keyword in &entry.keywords {
            length += self.add_text(keyword, KEYWORD, row, &mut terms);
        }
        length += self.add_text(&entry.organisation_name, ORGANISATION, row, &mut terms);
        length += self.add_text(&entry.text, TEXT, row, &mut terms);
        for term in entry.terms.iter().chain(&entry.codes) {
            for need in self.vocabulary.needs_of(term) {
                self.postings.add(*need, row, KEYWORD);
            }
        }
        self.columns.push(entry, length, &mut self.values);
        self.rows.insert(entry.id.as_str().into(), row);
    }

    /// Takes an entry out; whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let Some(row) = self.rows.remove(id) else {
            return false;
        };
        self.columns.remove(row);
        let removed = self.columns.len() - self.columns.live();
        if removed >= FEWEST_TO_CLEAR && removed >= self.columns.len() / 4 {
            self.clear_out();
        }
        true
    }

    /// Forgets what is kept of removed entries: their rows, and words that no other entry has. Until then a mistyped word
    /// may be read as another form of a word, which only a removed entry had. It is done now and then by itself.
    pub fn clear_out(&mut self) {
        if self.columns.len() == self.columns.live() {
            return;
        }
        let mut index = Self::new(core::mem::take(&mut self.synonyms));
        index.absorb(self);
        *self = index;
    }

    /// Whether any entry ever had this value, since removed entries were last cleared out.
    pub fn knows(&self, facet: Facet, value: &str) -> bool {
        self.values.find(facet, value).is_some()
    }

    /// Notes the words of a text, and the needs that its phrases name; the length of it.
    fn add_text(&mut self, text: &str, weight: u32, row: u32, terms: &mut Vec<Term>) -> u32 {
        let mut length = 0;
        terms.clear();
        words(text, |word| {
            let (term, is_common) = self.vocabulary.word(word);
            terms.push(term);
            if !is_common {
                self.postings.add(term, row, weight);
                length += weight;
            }
        });
        for at in 0..terms.len() {
            for need in self
                .vocabulary
                .phrases_at(terms.get(at..).unwrap_or_default())
            {
                self.postings.add(need, row, weight);
            }
        }
        length
    }

    /// Takes over every entry of another index with the same synonyms, in place of those with the same ids.
    fn absorb(&mut self, other: &Self) {
        let mut rows: Vec<Option<u32>> = vec![None; other.columns.len()];
        let in_use = other.columns.values_in_use(other.values.len());
        let values: Vec<u32> = (0_u32..)
            .zip(in_use)
            .map(|(value, in_use)| match other.values.facet(value) {
                Some(facet) if in_use => self.values.intern(facet, other.values.text(value)),
                _ => u32::MAX,
            })
            .collect();
        for theirs in other.columns.rows() {
            let id = other.columns.id(theirs);
            if let Some(before) = self.rows.get(id) {
                self.columns.remove(*before);
            }
            let row = number(self.columns.len());
            if let Some(to) = rows.get_mut(place(theirs)) {
                *to = Some(row);
            }
            self.columns.push_row(&other.columns, theirs, &values);
            self.rows.insert(id.into(), row);
        }
        let is_live = |row: u32| rows.get(place(row)).copied().flatten();
        let is_used = |term: Term| {
            let mut postings = other.postings.of(term).iter();
            postings.any(|posting| is_live(posting.row).is_some())
        };
        let terms = self.vocabulary.absorb(&other.vocabulary, is_used);
        for (theirs, ours) in (0_u32..).zip(terms) {
            for posting in other.postings.of(theirs) {
                if let Some(row) = is_live(posting.row) {
                    self.postings.add(ours, row, posting.weight);
                }
            }
        }
    }
}
