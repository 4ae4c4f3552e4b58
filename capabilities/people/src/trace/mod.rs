//! Tracing an NHS number: asking a register whose number it is, or which number somebody has.
//!
//! [`Register`] is the question; [`Pds`] asks the Personal Demographics Service by its FHIR R4 API, and
//! [`fake`] is a service that answers as that API documents, for tests and for trying things out. What
//! came back is kept ([`store`]) until somebody who may change the record has compared it with the
//! record and said that it is the same person.
//!
//! **Rules.** A number proves nothing by itself: what the register holds under it counts only when the
//! date of birth and a part of the name agree (the cross-check of the national tracing algorithm, in
//! NHS England's `Person_ID` handbook). Under a number that turns out to be somebody else's nothing of
//! that person is shown. Of somebody whose record is restricted, there or here, no place is asked with,
//! shown or kept. Source of every documented answer: the specification of the PDS FHIR API
//! (NHSDigital/personal-demographics-service-api).

pub mod fake;
mod page;
mod patient;
mod pds;
mod store;

pub(crate) use page::is_offered;
pub(crate) use store::SOURCE;

use pds::Pds;

use serde::{Deserialize, Serialize};
use stour_kernel::{Code, Date, NhsNumber, OdsCode, Postcode};
use stour_web::Route;
use thiserror::Error;

use crate::capability::CHANGE;
use crate::person::PersonName;
use crate::search::word;

/// What a register is asked about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) number: Option<NhsNumber>,
    pub(crate) name: PersonName,
    pub(crate) born: Date,
    /// A code of the list `administrative-sex`.
    pub(crate) sex: Option<Code>,
    pub(crate) postcode: Option<Postcode>,
}

/// What a register holds of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    pub(crate) number: NhsNumber,
    pub(crate) name: Option<PersonName>,
    pub(crate) born: Option<Date>,
    pub(crate) died: Option<Date>,
    pub(crate) sex: Option<Code>,
    pub(crate) lines: Vec<String>,
    pub(crate) postcode: Option<Postcode>,
    pub(crate) telephone: Option<String>,
    pub(crate) practice: Option<OdsCode>,
    /// Where the person lives must not become known.
    pub(crate) restricted: bool,
}

/// What a register says of one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OfNumber {
    /// Whose it is. The number there differs from the one asked when that has been superseded.
    Held(Box<Held>),
    /// It was never issued.
    Unknown,
    /// It was withdrawn, and no other took its place.
    Invalidated,
}

/// Whom a register finds by name and date of birth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Found {
    /// One person.
    One(Box<Held>),
    /// Nobody.
    Nobody,
    /// More than one.
    Several,
}

/// What became of the number that the record had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fate {
    /// Another took its place.
    Superseded,
    /// It was withdrawn.
    Invalidated,
    /// It was never issued.
    Unknown,
    /// It is somebody else's.
    Another,
}

/// What came of tracing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) found: Found,
    /// The record's number, where it is not the one found.
    pub(crate) before: Option<(NhsNumber, Fate)>,
}

/// Why a register did not answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum TraceError {
    #[error("The tracing service has had too many questions. Wait a minute, then ask again.")]
    Busy,
    #[error("The tracing service does not answer. Ask again later.")]
    Away(String),
    #[error(
        "The tracing service does not let this system ask. Tell whoever runs it: its access token may have ended."
    )]
    Denied(String),
    #[error("The tracing service did not accept the question ({code}).")]
    Refused { code: String, why: String },
    #[error("The answer of the tracing service could not be understood.")]
    Unreadable(String),
}

/// A register of who has which NHS number.
pub(crate) trait Register {
    /// Whose number it is.
    fn by_number(&self, number: NhsNumber) -> Result<OfNumber, TraceError>;

    /// Who has this name and date of birth, looking first for what is exactly so and then more widely.
    fn by_details(&self, asked: &Asked) -> Result<Found, TraceError>;
}

/// Traces somebody: by the number that the record has, if it has one and it is theirs; else by name
/// and date of birth.
pub(crate) fn trace(register: &dyn Register, asked: &Asked) -> Result<Outcome, TraceError> {
    let mut before = None;
    if let Some(number) = asked.number {
        let fate = match register.by_number(number)? {
            OfNumber::Held(held) if is_same(asked, &held) => {
                let before = (held.number != number).then_some((number, Fate::Superseded));
                let found = Found::One(held);
                return Ok(Outcome { found, before });
            }
            OfNumber::Held(_) => Fate::Another,
            OfNumber::Unknown => Fate::Unknown,
            OfNumber::Invalidated => Fate::Invalidated,
        };
        before = Some((number, fate));
    }
    let found = match register.by_details(asked)? {
        Found::One(held) if !is_same(asked, &held) => Found::Nobody,
        found => found,
    };
    Ok(Outcome { found, before })
}

/// Whether the date of birth and a part of the name agree. Where a name is missing on either side, or
/// shares no part (names change), the register's own search may still find the person by more.
fn is_same(asked: &Asked, held: &Held) -> bool {
    let words = |name: &PersonName| {
        let all = [&name.family].into_iter().chain(&name.given);
        all.flat_map(|part| word::name_words(part.as_str()))
            .collect::<Vec<_>>()
    };
    let Some(name) = &held.name else {
        return false;
    };
    let known = words(name);
    held.born == Some(asked.born) && words(&asked.name).iter().any(|word| known.contains(word))
}

/// What tracing answers.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/people/{id}/trace", "person.read", page::page),
        Route::post("/people/{id}/trace", CHANGE, page::ask),
        Route::post("/people/{id}/trace/decision", CHANGE, page::decide),
    ]
}

#[cfg(test)]
mod tests;
