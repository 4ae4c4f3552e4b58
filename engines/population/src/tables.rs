//! A setting made ready to draw from.

use std::collections::HashMap;

use stour_kernel::{GssCode, LocalityCode, OdsCode, Postcode};

use crate::address::{self, CareHome};
use crate::age::AgeBand;
use crate::calendar::Calendar;
use crate::names::Names;
use crate::nhs_numbers::NhsNumbers;
use crate::random::{Purpose, Seed, Weighted, place, real, whole};
use crate::rates::Rates;
use crate::setting::{Council, Hospital, Lsoa, Practice, Setting, SettingError};

/// Ages run from 0 to this.
pub(crate) const OLDEST: i32 = 106;
/// In the open band of the very old, people of each age to people one year younger: an assumption for demonstration.
const THINNING: f64 = 0.82;

/// A setting made ready to draw from.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) calendar: Calendar,
    pub(crate) names: Names,
    pub(crate) rates: Rates,
    pub(crate) hospitals: Vec<Hospital>,
    pub(crate) practices: Vec<Practice>,
    pub(crate) councils: Vec<CouncilTable>,
    pub(crate) council_shares: Weighted,
    pub(crate) numbers: NhsNumbers,
    pub(crate) year: i32,
}

/// One council, ready to draw from.
#[derive(Debug)]
pub(crate) struct CouncilTable {
    pub(crate) code: GssCode,
    pub(crate) name: String,
    pub(crate) organisation: OdsCode,
    /// Weights of the ages from 0, of the living and of those who died within the history.
    pub(crate) ages: Weighted,
    pub(crate) areas: Vec<Area>,
    pub(crate) area_weights: Weighted,
    /// Weights of the hospitals of the setting.
    pub(crate) hospitals: Weighted,
    pub(crate) care_homes: Vec<CareHome>,
}

/// A small area, with the sector and the practices of the people in it.
#[derive(Debug)]
pub(crate) struct Area {
    pub(crate) lsoa: GssCode,
    pub(crate) imd_decile: u8,
    pub(crate) town: Option<String>,
    pub(crate) sector: String,
    /// Positions in the setting's practices.
    pub(crate) practices: Vec<usize>,
}

impl Tables {
    pub(crate) fn new(setting: Setting, seed: Seed, count: u64) -> Result<Self, SettingError> {
        let lists = [
            ("councils", setting.councils.is_empty()),
            ("practices", setting.practices.is_empty()),
            (
                "hospitals",
                !setting
                    .hospitals
                    .iter()
                    .any(|hospital| !hospital.wards.is_empty()),
            ),
        ];
        if let Some((what, _)) = lists.into_iter().find(|(_, empty)| *empty) {
            return Err(SettingError::Empty(what));
        }
        let mut councils = Vec::with_capacity(setting.councils.len());
        for council in &setting.councils {
            councils.push(CouncilTable::new(&setting, council, seed)?);
        }
        let totals = setting.councils.iter().map(total_people);
        let mut tables = Self {
            calendar: Calendar::new(setting.today),
            names: setting.names,
            rates: setting.rates,
            hospitals: setting.hospitals,
            practices: setting.practices,
            councils,
            council_shares: Weighted::new(totals),
            numbers: NhsNumbers::new(seed),
            year: i32::from(setting.today.year()),
        };
        tables.open_care_homes(&setting.councils, seed, count);
        Ok(tables)
    }

    /// As many care homes in each council as its residents need.
    fn open_care_homes(&mut self, councils: &[Council], seed: Seed, count: u64) {
        let all = self.council_shares.total();
        for (number, council) in councils.iter().enumerate() {
            let residents: f64 = by_year(council)
                .map(|(age, people)| people * self.rates.care_home_share.at(AgeBand::of(age)))
                .sum();
            let expected = residents / all * real(place(count));
            let homes = whole((expected / self.rates.care_home_size).round()).max(1);
            let made = (0..homes)
                .filter_map(|home| {
                    let key = format!("care-home-{}-{}", number + 1, home + 1);
                    let stream = u64::try_from(number * 100_000).unwrap_or(0)
                        + u64::from(home.unsigned_abs());
                    let mut random = seed.stream(Purpose::CareHomes, stream);
                    let table = self.councils.get(number)?;
                    address::care_home(self, table, key, &mut random)
                })
                .collect();
            if let Some(table) = self.councils.get_mut(number) {
                table.care_homes = made;
            }
        }
    }
}

