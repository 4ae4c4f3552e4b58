//! What agreement is worth: for each comparison and each of its levels, how often records of one person
//! show it, how often those of two relatives at one address do, and how often those of two strangers do.
//!
//! Fellegi and Sunter (1969) weigh one person against two strangers. Most wrong links are between
//! members of one household, who share a family name, an address and a telephone: a third class, the
//! relatives, keeps what they share from being counted as evidence for one person.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The number of levels that one comparison may have, the missing one included.
pub(crate) const LEVELS: usize = 8;
/// The number of comparisons that a model may have.
pub(crate) const FIELDS: usize = 32;

/// A comparison of the model, by its place. Further columns come after [`ORDER`].
pub(crate) const NUMBER: usize = 0;
pub(crate) const GIVEN: usize = 1;
pub(crate) const FAMILY: usize = 2;
pub(crate) const NAME_ORDER: usize = 3;
pub(crate) const MIDDLE: usize = 4;
pub(crate) const BORN: usize = 5;
pub(crate) const SEX: usize = 6;
pub(crate) const RESIDENCE: usize = 7;
pub(crate) const TELEPHONE: usize = 8;
pub(crate) const EMAIL: usize = 9;
pub(crate) const BIRTH_ORDER: usize = 10;
pub(crate) const EXTRA: usize = 11;

/// How often one level is seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// What it is called.
    pub name: String,
    /// Its share among pairs of records of one person.
    pub m: f64,
    /// Its share among pairs of records of two strangers. Where a value is known to be common or rare,
    /// its own share is taken instead.
    pub u: f64,
    /// Its share among pairs of records of two relatives at one address.
    pub h: f64,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared.
    pub name: String,
    /// The levels, from agreement to difference; what is missing on either side is no level.
    pub levels: Vec<Level>,
}

/// When a match is taken, and when somebody must look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// From this probability on, two records are linked, if no rule of trust holds the link.
    pub link: f64,
    /// From this probability on, somebody looks.
    pub review: f64,
    /// How much better than the runner-up the best must be, in bits.
    pub margin: f64,
    /// From this probability on, two records of one file are in one cluster.
    pub cluster: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            link: 0.999,
            review: 0.2,
            margin: 3.0,
            cluster: 0.9,
        }
    }
}

