//! The score of a pair, and what it is made of.

use serde::Serialize;

/// The evidence that two records are of one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score<'m> {
    /// The match weight in bits: the prior and all parts added up.
    pub weight: f64,
    /// The match probability that the weight stands for, from 0 to 1.
    pub probability: f64,
    /// The weight before anything is compared, in bits.
    pub prior: f64,
    /// What each comparison adds, in the order of the model.
    pub parts: Vec<Part<'m>>,
}

/// What one comparison adds to the weight: a bar of Splink's waterfall chart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Part<'m> {
    /// The name of the comparison.
    pub comparison: &'m str,
    /// The label of the level that holds.
    pub level: &'m str,
    /// Splink's comparison vector value: from the number of levels less one down to 0 for the
    /// last, and -1 for a missing value.
    pub vector_value: i32,
    /// The logarithm to base 2 of m over u; 0 for a missing value.
    pub bits: f64,
    /// What the frequency of the value adds to that, in bits.
    pub term_frequency_bits: f64,
}

impl<'m> Score<'m> {
    pub(super) fn new(prior: f64, parts: Vec<Part<'m>>) -> Self {
        let weight = parts.iter().fold(prior, |weight, part| {
            weight + part.bits + part.term_frequency_bits
        });
        Self {
            weight,
            probability: probability(weight),
            prior,
            parts,
        }
    }
}

/// The probability of a weight, by the form of the two that cannot overflow.
fn probability(weight: f64) -> f64 {
    if weight >= 0.0 {
        1.0 / (1.0 + (-weight).exp2())
    } else {
        let odds = weight.exp2();
        odds / (1.0 + odds)
    }
}
