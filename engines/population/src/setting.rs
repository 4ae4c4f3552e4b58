//! What the caller hands over: the places, people tables, organisations, names and rates to generate from.

use stour_kernel::{Date, GssCode, LocalityCode, OdsCode, Postcode};

use crate::names::Names;
use crate::rates::Rates;

/// Everything a population is generated from, besides the seed and the count.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The last day of every history. Nothing generated is dated later.
    pub today: Date,
    /// The councils people live in, with their age tables; the shares of people follow the tables' totals.
    pub councils: Vec<Council>,
    /// Small areas, weighted by population within their council.
    pub lsoas: Vec<Lsoa>,
    /// Postcode sectors, for small areas that name none.
    pub sectors: Vec<PostcodeSector>,
    /// General practices.
    pub practices: Vec<Practice>,
    /// Acute hospitals with their wards.
    pub hospitals: Vec<Hospital>,
    /// Names of people and streets; [`Names::embedded`] has some.
    pub names: Names,
    /// How often things happen; `Rates::default()` has the documented values.
    pub rates: Rates,
}

/// A council and the ages of its people.
#[derive(Debug, Clone, PartialEq)]
pub struct Council {
    /// The area's GSS code.
    pub code: GssCode,
    /// The name people know, the last line of an address.
    pub name: String,
    /// The organisation that does its social care.
    pub organisation: OdsCode,
    /// People by age, in bands that together cover every age wanted.
    pub ages: Vec<AgeCount>,
}

/// How many people are of an age in a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgeCount {
    /// Youngest age of the band, in completed years.
    pub from: u8,
    /// Oldest age of the band, included; none for the band of the oldest, which has no end. Within a band that starts
    /// at 85 or later each year of age has 0.82 times the people of the year before; within others all have the same.
    pub to: Option<u8>,
    /// People in the band.
    pub people: f64,
}

/// A lower-layer super output area.
#[derive(Debug, Clone, PartialEq)]
pub struct Lsoa {
    /// GSS code.
    pub code: GssCode,
    /// The council it lies in.
    pub council: GssCode,
    /// The town or district that stands in addresses; the council's name if not known.
    pub town: Option<String>,
    /// People in it.
    pub population: u32,
    /// Decile of the Index of Multiple Deprivation: 1 is the most deprived tenth of England.
    pub imd_decile: u8,
    /// Its main postcode sector, such as `BH8 9`, if known.
    pub sector: Option<String>,
    /// Its locality, if known: used to find a practice where no practice is in the postcode district.
    pub locality: Option<LocalityCode>,
}

/// A postcode sector with addresses in a council.
#[derive(Debug, Clone, PartialEq)]
pub struct PostcodeSector {
    /// Such as `BH8 9`.
    pub sector: String,
    /// The council.
    pub council: GssCode,
    /// How many live postcodes it has there.
    pub postcodes: u32,
}

/// A general practice.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// ODS code.
    pub code: OdsCode,
    /// Name.
    pub name: String,
    /// Where it is.
    pub postcode: Postcode,
    /// The council it lies in.
    pub council: GssCode,
    /// The locality whose people it serves.
    pub locality: LocalityCode,
}

/// A hospital site that admits people.
#[derive(Debug, Clone, PartialEq)]
pub struct Hospital {
    /// The trust that runs it.
    pub organisation: OdsCode,
    /// A code for the site.
    pub site: String,
    /// Name of the site.
    pub name: String,
    /// Its wards; at least one.
    pub wards: Vec<Ward>,
    /// How much of each council's admissions it takes, in any unit. A council not named sends none.
    pub shares: Vec<(GssCode, f64)>,
}

/// A ward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ward {
    /// Code, as messages carry it.
    pub code: String,
    /// Name.
    pub name: String,
    /// Treatment function code of its specialty, such as `430`.
    pub specialty: String,
}

/// Why a population cannot be generated from a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingError {
    /// No people were asked for, or more than there are test NHS numbers for.
    #[error(
        "ask for 1 to {maximum} people: the 999 range has no more NHS numbers (asked for {asked})"
    )]
    Count {
        /// How many were asked for.
        asked: u64,
        /// The most there can be.
        maximum: u64,
    },
    /// A table has no usable row.
    #[error("the setting has no {0}: give at least one")]
    Empty(&'static str),
    /// A council lacks something every council needs.
    #[error("council {council} has no {what}: add a row for it, or leave the council out")]
    CouncilLacks {
        /// The council's code.
        council: GssCode,
        /// What is missing.
        what: &'static str,
    },
    /// A postcode sector is not one.
    #[error("{0:?} is not a postcode sector such as \"BH8 9\": correct it")]
    Sector(String),
    /// A line of a names table cannot be read.
    #[error("{table}, line {line}: {reason}")]
    Names {
        /// The table.
        table: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong and what is wanted.
        reason: &'static str,
    },
}
