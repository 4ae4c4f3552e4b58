//! What was resolved, by a body at a meeting or by somebody in an office.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// A resolution.
pub(crate) static KIND: Kind = Kind {
    name: "resolution",
    one: "decision",
    many: "Decisions",
    prefix: "D",
    edit: "decision.edit",
    title: "text",
    fields: &[
        Field::new(
            "item",
            "Made at",
            "Leave it empty if somebody decided alone",
            Holds::Entry("agenda-item"),
            Need::May,
        ),
        Field::new(
            "person",
            "Made by",
            "Only if somebody decided alone, by the powers of their office",
            Holds::Entry("office-holder"),
            Need::May,
        ),
        Field::new(
            "decided",
            "Decided on",
            "Only if it was not at a meeting",
            Holds::Date,
            Need::May,
        ),
        Field::new(
            "about",
            "An item on the same matter",
            "Only if it was not at a meeting",
            Holds::Entry("agenda-item"),
            Need::May,
        ),
        may("letter", "Letter or number", Holds::Line),
        must("verb", "What it does", Holds::Code("recommendation-verb")),
        must("text", "Words", Holds::Text),
        Field::new(
            "carries",
            "Recommendations it carries out",
            "",
            Holds::Entries("recommendation"),
            Need::May,
        ),
        may(
            "reasons",
            "Reasons, and what else was considered",
            Holds::Text,
        ),
        Field::new(
            "noticed",
            "Decision published on",
            "From this day the period of a call-in is counted",
            Holds::Date,
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A resolution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolution {
    pub(crate) item: Option<i64>,
    pub(crate) person: Option<i64>,
    pub(crate) decided: Option<Date>,
    /// An item on the same matter, of a decision that was taken by one person.
    pub(crate) about: Option<i64>,
    pub(crate) letter: String,
    pub(crate) verb: String,
    pub(crate) text: String,
    pub(crate) carries: Vec<i64>,
    pub(crate) reasons: String,
    /// When the council published the decision itself.
    pub(crate) noticed: Option<Date>,
}

impl Noun for Resolution {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            person: reading.entry("person"),
            decided: reading.date("decided"),
            about: reading.entry("about"),
            letter: reading.text("letter"),
            verb: reading.text("verb"),
            text: reading.text("text"),
            carries: reading.entries("carries"),
            reasons: reading.text("reasons"),
            noticed: reading.date("noticed"),
        }
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    let resolution: Resolution = match read(values) {
        Ok(resolution) => resolution,
        Err(errors) => return errors,
    };
    match (resolution.item, resolution.person) {
        (None, None) => vec![error(
            "item",
            "Say at which item it was decided, or by whom.",
        )],
        (Some(_), Some(_)) => vec![error(
            "person",
            "It was decided at a meeting or by one person, not both.",
        )],
        _ => Vec::new(),
    }
}