/// What agreement is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The name of the model, which every decision records.
    pub version: String,
    /// The expected number of records in the index that are of the incoming record's person: the share
    /// of incoming people who are there.
    pub present: f64,
    /// The expected number of records in the index that are of a relative at the same address.
    pub relatives: f64,
    /// As many people as there are at least where the records come from: an index that is smaller is
    /// taken for a part of them.
    pub population: f64,
    /// The comparisons, in the order of the engine; further columns last.
    pub comparisons: Vec<Comparison>,
    /// When a match is taken.
    #[serde(default)]
    pub thresholds: Thresholds,
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ModelError {
    /// Not the JSON of a model.
    #[error("this is not a model: {0}")]
    Json(String),
    /// The comparisons are not those of this engine.
    #[error("the comparison in place {place} must be {expected:?} with {levels} levels")]
    Comparison {
        /// Its place, from 1.
        place: usize,
        /// What should stand there.
        expected: String,
        /// How many levels it should have.
        levels: usize,
    },
    /// Too many further columns.
    #[error("a model has at most {} further columns", FIELDS - EXTRA)]
    TooManyColumns,
    /// A number that is no probability.
    #[error("in {comparison:?}, level {level:?}: m, u and h must be above 0 and at most 1")]
    Probability {
        /// The comparison.
        comparison: String,
        /// The level.
        level: String,
    },
    /// A number that cannot be.
    #[error("{0} must be a number above 0")]
    Number(&'static str),
}

/// Levels as (name, m, u, h).
type Shape = (&'static str, &'static [(&'static str, f64, f64, f64)]);

/// The comparisons with shares to begin from, before any record has been seen. They are this project's
/// estimates from published error rates (date of birth or sex wrong in about one record in a thousand of
/// hospital episodes, postcode out of date in half, Hagger-Johnson and others 2017; records that the
/// master person service cannot match by number): a model estimated from the records replaces them.
const SHAPES: [Shape; EXTRA] = [
    (
        "NHS number",
        &[
            ("same", 0.985, 1e-6, 5e-4),
            ("one slip", 0.006, 2e-8, 2e-8),
            ("different", 0.009, 1.0, 0.9995),
        ],
    ),
    (
        "given name",
        &[
            ("same", 0.84, 0.005, 0.012),
            ("forms of one name", 0.05, 0.003, 0.004),
            ("initial", 0.03, 0.01, 0.04),
            ("one slip", 0.045, 0.002, 0.003),
            ("alike", 0.01, 0.02, 0.03),
            ("different", 0.025, 0.96, 0.911),
        ],
    ),
    (
        "family name",
        &[
            ("same", 0.88, 0.001, 0.80),
            ("shares a part", 0.015, 2e-4, 0.01),
            ("one slip", 0.045, 0.001, 0.01),
            ("alike", 0.01, 0.01, 0.01),
            ("different", 0.05, 0.988, 0.17),
        ],
    ),
    (
        "name order",
        // Strangers' names that agree one way or the other do so by their own shares, which are counted;
        // relatives' names are turned round by mistake, as often as one person's.
        &[
            ("as usual", 0.992, 1.0, 0.992),
            ("turned round", 0.008, 1.0, 0.008),
        ],
    ),
    (
        "middle name",
        &[
            ("same", 0.80, 0.02, 0.05),
            ("initial", 0.17, 0.04, 0.05),
            ("different", 0.03, 0.94, 0.90),
        ],
    ),
    (
        "date of birth",
        &[
            ("same", 0.965, 4e-5, 0.006),
            ("day and month turned round", 0.005, 3e-5, 3e-5),
            ("one slip", 0.014, 4e-4, 6e-4),
            ("first of January", 0.006, 3e-4, 3e-4),
            ("two parts of three", 0.004, 0.006, 0.006),
            ("same year", 0.002, 0.012, 0.012),
            ("different", 0.004, 0.981, 0.975),
        ],
    ),
    (
        "sex",
        &[("same", 0.994, 0.5, 0.45), ("different", 0.006, 0.5, 0.55)],
    ),
    (
        "residence",
        &[
            ("same home", 0.74, 3e-6, 0.90),
            ("same home with a slip", 0.06, 1e-6, 0.05),
            ("same postcode", 0.02, 5e-5, 0.005),
            ("same address", 0.03, 1e-4, 0.02),
            ("same district", 0.03, 0.03, 0.005),
            ("elsewhere", 0.12, 0.97, 0.02),
        ],
    ),
    (
        "telephone",
        &[("same", 0.72, 1e-6, 0.35), ("different", 0.28, 1.0, 0.65)],
    ),
    (
        "email",
        &[
            ("same", 0.75, 1e-6, 0.05),
            ("alike", 0.05, 1e-4, 0.02),
            ("different", 0.2, 1.0, 0.93),
        ],
    ),
    (
        "birth order",
        &[("same", 0.97, 0.5, 0.1), ("different", 0.03, 0.5, 0.9)],
    ),
];

/// A further column, compared as text.
const FURTHER: &[(&str, f64, f64, f64)] = &[
    ("same", 0.85, 0.01, 0.3),
    ("one slip", 0.08, 0.01, 0.05),
    ("different", 0.07, 0.98, 0.65),
];

fn comparison(name: &str, levels: &[(&str, f64, f64, f64)]) -> Comparison {
    let level = |&(name, m, u, h): &(&str, f64, f64, f64)| Level {
        name: name.to_owned(),
        m,
        u,
        h,
    };
    Comparison {
        name: name.to_owned(),
        levels: levels.iter().map(level).collect(),
    }
}

impl Default for Model {
    /// The model to begin from, without further columns.
    fn default() -> Self {
        Self::of(&[])
    }
}

impl Model {
    /// The model to begin from, with these further columns.
    ///
    /// # Errors
    /// [`ModelError::TooManyColumns`].
    pub fn new(further: &[&str]) -> Result<Self, ModelError> {
        if further.len() > FIELDS - EXTRA {
            return Err(ModelError::TooManyColumns);
        }
        Ok(Self::of(further))
    }

    fn of(further: &[&str]) -> Self {
        let built_in = SHAPES.iter().map(|(name, levels)| comparison(name, levels));
        let further = further.iter().map(|name| comparison(name, FURTHER));
        Self {
            version: "default-1".to_owned(),
            // Nothing is known yet of how many of those who come are there.
            present: 0.5,
            relatives: 1.5,
            population: 1e6,
            comparisons: built_in.chain(further).collect(),
            thresholds: Thresholds::default(),
        }
    }

    /// A model as [`Model::to_json`] writes it.
    ///
    /// # Errors
    /// When it is no model of this engine, or a share is no probability.
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        let model: Self =
            serde_json::from_str(text).map_err(|error| ModelError::Json(error.to_string()))?;
        model.check()?;
        Ok(model)
    }

    /// As JSON, which [`Model::from_json`] reads back to the same weights.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The names of the further columns, in order.
    pub fn further(&self) -> impl Iterator<Item = &str> {
        self.comparisons
            .iter()
            .skip(EXTRA)
            .map(|comparison| comparison.name.as_str())
    }

    fn check(&self) -> Result<(), ModelError> {
        if self.comparisons.len() > FIELDS {
            return Err(ModelError::TooManyColumns);
        }
        let mut given = self.comparisons.iter();
        for (place, (name, levels)) in (1..).zip(SHAPES) {
            let fits = |comparison: &&Comparison| {
                comparison.name == name && comparison.levels.len() == levels.len()
            };
            if !given.next().as_ref().is_some_and(fits) {
                return Err(ModelError::Comparison {
                    place,
                    expected: name.to_owned(),
                    levels: levels.len(),
                });
            }
        }
        for (place, comparison) in (EXTRA + 1..).zip(given) {
            if comparison.levels.len() != FURTHER.len() {
                let expected = comparison.name.clone();
                return Err(ModelError::Comparison {
                    place,
                    expected,
                    levels: FURTHER.len(),
                });
            }
        }
        for comparison in &self.comparisons {
            for level in &comparison.levels {
                let is_probability = |share: f64| share > 0.0 && share <= 1.0;
                if ![level.m, level.u, level.h].into_iter().all(is_probability) {
                    return Err(ModelError::Probability {
                        comparison: comparison.name.clone(),
                        level: level.name.clone(),
                    });
                }
            }
        }
        let above_zero = |name, number: f64| {
            if number > 0.0 && number.is_finite() {
                Ok(())
            } else {
                Err(ModelError::Number(name))
            }
        };
        above_zero("present", self.present)?;
        above_zero("relatives", self.relatives)?;
        above_zero("population", self.population)?;
        above_zero("link", self.thresholds.link)?;
        above_zero("review", self.thresholds.review)
    }
}

#[cfg(test)]
mod tests;
