//! Which pairs the blocking rules of a model bring together.

use std::collections::HashMap;

use anyhow::{Context as _, bail, ensure};
use stour_linkage::splink::{BlockingRule, Model, Record, Value};

/// A pair: the places of the left and of the right record.
pub(super) type Places = (u32, u32);

/// As many pairs are compared at most where a rule asks no equality, so that all are compared with all.
const MOST_OF_ALL: usize = 5_000_000;
/// As many pairs are compared at most by rules with an equality.
const MOST: usize = 100_000_000;

/// Every pair that a rule admits, in no order; a pair that several admit is there several times.
///
/// # Errors
/// When a rule cannot be evaluated, or would bring too many pairs.
pub(super) fn candidates(
    model: &Model,
    left: &[Record],
    right: &[Record],
    is_asked: impl Fn(usize, usize) -> bool,
) -> anyhow::Result<Vec<Places>> {
    let mut pairs = Vec::new();
    if model.blocking_rules().is_empty() {
        all_with_all(left, right).context("the model has no blocking rule")?;
        for one in 0..left.len() {
            for other in (0..right.len()).filter(|other| is_asked(one, *other)) {
                pairs.push(places(one, other)?);
            }
        }
    }
    for (number, rule) in model.blocking_rules().iter().enumerate() {
        join(rule, left, right, &is_asked, &mut pairs)
            .with_context(|| format!("blocking rule {} ({})", number + 1, rule.sql()))?;
    }
    Ok(pairs)
}

fn join(
    rule: &BlockingRule,
    left: &[Record],
    right: &[Record],
    is_asked: &impl Fn(usize, usize) -> bool,
    pairs: &mut Vec<Places>,
) -> anyhow::Result<()> {
    let mut index: HashMap<Vec<Value>, Vec<usize>> = HashMap::new();
    for (place, record) in right.iter().enumerate() {
        for key in rule.right_keys(record)? {
            if key.is_empty() && index.is_empty() {
                all_with_all(left, right)?;
            }
            index.entry(key).or_default().push(place);
        }
    }
    for (one, record) in left.iter().enumerate() {
        for key in rule.left_keys(record)? {
            for other in index.get(&key).into_iter().flatten() {
                if !is_asked(one, *other) {
                    continue;
                }
                let against = right.get(*other).context("there is no such record")?;
                if rule.is_key_only() || rule.admits(record, against)? {
                    pairs.push(places(one, *other)?);
                }
            }
        }
        if pairs.len() > MOST {
            bail!(
                "the rules bring more than {MOST} pairs to compare: make them ask that more agrees"
            );
        }
    }
    Ok(())
}

fn all_with_all(left: &[Record], right: &[Record]) -> anyhow::Result<()> {
    let pairs = left.len().saturating_mul(right.len());
    ensure!(
        pairs <= MOST_OF_ALL,
        "no equality is asked, so that all {pairs} pairs would be compared, and at most {MOST_OF_ALL} are: give the \
         model a rule such as l.dob = r.dob"
    );
    Ok(())
}

fn places(one: usize, other: usize) -> anyhow::Result<Places> {
    Ok((u32::try_from(one)?, u32::try_from(other)?))
}
