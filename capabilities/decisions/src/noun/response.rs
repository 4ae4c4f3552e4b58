//! Reports of health scrutiny and of Healthwatch, which have to be answered in time.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

const TITLE: Field = must("title", "Title", Holds::Line);
const TO: Field = Field::new(
    "to",
    "To whom",
    "Organisations, one a line",
    Holds::Text,
    Need::Must,
);
const SENT: Field = Field::new(
    "sent",
    "Sent, and an answer asked for, on",
    "From this day the time for an answer is counted",
    Holds::Date,
    Need::Should,
);
const RECOMMENDATIONS: Field = must("recommendations", "What it recommends", Holds::Text);
const ANSWERED: Field = may("answered", "Answered on", Holds::Date);
const ANSWER: Field = Field::new(
    "answer",
    "What the answer says",
    "With the address at which it can be read",
    Holds::Text,
    Need::May,
);

/// A report of health scrutiny: SI 2013/218, regulation 22(6) says what it must hold.
pub(crate) static SCRUTINY: Kind = Kind {
    name: "scrutiny-report",
    one: "health scrutiny report",
    many: "Health scrutiny reports",
    prefix: "HS",
    edit: "decision.edit",
    title: "title",
    fields: &[
        TITLE,
        must("committee", "By", Holds::Entry("committee")),
        TO,
        must("matter", "What was reviewed or scrutinised", Holds::Text),
        must("evidence", "Summary of the evidence", Holds::Text),
        must("participants", "Who took part", Holds::Text),
        RECOMMENDATIONS,
        SENT,
        ANSWERED,
        ANSWER,
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A report of a local Healthwatch.
pub(crate) static HEALTHWATCH: Kind = Kind {
    name: "healthwatch-report",
    one: "Healthwatch report",
    many: "Healthwatch reports",
    prefix: "HW",
    edit: "decision.edit",
    title: "title",
    fields: &[
        TITLE,
        must("by", "By", Holds::Line),
        TO,
        must("matter", "What it is about", Holds::Text),
        RECOMMENDATIONS,
        SENT,
        ANSWERED,
        ANSWER,
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A report that has to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HealthReport {
    pub(crate) title: String,
    pub(crate) committee: Option<i64>,
    pub(crate) by: String,
    pub(crate) to: Vec<String>,
    pub(crate) matter: String,
    pub(crate) evidence: String,
    pub(crate) participants: String,
    pub(crate) recommendations: Vec<String>,
    pub(crate) sent: Option<Date>,
    pub(crate) answered: Option<Date>,
    pub(crate) answer: String,
}

impl Noun for HealthReport {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            title: reading.text("title"),
            committee: reading.entry("committee"),
            by: reading.text("by"),
            to: reading.lines("to"),
            matter: reading.text("matter"),
            evidence: reading.text("evidence"),
            participants: reading.text("participants"),
            recommendations: reading.lines("recommendations"),
            sent: reading.date("sent"),
            answered: reading.date("answered"),
            answer: reading.text("answer"),
        }
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    let report: HealthReport = match read(values) {
        Ok(report) => report,
        Err(errors) => return errors,
    };
    let mut errors = Vec::new();
    if let (Some(sent), Some(answered)) = (report.sent, report.answered)
        && answered < sent
    {
        errors.push(error(
            "answered",
            "It cannot be answered before it was sent.",
        ));
    }
    if report.answered.is_some() && report.answer.is_empty() {
        errors.push(error("answer", "Say what the answer was."));
    }
    errors
}
