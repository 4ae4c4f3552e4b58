//! Nouns of one kind by their numbers.

use std::collections::BTreeMap;
use std::ops::Deref;

use stour_kernel::{Date, Timestamp};
use stour_register::{Around, Entry};

use super::hangs::Visible;
use crate::noun::{Noun, read_entry};

/// A noun with what every entry has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held<T> {
    /// Its number among those of its kind.
    pub(crate) number: i64,
    /// From when the public may read it.
    pub(crate) published: Option<Date>,
    /// Where it can be checked.
    pub(crate) source: String,
    /// What a reader should know.
    pub(crate) note: String,
    /// When it was last changed.
    pub(crate) changed: Timestamp,
    /// What it is.
    pub(crate) is: T,
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.is
    }
}

/// Nouns of one kind by their numbers.
#[derive(Debug)]
pub(crate) struct Shelf<T>(BTreeMap<i64, Held<T>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Shelf<T> {
    /// The one with this number, where there is a number and one that may be seen.
    pub(crate) fn get(&self, number: Option<i64>) -> Option<&Held<T>> {
        self.0.get(&number?)
    }

    /// Whether there is one with this number.
    pub(crate) fn has(&self, number: Option<i64>) -> bool {
        self.get(number).is_some()
    }

    /// All of them, by number.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Held<T>> {
        self.0.values()
    }

    /// All of them, to change.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut Held<T>> {
        self.0.values_mut()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Gathers what may be seen.
pub(super) struct Gather<'a> {
    pub(super) around: &'a Around,
    /// What may be seen; everything when none is given.
    pub(super) visible: Option<Visible>,
}

impl Gather<'_> {
    /// Those of a kind that may be seen. Whoever sees everything also sees what hangs on nothing.
    pub(super) fn all<T: Noun>(&self, kind: &'static str) -> Shelf<T> {
        let held = self.around.of_kind(kind).filter(|entry| {
            let visible = self.visible.as_ref();
            visible.is_none_or(|visible| visible.has((kind, entry.number)))
        });
        Shelf(held.map(|entry| (entry.number, hold(entry))).collect())
    }
}

fn hold<T: Noun>(entry: &Entry) -> Held<T> {
    Held {
        number: entry.number,
        published: super::published(entry),
        source: entry.get("source").to_owned(),
        note: entry.get("note").to_owned(),
        changed: entry.at,
        is: read_entry(entry),
    }
}
