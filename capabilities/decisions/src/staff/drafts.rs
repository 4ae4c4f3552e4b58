//! What is not published yet, by the meeting that it hangs on.

use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_register::{Around, Entry};

use crate::noun::KINDS;
use crate::record::{hangs_on, published};

/// Entries that the public cannot read on a day.
#[derive(Debug, Default)]
pub(crate) struct Drafts<'a> {
    /// By the number of the meeting that they are or hang on.
    pub(crate) meetings: BTreeMap<i64, Vec<&'a Entry>>,
    /// Those that hang on no meeting.
    pub(crate) others: Vec<&'a Entry>,
}

impl<'a> Drafts<'a> {
    /// The drafts among what is in force.
    pub(crate) fn of(around: &'a Around, today: Date) -> Self {
        let mut drafts = Self::default();
        for kind in KINDS {
            for entry in around.of_kind(kind.name) {
                if published(entry).is_some_and(|day| day <= today) {
                    continue;
                }
                match meeting(around, entry) {
                    Some(meeting) => drafts.meetings.entry(meeting).or_default().push(entry),
                    None => drafts.others.push(entry),
                }
            }
        }
        drafts
    }

    /// Those of which nobody has said from when the public may read them.
    pub(crate) fn undecided<'e>(
        entries: &'e [&'a Entry],
    ) -> impl Iterator<Item = &'a Entry> + use<'a, 'e> {
        let entries = entries.iter().copied();
        entries.filter(|entry| published(entry).is_none())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.meetings.is_empty() && self.others.is_empty()
    }
}

/// The number of the meeting that an entry is, or hangs on, however indirectly.
fn meeting(around: &Around, entry: &Entry) -> Option<i64> {
    if entry.kind == "meeting" {
        return Some(entry.number);
    }
    hangs_on(entry).find_map(|(kind, number)| meeting(around, around.entry(kind, number)?))
}
