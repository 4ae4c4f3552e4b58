//! Comments that a committee sends to another body without a vote.

use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, must};
use super::recommendation::Outcome;
use super::{Noun, Reading, read};

/// A comment to another body.
pub(crate) static KIND: Kind = Kind {
    name: "comment",
    one: "comment",
    many: "Comments to other bodies",
    prefix: "CM",
    edit: "decision.edit",
    title: "text",
    fields: &[
        must("item", "Made at", Holds::Entry("agenda-item")),
        must("to", "To", Holds::Entry("committee")),
        must("text", "Comment", Holds::Text),
        must(
            "outcome",
            "What became of it",
            Holds::Code("recommendation-outcome"),
        ),
        Field::new(
            "outcome-at",
            "Answered at",
            "The item at which the other body answered",
            Holds::Entry("agenda-item"),
            Need::May,
        ),
        Field::new(
            "reason",
            "Why, or how it is known",
            "Needed when it was agreed in part or not agreed",
            Holds::Text,
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) item: Option<i64>,
    pub(crate) to: Option<i64>,
    pub(crate) text: String,
    pub(crate) outcome: Outcome,
}

impl Noun for Comment {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            to: reading.entry("to"),
            text: reading.text("text"),
            outcome: Outcome::read(reading),
        }
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    match read::<Comment>(values) {
        Ok(comment) => comment.outcome.check(),
        Err(errors) => errors,
    }
}
