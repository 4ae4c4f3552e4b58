//! Distinct texts, each kept once and named by a number; and lists of many rows in one piece.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize, Serializer};

/// A number as a place in a slice.
pub(crate) fn place(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

/// A place in a slice as a number.
pub(crate) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A count as a quantity. Exact below two to the power of 32, and there is never more in memory.
pub(crate) fn quantity(count: usize) -> f64 {
    f64::from(number(count))
}

/// Texts and their numbers, in the order in which they came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<Box<str>>")]
pub(crate) struct Dictionary {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Dictionary {
    /// The number of a text, and whether it is new.
    pub(crate) fn intern(&mut self, text: &str) -> (u32, bool) {
        if let Some(known) = self.numbers.get(text) {
            return (*known, false);
        }
        let new = number(self.texts.len());
        self.numbers.insert(text.into(), new);
        self.texts.push(text.into());
        (new, true)
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(place(number)).map_or("", AsRef::as_ref)
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }
}

impl Serialize for Dictionary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.texts.serialize(serializer)
    }
}

impl From<Vec<Box<str>>> for Dictionary {
    fn from(texts: Vec<Box<str>>) -> Self {
        Self {
            numbers: texts.iter().cloned().zip(0..).collect(),
            texts,
        }
    }
}

/// Rows of items, one after another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rows<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            ends: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T> Rows<T> {
    pub(crate) fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(number(self.items.len()));
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> u32 {
        number(self.ends.len())
    }

    pub(crate) fn row(&self, row: u32) -> &[T] {
        let end = |row: u32| self.ends.get(place(row)).copied().unwrap_or(0);
        let (start, end) = (row.checked_sub(1).map_or(0, end), end(row));
        self.items.get(place(start)..place(end)).unwrap_or_default()
    }
}
