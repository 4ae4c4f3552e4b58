//! Life expectancy from an abridged life table.

use serde::Serialize;

use super::direct::check;
use super::number::real;
use super::{Confidence, Interval, Withheld, total};

/// The youngest ages of the bands of the table.
pub const AGES: [u32; 20] = [
    0, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90,
];
/// A population of no more than this is too small for a life table (B. Toson and A. Baker, Life expectancy
/// at birth: methodological options for small populations, 2003).
pub const SMALL_POPULATION: f64 = 5000.0;
/// A life expectancy whose 95% interval is wider than this many years is not shown.
pub const WIDEST: f64 = 20.0;

/// One band of ages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// How many people died.
    pub deaths: u64,
    /// How many people, or years lived.
    pub population: f64,
}

/// How many more years somebody of an age lives on average, at the mortality of now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Expectancy {
    /// The age.
    pub age: u32,
    /// The years.
    pub value: f64,
    /// Their limits.
    pub interval: Interval,
    /// The standard error, in years.
    pub error: f64,
    /// People of this age and above.
    pub population: f64,
    /// Deaths at this age and above.
    pub deaths: u64,
}

impl Expectancy {
    /// Whether it may be shown: a 95% interval of more than 20 years says too little.
    ///
    /// # Errors
    /// [`Withheld::WideInterval`].
    pub fn shown(&self) -> Result<f64, Withheld> {
        let width = 2.0 * self.error * Confidence(0.95).z();
        if width > WIDEST {
            Err(Withheld::WideInterval {
                width,
                most: WIDEST,
            })
        } else {
            Ok(self.value)
        }
    }
}

/// One row of the table on its way.
struct Row {
    /// Years of the band; none for the last, which is open.
    years: f64,
    /// How much of the band those who die in it live, on average.
    lived: f64,
    /// The share that dies in it.
    dying: f64,
    /// The variance of that share.
    variance: f64,
    mortality: f64,
}

/// Life expectancy at the beginning of each band, by Chiang's second method (C. L. Chiang, The Life Table
/// and its Construction, 1968) with a tenth of a year lived by those who die in their first. The variance
/// has the term of the last band of P. B. S. Silcocks and others (Journal of Epidemiology and Community
/// Health 55, 2001).
///
/// # Errors
/// When there are not 20 bands, a population is nought or negative, all people are no more than 5,000, more
/// die in a band than live there, nobody is left before the last, nobody dies in it, or a result is beyond
/// numbers.
pub fn expectancies(bands: &[Band], confidence: Confidence) -> Result<Vec<Expectancy>, Withheld> {
    refuse(bands)?;
    let rows = rows(bands);
    let all_dead = |row: &Row| row.years.is_finite() && row.dying >= 1.0;
    if let Some(place) = rows.iter().position(all_dead) {
        return Err(Withheld::NobodyLeft { place });
    }
    let survivors = rows.iter().scan(1.0, |alive, row| {
        let now = *alive;
        *alive *= 1.0 - row.dying;
        Some(now)
    });
    let survivors: Vec<f64> = survivors.collect();
    let z = confidence.z();
    // From the last band to the first: years lived, their variance, people and deaths from here on.
    let (mut years, mut variance, mut population, mut deaths) = (0.0, 0.0, 0.0, 0_u64);
    let mut after = 0.0;
    let mut found = Vec::with_capacity(rows.len());
    let all = rows
        .iter()
        .zip(&survivors)
        .zip(bands.iter().zip(AGES))
        .rev();
    for ((row, &alive), (band, age)) in all {
        if row.years.is_finite() {
            let next = alive * (1.0 - row.dying);
            years += row.years * (next + row.lived * (alive - next));
            let weight = alive * ((1.0 - row.lived) * row.years + after);
            variance += weight * weight * row.variance;
        } else {
            years = alive / row.mortality;
            variance = (alive / row.mortality).powi(2) / real(band.deaths);
        }
        population += band.population;
        deaths = total([band.deaths, deaths])?;
        after = years / alive;
        let error = variance.sqrt() / alive;
        let interval = Interval {
            lower: Some(after - z * error),
            upper: after + z * error,
        };
        found.push(Expectancy {
            age,
            value: after,
            interval: interval.around(after)?,
            error,
            population,
            deaths,
        });
    }
    found.reverse();
    Ok(found)
}

fn refuse(bands: &[Band]) -> Result<(), Withheld> {
    if bands.len() != AGES.len() {
        return Err(Withheld::Bands { found: bands.len() });
    }
    for (place, band) in bands.iter().enumerate() {
        check(place, "the population", band.population)?;
        if band.population == 0.0 {
            return Err(Withheld::EmptyBand { place });
        }
        if real(band.deaths) > band.population {
            return Err(Withheld::DeathsExceedPopulation { place });
        }
    }
    let population = bands.iter().map(|band| band.population).sum();
    if population <= SMALL_POPULATION {
        return Err(Withheld::SmallPopulation {
            population,
            least: SMALL_POPULATION,
        });
    }
    if bands.last().is_none_or(|band| band.deaths == 0) {
        return Err(Withheld::NobodyDiedAtTheEnd);
    }
    Ok(())
}

fn rows(bands: &[Band]) -> Vec<Row> {
    let next = AGES.iter().skip(1).copied().map(Some).chain([None]);
    let all = bands.iter().zip(AGES).zip(next);
    all.map(|((band, age), next)| {
        let years = next.map_or(f64::INFINITY, |next| f64::from(next - age));
        let lived = if age == 0 { 0.1 } else { 0.5 };
        let mortality = real(band.deaths) / band.population;
        let below = 1.0 + (1.0 - lived) * years * mortality;
        Row {
            years,
            lived,
            dying: next.map_or(1.0, |_| years * mortality / below),
            variance: next.map_or(0.0, |_| {
                let left = 1.0 - lived * years * mortality;
                years * years * mortality * left / (band.population * below.powi(3))
            }),
            mortality,
        }
    })
    .collect()
}
