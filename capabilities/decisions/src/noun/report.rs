//! Reports that were put before a meeting.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::{Noun, Reading, read};

/// A report to a meeting.
pub(crate) static KIND: Kind = Kind {
    name: "report",
    one: "report",
    many: "Reports",
    prefix: "RP",
    edit: "decision.edit",
    title: "title",
    fields: &[
        must("item", "Item", Holds::Entry("agenda-item")),
        must("title", "Title", Holds::Line),
        may("by", "By", Holds::Line),
        may("date", "Date", Holds::Date),
        Field::new(
            "place",
            "Where it is kept",
            "An address, or a place such as an appendix in the minute book",
            Holds::Line,
            Need::Should,
        ),
        may(
            "exempt",
            "Is any of it exempt from publication?",
            Holds::YesNo,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check: |values: &Values, _: &Around| -> Vec<FieldError> {
        read::<Report>(values).err().unwrap_or_default()
    },
};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) item: Option<i64>,
    pub(crate) title: String,
    pub(crate) by: String,
    pub(crate) date: Option<Date>,
    pub(crate) place: String,
    pub(crate) exempt: bool,
}

impl Noun for Report {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            title: reading.text("title"),
            by: reading.text("by"),
            date: reading.date("date"),
            place: reading.text("place"),
            exempt: reading.yes("exempt"),
        }
    }
}
