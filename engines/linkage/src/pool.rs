//! Matching against everybody of an index together with the few who are not in it yet, or whom it knows
//! as they were before.

use std::hash::Hash;

use crate::compare::{Side, compare};
use crate::decide::{Candidate, Decision, Remembered, Step, decide};
use crate::dictionary::{Id, id};
use crate::live::{Found, Index, Matched};
use crate::record::Record;
use crate::store::Store;
use crate::trust::{Rule, held};
use crate::weigh::{Task, Weights};

/// An index, and those who are to be looked at beside it. The rows of the second are numbered after those
/// of the first.
struct Pool<'i, K> {
    index: &'i Index<K>,
    beside: Option<&'i Index<K>>,
    first_beside: Id,
    weights: Weights,
}

impl<K: Copy + Eq + Hash> Index<K> {
    /// Decides whom a record is about. `remembered` tells what a human has decided of the query and
    /// somebody here.
    pub fn decide(
        &self,
        query: &Record<'_>,
        remembered: impl Fn(&K) -> Option<Remembered>,
    ) -> Matched<K> {
        Pool::new(self, None).decide(query, |_| true, remembered)
    }

    /// [`decide`](Self::decide) among everybody here for whom `is_current` holds and everybody of another
    /// index, which was made by the same model and [counts as](Self::count_as) this one does.
    pub fn decide_with(
        &self,
        beside: &Self,
        is_current: impl Fn(&K) -> bool,
        query: &Record<'_>,
        remembered: impl Fn(&K) -> Option<Remembered>,
    ) -> Matched<K> {
        Pool::new(self, Some(beside)).decide(query, is_current, remembered)
    }

    /// Those who may be the person, the likeliest first; `except` is left out, when it is given: the
    /// person whose own record the query is.
    pub fn find(&self, query: &Record<'_>, except: Option<&K>) -> Vec<Found<K>> {
        Pool::new(self, None).find(query, |key| Some(key) != except)
    }

    /// [`find`](Self::find) as [`decide_with`](Self::decide_with) decides.
    pub fn find_with(
        &self,
        beside: &Self,
        is_current: impl Fn(&K) -> bool,
        query: &Record<'_>,
    ) -> Vec<Found<K>> {
        Pool::new(self, Some(beside)).find(query, is_current)
    }

    /// How a record compares with one person, whatever that weighs, and the rule of trust that keeps the two
    /// apart. `None` for somebody who is not here.
    pub fn compare(&self, key: &K, query: &Record<'_>) -> Option<(Found<K>, Option<Rule>)> {
        let at = *self.rows.get(key)?;
        let pool = Pool::new(self, None);
        let one = self.query(query);
        let (one, other) = (Side { store: &one, at: 0 }, pool.side(at));
        let pattern = compare(one, other);
        let weight = pool.weights.weigh(&pattern, other);
        let candidate = Candidate {
            at,
            pattern,
            weight,
            probability: Weights::probabilities(&[weight.total])
                .first()
                .copied()
                .unwrap_or_default(),
        };
        let rule = held(one, other, &pattern);
        let how = (Decision::Review, Step::Trust, rule);
        Some((pool.found(one, &candidate, None, how)?, rule))
    }

    /// Takes every name, date and place for as common as another index knows it to be, once everybody
    /// has been put in: a few people beside many are weighed as if they were among them.
    pub fn count_as(&mut self, other: &Self) {
        self.store.count_as(&other.store);
    }
}

impl<'i, K: Copy + Eq + Hash> Pool<'i, K> {
    fn new(index: &'i Index<K>, beside: Option<&'i Index<K>>) -> Self {
        let people = index.len() + beside.map_or(0, Index::len);
        Self {
            index,
            beside,
            first_beside: id(index.store.rows_len()),
            weights: Weights::new(&index.model, people, Task::Match),
        }
    }

    fn decide(
        &self,
        query: &Record<'_>,
        is_current: impl Fn(&K) -> bool,
        remembered: impl Fn(&K) -> Option<Remembered>,
    ) -> Matched<K> {
        let one = self.index.query(query);
        let mut candidates = self.candidates(&one, is_current);
        let one = Side { store: &one, at: 0 };
        let decided = decide(
            one,
            |at| self.side(at),
            &mut candidates,
            &self.index.model.thresholds,
            |at| self.key(at).and_then(|key| remembered(&key)),
        );
        let how = (decided.decision, decided.step, decided.rule);
        let (best, runner_up) = (decided.best, decided.runner_up);
        let found = |candidate: Option<Candidate>, other: Option<Candidate>| {
            self.found(one, &candidate?, other.as_ref(), how)
        };
        Matched {
            decision: decided.decision,
            step: decided.step,
            rule: decided.rule,
            best: found(best, runner_up),
            runner_up: found(runner_up, best),
        }
    }

    fn find(&self, query: &Record<'_>, is_wanted: impl Fn(&K) -> bool) -> Vec<Found<K>> {
        let one = self.index.query(query);
        let mut candidates = self.candidates(&one, is_wanted);
        let one = Side { store: &one, at: 0 };
        let thresholds = &self.index.model.thresholds;
        // Sorts them, and works out how likely each is.
        decide(
            one,
            |at| self.side(at),
            &mut candidates,
            thresholds,
            |_| None,
        );
        let how = (Decision::Review, Step::Probabilistic, None);
        let other = |place: usize| candidates.get(usize::from(place == 0));
        (0..)
            .zip(&candidates)
            .filter_map(|(place, candidate)| self.found(one, candidate, other(place), how))
            .collect()
    }

    fn candidates(&self, one: &Store, is_current: impl Fn(&K) -> bool) -> Vec<Candidate> {
        let is_open = |at| self.index.key(at).is_some_and(|key| is_current(&key));
        let mut candidates = self.index.candidates(one, &self.weights, is_open);
        if let Some(beside) = self.beside {
            let others = beside.candidates(one, &self.weights, |_| true);
            candidates.extend(others.into_iter().map(|candidate| Candidate {
                at: candidate.at.saturating_add(self.first_beside),
                ..candidate
            }));
        }
        candidates
    }

    /// The index of a row, and its number there.
    fn of(&self, at: Id) -> (&'i Index<K>, Id) {
        match (self.beside, at.checked_sub(self.first_beside)) {
            (Some(beside), Some(at)) => (beside, at),
            _ => (self.index, at),
        }
    }

    fn side(&self, at: Id) -> Side<'i> {
        let (index, at) = self.of(at);
        Side {
            store: &index.store,
            at,
        }
    }

    fn key(&self, at: Id) -> Option<K> {
        let (index, at) = self.of(at);
        index.key(at)
    }

    fn found(
        &self,
        one: Side<'_>,
        candidate: &Candidate,
        other: Option<&Candidate>,
        how: (Decision, Step, Option<Rule>),
    ) -> Option<Found<K>> {
        let (index, at) = self.of(candidate.at);
        index.found(
            one,
            &self.weights,
            &Candidate { at, ..*candidate },
            other,
            how,
        )
    }
}

#[cfg(test)]
mod tests;
