//! Pairs of records with weights, at every threshold.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::truth::{Columns, Known, Truth, needed, open};
use super::{pairs_among, quality};

/// How rightly pairs of records were weighed.
#[derive(Debug, PartialEq, Serialize)]
pub struct Paired {
    /// Pairs in the file.
    pub pairs: u64,
    /// Pairs of records of one person, in the file or not.
    pub true_pairs: u64,
    /// The part of them that is in the file: recall cannot be more.
    pub reach: f64,
    /// At the probability that was asked for.
    pub at_threshold: Point,
    /// Where the harmonic mean of precision and recall is greatest.
    pub best: Point,
    /// The greatest recall with at least 999 right pairs in a thousand.
    pub at_precision_999: Point,
    /// The greatest recall with at least 9,999 right pairs in ten thousand.
    pub at_precision_9999: Point,
}

/// What holds above one weight.
#[derive(Debug, Default, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The least weight that counts, in bits.
    pub weight: f64,
    /// Wrong pairs.
    pub wrong: u64,
    /// Of those, pairs of one household.
    pub wrong_same_household: u64,
    /// True pairs that do not count.
    pub missed: u64,
    /// The part of counting pairs that is right.
    pub precision: f64,
    /// The part of true pairs that counts.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

struct Pair {
    weight: f64,
    probability: f64,
    right: bool,
    household: bool,
}

/// Compares a file of pairs (`id_a,id_b,weight,probability`) with the truth.
///
/// # Errors
///
/// When a file cannot be read, lacks a column or names a record that is not there.
pub fn pairs(records: &Path, pairs: &Path, threshold: f64, columns: &Columns) -> Result<Paired> {
    let mut truth = Truth::default();
    truth.add(records, columns)?;
    let mut people: HashMap<u32, u64> = HashMap::new();
    for known in truth.records.values() {
        *people.entry(known.person).or_default() += 1;
    }
    let true_pairs = people.values().copied().map(pairs_among).sum();
    let mut list = read(pairs, &truth)?;
    list.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let mut report = Paired {
        pairs: 0,
        true_pairs,
        reach: 0.0,
        at_threshold: Point::default(),
        best: Point::default(),
        at_precision_999: Point::default(),
        at_precision_9999: Point::default(),
    };
    let (mut right, mut near) = (0, 0);
    let mut ahead = list.iter().peekable();
    while let Some(pair) = ahead.next() {
        report.pairs += 1;
        right += u64::from(pair.right);
        near += u64::from(pair.household && !pair.right);
        if ahead.peek().is_some_and(|next| next.weight >= pair.weight) {
            continue;
        }
        let (precision, recall, f1) = quality(report.pairs, right, true_pairs);
        let point = Point {
            weight: pair.weight,
            wrong: report.pairs - right,
            wrong_same_household: near,
            missed: true_pairs - right,
            precision,
            recall,
            f1,
        };
        if pair.probability >= threshold {
            report.at_threshold = point;
        }
        if f1 > report.best.f1 {
            report.best = point;
        }
        for (least, kept) in [
            (0.999, &mut report.at_precision_999),
            (0.9999, &mut report.at_precision_9999),
        ] {
            if precision >= least {
                *kept = point;
            }
        }
        report.reach = recall;
    }
    Ok(report)
}

fn read(path: &Path, truth: &Truth) -> Result<Vec<Pair>> {
    let mut table = open(path)?;
    let heads = table.headers()?.clone();
    let one = needed(&heads, "id_a", path)?;
    let other = needed(&heads, "id_b", path)?;
    let weight = needed(&heads, "weight", path)?;
    let probability = needed(&heads, "probability", path)?;
    let mut list = Vec::new();
    for row in table.records() {
        let row = row?;
        let known = |column| -> Result<&Known> {
            let name = row.get(column).unwrap_or_default();
            let known = truth.records.get(name);
            known.with_context(|| format!("{} names {name:?}, which is no record", path.display()))
        };
        let value = |column| -> Result<f64> {
            let text = row.get(column).unwrap_or_default();
            text.parse()
                .with_context(|| format!("{text:?} is not a number"))
        };
        let (one, other) = (known(one)?, known(other)?);
        list.push(Pair {
            weight: value(weight)?,
            probability: value(probability)?,
            right: one.person == other.person,
            household: one.household.is_some() && one.household == other.household,
        });
    }
    Ok(list)
}
