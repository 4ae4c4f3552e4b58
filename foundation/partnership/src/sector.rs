//! Postcode sectors: where a postcode is, as finely as is safe to publish.

use stour_kernel::{GssCode, Postcode};

use crate::{Files, Point, Reference, ReferenceError, table};

/// The part of a postcode sector that lies in one council's area.
#[derive(Debug, Clone, PartialEq)]
pub struct Sector {
    /// The sector: `BH8 9`.
    pub name: String,
    /// The council, as the boundaries are since April 2019.
    pub council: GssCode,
    /// The mean of its live postcodes' points.
    pub point: Point,
    /// How many live postcodes it has there.
    pub live_postcodes: u32,
}

impl Reference {
    /// The parts of a postcode's sector, those with most live postcodes first. None for a postcode
    /// outside the area.
    pub fn sectors_of(&self, postcode: &Postcode) -> Vec<&Sector> {
        let name = postcode.sector();
        let mut parts: Vec<&Sector> = self
            .sectors
            .iter()
            .filter(|sector| sector.name == name)
            .collect();
        parts.sort_by_key(|sector| std::cmp::Reverse(sector.live_postcodes));
        parts
    }

    /// The council that a postcode is most likely in today, and whether the whole sector is: where
    /// it is not, the address must decide.
    pub fn likely_council(&self, postcode: &Postcode) -> Option<(GssCode, bool)> {
        let parts = self.sectors_of(postcode);
        parts
            .first()
            .map(|sector| (sector.council, parts.len() == 1))
    }
}

pub(crate) fn read(files: &Files) -> Result<Vec<Sector>, ReferenceError> {
    table::rows(files, "postcode_sectors.csv", |row| {
        Ok(Sector {
            name: row.words("sector")?,
            council: row.parse("council_gss")?,
            point: Point {
                latitude: row.parse("lat")?,
                longitude: row.parse("lon")?,
            },
            live_postcodes: row.parse("live_postcodes")?,
        })
    })
}
