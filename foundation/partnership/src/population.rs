//! How many people live where, by age: the denominators of rates.

use std::iter::Sum;

use stour_kernel::{Date, GssCode, LocalityCode};

use crate::{Files, Lsoa, Reference, ReferenceError, table};

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

const LSOA_TABLE: &str = "population_lsoa.csv";

/// The headings of the bands of ages: the youngest of each.
const BANDS: [&str; 20] = [
    "0", "1", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "55", "60", "65", "70",
    "75", "80", "85", "90",
];

/// The heading of those aged 18 and 19, who are in the band of 15 to 19 too.
const YOUNGEST_ADULTS: &str = "18_to_19";

/// How many people there are in each band of ages: five years each, the last (90) everyone older, and those under 1
/// by themselves, whom life tables need. How many of those of 15 to 19 are adults is known too, as measures of social
/// care begin at 18.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct People {
    bands: [u32; BANDS.len()],
    youngest_adults: u32,
}

/// Of which day the people of a table are, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationTable {
    /// The name of its file.
    pub table: String,
    /// The day.
    pub counted_on: Date,
    /// Who says so.
    pub source: String,
}

impl People {
    /// The youngest age of each band, and how many people are in it.
    pub fn bands(&self) -> impl Iterator<Item = (u8, u32)> {
        let [under_1, to_4, older @ ..] = self.bands;
        let bands = [under_1.saturating_add(to_4)].into_iter().chain(older);
        (0..=90).step_by(5).zip(bands)
    }

    /// The same with those under 1 apart from those of 1 to 4: the bands of a life table.
    pub const fn of_life_table(&self) -> [u32; BANDS.len()] {
        self.bands
    }

    /// Those aged 18 and 19.
    pub const fn youngest_adults(&self) -> u32 {
        self.youngest_adults
    }

    /// Everyone.
    pub fn total(&self) -> u32 {
        self.since(0)
    }

    /// The people aged `age` and over; `age` is a multiple of five to 90. `None` for an age inside a band.
    pub fn from_age(&self, age: u8) -> Option<u32> {
        (age.is_multiple_of(5) && age <= 90).then(|| self.since(age))
    }

    fn since(&self, age: u8) -> u32 {
        let bands = self.bands().filter(|(from, _)| *from >= age);
        bands.fold(0, |sum, (_, people)| sum.saturating_add(people))
    }
}

impl<'a> Sum<&'a Self> for People {
    fn sum<I: Iterator<Item = &'a Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |mut sum, part| {
            for (to, more) in sum.bands.iter_mut().zip(part.bands) {
                *to = to.saturating_add(more);
            }
            sum.youngest_adults = sum.youngest_adults.saturating_add(part.youngest_adults);
            sum
        })
    }
}

/// The people of one lower-layer super output area of 2011 in mid-2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LsoaAges {
    /// The area.
    pub lsoa: GssCode,
    /// Its people.
    pub people: People,
}

/// Something that is made of lower-layer super output areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A council or district of any time.
    Council(GssCode),
    /// A locality, by the local lookup of areas, which is unverified: so is what it answers.
    Locality(LocalityCode),
    /// A tenth of the English Index of Multiple Deprivation 2019; 1 is the most deprived. The tenths are England's,
    /// so that those of a partnership are not of one size.
    Decile(u8),
    /// A middle-layer super output area of 2011.
    Msoa(GssCode),
    /// A lower-layer super output area of 2011.
    Lsoa(GssCode),
}

impl Place {
    /// Whether a lower-layer super output area lies in it.
    pub fn holds(&self, lsoa: &Lsoa) -> bool {
        match self {
            Self::Council(code) => {
                [lsoa.council, lsoa.council_2013].contains(code)
                    || lsoa.district_2013 == Some(*code)
            }
            Self::Locality(code) => lsoa.locality == *code,
            Self::Decile(decile) => lsoa.imd_decile == *decile,
            Self::Msoa(code) => lsoa.msoa == *code,
            Self::Lsoa(code) => lsoa.code == *code,
        }
    }
}

impl Reference {
    /// The people of a place in mid-2020. `None` for a place that no area lies in.
    pub fn population_in(&self, place: &Place) -> Option<People> {
        let held = self.lsoas.iter().filter(|lsoa| place.holds(lsoa));
        let held = held.filter_map(|lsoa| self.people_of(&lsoa.code));
        let held: Vec<&People> = held.collect();
        (!held.is_empty()).then(|| held.into_iter().sum())
    }

    /// Of which day the people of places are, and who says so.
    pub fn people_counted(&self) -> Option<&PopulationTable> {
        let mut tables = self.population_tables.iter();
        tables.find(|one| one.table == LSOA_TABLE)
    }

    /// The people of one lower-layer super output area in mid-2020.
    pub fn people_of(&self, lsoa: &GssCode) -> Option<&People> {
        let ages = &self.lsoa_ages;
        let place = ages.binary_search_by_key(lsoa, |one| one.lsoa).ok()?;
        ages.get(place).map(|one| &one.people)
    }

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

pub(crate) fn read_tables(files: &Files) -> Result<Vec<PopulationTable>, ReferenceError> {
    table::rows(files, "population_tables.csv", |row| {
        Ok(PopulationTable {
            table: row.words("table")?,
            counted_on: row.parse("counted_on")?,
            source: row.words("source")?,
        })
    })
}

pub(crate) fn read_lsoas(files: &Files) -> Result<Vec<LsoaAges>, ReferenceError> {
    let mut ages = table::rows(files, LSOA_TABLE, |row| {
        let mut people = People::default();
        for (band, heading) in people.bands.iter_mut().zip(BANDS) {
            *band = row.parse(heading)?;
        }
        people.youngest_adults = row.parse(YOUNGEST_ADULTS)?;
        Ok(LsoaAges {
            lsoa: row.parse("lsoa")?,
            people,
        })
    })?;
    ages.sort_by_key(|one| one.lsoa);
    Ok(ages)
}