impl CouncilTable {
    fn new(setting: &Setting, council: &Council, seed: Seed) -> Result<Self, SettingError> {
        let lacks = |what| SettingError::CouncilLacks {
            council: council.code,
            what,
        };
        if total_people(council) <= 0.0 {
            return Err(lacks("people in its age table"));
        }
        let mut ages = vec![0.0; place(u64::from(OLDEST.unsigned_abs())) + 1];
        for (age, people) in by_year(council) {
            // The dead of the history are drawn besides the living, so that the living keep the published ages.
            let alive = 1.0 - setting.rates.death_within_history(age);
            if let Some(weight) = usize::try_from(age).ok().and_then(|age| ages.get_mut(age)) {
                *weight += people / alive;
            }
        }
        let lsoas: Vec<&Lsoa> = setting
            .lsoas
            .iter()
            .filter(|lsoa| lsoa.council == council.code)
            .collect();
        if lsoas.is_empty() {
            return Err(lacks("lower-layer super output area"));
        }
        let hospitals = Weighted::new(setting.hospitals.iter().map(|hospital| {
            let shares = hospital
                .shares
                .iter()
                .filter(|(code, _)| *code == council.code);
            if hospital.wards.is_empty() {
                0.0
            } else {
                shares.map(|(_, share)| share).sum()
            }
        }));
        if hospitals.total() <= 0.0 {
            return Err(lacks("hospital with a share of its admissions"));
        }
        let finder = PracticeFinder::new(&setting.practices, council.code);
        let mut areas = Vec::with_capacity(lsoas.len());
        for (number, lsoa) in lsoas.iter().enumerate() {
            areas.push(Area::new(setting, lsoa, &finder, seed, number)?);
        }
        Ok(Self {
            code: council.code,
            name: council.name.clone(),
            organisation: council.organisation,
            ages: Weighted::new(ages),
            areas,
            area_weights: Weighted::new(lsoas.iter().map(|lsoa| f64::from(lsoa.population.max(1)))),
            hospitals,
            care_homes: Vec::new(),
        })
    }
}

impl Area {
    fn new(
        setting: &Setting,
        lsoa: &Lsoa,
        finder: &PracticeFinder,
        seed: Seed,
        number: usize,
    ) -> Result<Self, SettingError> {
        let mut random = seed.stream(Purpose::Areas, u64::try_from(number).unwrap_or(0));
        let sector = if let Some(sector) = &lsoa.sector {
            sector.clone()
        } else {
            let own = setting
                .sectors
                .iter()
                .filter(|sector| sector.council == lsoa.council);
            let weights =
                Weighted::new(own.clone().map(|sector| f64::from(sector.postcodes.max(1))));
            let drawn = own.clone().nth(weights.draw(&mut random));
            let lacks = SettingError::CouncilLacks {
                council: lsoa.council,
                what: "postcode sector",
            };
            drawn.ok_or(lacks)?.sector.clone()
        };
        let sample: Postcode = format!("{sector}AA")
            .parse()
            .map_err(|_| SettingError::Sector(sector.clone()))?;
        Ok(Self {
            lsoa: lsoa.code,
            imd_decile: lsoa.imd_decile,
            town: lsoa.town.clone(),
            practices: finder.near(sample.outward(), lsoa.locality.as_ref()),
            sector,
        })
    }
}

/// Finds practices near an area: in its postcode district, else of its locality, else of its council, else any.
struct PracticeFinder {
    by_district: HashMap<String, Vec<usize>>,
    by_locality: HashMap<LocalityCode, Vec<usize>>,
    all: Vec<usize>,
}

impl PracticeFinder {
    fn new(practices: &[Practice], council: GssCode) -> Self {
        let mut finder = Self {
            by_district: HashMap::new(),
            by_locality: HashMap::new(),
            all: Vec::new(),
        };
        for (number, practice) in practices.iter().enumerate() {
            if practice.council == council {
                let district = practice.postcode.outward().to_owned();
                finder.by_district.entry(district).or_default().push(number);
                finder
                    .by_locality
                    .entry(practice.locality.clone())
                    .or_default()
                    .push(number);
                finder.all.push(number);
            }
        }
        if finder.all.is_empty() {
            finder.all.extend(0..practices.len());
        }
        finder
    }

    fn near(&self, district: &str, locality: Option<&LocalityCode>) -> Vec<usize> {
        let near = self.by_district.get(district);
        let near = near.or_else(|| self.by_locality.get(locality?));
        near.unwrap_or(&self.all).clone()
    }
}

fn total_people(council: &Council) -> f64 {
    by_year(council).map(|(_, people)| people).sum()
}

/// People of each single year of age.
fn by_year(council: &Council) -> impl Iterator<Item = (i32, f64)> {
    council.ages.iter().flat_map(|band| {
        let from = i32::from(band.from).min(OLDEST);
        let to = band.to.map_or(OLDEST, i32::from).clamp(from, OLDEST);
        let thinning: f64 = if from >= 85 { THINNING } else { 1.0 };
        let years = from..=to;
        let whole_band: f64 = years.clone().map(|age| thinning.powi(age - from)).sum();
        let people = band.people.max(0.0);
        years.map(move |age| (age, people * thinning.powi(age - from) / whole_band))
    })
}
