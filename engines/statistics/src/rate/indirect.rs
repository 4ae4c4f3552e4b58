//! Indirectly standardised ratios and rates: what happened against what the reference would lead one to
//! expect of these ages.
//!
//! Each area has weights of its own, its ages, so that two such values do not compare with each other, only
//! each with the reference. The types here are therefore no [`Rankable`](super::rank::Rankable).

use serde::Serialize;

use super::count::{Method, limits};
use super::direct::check;
use super::number::real;
use super::{Confidence, Interval, Withheld, positive, total};

/// One band of ages: what happened here and in the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// How many events there were here.
    pub count: u64,
    /// How many people, or years lived, here.
    pub population: f64,
    /// How many events there were in the reference.
    pub reference_count: f64,
    /// How many people, or years lived, in the reference.
    pub reference_population: f64,
}

/// An indirectly standardised ratio: 1 is as the reference, times the multiplier.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IndirectRatio {
    /// How many events there were.
    pub observed: u64,
    /// How many the reference would lead one to expect.
    pub expected: f64,
    /// Observed over expected, times the multiplier.
    pub value: f64,
    /// Its limits.
    pub interval: Interval,
    /// How the limits were found.
    pub method: Method,
}

/// An indirectly standardised rate, in events per so many people as its multiplier says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IndirectRate {
    /// The crude rate of the reference, in the same unit.
    pub reference_rate: f64,
    /// The ratio, times the rate of the reference.
    pub ratio: IndirectRatio,
}

/// The indirectly standardised ratio over bands of ages, with the limits of the observed count: exact below
/// 10 events, Byar's from there on.
///
/// # Errors
/// When there are no bands, a band of the reference has no population, a number is negative, nothing is
/// expected, the multiplier is not positive, or the ratio is beyond numbers.
pub fn ratio(
    bands: &[Band],
    multiplier: f64,
    confidence: Confidence,
) -> Result<IndirectRatio, Withheld> {
    let multiplier = positive(multiplier)?;
    if bands.is_empty() {
        return Err(Withheld::NoBands);
    }
    let mut expected = 0.0;
    for (place, band) in bands.iter().enumerate() {
        check(place, "the population", band.population)?;
        check(place, "the count of the reference", band.reference_count)?;
        check(
            place,
            "the population of the reference",
            band.reference_population,
        )?;
        if band.reference_population == 0.0 {
            return Err(Withheld::EmptyBand { place });
        }
        expected += band.reference_count / band.reference_population * band.population;
    }
    if expected == 0.0 {
        return Err(Withheld::NothingExpected);
    }
    let observed = total(bands.iter().map(|band| band.count))?;
    let method = Method::for_count(observed);
    let scale = multiplier / expected;
    let value = real(observed) * scale;
    let interval = limits(observed, method, confidence).scaled(scale);
    Ok(IndirectRatio {
        observed,
        expected,
        value,
        interval: interval.around(value)?,
        method,
    })
}

/// The indirectly standardised rate: the ratio times the crude rate of the reference.
///
/// # Errors
/// As [`ratio`].
pub fn rate(
    bands: &[Band],
    multiplier: f64,
    confidence: Confidence,
) -> Result<IndirectRate, Withheld> {
    let multiplier = positive(multiplier)?;
    let events: f64 = bands.iter().map(|band| band.reference_count).sum();
    let people: f64 = bands.iter().map(|band| band.reference_population).sum();
    let reference_rate = events / people * multiplier;
    // The ratio first: it says what is wrong with the bands.
    let plain = ratio(bands, 1.0, confidence)?;
    let value = plain.value * reference_rate;
    Ok(IndirectRate {
        reference_rate,
        ratio: IndirectRatio {
            value,
            interval: plain.interval.scaled(reference_rate).around(value)?,
            ..plain
        },
    })
}
