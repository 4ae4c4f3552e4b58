//! The people that a rate is of.

use stour_indicators::Dimension;
use stour_kernel::LocalityCode;
use stour_partnership::{People, Place};

use super::{Figures, Which};
use crate::catalogue::Population;

impl Figures<'_> {
    /// People of a piece who are of a population, in bands of five years; none where no population is known of it. Of
    /// one that begins at 18, the band of 15 to 19 has those aged 18 and 19.
    pub(super) fn people(&self, of: Population, which: Which<'_>) -> Option<[f64; 19]> {
        let bands = |dimension, code: &str| {
            let [under_1, to_4, older @ .., adults] = self.people_by_age(dimension, code)?;
            let mut bands = [under_1 + to_4; 19];
            for (band, people) in bands.iter_mut().skip(1).zip(older) {
                *band = people;
            }
            if of.age_from == Population::ADULT
                && let Some(band) = bands.get_mut(usize::from(Population::ADULT / 5))
            {
                *band = adults;
            }
            Some(bands)
        };
        if which.dimension != Dimension::Age {
            return bands(which.dimension, which.code);
        }
        let all = bands(Dimension::Whole, "")?;
        let own: usize = which.code.parse().ok()?;
        let mut one = [0.0; 19];
        *one.get_mut(own)? = *all.get(own)?;
        Some(one)
    }

    /// People of a piece in the bands of a life table.
    pub(super) fn people_of_life_table(
        &self,
        dimension: Dimension,
        code: &str,
    ) -> Option<[f64; 20]> {
        let [bands @ .., _] = self.people_by_age(dimension, code)?;
        Some(bands)
    }

    /// The same, and after them those aged 18 and 19.
    fn people_by_age(&self, dimension: Dimension, code: &str) -> Option<[f64; 21]> {
        if !self.by_residents {
            return Some(self.state.on_record(dimension, code).map(f64::from));
        }
        let people = self.residents(dimension, code)?;
        let mut found = [f64::from(people.youngest_adults()); 21];
        for (band, people) in found.iter_mut().zip(people.of_life_table()) {
            *band = f64::from(people);
        }
        Some(found)
    }

    fn residents(&self, dimension: Dimension, code: &str) -> Option<People> {
        let of = |place: Place| self.reference.population_in(&place);
        match dimension {
            Dimension::Whole => {
                let tenths: Vec<People> = (1..=10)
                    .filter_map(|tenth| of(Place::Decile(tenth)))
                    .collect();
                Some(tenths.iter().sum())
            }
            Dimension::Council => of(Place::Council(code.parse().ok()?)),
            Dimension::Locality => of(Place::Locality(code.parse::<LocalityCode>().ok()?)),
            Dimension::LocalityInCouncil => {
                let (council, locality) = code.split_once('/')?;
                let inside = self.reference.lsoas.iter().filter(|area| {
                    [area.council.as_str(), area.council_2013.as_str()].contains(&council)
                        && area.locality.as_str() == locality
                });
                let people: Vec<People> = inside
                    .filter_map(|area| of(Place::Lsoa(area.code)))
                    .collect();
                (!people.is_empty()).then(|| people.iter().sum())
            }
            Dimension::Deprivation => of(Place::Decile(code.parse().ok()?)),
            Dimension::SmallArea => of(Place::Msoa(code.parse().ok()?)),
            _ => None,
        }
    }
}
