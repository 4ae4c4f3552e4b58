//! Issues that members raised in discussion.

use stour_register::{Around, Holds, Kind, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, must};
use super::{Noun, Reading, read};

/// An issue that was raised.
pub(crate) static KIND: Kind = Kind {
    name: "issue",
    one: "issue raised",
    many: "Issues raised",
    prefix: "Q",
    edit: "decision.edit",
    title: "title",
    fields: &[
        must("item", "Item", Holds::Entry("agenda-item")),
        must("title", "Issue", Holds::Line),
        must("text", "What was said", Holds::Text),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check: |values: &Values, _: &Around| -> Vec<FieldError> {
        read::<Issue>(values).err().unwrap_or_default()
    },
};

/// An issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) item: Option<i64>,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<String>,
}

impl Noun for Issue {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            title: reading.text("title"),
            paragraphs: reading.lines("text"),
        }
    }
}
