//! Whose word on who somebody is comes first, where organisations disagree.

use stour_kernel::{Code, Date, OdsCode, Period};

use crate::{Files, Reference, ReferenceError, Status, table};

/// The place of one kind of organisation in the order of trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The kind, as [`Organisation::kind`](crate::Organisation::kind).
    pub kind: Code,
    /// Its place: 1 is believed first. Kinds may share a place.
    pub place: u8,
    /// The kind as a sentence names it, with its article: `a GP practice`.
    pub words: String,
    /// When the order holds.
    pub valid: Period,
    /// How far it can be trusted.
    pub status: Status,
    /// Whose order it is, and why.
    pub source: String,
}

impl Reference {
    /// The place of an organisation in the order of trust on a day. `None` for organisations that
    /// the data does not have, and for kinds that it does not order: they are believed last.
    pub fn trust_in(&self, organisation: &OdsCode, on: Date) -> Option<&Trust> {
        let kind = &self.organisation(organisation)?.kind;
        self.trusts
            .iter()
            .find(|trust| trust.kind == *kind && trust.valid.contains(on))
    }
}

pub(crate) fn read(files: &Files) -> Result<Vec<Trust>, ReferenceError> {
    table::rows(files, "source_trust.csv", |row| {
        Ok(Trust {
            kind: row.parse("organisation_kind")?,
            place: row.parse("place")?,
            words: row.words("words")?,
            valid: row.period()?,
            status: row.parse("status")?,
            source: row.words("source")?,
        })
    })
}
