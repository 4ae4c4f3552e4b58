//! People from pairs. Two groups become one only when every member of the one fits every member of the
//! other well enough, so that a chain of likenesses does not make a street into one person; and a source
//! has at most one record of a person, unless number, date of birth and name say that it has two.

use std::collections::HashMap;

use crate::batch::{File, Pair};
use crate::dictionary::Id;
use crate::model::Model;
use crate::trust::Rule;
use crate::weigh::{Task, Weights};

/// Records are put together from this average weight of all pairs across on, in bits.
const ON_AVERAGE: f64 = 0.0;
/// No pair across may weigh less than this, in bits: one to four thousand against.
const EACH: f64 = -12.0;

/// How strictly groups are formed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clustering {
    /// Pairs below this probability join nothing.
    pub threshold: f64,
    /// Whether a source has at most one record of a person, even where number, date of birth and name agree.
    pub one_of_each_source: bool,
}

/// The cluster of every record of a file: the place of its first record. `pairs` are those of
/// [`File::pairs`]; their order does not matter.
pub fn cluster(file: &File, model: &Model, pairs: &[Pair], how: Clustering) -> Vec<usize> {
    let weights = Weights::new(model, file.len(), Task::Dedupe);
    let known: HashMap<(usize, usize), Pair> = pairs
        .iter()
        .map(|pair| ((pair.one, pair.other), *pair))
        .collect();
    let mut likely: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.probability >= how.threshold && pair.rule.is_none())
        .collect();
    likely.sort_unstable_by(|one, other| {
        other
            .weight
            .total_cmp(&one.weight)
            .then((one.one, one.other).cmp(&(other.one, other.other)))
    });
    let mut groups = Groups::new(file.len());
    for pair in likely {
        let (one, other) = (groups.of(pair.one), groups.of(pair.other));
        if one == other {
            continue;
        }
        let between = |one: usize, other: usize| {
            let key = (one.min(other), one.max(other));
            known
                .get(&key)
                .copied()
                .unwrap_or_else(|| file.compare(one, other, (model, &weights)))
        };
        if fits(file, &groups, (one, other), between, how) {
            groups.join(one, other);
        }
    }
    groups.firsts()
}

fn fits(
    file: &File,
    groups: &Groups,
    (one, other): (usize, usize),
    between: impl Fn(usize, usize) -> Pair,
    how: Clustering,
) -> bool {
    let (mut sum, mut count) = (0.0, 0_u32);
    for first in groups.members(one) {
        for second in groups.members(other) {
            let pair = between(*first, *second);
            let sources: [Id; 2] = [file.source(*first), file.source(*second)];
            let is_doubled = sources == [sources[0]; 2] && sources != [0; 2];
            let is_kept = is_doubled && (how.one_of_each_source || !pair.is_certain);
            let is_held = pair.rule.is_some_and(Rule::is_conflict);
            // A third record may show that two which do not fit by themselves are of one person.
            let is_bridged = || {
                let members = groups.members(one).iter().chain(groups.members(other));
                members
                    .into_iter()
                    .filter(|third| *third != first && *third != second)
                    .any(|third| {
                        let (here, there) = (between(*third, *first), between(*third, *second));
                        let is_likely =
                            |pair: &Pair| pair.rule.is_none() && pair.probability >= how.threshold;
                        is_likely(&here)
                            && is_likely(&there)
                            && (here.has_identifier || there.has_identifier)
                    })
            };
            if is_kept || ((is_held || pair.weight < EACH) && !is_bridged()) {
                return false;
            }
            sum += pair.weight;
            count += 1;
        }
    }
    sum / f64::from(count.max(1)) >= ON_AVERAGE
}

/// Groups of records, each named by a record of it.
struct Groups {
    of: Vec<usize>,
    members: HashMap<usize, Vec<usize>>,
    alone: Vec<usize>,
}

impl Groups {
    fn new(records: usize) -> Self {
        Self {
            of: (0..records).collect(),
            members: HashMap::new(),
            alone: (0..records).collect(),
        }
    }

    fn of(&self, record: usize) -> usize {
        self.of.get(record).copied().unwrap_or(record)
    }

    fn members(&self, group: usize) -> &[usize] {
        match self.members.get(&group) {
            Some(members) => members,
            None => self.alone.get(group..=group).unwrap_or_default(),
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (large, small) = if self.members(one).len() >= self.members(other).len() {
            (one, other)
        } else {
            (other, one)
        };
        let joining = self.members.remove(&small).unwrap_or_else(|| vec![small]);
        for record in &joining {
            if let Some(of) = self.of.get_mut(*record) {
                *of = large;
            }
        }
        self.members
            .entry(large)
            .or_insert_with(|| vec![large])
            .extend(joining);
    }

    fn firsts(&self) -> Vec<usize> {
        let mut firsts: HashMap<usize, usize> = HashMap::new();
        self.of
            .iter()
            .enumerate()
            .map(|(record, group)| *firsts.entry(*group).or_insert(record))
            .collect()
    }
}

#[cfg(test)]
mod tests;
