//! Key decisions that are to be taken, and the notice that the public has of them.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// A key decision, as its notice says it: SI 2012/2089, regulation 9(1).
pub(crate) static KIND: Kind = Kind {
    name: "key-decision",
    one: "key decision",
    many: "Key decisions",
    prefix: "K",
    edit: "decision.edit",
    title: "matter",
    fields: &[
        must("matter", "Matter to be decided", Holds::Line),
        Field::new(
            "committee",
            "Decided by the body",
            "Or say below who decides alone",
            Holds::Entry("committee"),
            Need::May,
        ),
        may("person", "Decided by", Holds::Entry("office-holder")),
        Field::new(
            "due",
            "Earliest day on which it is to be taken",
            "",
            Holds::Date,
            Need::Should,
        ),
        Field::new(
            "latest",
            "Latest day on which it is to be taken",
            "Only if it is a period",
            Holds::Date,
            Need::May,
        ),
        Field::new(
            "documents",
            "Documents for the decision maker",
            "One a line",
            Holds::Text,
            Need::Should,
        ),
        Field::new(
            "copies",
            "Where copies can be had, and how to ask for other documents",
            "",
            Holds::Text,
            Need::Should,
        ),
        Field::new(
            "notice",
            "Notice published on",
            "Leave it empty until it is published",
            Holds::Date,
            Need::Should,
        ),
        must("exception", "Exception", Holds::Code("notice-exception")),
        Field::new(
            "agreed-by",
            "Who was told or agreed",
            "With an exception: the chairman of the scrutiny committee, or who acts for them",
            Holds::Line,
            Need::May,
        ),
        Field::new(
            "reason",
            "Why full notice was impracticable",
            "Needed with an exception",
            Holds::Text,
            Need::May,
        ),
        must("state", "State", Holds::Code("key-decision-state")),
        Field::new(
            "item",
            "Taken at",
            "The item at which it was taken",
            Holds::Entry("agenda-item"),
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// Why less than full notice is lawful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exception {
    /// Full notice.
    None,
    /// SI 2012/2089, regulation 10.
    General,
    /// SI 2012/2089, regulation 11.
    SpecialUrgency,
}

/// A key decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyDecision {
    pub(crate) matter: String,
    pub(crate) committee: Option<i64>,
    pub(crate) person: Option<i64>,
    pub(crate) due: Option<Date>,
    pub(crate) latest: Option<Date>,
    pub(crate) documents: Vec<String>,
    pub(crate) copies: String,
    pub(crate) notice: Option<Date>,
    pub(crate) exception: Exception,
    pub(crate) agreed_by: String,
    pub(crate) reason: String,
    pub(crate) state: String,
    pub(crate) item: Option<i64>,
}

impl Noun for KeyDecision {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            matter: reading.text("matter"),
            committee: reading.entry("committee"),
            person: reading.entry("person"),
            due: reading.date("due"),
            latest: reading.date("latest"),
            documents: reading.lines("documents"),
            copies: reading.text("copies"),
            notice: reading.date("notice"),
            exception: match reading.text("exception").as_str() {
                "general-exception" => Exception::General,
                "special-urgency" => Exception::SpecialUrgency,
                _ => Exception::None,
            },
            agreed_by: reading.text("agreed-by"),
            reason: reading.text("reason"),
            state: reading.text("state"),
            item: reading.entry("item"),
        }
    }
}

impl KeyDecision {
    /// Whether it is still to be taken.
    pub(crate) fn is_ahead(&self) -> bool {
        self.state == "planned"
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    let decision: KeyDecision = match read(values) {
        Ok(decision) => decision,
        Err(errors) => return errors,
    };
    let mut errors = Vec::new();
    if decision.committee.is_some() == decision.person.is_some() {
        errors.push(error(
            "committee",
            "Say which body decides, or who decides alone, and not both.",
        ));
    }
    if let (Some(due), Some(latest)) = (decision.due, decision.latest)
        && latest < due
    {
        errors.push(error("latest", "The period ends before it begins."));
    }
    if decision.exception != Exception::None && decision.reason.is_empty() {
        errors.push(error("reason", "An exception needs its reason."));
    }
    if decision.agreed_by.is_empty() {
        errors.extend(match decision.exception {
            Exception::None => None,
            // SI 2012/2089, regulation 10(1)(a).
            Exception::General => Some(error(
                "agreed-by",
                "The chairman of the scrutiny committee must have been told in writing: say who was.",
            )),
            Exception::SpecialUrgency => Some(error(
                "agreed-by",
                "Special urgency needs the agreement of the chairman of the scrutiny committee: say who agreed.",
            )),
        });
    }
    errors
}
