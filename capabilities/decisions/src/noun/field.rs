//! Fields that many kinds have.

use stour_register::{Field, Holds, Need};

/// A field without which there is no entry.
pub(super) const fn must(name: &'static str, label: &'static str, holds: Holds) -> Field {
    Field::new(name, label, "", holds, Need::Must)
}

/// A field that may be empty.
pub(super) const fn may(name: &'static str, label: &'static str, holds: Holds) -> Field {
    Field::new(name, label, "", holds, Need::May)
}

/// From when the public may read the entry. Every kind has it.
pub(super) const PUBLISHED: Field = Field::new(
    "published",
    "Published on",
    "Nobody outside reads this before that day. Leave it empty while this is a draft",
    Holds::Date,
    Need::May,
);

/// Where it can be checked.
pub(super) const SOURCE: Field = Field::new(
    "source",
    "Where it can be checked",
    "The address of a public page, or the name of a document",
    Holds::Line,
    Need::Should,
);

/// What a reader should know.
pub(super) const NOTE: Field = Field::new(
    "note",
    "What a reader should know",
    "For example what is not known, or was not seen at a source",
    Holds::Text,
    Need::May,
);

/// What the end of a time in an office or on a body is.
pub(super) const UNTIL: &str = "The first day on which it was over";
