//! Risks: what may happen, how bad that would be, who owns it, and what is done about it.

use stour_kernel::Date;
use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::scale::{IMPACT, LIKELIHOOD, Score, Step, is_closed};
use crate::governance::EDIT;
use crate::governance::field::{
    SOURCE, UNVERIFIED, before_programme, day, may, must, should, wrong,
};

/// The list of where a risk can stand.
pub(crate) const STATUS: &str = "risk-status";

/// A risk.
pub(crate) const KIND: &Kind = &Kind {
    name: "risk",
    one: "risk",
    many: "Risks",
    prefix: "R",
    edit: EDIT,
    title: "description",
    fields: &[
        must(
            "description",
            "Description",
            "What may happen, and what it would do to the programme",
            Holds::Text,
        ),
        should("likelihood", "Likelihood", "", Holds::Code(LIKELIHOOD)),
        should("impact", "Impact", "", Holds::Code(IMPACT)),
        may(
            "likelihood-given",
            "Likelihood as the source words it",
            "",
            Holds::Line,
        ),
        may(
            "impact-given",
            "Impact as the source words it",
            "",
            Holds::Line,
        ),
        may(
            "proximity",
            "Proximity",
            "When it would happen, if it did",
            Holds::Code("risk-proximity"),
        ),
        should("owner", "Owner", "Who answers for it", Holds::Owner),
        may("response", "Response", "", Holds::Code("risk-response")),
        should("action", "Mitigating action", "", Holds::Text),
        should("action-owner", "Action owner", "", Holds::Owner),
        must("status", "Status", "", Holds::Code(STATUS)),
        may("raised", "Raised on", "", Holds::Date),
        may("closed", "Closed on", "", Holds::Date),
        SOURCE,
        UNVERIFIED,
    ],
    check,
};

/// A risk, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Risk {
    pub(crate) number: i64,
    pub(crate) description: String,
    /// None until both its parts are given.
    pub(crate) score: Option<Score>,
    /// Likelihood and impact in the words of the source; each may be empty.
    pub(crate) given: (String, String),
    /// A code of `risk-proximity`, or empty.
    pub(crate) proximity: String,
    pub(crate) owner: String,
    /// A code of `risk-response`, or empty.
    pub(crate) response: String,
    pub(crate) action: String,
    pub(crate) action_owner: String,
    pub(crate) status: String,
    pub(crate) source: String,
    pub(crate) unverified: String,
}

impl Risk {
    /// Reads the entry of a risk.
    pub(crate) fn read(entry: &Entry) -> Self {
        let text = |field| entry.get(field).to_owned();
        Self {
            number: entry.number,
            description: text("description"),
            score: score(&entry.values),
            given: (text("likelihood-given"), text("impact-given")),
            proximity: text("proximity"),
            owner: text("owner"),
            response: text("response"),
            action: text("action"),
            action_owner: text("action-owner"),
            status: text("status"),
            source: text("source"),
            unverified: text("unverified"),
        }
    }

    /// Every risk of a programme, by number.
    pub(crate) fn all(around: &Around) -> Vec<Self> {
        around.of_kind(KIND.name).map(Self::read).collect()
    }

    /// Whether it may still happen.
    pub(crate) fn is_open(&self, on: Date) -> bool {
        !is_closed(STATUS, &self.status, on)
    }

    /// What people call it: `R4`.
    pub(crate) fn reference(&self) -> String {
        format!("{}{}", KIND.prefix, self.number)
    }
}

/// How bad it is, once both parts are given.
pub(crate) fn score(values: &Values) -> Option<Score> {
    Some(Score {
        likelihood: Step::of(values.get("likelihood"))?,
        impact: Step::of(values.get("impact"))?,
    })
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    closing(values, around, (STATUS, "closed", "raised"))
}

/// What is wrong with the days between which something was open, and with how that fits where it stands.
/// `list` is that of its status.
pub(super) fn closing(
    values: &Values,
    around: &Around,
    (list, closed, raised): (&str, &str, &str),
) -> Vec<FieldError> {
    let (from, to) = (day(values, raised), day(values, closed));
    let mut errors = before_programme(values, around, &[raised, closed]);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        errors.push(wrong(closed, "It would be closed before it was raised"));
    }
    let is_open = around
        .today
        .is_some_and(|today| !is_closed(list, values.get("status"), today));
    if is_open && to.is_some() {
        errors.push(wrong(
            closed,
            "Take this day out, or choose a status that says why it no longer counts",
        ));
    }
    errors
}

#[cfg(test)]
mod tests;
