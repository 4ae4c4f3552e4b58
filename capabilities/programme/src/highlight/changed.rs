//! What changed in a programme since a moment, entry by entry.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction};
use stour_kernel::Timestamp;
use stour_register::{Entry, EntryId, Holds, Kind, in_force_at, latest_since};
use stour_web::words::day;

use crate::governance::words::label;
use crate::governance::words::month;

/// What became of an entry since a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// As it was before; nothing for what was added since.
    pub(super) before: Option<Entry>,
    /// As it was saved last.
    pub(super) now: Entry,
    /// How many times it was saved.
    pub(super) times: usize,
}

/// What changed since a moment: what was saved last first. An entry that was changed several times is there once.
///
/// # Errors
/// Those of the database.
pub(super) fn changes(
    tx: &mut Transaction<'_>,
    scope: &str,
    after: Timestamp,
) -> Result<Vec<Change>, Error> {
    let saved = latest_since(tx, scope, after)?;
    if saved.is_empty() {
        return Ok(Vec::new());
    }
    let then = in_force_at(tx, scope, after)?;
    let mut then: BTreeMap<EntryId, Entry> =
        then.into_iter().map(|entry| (entry.id, entry)).collect();
    let mut all: Vec<Change> = saved
        .into_iter()
        .map(|now| {
            let before = then.remove(&now.id);
            let seen = before.as_ref().map_or(0, |before| before.version);
            let times = usize::try_from(now.version.saturating_sub(seen)).unwrap_or(1);
            Change { before, now, times }
        })
        .collect();
    all.sort_by_key(|change| std::cmp::Reverse((change.now.at, change.now.id)));
    Ok(all)
}

impl Change {
    /// Whether something is different now: what was added and removed since, or changed and changed back, is not.
    pub(super) fn is_real(&self) -> bool {
        match &self.before {
            None => !self.now.removed,
            Some(before) => self.now.removed || before.values != self.now.values,
        }
    }

    /// Whether it came with a file of reference data, and nobody has touched it since.
    pub(super) fn was_loaded(&self) -> bool {
        self.before.is_none() && self.times == 1 && self.now.by.user.is_none()
    }

    /// What happened, in a word.
    pub(super) const fn what(&self) -> &'static str {
        match (&self.before, self.now.removed) {
            (_, true) => "Removed",
            (None, false) => "Added",
            (Some(_), false) => "Changed",
        }
    }

    /// The fields that are different now: what each is called, what stood there and what stands there.
    pub(super) fn fields(&self, kind: &'static Kind) -> Vec<(&'static str, String, String)> {
        let Some(before) = self.before.as_ref().filter(|_| !self.now.removed) else {
            return Vec::new();
        };
        let fields = kind.fields.iter();
        let different = fields.filter(|field| before.get(field.name) != self.now.get(field.name));
        different
            .map(|field| {
                let words = |entry: &Entry| in_words(field.holds, entry.get(field.name));
                (field.label, words(before), words(&self.now))
            })
            .collect()
    }
}

/// What stands in a field, as people say it.
fn in_words(holds: Holds, text: &str) -> String {
    match holds {
        Holds::Date => text.parse().map_or_else(|_| text.to_owned(), day),
        Holds::Month => month(text),
        Holds::Code(list) => label(list, text),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
