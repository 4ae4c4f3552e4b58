//! What each entry hangs on, and so which entries the public may see.

use std::collections::BTreeSet;

use stour_kernel::Date;
use stour_register::{Around, Entry, Kind, Need};

use crate::noun::KINDS;

/// The fields in which an entry of a kind names what it hangs on, each with the kind of that. Those that it names are
/// kept before it in [`KINDS`], so that nothing hangs on itself.
fn fields(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "membership" => &[("person", "office-holder"), ("committee", "committee")],
        "meeting" | "scrutiny-report" => &[("committee", "committee")],
        "agenda-item" => &[("meeting", "meeting")],
        "report" | "minute" | "issue" => &[("item", "agenda-item")],
        "interest" => &[
            ("meeting", "meeting"),
            ("item", "agenda-item"),
            ("person", "office-holder"),
        ],
        "comment" | "recommendation" => &[("item", "agenda-item"), ("to", "committee")],
        "resolution" => &[("item", "agenda-item"), ("person", "office-holder")],
        "delegation" => &[
            ("resolution", "resolution"),
            ("recommendation", "recommendation"),
        ],
        "vote" => &[("item", "agenda-item"), ("resolution", "resolution")],
        "key-decision" => &[("committee", "committee"), ("person", "office-holder")],
        "call-in" => &[("resolution", "resolution")],
        "commitment" => &[
            ("committee", "committee"),
            ("issue", "issue"),
            ("comment", "comment"),
        ],
        _ => &[],
    }
}

/// What an entry says that it hangs on: kinds and numbers. One that is not a number is none of any entry.
pub(crate) fn hangs_on(entry: &Entry) -> impl Iterator<Item = (&'static str, i64)> {
    fields(&entry.kind)
        .iter()
        .filter(|(field, _)| !entry.get(field).is_empty())
        .map(|(field, kind)| (*kind, entry.get(field).parse().unwrap_or(NOTHING)))
}

/// The number of no entry: they begin with 1.
const NOTHING: i64 = 0;

/// From when the public may read an entry, if it ever may.
pub(crate) fn published(entry: &Entry) -> Option<Date> {
    entry.get("published").parse().ok()
}

/// The entries that the public may see, by kind and number.
#[derive(Debug, Default)]
pub(super) struct Visible(BTreeSet<(&'static str, i64)>);

impl Visible {
    /// Those that may be seen on a day: published, and hanging on nothing that is hidden.
    pub(super) fn of(around: &Around, today: Date) -> Self {
        let mut visible = Self::default();
        for kind in KINDS {
            for entry in around.of_kind(kind.name) {
                let is_published = published(entry).is_some_and(|day| day <= today);
                if is_published && visible.holds(kind, entry) {
                    visible.0.insert((kind.name, entry.number));
                }
            }
        }
        visible
    }

    /// Whether everything that an entry hangs on may be seen. Where it could hang on several things, it hangs on one at
    /// least, and on each that it must.
    fn holds(&self, kind: &Kind, entry: &Entry) -> bool {
        let fields = fields(kind.name);
        let is_given = |field: &str| !entry.get(field).is_empty();
        let must = |name: &str| {
            kind.field(name)
                .is_some_and(|field| field.need == Need::Must)
        };
        let has_all = fields
            .iter()
            .all(|(field, _)| is_given(field) || !must(field));
        let has_any = fields.is_empty() || fields.iter().any(|(field, _)| is_given(field));
        has_all && has_any && hangs_on(entry).all(|above| self.has(above))
    }

    /// Whether an entry may be seen.
    pub(super) fn has(&self, (kind, number): (&'static str, i64)) -> bool {
        self.0.contains(&(kind, number))
    }
}

/// The first of what an entry hangs on, however indirectly, that nobody has said a day for from which it may be read,
/// leaving out what is published along with it.
pub(crate) fn first_draft<'a>(
    around: &'a Around,
    entry: &Entry,
    along: &impl Fn(&Entry) -> bool,
) -> Option<&'a Entry> {
    hangs_on(entry).find_map(|(kind, number)| {
        let above = around.entry(kind, number)?;
        if published(above).is_none() && !along(above) {
            // What the draft hangs on comes first of all.
            return Some(first_draft(around, above, along).unwrap_or(above));
        }
        first_draft(around, above, along)
    })
}
