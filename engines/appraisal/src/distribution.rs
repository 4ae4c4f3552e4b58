//! How unsure a number is.

use serde::Deserialize;
use toml::Spanned;

use crate::case::Input;
use crate::{normal, number, said};

/// Cells of the table by which a PERT distribution is drawn.
const CELLS: usize = 1024;

/// Half the width of an interval that holds 80 of 100 values, in standard deviations.
const EIGHTY: f64 = 1.281_551_565_544_600_4;

/// An uncertain number as a document writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UncertainDocument {
    pub(crate) input: Spanned<String>,
    distribution: Name,
    low: Option<f64>,
    mode: Option<f64>,
    high: Option<f64>,
    mean: Option<f64>,
    sd: Option<f64>,
    median: Option<f64>,
    p10: Option<f64>,
    p90: Option<f64>,
    #[serde(deserialize_with = "said::text")]
    pub(crate) source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Name {
    Triangular,
    Pert,
    Uniform,
    Lognormal,
    NormalInterval,
}

/// An input whose value is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Uncertain {
    pub(crate) input: Input,
    pub(crate) distribution: Distribution,
    pub(crate) source: String,
}

/// A distribution, ready to be drawn from.
#[derive(Debug, Clone)]
pub(crate) struct Distribution {
    shape: Shape,
    /// The values that the number may take: draws beyond are set to the nearest.
    least: f64,
    most: f64,
}

#[derive(Debug, Clone)]
enum Shape {
    Triangular {
        low: f64,
        high: f64,
        at_mode: f64,
        rise: f64,
        fall: f64,
    },
    Pert(Box<Table>),
    Uniform {
        low: f64,
        width: f64,
    },
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
}

/// A distribution of bounded values, as the probabilities below evenly spaced ones.
#[derive(Debug, Clone)]
struct Table {
    low: f64,
    step: f64,
    /// The probability below the start of each cell, and 1.
    below: Vec<f64>,
    /// The first cell that may hold each probability, in steps of one in [`CELLS`].
    guide: Vec<usize>,
}

impl UncertainDocument {
    /// The distribution within this range, or what is wrong with it.
    pub(crate) fn check(&self, least: f64, most: f64) -> Result<Distribution, String> {
        let name = self.distribution;
        let shape = match (name, self.given().as_slice()) {
            (Name::Triangular | Name::Pert, [("low", low), ("mode", mode), ("high", high)]) => {
                ordered(*low, *mode, *high)?;
                bounded(*low, *high, least, most)?;
                if name == Name::Pert {
                    Shape::Pert(Box::new(Table::pert(*low, *mode, *high)))
                } else {
                    triangular(*low, *mode, *high)
                }
            }
            (Name::Uniform, [("low", low), ("high", high)]) => {
                ordered(*low, *low, *high)?;
                bounded(*low, *high, least, most)?;
                Shape::Uniform {
                    low: *low,
                    width: high - low,
                }
            }
            (Name::Lognormal, [("mean", mean), ("sd", sd)]) => {
                positive(*mean, "mean")?;
                positive(*sd, "sd")?;
                bounded(*mean, *mean, least, most)?;
                let variance = (sd / mean).powi(2).ln_1p();
                finite(variance)?;
                Shape::Lognormal {
                    mu: mean.ln() - variance / 2.0,
                    sigma: variance.sqrt(),
                }
            }
            (Name::Lognormal, [("mean", mean), ("median", median)]) => {
                positive(*median, "median")?;
                if mean <= median || !mean.is_finite() {
                    return Err(format!(
                        "the mean of a lognormal is above its median; {mean} is not above {median}"
                    ));
                }
                bounded(*median, *mean, least, most)?;
                let variance = 2.0 * (mean / median).ln();
                finite(variance)?;
                Shape::Lognormal {
                    mu: median.ln(),
                    sigma: variance.sqrt(),
                }
            }
            (Name::NormalInterval, [("p10", p10), ("p90", p90)]) => {
                ordered(*p10, *p10, *p90)?;
                bounded(*p10, *p90, least, most)?;
                Shape::Normal {
                    mean: p10.midpoint(*p90),
                    sd: (p90 - p10) / (2.0 * EIGHTY),
                }
            }
            _ => return Err(name.wants().to_owned()),
        };
        Ok(Distribution { shape, least, most })
    }

    /// The parameters that are there, by name.
    fn given(&self) -> Vec<(&'static str, f64)> {
        [
            ("low", self.low),
            ("mode", self.mode),
            ("high", self.high),
            ("mean", self.mean),
            ("sd", self.sd),
            ("median", self.median),
            ("p10", self.p10),
            ("p90", self.p90),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .collect()
    }
}

impl Name {
    const fn wants(self) -> &'static str {
        match self {
            Self::Triangular => {
                "a triangular distribution has low, mode and high, and nothing else"
            }
            Self::Pert => "a PERT distribution has low, mode and high, and nothing else",
            Self::Uniform => "a uniform distribution has low and high, and nothing else",
            Self::Lognormal => {
                "a lognormal distribution has mean and sd, or median and mean, and nothing else"
            }
            Self::NormalInterval => {
                "a normal distribution by its 80% interval has p10 and p90, and nothing else"
            }
        }
    }
}

