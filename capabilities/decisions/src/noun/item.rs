//! Items on the agenda of a meeting.

use stour_register::{Around, Entry, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// An item of an agenda.
pub(crate) static KIND: Kind = Kind {
    name: "agenda-item",
    one: "agenda item",
    many: "Agenda items",
    prefix: "I",
    edit: "decision.edit",
    title: "title",
    fields: &[
        must("meeting", "Meeting", Holds::Entry("meeting")),
        Field::new(
            "item-number",
            "Number in the minutes",
            "Leave it empty if it is not known",
            Holds::Line,
            Need::May,
        ),
        must("title", "Title", Holds::Line),
        may("summary", "What it was about", Holds::Text),
        Field::new(
            "presented-by",
            "Presented by",
            "Offices rather than names, one a line",
            Holds::Text,
            Need::May,
        ),
        must("state", "State", Holds::Code("agenda-item-state")),
        Field::new(
            "duplicate-of",
            "Duplicate of",
            "The item that was put on an agenda twice",
            Holds::Entry("agenda-item"),
            Need::May,
        ),
        Field::new(
            "follows",
            "Comes after",
            "Earlier items of the same matter, also of other committees",
            Holds::Entries("agenda-item"),
            Need::May,
        ),
        Field::new(
            "urgency",
            "Why it was urgent",
            "Only if it was taken as urgent",
            Holds::Text,
            Need::May,
        ),
        Field::new(
            "programme",
            "Programme it belongs to",
            "Its short name, such as future-care",
            Holds::Line,
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) meeting: Option<i64>,
    /// The number by which the minutes call it, which is not that of the entry.
    pub(crate) minuted_as: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) presented_by: Vec<String>,
    pub(crate) state: String,
    pub(crate) duplicate_of: Option<i64>,
    pub(crate) follows: Vec<i64>,
    pub(crate) urgency: String,
    pub(crate) programme: String,
}

impl Noun for Item {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            meeting: reading.entry("meeting"),
            minuted_as: reading.text("item-number"),
            title: reading.text("title"),
            summary: reading.text("summary"),
            presented_by: reading.lines("presented-by"),
            state: reading.text("state"),
            duplicate_of: reading.entry("duplicate-of"),
            follows: reading.entries("follows"),
            urgency: reading.text("urgency"),
            programme: reading.text("programme"),
        }
    }
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let item: Item = match read(values) {
        Ok(item) => item,
        Err(errors) => return errors,
    };
    let mut errors = Vec::new();
    let own = own_number(around);
    if own.is_some() && item.duplicate_of == own {
        errors.push(error(
            "duplicate-of",
            "An item is not a duplicate of itself.",
        ));
    }
    if own.is_some_and(|own| reaches(around, &item.follows, own)) {
        errors.push(error(
            "follows",
            "The item would come after itself. Take out the item that already comes after this one.",
        ));
    }
    errors
}

/// The number of the item that is being checked, when it is not new.
fn own_number(around: &Around) -> Option<i64> {
    let own = around.of?;
    let mut items = around.of_kind("agenda-item");
    items
        .find(|entry| entry.id == own)
        .map(|entry| entry.number)
}

/// Whether `target` is among `from`, or among what those come after, and so on.
fn reaches(around: &Around, from: &[i64], target: i64) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    let mut waiting = from.to_vec();
    while let Some(number) = waiting.pop() {
        if number == target {
            return true;
        }
        if seen.insert(number) {
            let follows = around.entry("agenda-item", number).map(follows);
            waiting.extend(follows.unwrap_or_default());
        }
    }
    false
}

fn follows(entry: &Entry) -> Vec<i64> {
    super::read_entry::<Item>(entry).follows
}
