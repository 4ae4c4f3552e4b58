//! The few things by which people tell one person from another.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::Permit;
use stour_database::{Result, Row, Transaction, sql};
use stour_kernel::{Code, Date, NhsNumber, OdsCode, PersonId};

use super::read::{AT_ONCE, ids};
use super::{Address, PersonName, age};

/// The few things by which people tell one person from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSummary {
    /// The person.
    pub id: PersonId,
    /// The name that the record shows.
    pub name: PersonName,
    /// The date of birth.
    pub born: Option<Date>,
    /// The date of death.
    pub died: Option<Date>,
    /// A code of the list `administrative-sex`.
    pub sex: Option<Code>,
    /// The NHS number, when it may be relied on.
    pub nhs_number: Option<NhsNumber>,
    /// The address that the record shows.
    pub address: Option<Address>,
    /// The general practice.
    pub practice: Option<OdsCode>,
}

impl PersonSummary {
    /// Completed years of age on a day, or at death.
    pub fn age(&self, on: Date) -> Option<i16> {
        age(self.born?, self.died.map_or(on, |died| died.min(on)))
    }
}

/// What tells the permitted person from others.
///
/// # Errors
/// [`NotFound`](stour_database::Error::NotFound) when the person is not stored.
pub fn summary(tx: &mut Transaction<'_>, permit: &Permit<PersonId>) -> Result<PersonSummary> {
    let person = *permit.on();
    read(tx, [person])?
        .remove(&person)
        .ok_or(stour_database::Error::NotFound)
}

/// What tells each permitted person from others, by the identifier that the permit names. Of somebody
/// who was merged it is what tells the survivor.
pub fn summaries(
    tx: &mut Transaction<'_>,
    permit: &Permit<BTreeSet<PersonId>>,
) -> Result<BTreeMap<PersonId, PersonSummary>> {
    read(tx, permit.on().iter().copied())
}

/// The name of each permitted person, as the record shows it, as in [`summaries`].
pub fn names(
    tx: &mut Transaction<'_>,
    permit: &Permit<BTreeSet<PersonId>>,
) -> Result<BTreeMap<PersonId, PersonName>> {
    let summaries = summaries(tx, permit)?;
    Ok(summaries
        .into_iter()
        .map(|(person, summary)| (person, summary.name))
        .collect())
}

fn read(
    tx: &mut Transaction<'_>,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, PersonSummary>> {
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut found = BTreeMap::new();
    for some in people.chunks(AT_ONCE) {
        tx.each(
            sql!(
                "SELECT p.id, p.born, p.died, p.sex, p.practice, n.family, n.given, n.prefix, i.value,
                        a.lines, a.postcode, a.lsoa, asked.id
                 FROM person asked
                 JOIN person p ON p.id = COALESCE(asked.survivor, asked.id)
                 JOIN person_name n ON n.person = p.id AND n.shown = TRUE
                 LEFT JOIN person_address a ON a.person = p.id AND a.shown = TRUE
                 LEFT JOIN person_identifier i
                    ON i.person = p.id AND i.system = 'nhs-number' AND i.status = 'traced'
                 WHERE asked.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
            ),
            &ids(some),
            |row| {
                found.insert(row.get(12)?, summary_of(row)?);
                Ok(())
            },
        )?;
    }
    Ok(found)
}

fn summary_of(row: &Row<'_>) -> Result<PersonSummary> {
    Ok(PersonSummary {
        id: row.get(0)?,
        born: row.get(1)?,
        died: row.get(2)?,
        sex: row.get(3)?,
        practice: row.get(4)?,
        name: stored_name(row, 5)?,
        nhs_number: row.get(8)?,
        address: stored_address(row, 9)?,
    })
}

/// A name in the columns family, given and prefix from `first` on.
pub(crate) fn stored_name(row: &Row<'_>, first: usize) -> Result<PersonName> {
    let given = row.get::<String>(first + 1)?;
    Ok(PersonName {
        family: row.get(first)?,
        given: serde_json::from_str(&given).unwrap_or_default(),
        prefix: row.get(first + 2)?,
    })
}

/// An address in the columns lines, postcode and lsoa from `first` on.
pub(crate) fn stored_address(row: &Row<'_>, first: usize) -> Result<Option<Address>> {
    let Some(lines) = row.get::<Option<String>>(first)? else {
        return Ok(None);
    };
    Ok(Some(Address {
        lines: serde_json::from_str(&lines).unwrap_or_default(),
        postcode: row.get(first + 1)?,
        lsoa: row.get(first + 2)?,
    }))
}
