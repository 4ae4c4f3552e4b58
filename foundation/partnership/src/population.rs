//! How many people live where, by age: the denominators of rates.

use stour_kernel::GssCode;

use crate::{Files, Reference, ReferenceError, table};

/// The people of one council in one band of ages, mid-2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeBand {
    /// The council since April 2019.
    pub council: GssCode,
    /// The youngest age of the band, a multiple of five; the band has five years, the last (90)
    /// everyone older.
    pub from: u8,
    /// How many people.
    pub population: u32,
}

/// The people of England in one band of ages, mid-2023, by sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SexBand {
    /// The youngest age of the band, as in [`AgeBand`].
    pub from: u8,
    /// Women and girls.
    pub female: u32,
    /// Men and boys.
    pub male: u32,
}

impl Reference {
    /// The people of a council aged `age` and over in mid-2020; `age` is a multiple of five to 90.
    /// `None` for a council without figures, and for an age inside a band.
    pub fn population_from(&self, council: &GssCode, age: u8) -> Option<u32> {
        if !age.is_multiple_of(5) || age > 90 {
            return None;
        }
        let bands = self
            .age_bands
            .iter()
            .filter(|band| band.council == *council);
        let people: Vec<u32> = bands
            .filter(|band| band.from >= age)
            .map(|band| band.population)
            .collect();
        people
            .iter()
            .try_fold(0_u32, |sum, more| sum.checked_add(*more))
            .filter(|sum| *sum > 0)
    }
}

pub(crate) fn read_ages(files: &Files) -> Result<Vec<AgeBand>, ReferenceError> {
    table::rows(files, "population_age.csv", |row| {
        Ok(AgeBand {
            council: row.parse("council_gss")?,
            from: row.parse("age_band_start")?,
            population: row.parse("population")?,
        })
    })
}

pub(crate) fn read_sexes(files: &Files) -> Result<Vec<SexBand>, ReferenceError> {
    table::rows(files, "population_sex.csv", |row| {
        Ok(SexBand {
            from: row.parse("age_band_start")?,
            female: row.parse("female")?,
            male: row.parse("male")?,
        })
    })
}
