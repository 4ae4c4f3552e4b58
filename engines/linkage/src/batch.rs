//! A whole file at once: incoming records against an index, or one file against itself.

use crate::block::{pairs_across, pairs_within};
use crate::compare::{Pattern, Side, compare};
use crate::decide::{Candidate, Decided, Decision, Remembered, Step, decide, trusted};
use crate::dictionary::{Id, id, place};
use crate::explain::{Explanation, explain};
use crate::model::Model;
use crate::record::Record;
use crate::store::Store;
use crate::train::train;
use crate::trust::{Rule, held};
use crate::weigh::{Task, Weight, Weights, float};

/// Candidates below this weight, in bits, cannot matter: one in a million.
const HOPELESS: f64 = -20.0;
/// How many candidates of a record are kept.
const KEPT: usize = 16;

/// An index and the records that come in.
#[derive(Debug, Clone)]
pub struct Batch {
    store: Store,
    split: Id,
}

/// What was decided of one incoming record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The incoming record, by its place among the incoming ones.
    pub incoming: usize,
    /// What is done.
    pub decision: Decision,
    /// Which tier decided.
    pub step: Step,
    /// The rule of trust that held it, or why somebody must look.
    pub rule: Option<Rule>,
    /// The record of the index that was linked or must be looked at; for somebody new, the nearest.
    pub index: Option<usize>,
    /// The weight of the two, in bits: the evidence and the prior odds.
    pub weight: Option<f64>,
    /// How likely it is that the two are of one person and no other candidate is.
    pub probability: Option<f64>,
    best: Option<Candidate>,
    runner_up: Option<(usize, f64)>,
}

impl Outcome {
    /// The likeliest record of the index besides this one, and its weight, as far as the decision looked.
    pub fn other_than(&self, index: usize) -> Option<(usize, f64)> {
        let best = self.index.zip(self.weight);
        let both = [best, self.runner_up].into_iter().flatten();
        both.into_iter().find(|(other, _)| *other != index)
    }

    /// What agrees and what differs, in few words, after the rule that held it.
    pub fn reason(&self) -> String {
        let fields = self
            .best
            .map(|best| crate::explain::reason(&best.pattern))
            .unwrap_or_default();
        match self.rule {
            Some(rule) => format!("{rule}: {fields}"),
            None => fields,
        }
    }
}

impl Batch {
    /// An empty index for records with this many further columns.
    pub fn new(further: usize) -> Self {
        Self {
            store: Store::new(further),
            split: 0,
        }
    }

    /// Adds a record to the index; all of them before the first incoming one.
    pub fn index(&mut self, record: &Record<'_>) {
        self.split = self.store.push(record) + 1;
    }

    /// Adds an incoming record.
    pub fn incoming(&mut self, record: &Record<'_>) {
        self.store.push(record);
    }

    /// A model estimated from these records, without knowing any truth; `model` itself where there are
    /// too few records to learn from.
    pub fn train(&self, model: &Model) -> Model {
        train(&self.store, Some(self.split), model)
    }

    /// Decides on every incoming record, in their order. The share of people who are present in the index
    /// is estimated first where the model was estimated from records.
    pub fn decide(
        &self,
        model: &mut Model,
        remembered: impl Fn(usize, usize) -> Option<Remembered>,
    ) -> Vec<Outcome> {
        let mut candidates = self.candidates(model);
        let weights = Weights::new(model, place(self.split), Task::Match);
        if model.population <= 1.0 {
            let shift = estimate_present(
                &candidates,
                self.incoming_len(),
                model,
                weights.prior,
                place(self.split),
            );
            for candidate in candidates.iter_mut().flatten() {
                candidate.weight.total += shift;
            }
        }
        let mut outcomes = Vec::with_capacity(candidates.len());
        for (incoming, candidates) in candidates.iter_mut().enumerate() {
            let one = self.came(incoming);
            let told = |at: Id| remembered(incoming, place(at));
            let decided = decide(one, |at| self.side(at), candidates, &model.thresholds, told);
            outcomes.push(outcome(incoming, &decided));
        }
        outcomes
    }

