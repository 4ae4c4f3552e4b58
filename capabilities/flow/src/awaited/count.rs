//! How long things that are waited for take, by kind.

use std::collections::BTreeMap;

use stour_kernel::Timestamp;

use super::store::Awaited;

/// What is known of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Turnaround {
    /// How many are waited for now.
    pub(super) waiting: usize,
    /// For how many minutes the longest of them.
    pub(super) longest: Option<i64>,
    /// How many minutes those took that came, in order.
    pub(super) took: Vec<i64>,
}

impl Turnaround {
    /// The fewest minutes within which so many of a hundred came: the nearest rank, so that it is a wait that somebody had.
    pub(super) fn within(&self, percent: usize) -> Option<i64> {
        let rank = (self.took.len() * percent).div_ceil(100).max(1);
        self.took.get(rank - 1).copied()
    }
}

/// Counts what is waited for and what came.
pub(super) fn turnarounds<'a>(
    open: impl IntoIterator<Item = &'a Awaited>,
    done: impl IntoIterator<Item = &'a Awaited>,
    now: Timestamp,
) -> BTreeMap<String, Turnaround> {
    let mut kinds: BTreeMap<String, Turnaround> = BTreeMap::new();
    for one in open {
        let of = kinds.entry(one.asked.kind.clone()).or_default();
        let minutes = (now.as_second() - one.asked.at.as_second()) / 60;
        of.waiting += 1;
        of.longest = of.longest.max(Some(minutes));
    }
    for one in done {
        if let Some(ended) = &one.ended {
            let of = kinds.entry(one.asked.kind.clone()).or_default();
            of.took.push(ended.minutes());
        }
    }
    for of in kinds.values_mut() {
        of.took.sort_unstable();
    }
    kinds
}

/// Minutes in words: `40 minutes`, `5 hours`, `3 days`.
pub(super) fn words(minutes: i64) -> String {
    let (number, unit) = match minutes {
        0 => return "less than a minute".to_owned(),
        1..=119 => (minutes, "minute"),
        120..=2_879 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}
