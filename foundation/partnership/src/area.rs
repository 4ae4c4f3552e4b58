//! Councils, districts and lower-layer super output areas, and which lies in which on a day.

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Code, Date, GssCode, LocalityCode, Period};

use crate::period::stored_period;
use crate::{Files, Reference, ReferenceError, Status, table};

/// The kind of an area that is a council's.
pub(crate) const COUNCIL: &str = "council";

/// The day of the census for which the lower-layer super output areas of 2011 were drawn.
const CENSUS_2011: Date = Date::constant(2011, 3, 27);

/// The area of a council or district, for as long as it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: GssCode,
    /// Its name.
    pub name: String,
    /// `council` (with social services), `district` or `lsoa`.
    pub kind: Code,
    /// The area it lies in for the whole of its time: a district's county.
    pub parent: Option<GssCode>,
    /// When it exists.
    pub valid: Period,
}

/// A lower-layer super output area of 2011: about 1,500 people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lsoa {
    /// Its code.
    pub code: GssCode,
    /// Its name.
    pub name: String,
    /// The council since April 2019.
    pub council: GssCode,
    /// The council before.
    pub council_2013: GssCode,
    /// The district or borough before, where the council was a county.
    pub district_2013: Option<GssCode>,
    /// The middle-layer super output area.
    pub msoa: GssCode,
    /// Tenth of the English Index of Multiple Deprivation 2019; 1 is the most deprived.
    pub imd_decile: u8,
    /// People in mid-2020.
    pub population: u32,
    /// Of them, aged 65 and over.
    pub population_65_plus: u32,
    /// The postcode district with most live postcodes in it.
    pub postcode_district: String,
    /// The postcode sector of that district with most.
    pub postcode_sector: String,
    /// The locality it is taken to belong to; unverified.
    pub locality: LocalityCode,
}

/// One area lying in another for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Within {
    pub(crate) area: GssCode,
    pub(crate) holder: GssCode,
    pub(crate) valid: Period,
}

impl Lsoa {
    /// When the areas drawn for the census of 2011 began.
    pub(crate) const VALID: Period = Period::starting(CENSUS_2011);

    /// The name of the middle-layer super output area it lies in, which its own name adds a letter to.
    pub fn msoa_name(&self) -> &str {
        self.name
            .trim_end_matches(|letter: char| letter.is_ascii_uppercase())
    }
}

impl Reference {
    /// A council or district of any time.
    pub fn area(&self, code: &GssCode) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == *code)
    }

    /// The councils with social services of a day, in the order of the file.
    pub fn councils_at(&self, on: Date) -> impl Iterator<Item = &Area> {
        self.areas
            .iter()
            .filter(move |area| area.kind.as_str() == COUNCIL && area.valid.contains(on))
    }

    /// A lower-layer super output area.
    pub fn lsoa(&self, code: &GssCode) -> Option<&Lsoa> {
        let place = self
            .lsoas
            .binary_search_by_key(code, |lsoa| lsoa.code)
            .ok()?;
        self.lsoas.get(place)
    }

    /// The council whose area a lower-layer super output area is in on a day.
    pub fn council_at(&self, lsoa: &GssCode, on: Date) -> Option<&GssCode> {
        let lsoa = self.lsoa(lsoa)?;
        [&lsoa.council, &lsoa.council_2013]
            .into_iter()
            .find(|council| {
                self.area(council)
                    .is_some_and(|area| area.valid.contains(on))
            })
    }

    /// Every area in every area that holds it, with the days on which it does: those on which the
    /// holder exists.
    pub(crate) fn within(&self) -> Vec<Within> {
        let in_each = self.lsoas.iter().flat_map(|lsoa| {
            [
                Some(lsoa.council),
                Some(lsoa.council_2013),
                lsoa.district_2013,
            ]
            .into_iter()
            .flatten()
            .map(|holder| (lsoa.code, holder))
        });
        let districts = self
            .areas
            .iter()
            .filter_map(|area| Some((area.code, area.parent?)));
        in_each
            .chain(districts)
            .filter_map(|(area, holder)| {
                Some(Within {
                    area,
                    holder,
                    valid: self.area(&holder)?.valid,
                })
            })
            .collect()
    }
}

