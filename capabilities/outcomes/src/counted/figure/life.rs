//! Years of life, and how they differ by deprivation.

use stour_indicators::Dimension;
use stour_statistics::rate::life::{self, Expectancy};
use stour_statistics::rate::{Confidence, slope};

use super::super::read::life_band;
use super::{Estimate, Figures, Which, real, said, span, whole};
use crate::catalogue::Definition;

/// How often the slope of inequality is drawn for its limits, and from what: enough that a page's decimals stand.
const DRAWS: usize = 10_000;
const SEED: u64 = 1;

impl Figures<'_> {
    /// Years to live from birth at the mortality of these months.
    pub(super) fn life_expectancy(
        &self,
        definition: &Definition,
        which: Which<'_>,
    ) -> Result<Expectancy, String> {
        let confidence = Confidence::new(definition.shown.interval).map_err(said)?;
        let people = self.people_of_life_table(which.dimension, which.code);
        let people = people.ok_or("None: no population of this piece is known")?;
        let years = real(span(which.months)) / 12.0;
        let mut bands = people.map(|people| life::Band {
            deaths: 0,
            population: people * years,
        });
        for (age, deaths) in self.counts_of_values(definition, which) {
            let band = life_band(age).and_then(|band| bands.get_mut(band));
            if let Some(band) = band {
                band.deaths += whole(deaths);
            }
        }
        let found = life::expectancies(&bands, confidence).map_err(said)?;
        let at_birth = found.into_iter().next().ok_or("None: no life table")?;
        at_birth.shown().map_err(said)?;
        Ok(at_birth)
    }

    /// Years of life between the most and the least deprived end.
    pub(super) fn slope(
        &self,
        definition: &Definition,
        which: Which<'_>,
    ) -> Result<Estimate, String> {
        if which.dimension != Dimension::Whole {
            return Err("None: deprivation differs within the whole partnership only".to_owned());
        }
        let group = |tenth: u8| {
            let code = format!("{tenth:02}");
            let which = Which {
                dimension: Dimension::Deprivation,
                code: &code,
                ..which
            };
            let found = self.life_expectancy(definition, which);
            let found = found.map_err(|why| format!("{why}, in tenth {tenth} by deprivation"))?;
            Ok::<_, String>(slope::Group {
                population: found.population,
                value: found.value,
                error: slope::Error::Standard(found.error),
            })
        };
        let groups: Vec<slope::Group> = (1..=10).map(group).collect::<Result<_, _>>()?;
        let confidence = Confidence::new(definition.shown.interval).map_err(said)?;
        let settings = slope::Settings {
            kind: slope::Kind::Other,
            transformed: false,
            multiplier: 1.0,
            draws: DRAWS,
            seed: SEED,
            reliability: false,
        };
        let found = slope::inequality(&groups, &settings, [confidence, confidence])
            .map_err(said)?
            .slope;
        let ([lower, _], [upper, _]) = (found.lower, found.upper);
        Ok(Estimate {
            value: found.value,
            interval: Some((lower, upper)),
        })
    }
}
