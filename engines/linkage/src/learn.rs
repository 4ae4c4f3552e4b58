//! What humans decided of pairs, learnt from.

use std::hash::Hash;

use crate::compare::{Pattern, Side, compare};
use crate::dictionary::Id;
use crate::live::Index;
use crate::model::{Comparison, FIELDS, LEVELS, Level, Model, RESIDENCE};
use crate::weigh::float;

/// How many decided pairs the shares from before count as. Decided pairs are few and mostly the hard ones:
/// some dozen of them move a share a little, and it takes hundreds to turn it. An estimate of this project.
const BEFOREHAND: f64 = 200.0;
/// The levels of residence at which two people live in one home.
const SAME_HOME: [u8; 2] = [1, 2];

/// How often each level of each comparison was seen.
type Counts = [[usize; LEVELS]; FIELDS];

impl<K: Copy + Eq + Hash> Index<K> {
    /// The model that matches, taught by pairs that humans decided: two keys and whether they are one person.
    /// One person's pairs teach what one person's records show, different people of one home what relatives
    /// show. Other strangers teach nothing: those whom a human was asked about are the alike ones, and
    /// no picture of strangers. A pair of which one is not here is left out.
    pub fn learn(&self, labels: &[(K, K, bool)]) -> Model {
        let (mut same, mut relatives) = ([[0; LEVELS]; FIELDS], [[0; LEVELS]; FIELDS]);
        let mut taught = 0_usize;
        for (one, other, is_same) in labels {
            let (Some(one), Some(other)) = (self.rows.get(one), self.rows.get(other)) else {
                continue;
            };
            let pattern = compare(self.row(*one), self.row(*other));
            if *is_same {
                add(&mut same, &pattern);
            } else if SAME_HOME.contains(&pattern.level(RESIDENCE)) {
                add(&mut relatives, &pattern);
            } else {
                continue;
            }
            taught += 1;
        }
        let mut model = self.model.clone();
        if taught == 0 {
            return model;
        }
        let fields = model
            .comparisons
            .iter_mut()
            .zip(same.iter().zip(&relatives));
        for (field, (comparison, (same, relatives))) in fields.enumerate() {
            teach(comparison, same, |level| &mut level.m);
            // The home is what these pairs were chosen by.
            if field != RESIDENCE {
                teach(comparison, relatives, |level| &mut level.h);
            }
        }
        let decisions = if taught == 1 { "decision" } else { "decisions" };
        model.version = format!("{}, taught by {taught} {decisions}", model.version);
        model
    }

    const fn row(&self, at: Id) -> Side<'_> {
        Side {
            store: &self.store,
            at,
        }
    }
}

fn add(counts: &mut Counts, pattern: &Pattern) {
    for (levels, level) in counts.iter_mut().zip(pattern.levels) {
        if let Some(count) = levels.get_mut(usize::from(level)) {
            *count += 1;
        }
    }
}

/// Moves the shares of a comparison towards what was seen, which is nothing where a value was missing.
fn teach(
    comparison: &mut Comparison,
    counts: &[usize; LEVELS],
    share: impl Fn(&mut Level) -> &mut f64,
) {
    let seen: usize = counts.iter().skip(1).sum();
    if seen == 0 {
        return;
    }
    let levels = &mut comparison.levels;
    let before: f64 = levels.iter_mut().map(|level| *share(level)).sum();
    for (level, count) in levels.iter_mut().zip(counts.iter().skip(1)) {
        let share = share(level);
        *share = (*share / before * BEFOREHAND + float(*count)) / (BEFOREHAND + float(seen));
    }
}

#[cfg(test)]
mod tests;
