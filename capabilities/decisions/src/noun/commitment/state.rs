//! The states of a commitment. Each step uses up the state it leaves, so that none can be taken twice.

use stour_kernel::Date;
use stour_register::Values;

use super::{Evidence, Promise};

/// A commitment in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commitment<State> {
    promise: Promise,
    state: State,
}

/// Nothing has come of it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Open;

/// Somebody has said what came of it, and where that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answered(pub(crate) Answer);

/// The committee has accepted the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub(crate) answer: Answer,
    pub(crate) on: Date,
    /// The item at which it did.
    pub(crate) at: Option<i64>,
}

/// What came of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) on: Date,
    pub(crate) evidence: Evidence,
}

impl<State> Commitment<State> {
    pub(crate) const fn promise(&self) -> &Promise {
        &self.promise
    }

    pub(crate) const fn state(&self) -> &State {
        &self.state
    }

    fn becomes<Next>(self, state: Next) -> Commitment<Next> {
        Commitment {
            promise: self.promise,
            state,
        }
    }
}

impl Commitment<Open> {
    /// A promise of which nothing has come yet.
    pub(crate) const fn open(promise: Promise) -> Self {
        Self {
            promise,
            state: Open,
        }
    }

    /// Says what came of it.
    pub(crate) fn answer(self, answer: Answer) -> Commitment<Answered> {
        self.becomes(Answered(answer))
    }
}

impl Commitment<Answered> {
    /// The committee accepts the answer.
    pub(crate) fn accept(self, on: Date, at: Option<i64>) -> Commitment<Accepted> {
        let answer = self.state.0.clone();
        self.becomes(Accepted { answer, on, at })
    }

    /// The committee does not accept the answer. What was answered stays in the history of the entry.
    pub(crate) fn send_back(self) -> Commitment<Open> {
        self.becomes(Open)
    }
}

impl Commitment<Accepted> {
    /// How it stood before it was accepted.
    pub(crate) fn into_answered(self) -> Commitment<Answered> {
        let answer = self.state.answer.clone();
        self.becomes(Answered(answer))
    }
}

impl Commitment<Open> {
    /// Writes the state into the fields of its entry.
    pub(crate) fn write(&self, values: &mut Values) {
        let Open = self.state;
        values.set("state", "open");
        for field in ["answer", "evidence", "answered", "accepted", "accepted-at"] {
            values.set(field, "");
        }
    }
}

impl Commitment<Answered> {
    /// Writes the state into the fields of its entry.
    pub(crate) fn write(&self, values: &mut Values) {
        values.set("state", "answered");
        write_answer(&self.state.0, values);
        values.set("accepted", "");
        values.set("accepted-at", "");
    }
}

impl Commitment<Accepted> {
    /// Writes the state into the fields of its entry.
    pub(crate) fn write(&self, values: &mut Values) {
        values.set("state", "accepted");
        write_answer(&self.state.answer, values);
        values.set("accepted", &self.state.on.to_string());
        let at = self.state.at.map_or_else(String::new, |at| at.to_string());
        values.set("accepted-at", &at);
    }
}

fn write_answer(answer: &Answer, values: &mut Values) {
    values.set("answer", &answer.text);
    values.set("evidence", &answer.evidence.to_string());
    values.set("answered", &answer.on.to_string());
}
