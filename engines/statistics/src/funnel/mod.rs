//! Funnel plots: many units compared with one standard, in the order of how much each counted.
//!
//! The method is that of D. J. Spiegelhalter, "Funnel plots for comparing institutional
//! performance", Statistics in Medicine 24 (2005). Around the standard lie limits at 95% and 99.8%
//! (about two and three standard deviations), wide where little was counted:
//! - **exact**: quantiles of the binomial (proportion) or Poisson (rate) distribution, interpolated
//!   between whole counts so that the lines are smooth (his appendix A.1);
//! - **normal**: `θ ± z sqrt(θ(1-θ)/n)` for a proportion and `θ ± z sqrt(θ/n)` for a rate.
//!
//! With large denominators nearly every unit lies outside, because units differ by more than
//! chance. That **over-dispersion** is measured by `φ`, the mean square of the units' z-scores after
//! the most extreme tenth at each end is pulled in (winsorised), and allowed for in one of two ways:
//! - **multiplicative**: the normal limits are `sqrt(φ)` times as wide, never narrower;
//! - **additive**: units truly differ with variance `τ²`, estimated by the method of moments,
//!   `max(0, (Iφ - (I-1)) / (Σw - Σw²/Σw))` with `w = 1/s²` over the `I` units. It is worked out, and
//!   the limits are drawn, on a scale where the variance does not depend on the value: `asin(sqrt p)`
//!   with `s = 1/(2 sqrt n)` for a proportion, `sqrt r` with the same `s` for a rate.
//!
//! z-scores are taken on the scale that the limits are drawn on. Winsorising uses the quantiles that
//! lie between order statistics in proportion (R's type 7). Proportions lie from 0 to 1; a rate is
//! events for each unit of exposure.

mod exact;

use serde::{Deserialize, Serialize};

use crate::attribute::{self, Attribute, Counted};
use crate::normal;

/// The share of z-scores pulled in at each end.
const WINSORISED: f64 = 0.1;
/// The fewest units over which over-dispersion can be measured.
pub const FEWEST_FOR_DISPERSION: usize = 10;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// How many of so many.
    Proportion,
    /// Events for each unit of exposure.
    Rate,
}

/// How limits are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By the distribution itself.
    Exact,
    /// By its mean and variance.
    Normal,
    /// Normal limits, widened by over-dispersion.
    Multiplicative,
    /// Limits that allow for true differences between units.
    Additive,
}

/// Lower and upper limits, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// The lower limit, at least 0.
    pub lower: f64,
    /// The upper limit, for a proportion at most 1.
    pub upper: f64,
}

/// Where a unit lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Below the 99.8% limits.
    FarBelow,
    /// Between the lower 95% and 99.8% limits.
    Below,
    /// Within the 95% limits, or on them.
    Within,
    /// Between the upper 95% and 99.8% limits.
    Above,
    /// Above the 99.8% limits.
    FarAbove,
}

/// A unit and its limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Unit {
    /// Its value: count over size.
    pub value: f64,
    /// Its z-score against the standard, before winsorising.
    pub z: f64,
    /// The 95% limits for its size.
    pub inner: Band,
    /// The 99.8% limits for its size.
    pub outer: Band,
    /// Where it lies.
    pub place: Place,
}

/// A funnel plot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// What each unit is compared with.
    pub standard: f64,
    /// One for each unit given, in the same order.
    pub units: Vec<Unit>,
    /// The over-dispersion, about 1 where units differ by chance alone; `None` with fewer than ten.
    pub phi: Option<f64>,
    /// The variance of the units' true values on the transformed scale, where the method is additive.
    pub tau_squared: Option<f64>,
}

/// Why there is no funnel.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Error {
    /// No unit was given.
    #[error("there are no units to compare")]
    NoUnits,
    /// A count or a denominator cannot be what it says.
    #[error(transparent)]
    Unit(#[from] attribute::Error),
    /// Exact limits need whole counts.
    #[error(
        "the denominator of unit {position} (from 0) is {size}: exact limits need a whole number"
    )]
    NotWhole {
        /// Its place, from 0.
        position: usize,
        /// The denominator.
        size: f64,
    },
    /// Too large for exact limits.
    #[error("unit {position} (from 0) is too large for exact limits: use normal ones")]
    TooLarge {
        /// Its place, from 0.
        position: usize,
    },
    /// Every unit has none, or every unit has all.
    #[error("every unit has the same value, {0}, which leaves nothing to compare")]
    NoVariation(f64),
    /// The standard is not one that units can have.
    #[error("{0} cannot be the standard: give a number above 0, and for a proportion below 1")]
    Standard(f64),
    /// Over-dispersion of too few units.
    #[error("over-dispersion cannot be measured over {0} units: give at least 10")]
    TooFew(usize),
}

impl Compared {
    fn attribute(self) -> Attribute {
        match self {
            Self::Proportion => Attribute::Proportion,
            Self::Rate => Attribute::Rate,
        }
    }

    fn deviation(self, standard: f64, size: f64) -> f64 {
        let variance = match self {
            Self::Proportion => standard * (1.0 - standard),
            Self::Rate => standard,
        };
        (variance / size).sqrt()
    }

    /// To the scale where the variance does not depend on the value.
    fn turned(self, value: f64) -> f64 {
        match self {
            Self::Proportion => value.sqrt().asin(),
            Self::Rate => value.sqrt(),
        }
    }

    fn turned_back(self, turned: f64) -> f64 {
        match self {
            Self::Proportion => turned.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
            Self::Rate => turned.max(0.0).powi(2),
        }
    }

