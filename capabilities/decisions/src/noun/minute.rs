//! What the minutes say of an item.

use stour_register::{Around, Holds, Kind, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, must};
use super::{Noun, Reading, read};

/// The minute of an item.
pub(crate) static KIND: Kind = Kind {
    name: "minute",
    one: "minute",
    many: "Minutes",
    prefix: "MN",
    edit: "decision.edit",
    title: "text",
    fields: &[
        must("item", "Item", Holds::Entry("agenda-item")),
        must("text", "What the minutes say", Holds::Text),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check: |values: &Values, _: &Around| -> Vec<FieldError> {
        read::<Minute>(values).err().unwrap_or_default()
    },
};

/// A minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Minute {
    pub(crate) item: Option<i64>,
    pub(crate) paragraphs: Vec<String>,
}

impl Noun for Minute {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            paragraphs: reading.lines("text"),
        }
    }
}
