//! Clusters of records against the people they are about.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::truth::{Columns, Truth, named, needed, open};
use super::{pairs_among, quality};

/// How rightly records were put together, in pairs of records.
#[derive(Debug, PartialEq, Serialize)]
pub struct Clustered {
    /// Records.
    pub records: u64,
    /// Clusters of them, those of one record included.
    pub clusters: u64,
    /// People they are about.
    pub people: u64,
    /// Pairs of records of one person.
    pub true_pairs: u64,
    /// Pairs in one cluster that are of different people.
    pub wrong: u64,
    /// Of those, pairs of one household.
    pub wrong_same_household: u64,
    /// Pairs of one person in different clusters.
    pub missed: u64,
    /// The part of pairs in one cluster that is right.
    pub precision: f64,
    /// The part of true pairs that is in one cluster.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// Compares a file of clusters (`id,cluster`) with the truth. A record that it does not name is alone.
///
/// # Errors
///
/// When a file cannot be read or lacks a column.
pub fn clusters(records: &Path, clusters: &Path, columns: &Columns) -> Result<Clustered> {
    let mut truth = Truth::default();
    let names = truth.add(records, columns)?;
    let cluster_of = read(clusters)?;
    let mut alone = u32::MAX;
    let mut by_person: HashMap<u32, u64> = HashMap::new();
    let mut by_cluster: HashMap<u32, u64> = HashMap::new();
    let mut by_both: HashMap<(u32, u32), u64> = HashMap::new();
    let mut by_household: HashMap<(u32, u32), u64> = HashMap::new();
    for name in &names {
        let Some(known) = truth.records.get(name) else {
            continue;
        };
        let cluster = cluster_of.get(name).copied().unwrap_or_else(|| {
            alone -= 1;
            alone
        });
        *by_person.entry(known.person).or_default() += 1;
        *by_cluster.entry(cluster).or_default() += 1;
        *by_both.entry((cluster, known.person)).or_default() += 1;
        if let Some(household) = known.household {
            *by_household.entry((cluster, household)).or_default() += 1;
        }
    }
    let true_pairs = all_pairs(&by_person);
    let found = all_pairs(&by_cluster);
    let right = all_pairs(&by_both);
    let (precision, recall, f1) = quality(found, right, true_pairs);
    Ok(Clustered {
        records: count(names.len()),
        clusters: count(by_cluster.len()),
        people: count(by_person.len()),
        true_pairs,
        wrong: found - right,
        // Those of one person are of one household too.
        wrong_same_household: all_pairs(&by_household).saturating_sub(right),
        missed: true_pairs - right,
        precision,
        recall,
        f1,
    })
}

fn all_pairs<K>(groups: &HashMap<K, u64>) -> u64 {
    groups.values().copied().map(pairs_among).sum()
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn read(path: &Path) -> Result<HashMap<String, u32>> {
    let mut table = open(path)?;
    let heads = table.headers()?.clone();
    let id = needed(&heads, "id", path)?;
    let cluster = needed(&heads, "cluster", path)?;
    let mut numbers = HashMap::new();
    let mut of = HashMap::new();
    for row in table.records() {
        let row = row?;
        let number = named(&mut numbers, row.get(cluster).unwrap_or_default());
        of.insert(row.get(id).unwrap_or_default().to_owned(), number);
    }
    Ok(of)
}
