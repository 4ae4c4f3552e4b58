//! Organisations: who they are, when they exist, who takes over from whom.

use std::collections::BTreeSet;

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Code, Date, OdsCode, Period};

use crate::period::stored_period;
use crate::{Files, Reference, ReferenceError, Status, reference, table};

/// The kind of an organisation that is a general practice.
pub(crate) const GP_PRACTICE: &str = "gp-practice";

/// An organisation, old or new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its code: of the NHS Organisation Data Service, or for a council its area's GSS code, as
    /// [`scheme`](Self::scheme) says.
    pub code: OdsCode,
    /// Where the code comes from: `ods` or `gss`.
    pub scheme: Code,
    /// Its name.
    pub name: String,
    /// What it is: `acute-trust`, `unitary-council`, `icb`, `gp-practice`…
    pub kind: Code,
    /// When it exists, as far back as the data goes.
    pub valid: Period,
    /// How far this row can be trusted.
    pub status: Status,
    /// Who publishes it.
    pub source: String,
}

/// One organisation taking over from another, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The organisation that ends.
    pub from: OdsCode,
    /// The one that takes over.
    pub to: OdsCode,
    /// The first day of the new one.
    pub on: Date,
}

/// Another code of an organisation, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The organisation.
    pub organisation: OdsCode,
    /// Whose code it is: `gss`, or `cassr` for councils with social services responsibilities.
    pub scheme: Code,
    /// The code.
    pub value: Code,
    /// When it is used.
    pub valid: Period,
    /// Who publishes it.
    pub source: String,
}

impl Reference {
    /// An organisation of any time, practices too.
    pub fn organisation(&self, code: &OdsCode) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|organisation| organisation.code == *code)
    }

    /// The trusts, councils and commissioners of a day: every organisation but the practices.
    pub fn organisations_at(&self, on: Date) -> impl Iterator<Item = &Organisation> {
        self.organisations.iter().filter(move |organisation| {
            organisation.valid.contains(on) && organisation.kind.as_str() != GP_PRACTICE
        })
    }

    /// Who does on that day what the organisation did: itself while it exists, else its successors
    /// and theirs. Several where it was divided; none before it began or where nobody took over.
    pub fn present_of(&self, code: &OdsCode, on: Date) -> BTreeSet<OdsCode> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![*code];
        let mut present = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if !seen.insert(next) {
                continue;
            }
            if self
                .organisation(&next)
                .is_some_and(|known| known.valid.contains(on))
            {
                present.insert(next);
            } else {
                let heirs = self
                    .successions
                    .iter()
                    .filter(|one| one.from == next && one.on <= on);
                waiting.extend(heirs.map(|one| one.to));
            }
        }
        present
    }

    /// The organisation that another body knew by that code on that day.
    pub fn identified(&self, scheme: &str, value: &str, on: Date) -> Option<&Organisation> {
        let known = self.identifiers.iter().find(|identifier| {
            identifier.scheme.as_str() == scheme
                && identifier.value.as_str() == value
                && identifier.valid.contains(on)
        })?;
        self.organisation(&known.organisation)
    }
}

/// The name of an organisation of any time, practices too; its code when the reference data does not
/// have it.
pub fn organisation_name(code: &OdsCode) -> String {
    let known = reference().ok().and_then(|all| all.organisation(code));
    known.map_or_else(|| code.to_string(), |known| known.name.clone())
}

/// The trusts, councils and commissioners of a day, by name: every organisation but the practices.
pub fn organisations_at(tx: &mut Transaction<'_>, on: Date) -> Result<Vec<Organisation>> {
    tx.rows(
        sql!(
            "SELECT code, scheme, name, kind, starts, ends, status, source FROM organisation
             WHERE starts <= $1 AND (ends IS NULL OR ends > $1) AND kind <> 'gp-practice'
             ORDER BY name"
        ),
        params![on],
        stored,
    )
}

/// An organisation of any time, practices too.
pub fn organisation(tx: &mut Transaction<'_>, code: &OdsCode) -> Result<Option<Organisation>> {
    tx.optional(
        sql!(
            "SELECT code, scheme, name, kind, starts, ends, status, source FROM organisation
             WHERE code = $1"
        ),
        params![code],
        stored,
    )
}

/// The organisation that another body knew by that code on that day; `scheme` is `gss` or `cassr`.
pub fn organisation_identified(
    tx: &mut Transaction<'_>,
    scheme: &str,
    value: &str,
    on: Date,
) -> Result<Option<Organisation>> {
    tx.optional(
        sql!(
            "SELECT o.code, o.scheme, o.name, o.kind, o.starts, o.ends, o.status, o.source
             FROM organisation_identifier i JOIN organisation o ON o.code = i.organisation
             WHERE i.scheme = $1 AND i.identifier = $2
               AND i.starts <= $3 AND (i.ends IS NULL OR i.ends > $3)"
        ),
        params![scheme, value, on],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<Organisation> {
    Ok(Organisation {
        code: row.get(0)?,
        scheme: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        valid: stored_period(row, 4)?,
        status: row.get(6)?,
        source: row.get(7)?,
    })
}

pub(crate) fn read(files: &Files) -> Result<Vec<Organisation>, ReferenceError> {
    table::rows(files, "organisations.csv", |row| {
        Ok(Organisation {
            code: row.parse("code")?,
            scheme: row.parse("code_scheme")?,
            name: row.words("name")?,
            kind: row.parse("kind")?,
            valid: row.period()?,
            status: row.parse("status")?,
            source: row.words("source")?,
        })
    })
}

pub(crate) fn read_successions(files: &Files) -> Result<Vec<Succession>, ReferenceError> {
    table::rows(files, "succession.csv", |row| {
        Ok(Succession {
            from: row.parse("from")?,
            to: row.parse("to")?,
            on: row.parse("on")?,
        })
    })
}

pub(crate) fn read_identifiers(files: &Files) -> Result<Vec<Identifier>, ReferenceError> {
    table::rows(files, "identifiers.csv", |row| {
        Ok(Identifier {
            organisation: row.parse("organisation")?,
            scheme: row.parse("scheme")?,
            value: row.parse("value")?,
            valid: row.period()?,
            source: row.words("source")?,
        })
    })
}