    fn side(&self, at: Id) -> Side<'_> {
        Side {
            store: &self.store,
            at,
        }
    }

    /// The incoming record of this place.
    fn came(&self, incoming: usize) -> Side<'_> {
        self.side(self.split + id(incoming))
    }

    fn incoming_len(&self) -> usize {
        self.store.rows_len() - place(self.split)
    }

    /// The candidates of every incoming record.
    fn candidates(&self, model: &Model) -> Vec<Vec<Candidate>> {
        let weights = Weights::new(model, place(self.split), Task::Match);
        let mut all = vec![Vec::new(); self.incoming_len()];
        for (incoming, index) in pairs_across(&self.store, self.split) {
            let (one, other) = (self.side(incoming), self.side(index));
            let pattern = compare(one, other);
            let weight = weights.weigh(&pattern, other);
            let matters = weight.total > HOPELESS || pattern.has_identifier();
            let candidates = all.get_mut(place(incoming - self.split));
            if let Some(candidates) = candidates.filter(|_| matters) {
                candidates.push(Candidate {
                    at: index,
                    pattern,
                    weight,
                    probability: 0.0,
                });
                if candidates.len() > 2 * KEPT {
                    keep_best(candidates);
                }
            }
        }
        all
    }

    /// The rule of trust that holds a link of an incoming record and one of the index, and what becomes
    /// of the two by it, for pairs that another model has weighed.
    pub fn held(&self, incoming: usize, index: usize) -> Option<(Decision, Rule)> {
        let (one, other) = (self.came(incoming), self.side(id(index)));
        let pattern = compare(one, other);
        let is_number_alone =
            pattern.level(crate::model::NUMBER) == 1 && !crate::decide::is_cross_check(&pattern);
        let rule =
            held(one, other, &pattern).or_else(|| is_number_alone.then_some(Rule::NumberAlone))?;
        Some((trusted(rule).0, rule))
    }

    /// Explains the decision of one outcome.
    pub fn explain(&self, model: &Model, outcome: &Outcome) -> Explanation {
        let weights = Weights::new(model, place(self.split), Task::Match);
        let one = self.came(outcome.incoming);
        explain(
            (one, &self.store),
            model,
            &weights,
            outcome.best.as_ref(),
            outcome.runner_up.map(|(_, weight)| weight),
            (outcome.decision, outcome.step, outcome.rule),
        )
    }

    /// Explains how the incoming record of an outcome and one of the index compare, whatever was decided.
    pub fn explain_pair(&self, model: &Model, outcome: &Outcome, index: usize) -> Explanation {
        let weights = Weights::new(model, place(self.split), Task::Match);
        let one = self.came(outcome.incoming);
        let other = self.side(id(index));
        let pattern = compare(one, other);
        let mut candidates = vec![Candidate {
            at: other.at,
            pattern,
            weight: weights.weigh(&pattern, other),
            probability: 0.0,
        }];
        let decided = decide(
            one,
            |at| self.side(at),
            &mut candidates,
            &model.thresholds,
            |_| None,
        );
        explain(
            (one, &self.store),
            model,
            &weights,
            candidates.first(),
            outcome.other_than(index).map(|(_, weight)| weight),
            (decided.decision, decided.step, decided.rule),
        )
    }
}

fn keep_best(candidates: &mut Vec<Candidate>) {
    candidates.sort_unstable_by(|one, other| other.weight.total.total_cmp(&one.weight.total));
    candidates.truncate(KEPT);
}

fn outcome(incoming: usize, decided: &Decided) -> Outcome {
    Outcome {
        incoming,
        decision: decided.decision,
        step: decided.step,
        rule: decided.rule,
        index: decided.best.map(|best| place(best.at)),
        weight: decided.best.map(|best| best.weight.total),
        probability: decided.best.map(|best| best.probability),
        best: decided.best,
        runner_up: decided
            .runner_up
            .map(|next| (place(next.at), next.weight.total)),
    }
}

/// What share of the incoming people are in the index, by the candidates' own probabilities; returns by
/// how many bits the weights change with it.
fn estimate_present(
    candidates: &[Vec<Candidate>],
    incoming: usize,
    model: &mut Model,
    prior: f64,
    records: usize,
) -> f64 {
    let mut shift = 0.0;
    for _ in 0..6 {
        let there = |candidates: &Vec<Candidate>| {
            let odds: f64 = candidates
                .iter()
                .map(|candidate| (candidate.weight.total + shift).exp2())
                .sum();
            odds / (1.0 + odds)
        };
        let expected: f64 = candidates.iter().map(there).sum();
        model.present = ((expected + 1.0) / (float(incoming) + 2.0)).clamp(0.001, 0.999);
        shift = Weights::new(model, records, Task::Match).prior - prior;
    }
    shift
}

/// One file, in which several records may be of one person.
#[derive(Debug, Clone)]
pub struct File {
    store: Store,
}