/// The council with social services whose area a lower-layer super output area, a district or
/// the council itself is in on a day.
pub fn council_at(tx: &mut Transaction<'_>, area: &GssCode, on: Date) -> Result<Option<GssCode>> {
    tx.optional(
        sql!(
            "SELECT c.code FROM area c
             LEFT JOIN area_within w ON w.within = c.code AND w.area = $1
             WHERE c.kind = 'council' AND (c.code = $1 OR w.area IS NOT NULL)
               AND c.starts <= $2 AND (c.ends IS NULL OR c.ends > $2)"
        ),
        params![area, on],
        |row| row.get(0),
    )
}

/// The areas of a kind (`council`, `district` or `lsoa`) on a day, by name.
pub fn areas_at(tx: &mut Transaction<'_>, kind: &str, on: Date) -> Result<Vec<Area>> {
    tx.rows(
        sql!(
            "SELECT a.code, a.name, a.kind, a.starts, a.ends, w.within FROM area a
             LEFT JOIN area_within w ON w.area = a.code AND a.kind = 'district'
             WHERE a.kind = $1 AND a.starts <= $2 AND (a.ends IS NULL OR a.ends > $2)
             ORDER BY a.name"
        ),
        params![kind, on],
        stored,
    )
}

/// The name of an area of any time.
pub fn area_name(tx: &mut Transaction<'_>, code: &GssCode) -> Result<Option<String>> {
    tx.optional(
        sql!("SELECT name FROM area WHERE code = $1"),
        params![code],
        |row| row.get(0),
    )
}

fn stored(row: &Row<'_>) -> Result<Area> {
    Ok(Area {
        code: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        valid: stored_period(row, 3)?,
        parent: row.get(5)?,
    })
}

/// The locality and its status of a lower-layer super output area.
pub fn locality_of_lsoa(
    tx: &mut Transaction<'_>,
    lsoa: &GssCode,
) -> Result<Option<(LocalityCode, Status)>> {
    tx.optional(
        sql!("SELECT locality, locality_status FROM lsoa WHERE code = $1"),
        params![lsoa],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn read(files: &Files) -> Result<Vec<Area>, ReferenceError> {
    table::rows(files, "areas.csv", |row| {
        Ok(Area {
            code: row.parse("code")?,
            name: row.words("name")?,
            kind: row.parse("kind")?,
            parent: row.optional("parent")?,
            valid: row.period()?,
        })
    })
}

pub(crate) fn read_lsoas(files: &Files) -> Result<Vec<Lsoa>, ReferenceError> {
    let mut lsoas = table::rows(files, "areas_lsoa.csv", |row| {
        let imd_decile = row.parse("imd_decile")?;
        if !(1..=10).contains(&imd_decile) {
            return Err(row.wrong(
                "imd_decile",
                row.text("imd_decile")?,
                "give a tenth, 1 to 10",
            ));
        }
        Ok(Lsoa {
            code: row.parse("lsoa")?,
            name: row.words("name")?,
            council: row.parse("council_gss")?,
            council_2013: row.parse("council_2013_gss")?,
            district_2013: row.optional("district_2013_gss")?,
            msoa: row.parse("msoa")?,
            imd_decile,
            population: row.parse("population")?,
            population_65_plus: row.parse("population_65_plus")?,
            postcode_district: row.words("postcode_district")?,
            postcode_sector: row.words("postcode_sector")?,
            locality: row.parse("locality_unverified")?,
        })
    })?;
    lsoas.sort_by_key(|lsoa| lsoa.code);
    Ok(lsoas)
}