fn finite(variance: f64) -> Result<(), String> {
    if variance.is_finite() {
        Ok(())
    } else {
        Err("a lognormal that is spread so far has no numbers: check its parameters".to_owned())
    }
}

fn ordered(low: f64, mode: f64, high: f64) -> Result<(), String> {
    if low.is_finite() && high.is_finite() && low <= mode && mode <= high && low < high {
        Ok(())
    } else {
        Err(format!(
            "{low}, {mode} and {high} are not in order from low to high: they rise, and a number that is sure is not uncertain"
        ))
    }
}

fn bounded(low: f64, high: f64, least: f64, most: f64) -> Result<(), String> {
    if low >= least && high <= most {
        Ok(())
    } else {
        Err(format!(
            "{low} to {high} goes beyond what the input may be, {least} to {most}"
        ))
    }
}

fn positive(value: f64, what: &str) -> Result<(), String> {
    if value.is_finite() && value > 0.0 {
        Ok(())
    } else {
        Err(format!(
            "the {what} of a lognormal is {value}; it must be above 0"
        ))
    }
}

fn triangular(low: f64, mode: f64, high: f64) -> Shape {
    let width = high - low;
    Shape::Triangular {
        low,
        high,
        at_mode: (mode - low) / width,
        rise: width * (mode - low),
        fall: width * (high - mode),
    }
}

impl Distribution {
    /// The value below which one falls with probability `p`, for 0 < `p` < 1.
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        let mut value = [p];
        self.quantiles(&mut value);
        value.into_iter().sum()
    }

    /// Makes probabilities into the values that belong to them.
    pub(crate) fn quantiles(&self, values: &mut [f64]) {
        match &self.shape {
            Shape::Triangular {
                low,
                high,
                at_mode,
                rise,
                fall,
            } => self.each(values, |p| {
                let rising = p < *at_mode;
                let from = (if rising { p * rise } else { (1.0 - p) * fall }).sqrt();
                if rising { low + from } else { high - from }
            }),
            Shape::Pert(table) => self.each(values, |p| table.quantile(p)),
            Shape::Uniform { low, width } => self.each(values, |p| low + width * p),
            Shape::Lognormal { mu, sigma } => {
                self.each(values, |p| (mu + sigma * normal::quantile(p)).exp());
            }
            Shape::Normal { mean, sd } => self.each(values, |p| mean + sd * normal::quantile(p)),
        }
    }

    /// What the loop does is known where it is compiled, which halves what a draw costs.
    #[inline]
    fn each(&self, values: &mut [f64], value: impl Fn(f64) -> f64) {
        for slot in values {
            *slot = value(*slot).clamp(self.least, self.most);
        }
    }
}

impl Table {
    /// PERT: low + (high − low) × Beta(1 + 4(mode − low)/(high − low), 1 + 4(high − mode)/(high − low)).
    fn pert(low: f64, mode: f64, high: f64) -> Self {
        let width = high - low;
        let (rise, fall) = (4.0 * (mode - low) / width, 4.0 * (high - mode) / width);
        let density = |x: f64| x.powf(rise) * (1.0 - x).powf(fall);
        let cell = 1.0 / number::count(CELLS);
        let mut sum = 0.0;
        let mut below = vec![0.0];
        for place in 0..CELLS {
            let start = number::count(place) * cell;
            // Simpson's rule.
            sum += density(start)
                + 4.0 * density(start + cell / 2.0)
                + density((start + cell).min(1.0));
            below.push(sum);
        }
        for part in &mut below {
            *part /= sum;
        }
        let first = |step: usize| {
            let p = number::count(step) * cell;
            below
                .partition_point(|part| *part <= p)
                .saturating_sub(1)
                .min(CELLS - 1)
        };
        let guide = (0..CELLS).map(first).collect();
        Self {
            low,
            step: width * cell,
            below,
            guide,
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        let start = self
            .guide
            .get(number::place(p * number::count(CELLS)))
            .copied()
            .unwrap_or(0);
        let mut cell = start;
        let mut below = self.at(cell);
        let mut above = self.at(cell + 1);
        while above <= p && cell + 1 < CELLS {
            cell += 1;
            below = above;
            above = self.at(cell + 1);
        }
        let within = if above > below {
            (p - below) / (above - below)
        } else {
            0.0
        };
        self.low + self.step * (number::count(cell) + within)
    }

    fn at(&self, place: usize) -> f64 {
        self.below.get(place).copied().unwrap_or(1.0)
    }
}

#[cfg(test)]
mod tests;
