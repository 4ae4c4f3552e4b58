//! Two records that may be one person's: the queue of them, the answers of humans, and how well matching
//! goes.
//!
//! Matching links what is certain. What is not certain becomes a person of its own, so that care goes on,
//! and a review: a human looks at both side by side. "The same" joins the two; "different" is remembered,
//! so that no later run of matching asks again; "need more" waits. A sample of what was linked without a
//! human is looked at too, since a wrong link is otherwise seen by nobody.
//!
//! **Who sees a pair.** Only somebody who may see both sides: for others a pair with a restricted record is
//! not there, is not counted, and its address answers as one that leads nowhere. A place can therefore
//! never be learnt from a match.

mod asking;
mod calibration;
pub(crate) mod calibration_page;
mod decision;
mod draft;
mod evidence;
mod explanation;
pub(crate) mod join_page;
mod joining;
pub(crate) mod labels;
mod learning;
pub(crate) mod merges_page;
pub(crate) mod model_page;
mod outcome;
pub(crate) mod pair_page;
mod quality;
pub(crate) mod quality_page;
mod queue;
pub(crate) mod queue_page;
mod sample;
pub(crate) mod sample_page;
mod settings;
mod state;
mod store;
mod view;
mod withhold;

pub use labels::{Label, LabelledPair, labels, labels_csv};
pub use state::PairAnswer;

pub use decision::decisions_about;
pub(crate) use decision::{PairDecision, decide, decision_of};
use outcome::Outcome;
pub(crate) use settings::{due, settings};
pub(crate) use state::{
    Answer, Given, Refusal, ReviewKind, ReviewState, is_disputed, is_shown, waits_for_another,
};
pub(crate) use store::{
    NewAnswer, ReviewError, answer, open_between, open_review, reason_in_words, review, sides,
};

use stour_database::Version;
use stour_kernel::{Date, OdsCode, PersonId, Timestamp, typed_id};
use stour_linkage::Rule;

use crate::source::RecordId;

#[cfg(test)]
mod tests;

typed_id!(pub ReviewId, "a review of two records");
stour_database::text_value!(ReviewId);

/// The list of reasons for answers; the group of each is the answer it belongs to.
pub(crate) const REASONS: &str = "match-decision-reason";
/// The list of what held pairs back, in words that complete "because".
pub(crate) const RULES: &str = "match-rule";

/// A review to be opened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewReview {
    pub(crate) kind: ReviewKind,
    /// Who came: merged into the candidate when they are one.
    pub(crate) person: PersonId,
    /// Who it may be; the person itself for a sampled link.
    pub(crate) candidate: PersonId,
    /// The organisation's record that raised it, or whose link is sampled.
    pub(crate) record: Option<RecordId>,
    /// Which organisation gave that record.
    pub(crate) source: OdsCode,
    /// Why it was held: a code of the list `match-rule`, or the step of a sampled link.
    pub(crate) rule: String,
    /// The weight of evidence in bits.
    pub(crate) weight: Option<f64>,
    /// The probability that the two are one, from 0 to 1.
    pub(crate) probability: Option<f64>,
    /// Which model says so.
    pub(crate) model: Option<String>,
    /// The explanation, as JSON.
    pub(crate) explanation: Option<String>,
}

/// A review.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Review {
    pub(crate) id: ReviewId,
    pub(crate) kind: ReviewKind,
    pub(crate) person: PersonId,
    pub(crate) candidate: PersonId,
    pub(crate) record: Option<RecordId>,
    pub(crate) source: OdsCode,
    pub(crate) rule: String,
    pub(crate) weight: Option<f64>,
    pub(crate) probability: Option<f64>,
    pub(crate) explanation: Option<String>,
    pub(crate) state: ReviewState,
    pub(crate) opened_at: Timestamp,
    pub(crate) due: Date,
    pub(crate) version: Version,
    pub(crate) answers: Vec<GivenAnswer>,
}

impl Review {
    /// Whether whoever came is hidden only because of whom it may be: made beside a restricted record, from
    /// which nobody may learn that there is a match. Once the two are known to be two, nothing is left to hide.
    pub(crate) fn hides_who_came(&self) -> bool {
        self.kind == ReviewKind::Link && self.rule == Rule::Restricted.as_str()
    }
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GivenAnswer {
    pub(crate) given: Given,
    pub(crate) reason: String,
    pub(crate) note: String,
    pub(crate) at: Timestamp,
    pub(crate) name: String,
}
