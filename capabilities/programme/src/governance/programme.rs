//! A programme itself: the entry of number 1 in its own scope.

use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::EDIT;
use super::field::{SOURCE, may, month_order, must, should, wrong};

/// A programme; there is one in a scope, and the scope is its short name.
pub(crate) const KIND: &Kind = &Kind {
    name: "programme",
    one: "programme",
    many: "Programme",
    prefix: "P",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Title", "", Holds::Line),
        should(
            "vision",
            "Vision",
            "What will be different for people when it is done",
            Holds::Text,
        ),
        may("summary", "Summary", "", Holds::Text),
        should(
            "starts",
            "Starts",
            "The first month of the programme",
            Holds::Month,
        ),
        may(
            "starts-basis",
            "What the start is taken from",
            "",
            Holds::Line,
        ),
        may(
            "ends",
            "Ends",
            "The last month of the programme, where one was said",
            Holds::Month,
        ),
        may("ends-basis", "What the end is taken from", "", Holds::Line),
        may("lead", "Lead organisation", "", Holds::Owner),
        SOURCE,
        may(
            "unverified",
            "What is not verified",
            "Said on the page wherever the programme is shown",
            Holds::Text,
        ),
    ],
    check,
};

/// A programme, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Programme {
    /// What it is called.
    pub(crate) title: String,
    /// What will be different for people.
    pub(crate) vision: String,
    /// What it is, in a paragraph.
    pub(crate) summary: String,
    /// Its first month, `2013-06`.
    pub(crate) starts: String,
    /// Its last month, where one was said.
    pub(crate) ends: String,
    /// The organisation that leads it.
    pub(crate) lead: String,
    /// The paper or page that all this is taken from.
    pub(crate) source: String,
    /// What of it nobody has verified; empty when all is.
    pub(crate) unverified: String,
}

impl Programme {
    /// Reads the entry of a programme. Whatever is missing is empty: a programme is shown as far as it is known.
    pub(crate) fn read(entry: &Entry) -> Self {
        let text = |field| entry.get(field).to_owned();
        Self {
            title: text("title"),
            vision: text("vision"),
            summary: text("summary"),
            starts: text("starts"),
            ends: text("ends"),
            lead: text("lead"),
            source: text("source"),
            unverified: text("unverified"),
        }
    }
}

/// A scope is that of one programme, which ends no earlier than it starts.
fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = month_order(values, around);
    let mut others = around.of_kind(KIND.name);
    if others.any(|other| around.of != Some(other.id)) {
        errors.push(wrong(
            "title",
            "This programme is here already: start another one from the list of programmes",
        ));
    }
    errors
}

#[cfg(test)]
mod tests;
