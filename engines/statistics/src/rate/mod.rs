//! Rates of public health and how sure we are of them: counts, crude and standardised rates, means,
//! percentiles, groups of areas, life expectancy, the slope index of inequality, and what may be published.
//!
//! The methods are those of the public health profiles of England (Fingertips), each named with its source
//! where it is. Small numbers are never touched in computing: [`suppress`] hides them in what is published.
//! Where a simulation is needed, its seed is a parameter.

pub mod count;
pub mod direct;
pub mod follow;
pub mod group;
pub mod indirect;
pub mod life;
pub mod mean;
pub mod rank;
pub mod slope;
pub mod suppress;

mod number;
mod special;

use serde::Serialize;

use crate::normal;

/// From this many events a rate is computed by Byar's approximation, and a standardised rate is shown at all.
pub const LEAST_EVENTS: u64 = 10;

/// How sure an interval is, two-sided: 0.95 holds the truth in 95 of 100 repetitions.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Confidence(f64);

impl Confidence {
    /// A confidence strictly between 0 and 1.
    ///
    /// # Errors
    /// [`Withheld::Confidence`] for any other number.
    pub fn new(confidence: f64) -> Result<Self, Withheld> {
        if confidence > 0.0 && confidence < 1.0 {
            Ok(Self(confidence))
        } else {
            Err(Withheld::Confidence(confidence))
        }
    }

    /// The number that was given.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// What is left on each side of the interval.
    fn tail(self) -> f64 {
        0.5 * (1.0 - self.0)
    }

    /// How many standard errors reach from the middle to an end.
    fn z(self) -> f64 {
        -normal::quantile(self.tail())
    }
}

/// A pair of limits. The unit is that of the value it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end; none where the method gives no end above nothing.
    pub lower: Option<f64>,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    fn scaled(self, by: f64) -> Self {
        Self {
            lower: self.lower.map(|lower| lower * by),
            upper: self.upper * by,
        }
    }

    /// The interval, if it and its value are numbers.
    ///
    /// # Errors
    /// [`Withheld::BeyondNumbers`].
    fn around(self, value: f64) -> Result<Self, Withheld> {
        for end in [value, self.lower.unwrap_or(0.0), self.upper] {
            finite(end)?;
        }
        Ok(self)
    }
}

