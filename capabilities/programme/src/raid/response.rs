//! What is done about risks and issues beyond the action in their registers: each with an owner and a day, and what
//! was taken to a board.

use stour_kernel::Date;
use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::{issue, risk};
use crate::governance::EDIT;
use crate::governance::field::{SOURCE, before_programme, day, may, must, number, should, wrong};

/// Something to be done about a risk or an issue by a day.
pub(crate) const RESPONSE: &Kind = &Kind {
    name: "response",
    one: "response",
    many: "Responses",
    prefix: "RS",
    edit: EDIT,
    title: "action",
    fields: &[
        must("action", "What is to be done", "", Holds::Line),
        may(
            "risk",
            "About the risk",
            "A risk or an issue, not both",
            Holds::Entry("risk"),
        ),
        may("issue", "About the issue", "", Holds::Entry("issue")),
        should("owner", "Owner", "", Holds::Owner),
        should("due", "Due day", "", Holds::Date),
        may("done", "Done on", "", Holds::Date),
        may("outcome", "What came of it", "", Holds::Text),
        SOURCE,
    ],
    check: |values, around| {
        let mut errors = about_one(values);
        errors.extend(before_programme(values, around, &["due", "done"]));
        errors
    },
};

/// A risk or an issue taken to a board.
pub(crate) const ESCALATION: &Kind = &Kind {
    name: "escalation",
    one: "escalation",
    many: "Escalations",
    prefix: "ES",
    edit: EDIT,
    title: "why",
    fields: &[
        must("why", "What the board is asked to decide", "", Holds::Line),
        may(
            "risk",
            "About the risk",
            "A risk or an issue, not both",
            Holds::Entry("risk"),
        ),
        may("issue", "About the issue", "", Holds::Entry("issue")),
        must("to", "To", "", Holds::Entry("board")),
        must("raised", "Raised on", "", Holds::Date),
        may("decided", "Decided on", "", Holds::Date),
        may("outcome", "What was decided", "", Holds::Text),
        SOURCE,
    ],
    check: check_escalation,
};

/// What a response or an escalation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// The risk of this number.
    Risk(i64),
    /// The issue of this number.
    Issue(i64),
}

impl About {
    fn of(values: &Values) -> Option<Self> {
        match (number(values, "risk"), number(values, "issue")) {
            (Some(risk), None) => Some(Self::Risk(risk)),
            (None, Some(issue)) => Some(Self::Issue(issue)),
            _ => None,
        }
    }

    /// The kind and the number of what it is about.
    pub(crate) const fn entry(self) -> (&'static str, i64) {
        match self {
            Self::Risk(number) => (risk::KIND.name, number),
            Self::Issue(number) => (issue::KIND.name, number),
        }
    }

    /// What people call that: `R4`.
    pub(crate) fn reference(self) -> String {
        match self {
            Self::Risk(number) => format!("{}{number}", risk::KIND.prefix),
            Self::Issue(number) => format!("{}{number}", issue::KIND.prefix),
        }
    }
}

/// A response, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) number: i64,
    pub(crate) action: String,
    pub(crate) about: About,
    pub(crate) owner: String,
    pub(crate) due: Option<Date>,
    pub(crate) done: Option<Date>,
    pub(crate) outcome: String,
}

/// Where a response stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Its day has passed and it is not done.
    Overdue,
    /// It is still to be done.
    Due,
    /// It is still to be done, and nobody said by when.
    Undated,
    /// It is done.
    Done,
}

impl Response {
    /// Reads it; nothing when it does not say what it is about.
    pub(crate) fn read(entry: &Entry) -> Option<Self> {
        Some(Self {
            number: entry.number,
            action: entry.get("action").to_owned(),
            about: About::of(&entry.values)?,
            owner: entry.get("owner").to_owned(),
            due: day(&entry.values, "due"),
            done: day(&entry.values, "done"),
            outcome: entry.get("outcome").to_owned(),
        })
    }

    /// Every response of a programme: overdue ones first, then those due, by their day.
    pub(crate) fn all(around: &Around, today: Date) -> Vec<Self> {
        let mut all: Vec<Self> = around
            .of_kind(RESPONSE.name)
            .filter_map(Self::read)
            .collect();
        all.sort_by_key(|one| (one.standing(today), one.due, one.number));
        all
    }

    /// Where it stands. On the day itself it is not overdue yet.
    pub(crate) fn standing(&self, today: Date) -> Standing {
        match (self.done, self.due) {
            (Some(_), _) => Standing::Done,
            (None, Some(due)) if due < today => Standing::Overdue,
            (None, Some(_)) => Standing::Due,
            (None, None) => Standing::Undated,
        }
    }
}

/// An escalation, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Escalation {
    pub(crate) number: i64,
    pub(crate) why: String,
    pub(crate) about: About,
    /// The number of the board.
    pub(crate) to: i64,
    pub(crate) raised: Option<Date>,
    pub(crate) decided: Option<Date>,
    pub(crate) outcome: String,
}

impl Escalation {
    /// Reads it; nothing when it does not say what it is about or for whom.
    pub(crate) fn read(entry: &Entry) -> Option<Self> {
        Some(Self {
            number: entry.number,
            why: entry.get("why").to_owned(),
            about: About::of(&entry.values)?,
            to: number(&entry.values, "to")?,
            raised: day(&entry.values, "raised"),
            decided: day(&entry.values, "decided"),
            outcome: entry.get("outcome").to_owned(),
        })
    }

    /// Every escalation of a programme: those that wait for a decision first, then by the day they were raised.
    pub(crate) fn all(around: &Around) -> Vec<Self> {
        let mut all: Vec<Self> = around
            .of_kind(ESCALATION.name)
            .filter_map(Self::read)
            .collect();
        all.sort_by_key(|one| (one.decided.is_some(), one.raised, one.number));
        all
    }
}

fn check_escalation(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = about_one(values);
    errors.extend(before_programme(values, around, &["raised", "decided"]));
    let (raised, decided) = (day(values, "raised"), day(values, "decided"));
    if raised
        .zip(decided)
        .is_some_and(|(raised, decided)| decided < raised)
    {
        errors.push(wrong("decided", "It would be decided before it was raised"));
    }
    if decided.is_none() && !values.get("outcome").is_empty() {
        errors.push(wrong("decided", "Say on which day this was decided"));
    }
    errors
}

fn about_one(values: &Values) -> Vec<FieldError> {
    if About::of(values).is_some() {
        return Vec::new();
    }
    vec![wrong(
        "risk",
        "Choose a risk or an issue that this is about, not both",
    )]
}

#[cfg(test)]
mod tests;
