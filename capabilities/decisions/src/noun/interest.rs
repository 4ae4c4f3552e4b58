//! Declarations of interest.

use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::item::Item;
use super::reading::error;
use super::{Noun, Reading, read, read_entry};

/// An interest that somebody declared.
pub(crate) static KIND: Kind = Kind {
    name: "interest",
    one: "declaration of interest",
    many: "Declarations of interest",
    prefix: "DI",
    edit: "decision.edit",
    title: "nature",
    fields: &[
        must("meeting", "Meeting", Holds::Entry("meeting")),
        may("item", "Item", Holds::Entry("agenda-item")),
        must("person", "Who", Holds::Entry("office-holder")),
        must("nature", "What the interest is", Holds::Line),
        Field::new(
            "action",
            "What they did",
            "For example: left the room and did not vote",
            Holds::Line,
            Need::Should,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A declared interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interest {
    pub(crate) meeting: Option<i64>,
    pub(crate) item: Option<i64>,
    pub(crate) person: Option<i64>,
    pub(crate) nature: String,
    pub(crate) action: String,
}

impl Noun for Interest {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            meeting: reading.entry("meeting"),
            item: reading.entry("item"),
            person: reading.entry("person"),
            nature: reading.text("nature"),
            action: reading.text("action"),
        }
    }
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let interest: Interest = match read(values) {
        Ok(interest) => interest,
        Err(errors) => return errors,
    };
    let item = interest
        .item
        .and_then(|number| around.entry("agenda-item", number))
        .map(read_entry::<Item>);
    if item.is_some_and(|item| item.meeting != interest.meeting) {
        return vec![error("item", "That item was not before this meeting.")];
    }
    Vec::new()
}