    fn cut(self, band: Band) -> Band {
        let most = match self {
            Self::Proportion => 1.0,
            Self::Rate => f64::INFINITY,
        };
        Band {
            lower: band.lower.max(0.0),
            upper: band.upper.min(most),
        }
    }
}

/// Compares units with a standard, or with all of them together where none is given.
///
/// # Errors
/// When a unit or the standard cannot be what it says, when there are too few units to measure
/// over-dispersion by, or when exact limits cannot be had.
pub fn funnel(
    compared: Compared,
    method: Method,
    units: &[Counted],
    standard: Option<f64>,
) -> Result<Funnel, Error> {
    for (position, &unit) in units.iter().enumerate() {
        compared.attribute().check(unit, position)?;
    }
    let standard = self::standard(compared, units, standard)?;
    let values: Vec<f64> = units.iter().map(|unit| unit.count / unit.size).collect();
    let scores: Vec<f64> = units
        .iter()
        .zip(&values)
        .map(|(unit, &value)| {
            if method == Method::Additive {
                let gap = compared.turned(value) - compared.turned(standard);
                gap * 2.0 * unit.size.sqrt()
            } else {
                (value - standard) / compared.deviation(standard, unit.size)
            }
        })
        .collect();
    let phi = dispersion(&scores);
    let widened = matches!(method, Method::Multiplicative | Method::Additive);
    let phi_or = phi.ok_or(Error::TooFew(units.len()));
    let phi_used = if widened { phi_or? } else { 1.0 };
    let tau_squared = (method == Method::Additive).then(|| tau_squared(phi_used, units));
    let lines = Limiting {
        compared,
        method,
        standard,
        widening: phi_used.max(1.0).sqrt(),
        tau_squared: tau_squared.unwrap_or(0.0),
    };
    let mut judged = Vec::with_capacity(units.len());
    for (position, ((unit, value), z)) in units.iter().zip(values).zip(scores).enumerate() {
        let inner = lines.band(unit.size, 0.025, position)?;
        let outer = lines.band(unit.size, 0.001, position)?;
        let place = place(value, inner, outer);
        judged.push(Unit {
            value,
            z,
            inner,
            outer,
            place,
        });
    }
    Ok(Funnel {
        standard,
        units: judged,
        phi,
        tau_squared,
    })
}

fn standard(compared: Compared, units: &[Counted], given: Option<f64>) -> Result<f64, Error> {
    let fits = |standard: f64| {
        standard.is_finite() && standard > 0.0 && (compared == Compared::Rate || standard < 1.0)
    };
    if units.is_empty() {
        return Err(Error::NoUnits);
    }
    if let Some(given) = given {
        return Some(given)
            .filter(|&given| fits(given))
            .ok_or(Error::Standard(given));
    }
    let count: f64 = units.iter().map(|unit| unit.count).sum();
    let size: f64 = units.iter().map(|unit| unit.size).sum();
    let all = count / size;
    Some(all)
        .filter(|&all| fits(all))
        .ok_or(Error::NoVariation(all))
}

/// How limits are drawn for a size.
struct Limiting {
    compared: Compared,
    method: Method,
    standard: f64,
    widening: f64,
    tau_squared: f64,
}

impl Limiting {
    /// Limits with so much of chance beyond each of them.
    fn band(&self, size: f64, tail: f64, position: usize) -> Result<Band, Error> {
        let z = -normal::quantile(tail);
        let compared = self.compared;
        Ok(match self.method {
            Method::Exact => {
                let (lower, upper) = exact::limits(compared, self.standard, size, tail)
                    .map_err(|wrong| wrong.at(position, size))?;
                compared.cut(Band { lower, upper })
            }
            Method::Normal | Method::Multiplicative => {
                let reach = z * compared.deviation(self.standard, size) * self.widening;
                compared.cut(Band {
                    lower: self.standard - reach,
                    upper: self.standard + reach,
                })
            }
            Method::Additive => {
                let reach = z * (0.25 / size + self.tau_squared).sqrt();
                let middle = compared.turned(self.standard);
                Band {
                    lower: compared.turned_back(middle - reach),
                    upper: compared.turned_back(middle + reach),
                }
            }
        })
    }
}

fn place(value: f64, inner: Band, outer: Band) -> Place {
    if value > outer.upper {
        Place::FarAbove
    } else if value < outer.lower {
        Place::FarBelow
    } else if value > inner.upper {
        Place::Above
    } else if value < inner.lower {
        Place::Below
    } else {
        Place::Within
    }
}

/// The mean square of the winsorised scores; `None` of fewer than ten.
fn dispersion(scores: &[f64]) -> Option<f64> {
    if scores.len() < FEWEST_FOR_DISPERSION {
        return None;
    }
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (least, most) = (
        quantile(&sorted, WINSORISED)?,
        quantile(&sorted, 1.0 - WINSORISED)?,
    );
    let squares = scores.iter().map(|score| score.clamp(least, most).powi(2));
    crate::xmr::mean(squares)
}

/// A quantile between order statistics, in proportion.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * exact::real(sorted.len().checked_sub(1)?);
    let below = place.floor();
    let at = exact::whole(below)?;
    let lower = sorted.get(at).copied()?;
    let upper = sorted.get(at + 1).copied().unwrap_or(lower);
    Some((upper - lower).mul_add(place - below, lower))
}

/// The variance between units on the transformed scale.
fn tau_squared(phi: f64, units: &[Counted]) -> f64 {
    let count = exact::real(units.len());
    // w = 1 / s² = 4 n.
    let weights: f64 = units.iter().map(|unit| 4.0 * unit.size).sum();
    let squares: f64 = units.iter().map(|unit| (4.0 * unit.size).powi(2)).sum();
    let below = weights - squares / weights;
    ((count * phi - (count - 1.0)) / below).max(0.0)
}
