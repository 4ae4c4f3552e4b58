//! Directly standardised rates: what the rate would be if the population had the ages of a standard one.

use serde::Serialize;

use super::count::byars;
use super::number::real;
use super::{Confidence, Interval, LEAST_EVENTS, Withheld, positive, total};

/// The European Standard Population of 2013 (Eurostat, Revision of the European Standard Population, 2013):
/// the youngest age of each band and its weight in 100,000 people.
pub const EUROPEAN_2013: [(u32, f64); 19] = [
    (0, 5000.0),
    (5, 5500.0),
    (10, 5500.0),
    (15, 5500.0),
    (20, 6000.0),
    (25, 6000.0),
    (30, 6500.0),
    (35, 7000.0),
    (40, 7000.0),
    (45, 7000.0),
    (50, 7000.0),
    (55, 6500.0),
    (60, 6000.0),
    (65, 5500.0),
    (70, 5000.0),
    (75, 4000.0),
    (80, 2500.0),
    (85, 1500.0),
    (90, 1000.0),
];

/// One band of ages: who lives there, what happened to them, and how much the band weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// How many events there were.
    pub count: u64,
    /// How many people, or years lived.
    pub population: f64,
    /// How many people of the standard population.
    pub weight: f64,
}

/// One band in which a person may have several events.
#[derive(Debug, Clone, PartialEq)]
pub struct RepeatedBand {
    /// How many people had how many events each: `(events, people)`.
    pub people: Vec<(u64, u64)>,
    /// How many people, or years lived.
    pub population: f64,
    /// How many people of the standard population.
    pub weight: f64,
}

/// A directly standardised rate, in events per so many people as its multiplier says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DirectRate {
    /// All events.
    pub total_count: u64,
    /// All people.
    pub total_population: f64,
    /// The rate.
    pub value: f64,
    /// Its limits.
    pub interval: Interval,
}

/// The directly standardised rate over bands of ages. Its limits are Dobson's, scaled from Byar's (A. J.
/// Dobson and others, Statistics in Medicine 10, 1991); a lower one below nothing is missing.
///
/// # Errors
/// When there are no bands or fewer than 10 events, when a band has no population or no weight that is a
/// number, when the multiplier is not positive, or the rate is beyond numbers.
pub fn standardised(
    bands: &[Band],
    multiplier: f64,
    confidence: Confidence,
) -> Result<DirectRate, Withheld> {
    let parts = bands.iter().map(|band| Part {
        events: band.count,
        spread: real(band.count),
        population: band.population,
        weight: band.weight,
    });
    combine(&parts.collect::<Vec<_>>(), multiplier, confidence)
}

/// The same where one person may have several events, such as admissions: events of one person come
/// together, so that the interval is wider. People with the same number of events count as one Poisson
/// variable, each of whose events weighs that number (Fingertips public health technical guidance).
///
/// # Errors
/// As [`standardised`].
pub fn standardised_repeated(
    bands: &[RepeatedBand],
    multiplier: f64,
    confidence: Confidence,
) -> Result<DirectRate, Withheld> {
    let part = |band: &RepeatedBand| {
        let people = || band.people.iter().copied();
        let events = people().map(|(events, people)| events.checked_mul(people));
        let events: Option<Vec<u64>> = events.collect();
        Ok(Part {
            events: total(events.ok_or(Withheld::BeyondNumbers)?)?,
            spread: people()
                .map(|(events, people)| real(events).powi(2) * real(people))
                .sum(),
            population: band.population,
            weight: band.weight,
        })
    };
    let parts: Vec<Part> = bands.iter().map(part).collect::<Result<_, _>>()?;
    combine(&parts, multiplier, confidence)
}

/// A band with the variance of its number of events.
struct Part {
    events: u64,
    spread: f64,
    population: f64,
    weight: f64,
}

fn combine(
    parts: &[Part],
    multiplier: f64,
    confidence: Confidence,
) -> Result<DirectRate, Withheld> {
    let multiplier = positive(multiplier)?;
    for (place, part) in parts.iter().enumerate() {
        check(place, "the population", part.population)?;
        check(place, "the standard population", part.weight)?;
        if part.population == 0.0 {
            return Err(Withheld::EmptyBand { place });
        }
    }
    let weights: f64 = parts.iter().map(|part| part.weight).sum();
    if weights == 0.0 {
        return Err(Withheld::NoBands);
    }
    let total = total(parts.iter().map(|part| part.events))?;
    if total < LEAST_EVENTS {
        return Err(Withheld::TooFewEvents {
            total,
            least: LEAST_EVENTS,
        });
    }
    let (mut value, mut variance) = (0.0, 0.0);
    for part in parts {
        let weight = part.weight / part.population;
        value += weight * real(part.events);
        variance += weight * weight * part.spread;
    }
    value /= weights;
    variance /= weights * weights;
    let events = real(total);
    let scale = (variance / events).sqrt();
    let around = byars(total, confidence);
    let limit = |end: f64| (value + scale * (end - events)) * multiplier;
    let interval = Interval {
        lower: around.lower.map(limit).filter(|lower| *lower >= 0.0),
        upper: limit(around.upper),
    };
    let value = value * multiplier;
    Ok(DirectRate {
        total_count: total,
        total_population: parts.iter().map(|part| part.population).sum(),
        value,
        interval: interval.around(value)?,
    })
}

/// Refuses a number of a band that is negative or no number.
pub(super) fn check(place: usize, what: &'static str, value: f64) -> Result<(), Withheld> {
    if value >= 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(Withheld::Band { what, value, place })
    }
}