/// How much likelier one person must be than two relatives, in bits, for the rules about relatives to
/// hold nothing within a file: some 130 to one.
const HARDLY_RELATIVES: f64 = 7.0;

/// Two records of one file that may be of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The first record, by its place in the file.
    pub one: usize,
    /// The second.
    pub other: usize,
    /// The weight, in bits.
    pub weight: f64,
    /// How likely it is that they are of one person.
    pub probability: f64,
    /// The rule of trust that keeps them apart, if one does.
    pub rule: Option<Rule>,
    /// Whether NHS number, date of birth and a part of the name agree.
    pub(crate) is_certain: bool,
    /// Whether a number that identifies people agrees.
    pub(crate) has_identifier: bool,
}

impl File {
    /// An empty file for records with this many further columns.
    pub fn new(further: usize) -> Self {
        Self {
            store: Store::new(further),
        }
    }

    /// Adds a record.
    pub fn push(&mut self, record: &Record<'_>) {
        self.store.push(record);
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As [`Batch::train`].
    pub fn train(&self, model: &Model) -> Model {
        train(&self.store, None, model)
    }

    /// Every pair that is not hopeless, in order. The share of records that have another is estimated
    /// first where the model was estimated from records.
    pub fn pairs(&self, model: &mut Model) -> Vec<Pair> {
        if model.population <= 1.0 {
            model.present = 0.5;
        }
        let weights = Weights::new(model, self.len(), Task::Dedupe);
        let mut pairs = Vec::new();
        for (one, other) in pairs_within(&self.store) {
            let (one, other) = (self.side(one), self.side(other));
            let pattern = compare(other, one);
            let weight = weights.weigh(&pattern, one);
            if weight.total > HOPELESS {
                pairs.push(Self::pair((one, other), &pattern, weight, model));
            }
        }
        if model.population <= 1.0 {
            let prior = weights.prior;
            let mut shift = 0.0;
            for _ in 0..6 {
                let expected: f64 = pairs
                    .iter()
                    .map(|pair| probability(pair.weight + shift))
                    .sum();
                model.present =
                    (2.0 * (expected + 1.0) / float(self.len().max(1))).clamp(0.001, 20.0);
                shift = Weights::new(model, self.len(), Task::Dedupe).prior - prior;
            }
            for pair in &mut pairs {
                pair.weight += shift;
            }
        }
        for pair in &mut pairs {
            pair.probability = probability(pair.weight);
        }
        pairs
    }

    fn side(&self, at: Id) -> Side<'_> {
        Side {
            store: &self.store,
            at,
        }
    }

    /// Two records, the earlier first.
    fn in_order(&self, one: usize, other: usize) -> (Side<'_>, Side<'_>) {
        (self.side(id(one.min(other))), self.side(id(one.max(other))))
    }

    fn pair(
        (one, other): (Side<'_>, Side<'_>),
        pattern: &Pattern,
        weight: Weight,
        model: &Model,
    ) -> Pair {
        let is_learnt = model.population <= 1.0 && weight.over_relatives > HARDLY_RELATIVES;
        let rule =
            held(other, one, pattern).filter(|rule| !(is_learnt && rule.is_about_relatives()));
        Pair {
            one: place(one.at),
            other: place(other.at),
            weight: weight.total,
            probability: 0.0,
            rule,
            has_identifier: pattern.has_identifier(),
            is_certain: crate::decide::is_cross_check(pattern) && rule.is_none(),
        }
    }

    /// The rule of trust that keeps two records apart, for pairs that another model has weighed.
    pub fn held(&self, one: usize, other: usize) -> Option<Rule> {
        let (one, other) = self.in_order(one, other);
        held(other, one, &compare(other, one))
    }

    /// The source of a record, as a number; 0 for none.
    pub(crate) fn source(&self, record: usize) -> Id {
        self.store.row(id(record)).source
    }

    /// How two records compare, whatever the keys.
    pub(crate) fn compare(
        &self,
        one: usize,
        other: usize,
        (model, weights): (&Model, &Weights),
    ) -> Pair {
        let (one, other) = self.in_order(one, other);
        let pattern = compare(other, one);
        let weight = weights.weigh(&pattern, one);
        Pair {
            probability: probability(weight.total),
            ..Self::pair((one, other), &pattern, weight, model)
        }
    }
}

/// The probability of a weight in bits.
pub(crate) fn probability(weight: f64) -> f64 {
    let odds = weight.exp2();
    if odds.is_infinite() {
        1.0
    } else {
        odds / (1.0 + odds)
    }
}
