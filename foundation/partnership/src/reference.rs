//! The whole of the reference data, parsed and checked.

use std::sync::OnceLock;

use crate::area::{self, Area, Lsoa};
use crate::boundary::{self, Boundary, BoundaryLevel};
use crate::organisation::{self, Identifier, Organisation, Succession};
use crate::population::{self, AgeBand, LsoaAges, PopulationTable, SexBand};
use crate::practice::{self, Practice};
use crate::sector::{self, Sector};
use crate::site::{self, Site, SiteOperator};
use crate::trust::{self, Trust};
use crate::ward::{self, Ward};
use crate::{Files, ReferenceError, ReferenceList, check, list, locality};

/// The partnership as data. What is true at a time is asked with a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Organisations of all times: trusts, councils, commissioners, then the practices.
    pub organisations: Vec<Organisation>,
    /// Who took over from whom.
    pub successions: Vec<Succession>,
    /// Other codes of organisations.
    pub identifiers: Vec<Identifier>,
    /// Hospital sites.
    pub sites: Vec<Site>,
    /// Who ran which site when.
    pub site_operators: Vec<SiteOperator>,
    /// Wards.
    pub wards: Vec<Ward>,
    /// General practices.
    pub practices: Vec<Practice>,
    /// Localities.
    pub localities: Vec<locality::Locality>,
    /// Councils and districts of all times.
    pub areas: Vec<Area>,
    /// Lower-layer super output areas, by code.
    pub lsoas: Vec<Lsoa>,
    /// Outlines of councils, districts, middle-layer areas and localities of all times.
    pub boundaries: Vec<Boundary>,
    /// What is to be said of outlines.
    pub boundary_levels: Vec<BoundaryLevel>,
    /// Postcode sectors by council.
    pub sectors: Vec<Sector>,
    /// People by council and age.
    pub age_bands: Vec<AgeBand>,
    /// People by lower-layer super output area and age, by code.
    pub lsoa_ages: Vec<LsoaAges>,
    /// People of England by age and sex.
    pub sex_bands: Vec<SexBand>,
    /// Of which day the people of each table are.
    pub population_tables: Vec<PopulationTable>,
    /// Whose word on who somebody is comes first.
    pub trusts: Vec<Trust>,
    /// Code lists.
    pub lists: Vec<ReferenceList>,
    pub(crate) fingerprint: String,
}

impl Reference {
    /// Reads and checks a set of files.
    ///
    /// # Errors
    /// The first thing that is wrong, where, and what to do about it.
    pub fn parse(files: &Files) -> Result<Self, ReferenceError> {
        let practices = practice::read(files)?;
        let mut organisations = organisation::read(files)?;
        for practice in &practices {
            organisations.push(practice.organisation()?);
        }
        let sites = site::read(files)?;
        let (areas, lsoas) = (area::read(files)?, area::read_lsoas(files)?);
        let localities = locality::read(files)?;
        let known = boundary::Known {
            areas: &areas,
            lsoas: &lsoas,
            localities: &localities,
        };
        let reference = Self {
            organisations,
            successions: organisation::read_successions(files)?,
            identifiers: organisation::read_identifiers(files)?,
            wards: ward::read(files, &sites)?,
            sites,
            site_operators: site::read_operators(files)?,
            practices,
            boundaries: boundary::read(files, &known)?,
            boundary_levels: boundary::read_levels(files)?,
            localities,
            areas,
            lsoas,
            sectors: sector::read(files)?,
            age_bands: population::read_ages(files)?,
            lsoa_ages: population::read_lsoas(files)?,
            sex_bands: population::read_sexes(files)?,
            population_tables: population::read_tables(files)?,
            trusts: trust::read(files)?,
            lists: list::read(files)?,
            fingerprint: files.fingerprint(),
        };
        check::check(&reference)?;
        Ok(reference)
    }
}

/// The reference data built into the binary, read and checked when it is first asked for.
///
/// # Errors
/// What is wrong with the files; the same answer every time.
pub fn reference() -> Result<&'static Reference, &'static ReferenceError> {
    static REFERENCE: OnceLock<Result<Reference, ReferenceError>> = OnceLock::new();
    REFERENCE
        .get_or_init(|| Reference::parse(&Files::embedded()))
        .as_ref()
}
