//! How often people of a practice are admitted, were their ages those of a standard population.

use std::collections::BTreeMap;

use stour_statistics::rate::direct::{EUROPEAN_2013, RepeatedBand, standardised_repeated};
use stour_statistics::rate::{Confidence, Withheld};

/// How many bands of five years the standard population has, the last of 90 or over.
pub const BANDS: usize = EUROPEAN_2013.len();

/// Per so many people.
const PER: f64 = 1_000.0;

/// The people of one band of ages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Band {
    /// How many people there are.
    pub people: u64,
    /// How many of them were admitted how often: people by times.
    pub admitted: BTreeMap<u64, u64>,
}

impl Band {
    /// How many admissions.
    pub fn admissions(&self) -> u64 {
        self.admitted
            .iter()
            .map(|(times, people)| times * people)
            .sum()
    }
}

/// A directly standardised rate per 1,000 people, with its limits of 95 per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate.
    pub value: f64,
    /// The lower limit; none where the method gives none above nothing.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: f64,
}

/// The band of an age in whole years.
pub(super) fn band_of(age: i16) -> usize {
    usize::try_from(age / 5).unwrap_or(0).min(BANDS - 1)
}

/// The rate, or why there is none. An age of which the practice has nobody has no rate of its own; it is taken together with
/// the age below it, so that its part of the standard population is not lost. People who were admitted several times make the
/// limits wider (see [`standardised_repeated`]).
///
/// # Errors
/// Why there is none, in words.
pub fn rate(bands: &[Band; BANDS]) -> Result<Rate, String> {
    let joined = joined(bands);
    let confidence = Confidence::new(0.95).map_err(|why| why.to_string())?;
    match standardised_repeated(&joined, PER, confidence) {
        Ok(found) => Ok(Rate {
            value: found.value,
            lower: found.interval.lower,
            upper: found.interval.upper,
        }),
        Err(Withheld::TooFewEvents { least, .. }) => Err(format!("Fewer than {least} admissions")),
        Err(Withheld::EmptyBand { .. }) => Err("Nobody on record".to_owned()),
        Err(other) => Err(other.to_string()),
    }
}

/// The bands with people, each with the weight of those without that follow it; those before the first are its as well.
fn joined(bands: &[Band; BANDS]) -> Vec<RepeatedBand> {
    let mut joined: Vec<RepeatedBand> = Vec::new();
    for (band, (_, weight)) in bands.iter().zip(EUROPEAN_2013) {
        let next = RepeatedBand {
            people: band
                .admitted
                .iter()
                .map(|(times, people)| (*times, *people))
                .collect(),
            population: real(band.people),
            weight,
        };
        match joined.last_mut() {
            Some(last) if last.population == 0.0 || next.population == 0.0 => {
                last.people.extend(next.people);
                last.population += next.population;
                last.weight += next.weight;
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// A count as a number with a fraction.
pub(super) fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use stour_statistics::rate::direct::standardised;

    use super::*;

    fn bands(people: &[(u64, u64)]) -> [Band; BANDS] {
        let mut bands: [Band; BANDS] = Default::default();
        for (band, (people, once)) in bands.iter_mut().zip(people) {
            band.people = *people;
            band.admitted = [(1, *once)]
                .into_iter()
                .filter(|(_, people)| *people > 0)
                .collect();
        }
        bands
    }

    proptest! {
        #[test]
        fn the_rate_is_the_sum_of_the_ages_own_rates_by_their_weights(
            people in proptest::collection::vec((1_u64..400, 0_u64..40), BANDS),
        ) {
            let found = rate(&bands(&people));
            let total: u64 = people.iter().map(|(_, once)| once).sum();
            if total < 10 {
                prop_assert_eq!(found, Err("Fewer than 10 admissions".to_owned()));
            } else {
                let by_hand: f64 = people.iter().zip(EUROPEAN_2013)
                    .map(|((people, once), (_, weight))| real(*once) / real(*people) * weight)
                    .sum::<f64>() / 100_000.0 * 1_000.0;
                let found = found.unwrap();
                prop_assert!((found.value - by_hand).abs() < 1e-9);
                prop_assert!(found.lower.is_none_or(|lower| lower <= found.value));
                prop_assert!(found.value <= found.upper);
            }
        }

        #[test]
        fn ages_of_whom_there_is_nobody_lose_no_weight(
            people in proptest::collection::vec((0_u64..3, 0_u64..30), BANDS),
        ) {
            let joined = joined(&bands(&people));
            let weights: f64 = joined.iter().map(|band| band.weight).sum();
            prop_assert!((weights - 100_000.0).abs() < 1e-9);
            let all: f64 = joined.iter().map(|band| band.population).sum();
            prop_assert!((all - people.iter().map(|(people, _)| real(*people)).sum::<f64>()).abs() < 1e-9);
            if all > 0.0 {
                prop_assert!(joined.iter().all(|band| band.population > 0.0));
            }
        }
    }

    #[test]
    fn the_same_rate_at_every_age_is_that_rate() {
        let people = [(200, 20); BANDS];
        let found = rate(&bands(&people)).unwrap();
        assert!((found.value - 100.0).abs() < 1e-9);
        let plain: Vec<_> = EUROPEAN_2013
            .iter()
            .map(|(_, weight)| stour_statistics::rate::direct::Band {
                count: 20,
                population: 200.0,
                weight: *weight,
            })
            .collect();
        let engine = standardised(&plain, PER, Confidence::new(0.95).unwrap()).unwrap();
        assert!((engine.interval.upper - found.upper).abs() < 1e-9);
    }

    #[test]
    fn several_admissions_of_one_person_make_the_limits_wider() {
        let once = bands(&[(200, 20); BANDS]);
        let mut often = once.clone();
        for band in &mut often {
            band.admitted = [(10, 2)].into_iter().collect();
        }
        let (once, often) = (rate(&once).unwrap(), rate(&often).unwrap());
        assert!((once.value - often.value).abs() < 1e-9);
        assert!(often.upper > once.upper);
    }
}