/// Why a number is not given.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Withheld {
    /// The confidence is not strictly between 0 and 1.
    #[error("{0} is not a confidence: give a number between 0 and 1, such as 0.95")]
    Confidence(f64),
    /// The multiplier is not a positive number.
    #[error("{0} is not a multiplier: give a number above 0, such as 100000")]
    Multiplier(f64),
    /// The population is nought.
    #[error("the population is 0: there is no rate of nobody")]
    NoPopulation,
    /// The population is negative or no number.
    #[error("{0} is not a population")]
    Population(f64),
    /// A band has no population.
    #[error("the population of band {} is 0", place + 1)]
    EmptyBand {
        /// Its place, from 0.
        place: usize,
    },
    /// A number of a band cannot be what it stands for.
    #[error("{what} of band {} cannot be {value}", place + 1)]
    Band {
        /// What the number is.
        what: &'static str,
        /// The number.
        value: f64,
        /// The place of the band, from 0.
        place: usize,
    },
    /// There are no bands.
    #[error("there are no bands to standardise over")]
    NoBands,
    /// Too few events for a standardised rate.
    #[error("the total count is {total}: below {least} no standardised rate is given")]
    TooFewEvents {
        /// How many there are.
        total: u64,
        /// How many there must be.
        least: u64,
    },
    /// No events are expected.
    #[error("the reference expects no events here")]
    NothingExpected,
    /// Too few values.
    #[error("there {}: at least {least} are needed", counted(*found, "value"))]
    TooFewValues {
        /// How many there are.
        found: usize,
        /// How many there must be.
        least: usize,
    },
    /// A value is infinite or no number.
    #[error("value {} is no number", place + 1)]
    NotANumber {
        /// Its place, from 0.
        place: usize,
    },
    /// A percentile outside 0 and 1.
    #[error("{0} is not a percentile: give a number from 0 to 1, such as 0.5")]
    Percentile(f64),
    /// A life table without all of its bands.
    #[error(
        "there {}: a life table needs those that begin at 0, 1, 5, 10 and so on to 90",
        counted(*found, "age band")
    )]
    Bands {
        /// How many there are.
        found: usize,
    },
    /// More died than lived in a band.
    #[error("more people died than lived in band {}", place + 1)]
    DeathsExceedPopulation {
        /// Its place, from 0.
        place: usize,
    },
    /// At this mortality nobody reaches the next band.
    #[error("at the mortality of band {} nobody reaches the next one", place + 1)]
    NobodyLeft {
        /// Its place, from 0.
        place: usize,
    },
    /// Nobody died in the last band.
    #[error("nobody died in the last age band: how long its people live is not known")]
    NobodyDiedAtTheEnd,
    /// A population too small for a life table.
    #[error("the population is {population}: a life table needs more than {least}")]
    SmallPopulation {
        /// How many people there are.
        population: f64,
        /// More than this is needed.
        least: f64,
    },
    /// A life expectancy whose interval is too wide.
    #[error("its 95% interval is {width:.1} years wide, more than {most}")]
    WideInterval {
        /// How many years.
        width: f64,
        /// How many are accepted.
        most: f64,
    },
    /// The number of groups of a slope.
    #[error("there {}: a slope index needs 5 to 100", counted(*found, "group"))]
    Groups {
        /// How many there are.
        found: usize,
    },
    /// A value that a logarithm or logit does not take.
    #[error("the value or a limit of group {} is {value}: on this scale it must be {must}", place + 1)]
    Scale {
        /// The place of the group, from 0.
        place: usize,
        /// The value.
        value: f64,
        /// What it must be.
        must: &'static str,
    },
    /// The fitted line does not stay on one side of nothing.
    #[error("the fitted line begins at {0}: there is no ratio")]
    NoRatio(f64),
    /// Days after a beginning that end before they begin.
    #[error("days {from} to {to} after a beginning are none")]
    NoDays {
        /// The first.
        from: u16,
        /// The last.
        to: u16,
    },
    /// A result that no number can hold.
    #[error("the result or its limits are beyond the numbers that can be worked with")]
    BeyondNumbers,
    /// The number of simulated draws.
    #[error("{0} draws are too few: give at least 1000")]
    Draws(usize),
}

/// How many there are, in words.
fn counted(count: usize, of: &str) -> String {
    if count == 1 {
        format!("is 1 {of}")
    } else {
        format!("are {count} {of}s")
    }
}

/// A result, if it is a number.
fn finite(result: f64) -> Result<f64, Withheld> {
    let result = Some(result).filter(|result| result.is_finite());
    result.ok_or(Withheld::BeyondNumbers)
}

/// The sum of counts.
fn total(counts: impl IntoIterator<Item = u64>) -> Result<u64, Withheld> {
    let mut counts = counts.into_iter();
    let total = counts.try_fold(0, u64::checked_add);
    total.ok_or(Withheld::BeyondNumbers)
}

/// The multiplier, if it is a positive number.
fn positive(multiplier: f64) -> Result<f64, Withheld> {
    if multiplier > 0.0 && multiplier.is_finite() {
        Ok(multiplier)
    } else {
        Err(Withheld::Multiplier(multiplier))
    }
}

/// The number of people, or of years lived, if there are any.
fn people(population: f64) -> Result<f64, Withheld> {
    if population == 0.0 {
        Err(Withheld::NoPopulation)
    } else if population > 0.0 && population.is_finite() {
        Ok(population)
    } else {
        Err(Withheld::Population(population))
    }
}
