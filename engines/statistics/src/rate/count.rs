//! A count of events, and the crude rate made of it.

use serde::Serialize;

use super::number::real;
use super::special::{Tail, gamma_quantile};
use super::{Confidence, Interval, LEAST_EVENTS, Withheld, people, positive};

/// How the limits of a count are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// From the Poisson distribution, by quantiles of gamma.
    Exact,
    /// Byar's approximation.
    Byars,
}

impl Method {
    /// Exact below 10 events, Byar's from there on: the rule of the public health profiles.
    pub const fn for_count(count: u64) -> Self {
        if count < LEAST_EVENTS {
            Self::Exact
        } else {
            Self::Byars
        }
    }

    /// What published tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "Exact",
            Self::Byars => "Byars",
        }
    }
}

/// Byar's limits of a count of events (N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research,
/// volume II, 1987), in events. The lower end is missing where the approximation falls below nothing, which
/// it does for few events.
pub fn byars(count: u64, confidence: Confidence) -> Interval {
    let z = confidence.z();
    let cube = |events: f64, z: f64| {
        events * (1.0 - 1.0 / (9.0 * events) + z / (3.0 * events.sqrt())).powi(3)
    };
    let lower = (count > 0).then(|| cube(real(count), -z));
    Interval {
        lower: lower.filter(|lower| *lower >= 0.0),
        upper: cube(real(count) + 1.0, z),
    }
}

/// The exact Poisson limits of a count of events (F. Garwood, Biometrika 28, 1936), in events.
pub fn exact(count: u64, confidence: Confidence) -> Interval {
    let tail = confidence.tail();
    let lower = if count == 0 {
        0.0
    } else {
        gamma_quantile(real(count), tail, Tail::Lower)
    };
    Interval {
        lower: Some(lower),
        upper: gamma_quantile(real(count) + 1.0, tail, Tail::Upper),
    }
}

/// The limits of a count of events by this method, in events.
pub fn limits(count: u64, method: Method, confidence: Confidence) -> Interval {
    match method {
        Method::Exact => exact(count, confidence),
        Method::Byars => byars(count, confidence),
    }
}

/// A rate with its interval, in events per so many people or years lived as its multiplier says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// The rate.
    pub value: f64,
    /// Its limits.
    pub interval: Interval,
    /// How the limits were found.
    pub method: Method,
}

/// The crude rate of `count` events in a population, times the multiplier: exact limits below 10 events,
/// Byar's from there on, unless a method is asked for.
///
/// # Errors
/// When the population is nought, negative or no number, the multiplier is not positive, or the rate is beyond
/// numbers.
pub fn rate(
    count: u64,
    population: f64,
    multiplier: f64,
    method: Option<Method>,
    confidence: Confidence,
) -> Result<Rate, Withheld> {
    let scale = positive(multiplier)? / people(population)?;
    let method = method.unwrap_or(Method::for_count(count));
    let value = real(count) * scale;
    let interval = limits(count, method, confidence).scaled(scale);
    Ok(Rate {
        value,
        interval: interval.around(value)?,
        method,
    })
}
