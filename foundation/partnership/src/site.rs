//! Hospital sites, and who runs them.

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Code, Date, OdsCode, Period};

use crate::period::stored_period;
use crate::{Files, Reference, ReferenceError, Status, table};

/// A place on the Earth, WGS84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A hospital site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its local code, such as `RBH`.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// `acute` or `community`.
    pub kind: Code,
    /// Where it is, where a source says so.
    pub point: Option<Point>,
    /// When it is a hospital, as far back as the data goes.
    pub valid: Period,
    /// How far this row can be trusted.
    pub status: Status,
    /// Who publishes it.
    pub source: String,
}

/// An organisation running a site for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteOperator {
    /// The site.
    pub site: Code,
    /// Who runs it.
    pub organisation: OdsCode,
    /// When.
    pub valid: Period,
    /// How far this row can be trusted.
    pub status: Status,
}

impl Reference {
    /// A site of any time.
    pub fn site(&self, code: &Code) -> Option<&Site> {
        self.sites.iter().find(|site| site.code == *code)
    }

    /// Who runs a site on a day.
    pub fn operator_of(&self, site: &Code, on: Date) -> Option<&OdsCode> {
        self.site_operators
            .iter()
            .find(|operator| operator.site == *site && operator.valid.contains(on))
            .map(|operator| &operator.organisation)
    }

    /// The sites that an organisation runs on a day.
    pub fn sites_of(&self, organisation: &OdsCode, on: Date) -> impl Iterator<Item = &Site> {
        let organisation = *organisation;
        self.sites.iter().filter(move |site| {
            site.valid.contains(on)
                && self
                    .operator_of(&site.code, on)
                    .is_some_and(|code| *code == organisation)
        })
    }
}

/// The sites that an organisation runs on a day, by name.
pub fn sites_of(tx: &mut Transaction<'_>, organisation: &OdsCode, on: Date) -> Result<Vec<Site>> {
    tx.rows(
        sql!(
            "SELECT s.code, s.name, s.kind, s.latitude, s.longitude, s.starts, s.ends, s.status, s.source
             FROM site s JOIN site_operator o ON o.site = s.code
             WHERE o.organisation = $1
               AND o.starts <= $2 AND (o.ends IS NULL OR o.ends > $2)
               AND s.starts <= $2 AND (s.ends IS NULL OR s.ends > $2)
             ORDER BY s.name"
        ),
        params![organisation, on],
        |row| {
            let (latitude, longitude): (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
            Ok(Site {
                code: row.get(0)?,
                name: row.get(1)?,
                kind: row.get(2)?,
                point: latitude
                    .zip(longitude)
                    .map(|(latitude, longitude)| Point { latitude, longitude }),
                valid: stored_period(row, 5)?,
                status: row.get(7)?,
                source: row.get(8)?,
            })
        },
    )
}

pub(crate) fn read(files: &Files) -> Result<Vec<Site>, ReferenceError> {
    table::rows(files, "sites.csv", |row| {
        let point = match (row.optional("lat")?, row.optional("lon")?) {
            (Some(latitude), Some(longitude)) => Some(Point {
                latitude,
                longitude,
            }),
            (None, None) => None,
            _ => {
                return Err(row.wrong(
                    "lat",
                    row.text("lat")?,
                    "give both lat and lon, or neither",
                ));
            }
        };
        Ok(Site {
            code: row.parse("code")?,
            name: row.words("name")?,
            kind: row.parse("kind")?,
            point,
            valid: row.period()?,
            status: row.parse("status")?,
            source: row.words("source")?,
        })
    })
}

pub(crate) fn read_operators(files: &Files) -> Result<Vec<SiteOperator>, ReferenceError> {
    table::rows(files, "site_operators.csv", |row| {
        Ok(SiteOperator {
            site: row.parse("site")?,
            organisation: row.parse("organisation")?,
            valid: row.period()?,
            status: row.parse("status")?,
        })
    })
}
