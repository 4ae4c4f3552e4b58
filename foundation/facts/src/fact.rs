//! One thing that happened.

use serde_json::Value;
use stour_kernel::{
    Code, Date, FactId, GssCode, LocalityCode, OdsCode, Pence, PersonId, ThreadId, Timestamp,
};

use crate::kind::FactKind;

/// Where a fact comes from: with the version, what makes an import idempotent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The system that said so, for example `stour` or `hl7v2:RBD`.
    pub system: String,
    /// That system's own name for the thing; unique within it.
    pub reference: String,
}

/// What somebody says happened, on its way into the log.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFact {
    /// The thing that it is about, when an earlier fact began it; a new thread otherwise.
    pub thread: Option<ThreadId>,
    /// What kind of thing happened.
    pub kind: FactKind,
    /// To whom; nobody for a fact about a place or a sum of money.
    pub person: Option<PersonId>,
    /// Which organisation did it.
    pub organisation: OdsCode,
    /// Which organisation pays for it, when it is not the one that did it.
    pub commissioner: Option<OdsCode>,
    /// The person's locality at the time.
    pub locality: Option<LocalityCode>,
    /// The person's council at the time.
    pub council: Option<GssCode>,
    /// The first day.
    pub started: Date,
    /// The last day; `None` while it goes on.
    pub ended: Option<Date>,
    /// How it ended, by the code list of its kind.
    pub outcome: Option<Code>,
    /// What it cost, in pence.
    pub cost: Option<Pence>,
    /// Where the fact comes from.
    pub source: Source,
    /// What else is known, by kind.
    pub detail: Value,
    /// Who recorded it: a user's name or a system.
    pub recorded_by: String,
}

/// A fact as the log holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// This version's own name.
    pub id: FactId,
    /// The thing that all versions are about.
    pub thread: ThreadId,
    /// From 1; the highest is what is now believed.
    pub version: i64,
    /// What was said.
    pub what: NewFact,
    /// When we learnt it.
    pub recorded_at: Timestamp,
}
