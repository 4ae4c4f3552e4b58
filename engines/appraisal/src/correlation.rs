//! Inputs that go together: rank correlations, met by a Gaussian copula.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::PI;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::case::Input;
use crate::distribution::Uncertain;
use crate::said;

/// Inputs with correlations that are related in every draw; the work grows with their square.
const MOST: usize = 500;

/// A correlation as a document writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrelationDocument {
    pub(crate) between: Spanned<[String; 2]>,
    pub(crate) rank: Spanned<f64>,
    #[serde(deserialize_with = "said::text")]
    pub(crate) source: String,
}

/// Spearman's rank correlation between two uncertain inputs; those not named have none.
#[derive(Debug, Clone)]
pub(crate) struct Correlation {
    pub(crate) between: [Input; 2],
    pub(crate) rank: f64,
    pub(crate) source: String,
    pub(crate) at: Range<usize>,
}

/// How independent normal numbers become related ones: the lower triangle of a Cholesky factor.
#[derive(Debug, Clone, Default)]
pub(crate) struct Copula {
    /// Places, among the uncertain inputs, of those that are related.
    pub(crate) places: Vec<usize>,
    pub(crate) rows: Vec<Vec<f64>>,
}

/// Which correlation cannot be, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Impossible {
    pub(crate) at: Range<usize>,
    pub(crate) reason: String,
}

impl Copula {
    /// The factor for these correlations, which name uncertain inputs, each pair once.
    pub(crate) fn new(
        uncertain: &[Uncertain],
        correlations: &[Correlation],
    ) -> Result<Self, Impossible> {
        let named: BTreeSet<&Input> = correlations.iter().flat_map(|one| &one.between).collect();
        let ranks: BTreeMap<(&Input, &Input), f64> = correlations
            .iter()
            .flat_map(|known| {
                let [one, other] = &known.between;
                [((one, other), known.rank), ((other, one), known.rank)]
            })
            .collect();
        let places: Vec<usize> = uncertain
            .iter()
            .enumerate()
            .filter_map(|(place, one)| named.contains(&one.input).then_some(place))
            .collect();
        let inputs: Vec<&Input> = places
            .iter()
            .filter_map(|&place| uncertain.get(place).map(|one| &one.input))
            .collect();
        let rank = |one: &Input, other: &Input| {
            if one == other {
                return 1.0;
            }
            ranks.get(&(one, other)).copied().unwrap_or(0.0)
        };
        let refuse = |at: usize, reason: &str| {
            let input = inputs.get(at).copied();
            let last = correlations
                .iter()
                .rfind(|known| input.is_some_and(|input| known.between.contains(input)));
            Impossible {
                at: last.map_or(0..0, |last| last.at.clone()),
                reason: format!(
                    "the correlations of {} cannot be: {reason}",
                    input.map_or_else(String::new, ToString::to_string)
                ),
            }
        };
        if inputs.len() > MOST {
            return Err(refuse(
                MOST,
                &format!("there are more than {MOST} inputs with correlations"),
            ));
        }
        cholesky(&inputs, rank).map_err(|at| {
            refuse(
                at,
                "with those of the inputs it is related to, no numbers could have them all at once",
            )
        })?;
        // Pearson's correlation of the normal numbers whose rank correlation is the declared one.
        let pearson = |one: &Input, other: &Input| 2.0 * (PI * rank(one, other) / 6.0).sin();
        let rows = cholesky(&inputs, pearson).map_err(|at| {
            refuse(
                at,
                "they are so near to what cannot be that no normal numbers have them",
            )
        })?;
        Ok(Self { places, rows })
    }
}

/// The lower triangle whose product with its transpose is the matrix; else the place of the first
/// item whose relations with those before it cannot be.
fn cholesky(
    items: &[&Input],
    entry: impl Fn(&Input, &Input) -> f64,
) -> Result<Vec<Vec<f64>>, usize> {
    const TOLERANCE: f64 = 1e-10;
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let mut row: Vec<f64> = Vec::with_capacity(place + 1);
        for (column, other) in items.iter().take(place).enumerate() {
            let before = rows.get(column).map_or(&[][..], Vec::as_slice);
            let known: f64 = row.iter().zip(before).map(|(one, two)| one * two).sum();
            let left = entry(item, other) - known;
            let diagonal = before.last().copied().unwrap_or(0.0);
            if diagonal > 0.0 {
                row.push(left / diagonal);
            } else if left.abs() <= TOLERANCE.sqrt() {
                row.push(0.0);
            } else {
                return Err(place);
            }
        }
        let left = entry(item, item) - row.iter().map(|one| one * one).sum::<f64>();
        if left < -TOLERANCE {
            return Err(place);
        }
        row.push(if left > TOLERANCE { left.sqrt() } else { 0.0 });
        rows.push(row);
    }
    Ok(rows)
}
