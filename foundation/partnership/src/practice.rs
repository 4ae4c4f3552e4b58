//! General practices.

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Code, Date, GssCode, LocalityCode, OdsCode, Period, Postcode};

use crate::organisation::GP_PRACTICE;
use crate::period::stored_period;
use crate::{Files, Organisation, Reference, ReferenceError, Status, table};

/// A general practice. It is an [`Organisation`] too, of the kind `gp-practice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// Its code in the NHS Organisation Data Service.
    pub code: OdsCode,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub postcode: Postcode,
    /// When it is open.
    pub valid: Period,
    /// The council of its postcode since April 2019.
    pub council: GssCode,
    /// The council of its postcode before.
    pub council_2013: GssCode,
    /// The locality it is taken to belong to.
    pub locality: LocalityCode,
    /// How far that can be trusted: the true assignment is not known, so a page says so.
    pub locality_status: Status,
}

impl Practice {
    pub(crate) fn organisation(&self) -> Result<Organisation, ReferenceError> {
        let code = |text: &str| -> Result<Code, ReferenceError> {
            text.parse().map_err(
                |error: stour_kernel::CodeError| ReferenceError::Unreadable {
                    file: "practices.csv".to_owned(),
                    reason: error.to_string(),
                },
            )
        };
        Ok(Organisation {
            code: self.code,
            scheme: code("ods")?,
            name: self.name.clone(),
            kind: code(GP_PRACTICE)?,
            valid: self.valid,
            status: Status::Sourced,
            source: "NHS ODS".to_owned(),
        })
    }
}

impl Reference {
    /// A practice of any time.
    pub fn practice(&self, code: &OdsCode) -> Option<&Practice> {
        self.practices
            .iter()
            .find(|practice| practice.code == *code)
    }

    /// The council whose area a practice is in on a day.
    pub fn council_of_practice(&self, code: &OdsCode, on: Date) -> Option<&GssCode> {
        let practice = self.practice(code)?;
        [&practice.council, &practice.council_2013]
            .into_iter()
            .find(|council| {
                self.area(council)
                    .is_some_and(|area| area.valid.contains(on))
            })
    }
}

/// The practices open on a day, by name.
pub fn practices_at(tx: &mut Transaction<'_>, on: Date) -> Result<Vec<Practice>> {
    tx.rows(
        sql!(
            "SELECT o.code, o.name, p.postcode, o.starts, o.ends, p.council, p.council_2013, p.locality, p.locality_status
             FROM practice p JOIN organisation o ON o.code = p.organisation
             WHERE o.starts <= $1 AND (o.ends IS NULL OR o.ends > $1)
             ORDER BY o.name, o.code"
        ),
        params![on],
        stored,
    )
}

/// A practice of any time.
pub fn practice(tx: &mut Transaction<'_>, code: &OdsCode) -> Result<Option<Practice>> {
    tx.optional(
        sql!(
            "SELECT o.code, o.name, p.postcode, o.starts, o.ends, p.council, p.council_2013, p.locality, p.locality_status
             FROM practice p JOIN organisation o ON o.code = p.organisation
             WHERE o.code = $1"
        ),
        params![code],
        stored,
    )
}

/// The council whose area a practice is in on a day.
pub fn council_of_practice(
    tx: &mut Transaction<'_>,
    code: &OdsCode,
    on: Date,
) -> Result<Option<GssCode>> {
    tx.optional(
        sql!(
            "SELECT a.code FROM practice p JOIN area a ON a.code IN (p.council, p.council_2013)
             WHERE p.organisation = $1 AND a.starts <= $2 AND (a.ends IS NULL OR a.ends > $2)"
        ),
        params![code, on],
        |row| row.get(0),
    )
}

fn stored(row: &Row<'_>) -> Result<Practice> {
    Ok(Practice {
        code: row.get(0)?,
        name: row.get(1)?,
        postcode: row.get(2)?,
        valid: stored_period(row, 3)?,
        council: row.get(5)?,
        council_2013: row.get(6)?,
        locality: row.get(7)?,
        locality_status: row.get(8)?,
    })
}

pub(crate) fn read(files: &Files) -> Result<Vec<Practice>, ReferenceError> {
    table::rows(files, "practices.csv", |row| {
        Ok(Practice {
            code: row.parse("code")?,
            name: row.words("name")?,
            postcode: row.parse("postcode")?,
            valid: row.period()?,
            council: row.parse("council_gss")?,
            council_2013: row.parse("council_2013_gss")?,
            locality: row.parse("locality_unverified")?,
            locality_status: Status::Unverified,
        })
    })
}
