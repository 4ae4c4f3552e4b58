//! Everything that is kept of who a person is.

use std::collections::BTreeSet;

use stour_access::Permit;
use stour_database::{Error, Result, Transaction, Version, params, sql};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};

use super::summary::{stored_address, stored_name};
use super::{
    Address, FlagReason, IdentifierStatus, NameUse, PersonName, PersonSummary, Place,
    facts_for_access, summary,
};
use crate::merge::group;

/// What holds for some days by the word of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept<T> {
    pub(crate) what: T,
    pub(crate) shown: bool,
    pub(crate) starts: Option<Date>,
    pub(crate) ends: Option<Date>,
    pub(crate) source: OdsCode,
    pub(crate) recorded_at: Timestamp,
}

/// A number by which an organisation knows the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) system: String,
    pub(crate) value: String,
    pub(crate) status: IdentifierStatus,
}

/// Why a reviewer should look at the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RaisedFlag {
    pub(crate) why: FlagReason,
    pub(crate) other: Option<PersonId>,
    pub(crate) source: OdsCode,
    pub(crate) at: Timestamp,
}

/// Everything that is kept of who a person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) summary: PersonSummary,
    pub(crate) version: Version,
    pub(crate) place: Place,
    pub(crate) restricted: bool,
    pub(crate) objection: bool,
    pub(crate) telephone: Option<String>,
    pub(crate) names: Vec<Kept<(NameUse, PersonName)>>,
    pub(crate) addresses: Vec<Kept<Address>>,
    pub(crate) identifiers: Vec<Kept<Identifier>>,
    pub(crate) flags: Vec<RaisedFlag>,
    /// The person, and those merged into the person.
    pub(crate) members: Vec<PersonId>,
    /// The organisations that look after the person.
    pub(crate) known_to: BTreeSet<OdsCode>,
}

/// The record of the permitted person.
pub(crate) fn record(tx: &mut Transaction<'_>, permit: &Permit<PersonId>) -> Result<Record> {
    let summary = summary(tx, permit)?;
    let person = summary.id;
    let members = group(tx, person)?;
    let facts = facts_for_access(tx, person)?.ok_or(Error::NotFound)?;
    let (version, place) = tx.one(
        sql!("SELECT version, council, locality, lsoa FROM person WHERE id = $1"),
        params![person],
        |row| {
            let place = Place {
                council: row.get(1)?,
                locality: row.get(2)?,
                lsoa: row.get(3)?,
            };
            Ok((row.get(0)?, place))
        },
    )?;
    let mut flags = Vec::new();
    for member in &members {
        flags.extend(self::flags(tx, *member)?);
    }
    Ok(Record {
        summary,
        version,
        place,
        restricted: facts.restricted,
        objection: facts.objection,
        telephone: telephone(tx, person)?,
        names: kept_names(tx, person)?,
        addresses: kept_addresses(tx, person)?,
        identifiers: kept_identifiers(tx, person)?,
        flags,
        members,
        known_to: facts.known_to,
    })
}

fn telephone(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<String>> {
    tx.optional(
        sql!(
            "SELECT value FROM person_contact
             WHERE person = $1 AND kind = 'telephone' AND ends IS NULL ORDER BY number DESC LIMIT 1"
        ),
        params![person],
        |row| row.get(0),
    )
}

fn kept_names(
    tx: &mut Transaction<'_>,
    person: PersonId,
) -> Result<Vec<Kept<(NameUse, PersonName)>>> {
    tx.rows(
        sql!(
            "SELECT family, given, prefix, use_code, shown, starts, ends, source, recorded_at
             FROM person_name WHERE person = $1 ORDER BY shown DESC, number DESC"
        ),
        params![person],
        |row| {
            Ok(Kept {
                what: (row.get(3)?, stored_name(row, 0)?),
                shown: row.get(4)?,
                starts: row.get(5)?,
                ends: row.get(6)?,
                source: row.get(7)?,
                recorded_at: row.get(8)?,
            })
        },
    )
}

fn kept_addresses(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Kept<Address>>> {
    tx.rows(
        sql!(
            "SELECT lines, postcode, lsoa, shown, starts, ends, source, recorded_at
             FROM person_address WHERE person = $1 ORDER BY shown DESC, number DESC"
        ),
        params![person],
        |row| {
            Ok(Kept {
                what: stored_address(row, 0)?.unwrap_or_default(),
                shown: row.get(3)?,
                starts: row.get(4)?,
                ends: row.get(5)?,
                source: row.get(6)?,
                recorded_at: row.get(7)?,
            })
        },
    )
}

fn kept_identifiers(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Kept<Identifier>>> {
    tx.rows(
        sql!(
            "SELECT system, value, status, source, recorded_at FROM person_identifier
             WHERE person = $1 ORDER BY system, status, value"
        ),
        params![person],
        |row| {
            let what = Identifier {
                system: row.get(0)?,
                value: row.get(1)?,
                status: row.get(2)?,
            };
            Ok(Kept {
                what,
                shown: true,
                starts: None,
                ends: None,
                source: row.get(3)?,
                recorded_at: row.get(4)?,
            })
        },
    )
}

fn flags(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<RaisedFlag>> {
    tx.rows(
        sql!("SELECT why, other, source, at FROM matching_flag WHERE person = $1 ORDER BY number"),
        params![person],
        |row| {
            Ok(RaisedFlag {
                why: row.get(0)?,
                other: row.get(1)?,
                source: row.get(2)?,
                at: row.get(3)?,
            })
        },
    )
}
