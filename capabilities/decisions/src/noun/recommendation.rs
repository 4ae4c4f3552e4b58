//! Recommendations from one body to another, and what became of each.

use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// A recommendation.
pub(crate) static KIND: Kind = Kind {
    name: "recommendation",
    one: "recommendation",
    many: "Recommendations",
    prefix: "RC",
    edit: "decision.edit",
    title: "text",
    fields: &[
        must("item", "Made at", Holds::Entry("agenda-item")),
        must("to", "To", Holds::Entry("committee")),
        may("letter", "Letter or number", Holds::Line),
        must("verb", "What it does", Holds::Code("recommendation-verb")),
        must("text", "Words", Holds::Text),
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
            "Why",
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

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recommendation {
    pub(crate) item: Option<i64>,
    pub(crate) to: Option<i64>,
    pub(crate) letter: String,
    pub(crate) verb: String,
    pub(crate) text: String,
    pub(crate) outcome: Outcome,
}

/// What became of something that one body asked of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// A code of `recommendation-outcome`.
    pub(crate) code: String,
    /// The item at which it was answered.
    pub(crate) at: Option<i64>,
    pub(crate) reason: String,
}

impl Outcome {
    /// Reads the three fields that say what became of it.
    pub(super) fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            code: reading.text("outcome"),
            at: reading.entry("outcome-at"),
            reason: reading.text("reason"),
        }
    }

    /// What is missing: an answer is given somewhere or by somebody, and a refusal says why.
    pub(super) fn check(&self) -> Vec<FieldError> {
        match self.code.as_str() {
            "partly" | "not-agreed" if self.reason.is_empty() => {
                vec![error("reason", "Say why it was not agreed as it was made.")]
            }
            "agreed" if self.at.is_none() && self.reason.is_empty() => vec![error(
                "outcome-at",
                "Say at which item it was agreed, or how it is known.",
            )],
            "awaiting" if self.at.is_some() => vec![error(
                "outcome",
                "An item at which it was answered is given: say what the answer was.",
            )],
            _ => Vec::new(),
        }
    }
}

impl Noun for Recommendation {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            to: reading.entry("to"),
            letter: reading.text("letter"),
            verb: reading.text("verb"),
            text: reading.text("text"),
            outcome: Outcome::read(reading),
        }
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    match read::<Recommendation>(values) {
        Ok(recommendation) => recommendation.outcome.check(),
        Err(errors) => errors,
    }
}
