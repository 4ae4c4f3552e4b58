//! Wards.

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Code, Date, OdsCode, Period};

use crate::period::stored_period;
use crate::{Files, Reference, ReferenceError, Status, table};

/// A ward of a hospital site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ward {
    /// The code that hospital messages carry (HL7 PV1-3); unique in an organisation on any day.
    pub code: Code,
    /// The site it is at.
    pub site: Code,
    /// The site's name.
    pub site_name: String,
    /// Its name.
    pub name: String,
    /// Its treatment specialty, a code of the list `treatment-specialty`.
    pub specialty: Code,
    /// When it exists.
    pub valid: Period,
    /// How far this row can be trusted.
    pub status: Status,
}

impl Reference {
    /// The wards that an organisation runs on a day, in the order of the file.
    pub fn wards_of(&self, organisation: &OdsCode, on: Date) -> impl Iterator<Item = &Ward> {
        let organisation = *organisation;
        self.wards.iter().filter(move |ward| {
            ward.valid.contains(on)
                && self
                    .operator_of(&ward.site, on)
                    .is_some_and(|code| *code == organisation)
        })
    }

    /// The ward of that code in an organisation on a day.
    pub fn ward(&self, organisation: &OdsCode, code: &str, on: Date) -> Option<&Ward> {
        self.wards_of(organisation, on)
            .find(|ward| ward.code.as_str() == code)
    }
}

/// The wards that an organisation runs on a day, by site and name.
pub fn wards_of(tx: &mut Transaction<'_>, organisation: &OdsCode, on: Date) -> Result<Vec<Ward>> {
    tx.rows(
        sql!(
            "SELECT w.code, w.site, s.name, w.name, w.specialty, w.starts, w.ends, w.status
             FROM ward w
             JOIN site s ON s.code = w.site
             JOIN site_operator o ON o.site = w.site
             WHERE o.organisation = $1
               AND o.starts <= $2 AND (o.ends IS NULL OR o.ends > $2)
               AND w.starts <= $2 AND (w.ends IS NULL OR w.ends > $2)
             ORDER BY s.name, w.name, w.code"
        ),
        params![organisation, on],
        stored,
    )
}

/// The ward of that code in an organisation on a day; `None` for a code that nobody knows, which a
/// hospital message may well carry.
pub fn ward(
    tx: &mut Transaction<'_>,
    organisation: &OdsCode,
    code: &str,
    on: Date,
) -> Result<Option<Ward>> {
    tx.optional(
        sql!(
            "SELECT w.code, w.site, s.name, w.name, w.specialty, w.starts, w.ends, w.status
             FROM ward w
             JOIN site s ON s.code = w.site
             JOIN site_operator o ON o.site = w.site
             WHERE o.organisation = $1 AND w.code = $3
               AND o.starts <= $2 AND (o.ends IS NULL OR o.ends > $2)
               AND w.starts <= $2 AND (w.ends IS NULL OR w.ends > $2)"
        ),
        params![organisation, on, code],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<Ward> {
    Ok(Ward {
        code: row.get(0)?,
        site: row.get(1)?,
        site_name: row.get(2)?,
        name: row.get(3)?,
        specialty: row.get(4)?,
        valid: stored_period(row, 5)?,
        status: row.get(7)?,
    })
}

pub(crate) fn read(files: &Files, sites: &[crate::Site]) -> Result<Vec<Ward>, ReferenceError> {
    table::rows(files, "wards.csv", |row| {
        let (code, site): (Code, Code) = (row.parse("code")?, row.parse("site")?);
        let known = sites.iter().find(|known| known.code == site);
        let site_name =
            known
                .map(|known| known.name.clone())
                .ok_or_else(|| ReferenceError::Unknown {
                    what: "ward",
                    from: code.to_string(),
                    target: "site",
                    to: site.to_string(),
                })?;
        Ok(Ward {
            code,
            site,
            site_name,
            name: row.words("name")?,
            specialty: row.parse("specialty")?,
            valid: row.period()?,
            status: row.parse("status")?,
        })
    })
}
