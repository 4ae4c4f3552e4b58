//! Commitments: what a committee was promised or asked for, and what came of it.

mod evidence;
mod state;

use stour_deadlines::Standing;
use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};
use crate::record::{Record, Seen};

pub(crate) use evidence::Evidence;
pub(crate) use state::{Accepted, Answer, Answered, Commitment, Open};

/// A commitment.
pub(crate) static KIND: Kind = Kind {
    name: "commitment",
    one: "commitment",
    many: "Commitments",
    prefix: "CT",
    edit: "decision.edit",
    title: "text",
    fields: &[
        must("text", "What was promised or asked for", Holds::Text),
        must(
            "committee",
            "Committee it was made to",
            Holds::Entry("committee"),
        ),
        may("issue", "From the issue", Holds::Entry("issue")),
        may("comment", "From the comment", Holds::Entry("comment")),
        Field::new(
            "owner",
            "Who answers for it",
            "An office or an organisation",
            Holds::Line,
            Need::Should,
        ),
        Field::new("due", "Due by", "The last day", Holds::Date, Need::Should),
        Field::new(
            "due-said",
            "When it is due, in the words of the record",
            "For example: before the mid-year review",
            Holds::Line,
            Need::May,
        ),
        must("state", "State", Holds::Code("commitment-state")),
        may("answer", "What came of it", Holds::Text),
        Field::new(
            "evidence",
            "Evidence",
            "An address that begins with https://, or a published page of the record that begins with /decisions/",
            Holds::Line,
            Need::May,
        ),
        may("answered", "Answered on", Holds::Date),
        may("accepted", "Accepted by the committee on", Holds::Date),
        may("accepted-at", "Accepted at", Holds::Entry("agenda-item")),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// What was promised or asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) text: String,
    /// To which committee.
    pub(crate) committee: Option<i64>,
    pub(crate) issue: Option<i64>,
    pub(crate) comment: Option<i64>,
    pub(crate) owner: String,
    pub(crate) due: Option<Date>,
    /// When it is due, as the record says it.
    pub(crate) due_said: String,
}

/// A commitment in the state that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kept {
    Open(Commitment<Open>),
    Answered(Commitment<Answered>),
    Accepted(Commitment<Accepted>),
}

impl Kept {
    /// What was promised.
    pub(crate) const fn promise(&self) -> &Promise {
        match self {
            Self::Open(commitment) => commitment.promise(),
            Self::Answered(commitment) => commitment.promise(),
            Self::Accepted(commitment) => commitment.promise(),
        }
    }

    /// The answer, once there is one.
    pub(crate) const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Open(_) => None,
            Self::Answered(commitment) => Some(&commitment.state().0),
            Self::Accepted(commitment) => Some(&commitment.state().answer),
        }
    }

    /// The code of its state in `commitment-state`.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Open(_) => "open",
            Self::Answered(_) => "answered",
            Self::Accepted(_) => "accepted",
        }
    }

    /// Where it stands against the day by which it is due, where one is known.
    pub(crate) fn standing(&self, today: Date) -> Option<Standing> {
        let due = self.promise().due?;
        Some(Standing::of(
            due,
            self.answer().map(|answer| answer.on),
            today,
        ))
    }
}

impl Noun for Kept {
    fn read(reading: &mut Reading<'_>) -> Self {
        let promise = Promise {
            text: reading.text("text"),
            committee: reading.entry("committee"),
            issue: reading.entry("issue"),
            comment: reading.entry("comment"),
            owner: reading.text("owner"),
            due: reading.date("due"),
            due_said: reading.text("due-said"),
        };
        let open = Commitment::open(promise);
        let state = reading.text("state");
        if state != "answered" && state != "accepted" {
            return Self::Open(open);
        }
        let Some(answer) = answer(reading) else {
            return Self::Open(open);
        };
        let answered = open.answer(answer);
        if state == "answered" {
            return Self::Answered(answered);
        }
        let at = reading.entry("accepted-at");
        if let Some(on) = reading.date("accepted") {
            return Self::Accepted(answered.accept(on, at));
        }
        reading.note(
            "accepted",
            "Say on which day the committee accepted the answer.",
        );
        Self::Answered(answered)
    }
}

/// The answer, with what is missing of it noted.
fn answer(reading: &mut Reading<'_>) -> Option<Answer> {
    let text = reading.text("answer");
    if text.is_empty() {
        reading.note("answer", "Say what came of it, or leave it open.");
    }
    let on = reading.date("answered");
    if on.is_none() {
        reading.note(
            "answered",
            "Say on which day it was answered, or leave it open.",
        );
    }
    let evidence = match reading.text("evidence").parse::<Evidence>() {
        Ok(evidence) => Some(evidence),
        Err(wrong) => {
            reading.note("evidence", &wrong.to_string());
            None
        }
    };
    if text.is_empty() {
        return None;
    }
    Some(Answer {
        text,
        on: on?,
        evidence: evidence?,
    })
}

/// What somebody is told who would accept their own answer.
pub(crate) const OWN_ANSWER: &str =
    "You gave this answer, so somebody else has to record that the committee accepted it.";

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = read::<Kept>(values).err().unwrap_or_default();
    errors.extend(too_soon(values, around.today));
    if let Some(wrong) = unseen(values, around) {
        errors.push(wrong);
    }
    let before = around.of.and_then(|own| {
        let mut commitments = around.of_kind(KIND.name);
        commitments.find(|entry| entry.id == own)
    });
    let was = before.map_or("", |before| before.get("state"));
    if values.get("state") == "accepted" && was == "open" {
        errors.push(error(
            "state",
            "Record the answer first; that it was accepted is recorded after that.",
        ));
    }
    if values.get("state") == "accepted"
        && was == "answered"
        && before.is_some_and(|before| before.by.user.is_some() && before.by.user == around.by)
    {
        errors.push(error("state", OWN_ANSWER));
    }
    errors
}

/// Days that are still to come, or that come before what they follow.
fn too_soon(values: &Values, today: Option<Date>) -> Vec<FieldError> {
    let day = |field: &str| values.get(field).parse::<Date>().ok();
    let mut errors = Vec::new();
    for field in ["answered", "accepted"] {
        if let (Some(day), Some(today)) = (day(field), today)
            && day > today
        {
            errors.push(error(field, "That day is still to come."));
        }
    }
    if let (Some(answered), Some(accepted)) = (day("answered"), day("accepted"))
        && accepted < answered
    {
        errors.push(error(
            "accepted",
            "It cannot be accepted before it was answered.",
        ));
    }
    errors
}

/// That the evidence is a page of the record which the public cannot read.
fn unseen(values: &Values, around: &Around) -> Option<FieldError> {
    let evidence: Evidence = values.get("evidence").parse().ok()?;
    let page = evidence.page()?;
    let public = Record::of(around, Seen::Published, around.today?);
    (!public.has_page(page)).then(|| {
        error(
            "evidence",
            "Nobody outside can read that page: give that of a published meeting, item, decision or notice of a key decision.",
        )
    })
}
