//! Everybody on record, as counts of who is registered where want them: no names, and nothing that a page shows of one person.

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Date, OdsCode, PersonId, Postcode};

use super::Address;
use super::summary::stored_address;
use crate::household::normal;

/// Somebody on record, under one of their identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The identifier.
    pub id: PersonId,
    /// Who stands now: the same, unless the record was joined with another.
    pub person: PersonId,
    /// The general practice.
    pub practice: Option<OdsCode>,
    /// The date of birth.
    pub born: Option<Date>,
    /// The date of death.
    pub died: Option<Date>,
}

/// Hands on everybody on record, each under every identifier.
///
/// # Errors
/// Those of the database.
pub fn each_listed(tx: &mut Transaction<'_>, mut visit: impl FnMut(Listed)) -> Result<()> {
    // Almost everybody is: the index of survivors, which SQLite would take for a bare IS NULL, leads to each of them singly.
    tx.each(
        sql!(
            "SELECT id, id, practice, born, died FROM person WHERE COALESCE(survivor, '') = ''
             UNION ALL
             SELECT p.id, s.id, s.practice, s.born, s.died FROM person p JOIN person s ON s.id = p.survivor"
        ),
        params![],
        |row| {
            visit(Listed {
                id: row.get(0)?,
                person: row.get(1)?,
                practice: row.get(2)?,
                born: row.get(3)?,
                died: row.get(4)?,
            });
            Ok(())
        },
    )
}

/// Where somebody lives, by the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lives {
    /// Who stands now.
    pub person: PersonId,
    /// The date of birth.
    pub born: Option<Date>,
    /// The date of death.
    pub died: Option<Date>,
    /// The address.
    pub address: Address,
}

impl Lives {
    /// The address as addresses are compared: the words of its lines, without case, punctuation and diacritics, and the
    /// postcode. None where it is too little to say where that is.
    pub fn key(&self) -> Option<(String, Postcode)> {
        let postcode = self
            .address
            .postcode
            .filter(|postcode| !postcode.is_pseudo())?;
        let words = normal(&self.address.lines);
        (!words.is_empty()).then_some((words, postcode))
    }
}

/// The address that the record shows of a person; none where it shows none.
///
/// # Errors
/// Those of the database.
pub fn lives(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<Lives>> {
    let found = tx.optional(
        sql!(
            "SELECT p.id, p.born, p.died, a.lines, a.postcode, a.lsoa FROM person_address a
             JOIN person p ON p.id = a.person
             WHERE a.person = $1 AND a.shown = TRUE AND p.survivor IS NULL"
        ),
        params![person],
        stored,
    )?;
    Ok(found.flatten())
}

/// Everybody whose record shows an address with this postcode.
///
/// # Errors
/// Those of the database.
pub fn living_at(tx: &mut Transaction<'_>, postcode: Postcode) -> Result<Vec<Lives>> {
    let found = tx.rows(
        sql!(
            "SELECT p.id, p.born, p.died, a.lines, a.postcode, a.lsoa FROM person_address a
             JOIN person p ON p.id = a.person
             WHERE a.postcode = $1 AND a.shown = TRUE AND p.survivor IS NULL ORDER BY p.id"
        ),
        params![postcode],
        stored,
    )?;
    Ok(found.into_iter().flatten().collect())
}

fn stored(row: &stour_database::Row<'_>) -> Result<Option<Lives>> {
    let (person, born, died) = (row.get(0)?, row.get(1)?, row.get(2)?);
    Ok(stored_address(row, 3)?.map(|address| Lives {
        person,
        born,
        died,
        address,
    }))
}
