//! Entries, their values and versions.

use std::collections::BTreeMap;

use stour_kernel::{OdsCode, Timestamp, UserId, typed_id};

use crate::Kind;

typed_id!(pub EntryId, "an entry of a register");
stour_database::text_value!(EntryId);

/// What stands in the fields of an entry, by field name. A field that is empty is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// The text of a field, empty when it was not given.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Puts a text into a field, trimmed; an empty text empties it.
    pub fn set(&mut self, field: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            self.0.remove(field);
        } else {
            self.0.insert(field.to_owned(), text.to_owned());
        }
    }

    /// The fields that are filled, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.0.iter();
        fields.map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl<N: Into<String>, T: AsRef<str>> FromIterator<(N, T)> for Values {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(fields: I) -> Self {
        let mut values = Self::default();
        for (name, text) in fields {
            values.set(&name.into(), text.as_ref());
        }
        values
    }
}

/// Who changes an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account; none for reference data that was loaded.
    pub user: Option<UserId>,
    /// The name that others see.
    pub name: String,
    /// For whom.
    pub organisation: OdsCode,
}

impl From<&stour_access::Actor> for Author {
    fn from(actor: &stour_access::Actor) -> Self {
        Self {
            user: Some(actor.user),
            name: actor.name.clone(),
            organisation: actor.organisation,
        }
    }
}

/// One state of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which entry.
    pub id: EntryId,
    /// The programme, or other whole, that it belongs to.
    pub scope: String,
    /// The name of its [`Kind`].
    pub kind: String,
    /// From 1 within its scope and kind; never given twice.
    pub number: i64,
    /// From 1; the state is that of this version.
    pub version: i64,
    /// What stands in its fields.
    pub values: Values,
    /// Whether it was removed by this version.
    pub removed: bool,
    /// Why this version was saved, in its author's words.
    pub why: String,
    /// Who saved it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

impl Entry {
    /// The text of a field, empty when it was not given.
    pub fn get(&self, field: &str) -> &str {
        self.values.get(field)
    }

    /// The number of the entry that a field refers to.
    pub fn number_in(&self, field: &str) -> Option<i64> {
        self.numbers_in(field).next()
    }

    /// The numbers of the entries that a field refers to.
    pub fn numbers_in<'a>(&'a self, field: &str) -> impl Iterator<Item = i64> + use<'a> {
        crate::known::numbers(self.get(field))
    }

    /// The names in a field for owners.
    pub fn owners_in<'a>(&'a self, field: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        crate::known::names(self.get(field))
    }

    /// What people call it and what it is about, short enough for a heading: `R4 Political support`.
    pub fn called(&self, kind: &Kind) -> String {
        /// The most characters of what it is about.
        const LONGEST: usize = 90;
        let title = crate::page::short(self.get(kind.title), LONGEST);
        format!("{} {title}", self.reference(kind))
    }

    /// What people call it: `R4`.
    pub fn reference(&self, kind: &Kind) -> String {
        format!("{}{}", kind.prefix, self.number)
    }
}

/// All that is in force in a scope, for checks that look beyond one entry.
#[derive(Debug, Clone, Default)]
pub struct Around {
    entries: Vec<Entry>,
    /// The entry that is being checked, when it is not new.
    pub of: Option<EntryId>,
    /// The day of the check.
    pub today: Option<stour_kernel::Date>,
    /// Who saves what is checked; nobody while it is only looked at, and when the house itself writes.
    pub by: Option<stour_kernel::UserId>,
}

impl Around {
    /// What is around, of entries that are in force.
    pub fn new(entries: Vec<Entry>) -> Self {
        Self {
            entries,
            of: None,
            today: None,
            by: None,
        }
    }

    /// The same, for a check of an entry on a day; of a new one where there is none.
    #[must_use]
    pub fn for_check(self, of: Option<EntryId>, today: stour_kernel::Date) -> Self {
        Self {
            of,
            today: Some(today),
            ..self
        }
    }

    /// Everything, by kind and number.
    pub fn all(&self) -> &[Entry] {
        &self.entries
    }

    /// Puts a new state of an entry among the others, or takes one out that was removed.
    pub fn put(&mut self, entry: Entry) {
        self.entries.retain(|other| other.id != entry.id);
        if !entry.removed {
            let place = (entry.kind.clone(), entry.number);
            let at = self
                .entries
                .partition_point(|other| (&other.kind, other.number) < (&place.0, place.1));
            self.entries.insert(at, entry);
        }
    }

    /// The entries of a kind, by number.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }

    /// One entry.
    pub fn entry(&self, kind: &str, number: i64) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.kind == kind && entry.number == number)
    }
}
