//! The localities of the partnership: groups of practices, with no boundary of their own.

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Date, GssCode, LocalityCode, Period};

use crate::period::stored_period;
use crate::{Files, Reference, ReferenceError, Status, table};

/// A locality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locality {
    /// Its code.
    pub code: LocalityCode,
    /// Its name.
    pub name: String,
    /// The council of 2013 that it was in.
    pub council_2013: GssCode,
    /// When it is used.
    pub valid: Period,
    /// How far this row can be trusted. The names of 2013 are unverified: a page says so.
    pub status: Status,
    /// Who says so.
    pub source: String,
}

impl Reference {
    /// A locality of any time.
    pub fn locality(&self, code: &LocalityCode) -> Option<&Locality> {
        self.localities
            .iter()
            .find(|locality| locality.code == *code)
    }

    /// The localities of a day, in the order of the file.
    pub fn localities_at(&self, on: Date) -> impl Iterator<Item = &Locality> {
        self.localities
            .iter()
            .filter(move |locality| locality.valid.contains(on))
    }
}

/// The localities of a day, by name.
pub fn localities(tx: &mut Transaction<'_>, on: Date) -> Result<Vec<Locality>> {
    tx.rows(
        sql!(
            "SELECT code, name, council_2013, starts, ends, status, source FROM locality
             WHERE starts <= $1 AND (ends IS NULL OR ends > $1)
             ORDER BY name"
        ),
        params![on],
        stored,
    )
}

/// A locality of any time.
pub fn locality(tx: &mut Transaction<'_>, code: &LocalityCode) -> Result<Option<Locality>> {
    tx.optional(
        sql!(
            "SELECT code, name, council_2013, starts, ends, status, source FROM locality
             WHERE code = $1"
        ),
        params![code],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<Locality> {
    Ok(Locality {
        code: row.get(0)?,
        name: row.get(1)?,
        council_2013: row.get(2)?,
        valid: stored_period(row, 3)?,
        status: row.get(5)?,
        source: row.get(6)?,
    })
}

pub(crate) fn read(files: &Files) -> Result<Vec<Locality>, ReferenceError> {
    table::rows(files, "localities.csv", |row| {
        Ok(Locality {
            code: row.parse("code")?,
            name: row.words("name")?,
            council_2013: row.parse("council_2013_gss")?,
            valid: row.period()?,
            status: row.parse("status")?,
            source: row.words("source")?,
        })
    })
}
