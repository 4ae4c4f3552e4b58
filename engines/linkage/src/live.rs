//! Everybody in memory, to be matched against one record at a time, without blocking.
//!
//! What a query's names, date of birth and postcode weigh is worked out once for every distinct value;
//! then every person is looked at by adding up those weights. Only those for whom the sum could matter
//! are compared in full. Nothing is left out by a key that the query and the person do not share (an
//! address that is only nearly the same counts where the postcode agrees), and a person is put in,
//! changed or taken out without building anything anew.

mod tables;

use std::hash::Hash;

use hashbrown::HashMap;

use crate::compare::{Side, compare};
use crate::decide::{Candidate, Decision, Step};
use crate::dictionary::{Id, place};
use crate::explain::{Explanation, explain};
use crate::model::Model;
use crate::places::Home;
use crate::record::Record;
use crate::store::Store;
use crate::train::train;
use crate::trust::Rule;
use crate::weigh::Weights;
use tables::{Glance, Tables, Whereabouts, unseen, whole};

/// Candidates below this weight, in bits, are not kept: one to sixteen against.
pub(crate) const LEAST: f64 = -4.0;
/// What rounding may take from a sum of weights, in bits.
const ROUNDING: f64 = 0.125;
/// How many candidates a query may have.
const MOST: usize = 50;

/// Persons who share a number or a telephone.
#[derive(Debug, Clone)]
enum Sharers {
    One(Id),
    Several(Vec<Id>),
}

/// Everybody in memory, each under a key.
#[derive(Debug, Clone)]
pub struct Index<K> {
    pub(crate) model: Model,
    pub(crate) store: Store,
    keys: Vec<Option<K>>,
    pub(crate) rows: HashMap<K, Id>,
    glances: Vec<Glance>,
    whereabouts: Vec<Whereabouts>,
    former: Vec<(Id, Glance, Whereabouts)>,
    numbers: HashMap<u64, Sharers>,
    contacts: HashMap<Id, Sharers>,
}

/// Somebody who may be the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<K> {
    /// Who.
    pub key: K,
    /// The weight, in bits: the evidence and the prior odds.
    pub weight: f64,
    /// How likely it is that this is the person and no other candidate is.
    pub probability: f64,
    /// Why.
    pub explanation: Explanation,
}

/// What was decided of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched<K> {
    /// What is to be done.
    pub decision: Decision,
    /// Which tier decided.
    pub step: Step,
    /// The rule of trust that held it, or why somebody must look.
    pub rule: Option<Rule>,
    /// Who was linked or must be looked at; for somebody new, the nearest.
    pub best: Option<Found<K>>,
    /// The next best.
    pub runner_up: Option<Found<K>>,
}

impl<K: Copy + Eq + Hash> Index<K> {
    /// Nobody yet, to be matched by this model.
    pub fn new(model: Model) -> Self {
        let further = model.further().count();
        Self {
            model,
            store: Store::new(further),
            keys: Vec::new(),
            rows: HashMap::new(),
            glances: Vec::new(),
            whereabouts: Vec::new(),
            former: Vec::new(),
            numbers: HashMap::new(),
            contacts: HashMap::new(),
        }
    }

    /// The model that matches.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Matches by another model from now on; its further columns must be the same.
    pub fn set_model(&mut self, model: Model) {
        self.model = model;
    }

    /// A model estimated from everybody here, beginning from the one that matches now; that one itself
    /// where there are too few to learn from.
    pub fn train(&self) -> Model {
        train(&self.store, None, &self.model)
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts somebody in, or in place of what was known of them.
    pub fn put(&mut self, key: K, record: &Record<'_>) {
        self.remove(&key);
        let at = self.store.push(record);
        let size = self.keys.len().max(place(at) + 1);
        self.keys.resize(size, None);
        self.glances.resize(size, Glance::default());
        self.whereabouts.resize(size, Whereabouts::default());
        if let Some(of_key) = self.keys.get_mut(place(at)) {
            *of_key = Some(key);
        }
        self.rows.insert(key, at);
        let mut looks = looks_of(&self.store, at);
        if let Some((glance, whereabouts)) = looks.next() {
            if let Some(first) = self.glances.get_mut(place(at)) {
                *first = glance;
            }
            if let Some(first) = self.whereabouts.get_mut(place(at)) {
                *first = whereabouts;
            }
        }
        self.former
            .extend(looks.map(|(glance, whereabouts)| (at, glance, whereabouts)));
        for claim in self.store.numbers_of(at) {
            add(&mut self.numbers, claim.digits, at);
        }
        for contact in contacts_of(&self.store, at) {
            add(&mut self.contacts, contact, at);
        }
    }

    /// Takes somebody out; whether they were there.
    pub fn remove(&mut self, key: &K) -> bool {
        let Some(at) = self.rows.remove(key) else {
            return false;
        };
        for claim in self.store.numbers_of(at) {
            take(&mut self.numbers, &claim.digits, at);
        }
        for contact in contacts_of(&self.store, at) {
            take(&mut self.contacts, &contact, at);
        }
        if let Some(of_key) = self.keys.get_mut(place(at)) {
            *of_key = None;
        }
        if let Some(glance) = self.glances.get_mut(place(at)) {
            *glance = Glance::default();
        }
        if let Some(whereabouts) = self.whereabouts.get_mut(place(at)) {
            *whereabouts = Whereabouts::default();
        }
        self.former.retain(|(of, _, _)| *of != at);
        self.store.remove(at)
    }

    pub(crate) fn query(&self, query: &Record<'_>) -> Store {
        let mut one = Store::new(self.store.extras.len());
        one.push(query);
        one
    }

    pub(crate) fn key(&self, at: Id) -> Option<K> {
        self.keys.get(place(at)).copied().flatten()
    }

    pub(crate) fn found(
        &self,
        one: Side<'_>,
        weights: &Weights,
        candidate: &Candidate,
        other: Option<&Candidate>,
        how: (Decision, Step, Option<Rule>),
    ) -> Option<Found<K>> {
        Some(Found {
            key: self.key(candidate.at)?,
            weight: candidate.weight.total,
            probability: candidate.probability,
            explanation: explain(
                (one, &self.store),
                &self.model,
                weights,
                Some(candidate),
                other.map(|other| other.weight.total),
                how,
            ),
        })
    }

    /// Everybody for whom the evidence could matter, compared in full.
    pub(crate) fn candidates(
        &self,
        one: &Store,
        weights: &Weights,
        is_open: impl Fn(Id) -> bool,
    ) -> Vec<Candidate> {
        let mut rows = self.glance(one, weights);
        let numbers = one.numbers_of(0).flat_map(|claim| slips(claim.digits));
        let sharers = numbers.filter_map(|digits| self.numbers.get(&digits));
        let contacts = one.telephones_of(0).chain(one.emails_of(0));
        let contacts = contacts.filter_map(|contact| {
            self.contacts
                .get(&self.store.contacts.find(one.contacts.text(contact))?)
        });
        for sharers in sharers.chain(contacts) {
            match sharers {
                Sharers::One(at) => rows.push(*at),
                Sharers::Several(several) => rows.extend(several.iter().take(MOST)),
            }
        }
        rows.sort_unstable();
        rows.dedup();
        let one = Side { store: one, at: 0 };
        let mut candidates: Vec<Candidate> = rows
            .into_iter()
            .filter(|at| is_open(*at))
            .filter_map(|at| {
                let other = Side {
                    store: &self.store,
                    at,
                };
                let pattern = compare(one, other);
                let weight = weights.weigh(&pattern, other);
                let matters = weight.total > LEAST || pattern.has_identifier();
                matters.then_some(Candidate {
                    at,
                    pattern,
                    weight,
                    probability: 0.0,
                })
            })
            .collect();
        candidates.sort_unstable_by(|one, other| {
            other
                .weight
                .total
                .total_cmp(&one.weight.total)
                .then(one.at.cmp(&other.at))
        });
        candidates.truncate(MOST);
        candidates
    }

    /// Looks at everybody: those whose names, date of birth and home could reach the least weight.
    fn glance(&self, one: &Store, weights: &Weights) -> Vec<Id> {
        let tables = Tables::new(one, &self.store, weights);
        let needed = i32::from(whole(
            LEAST - ROUNDING - unseen(one, weights) - weights.prior,
        ));
        let mut rows = Vec::new();
        for (at, glance) in (0_u32..).zip(&self.glances) {
            let (sum, is_turned) = tables.who(glance);
            if sum + tables.most_of_home >= needed || is_turned {
                let whereabouts = self.whereabouts.get(place(at)).copied().unwrap_or_default();
                if sum + tables.home(whereabouts) >= needed || is_turned {
                    rows.push(at);
                }
            }
        }
        let matters = |(_, glance, whereabouts): &&(Id, Glance, Whereabouts)| {
            let (sum, is_turned) = tables.who(glance);
            sum + tables.home(*whereabouts) >= needed || is_turned
        };
        rows.extend(self.former.iter().filter(matters).map(|(at, _, _)| *at));
        rows
    }
}

/// The telephones and e-mail addresses of a person.
fn contacts_of(store: &Store, at: Id) -> impl Iterator<Item = Id> + '_ {
    store.telephones_of(at).chain(store.emails_of(at))
}

/// What is looked at of a person: every name with every home.
fn looks_of(store: &Store, at: Id) -> impl Iterator<Item = (Glance, Whereabouts)> + '_ {
    let born = store.row(at).born;
    let homeless = store.homes_of(at).next().is_none().then_some(0);
    store.names_of(at).flat_map(move |name| {
        let glance = Glance {
            given: name.given,
            family: name.family,
            born,
        };
        let homes = homeless.into_iter().chain(store.homes_of(at));
        homes.map(move |home| {
            let Home {
                postcode, address, ..
            } = store.places.get(home);
            (glance, Whereabouts { postcode, address })
        })
    })
}

/// A number, and every number that is one slip of the finger away.
fn slips(number: u64) -> impl Iterator<Item = u64> {
    let places = (0..12_u32).map(|place| 10_u64.pow(place));
    let typed = places.clone().flat_map(move |place| {
        let digit = number / place % 10;
        (0..10).map(move |other| number - digit * place + other * place)
    });
    let turned = places.take(11).map(move |place| {
        let (low, high) = (number / place % 10, number / place / 10 % 10);
        number - low * place - high * place * 10 + high * place + low * place * 10
    });
    typed.chain(turned)
}

fn add<K: Eq + Hash>(sharers: &mut HashMap<K, Sharers>, key: K, at: Id) {
    match sharers.entry(key).or_insert(Sharers::One(at)) {
        Sharers::One(one) if *one == at => {}
        Sharers::Several(several) => several.push(at),
        one @ Sharers::One(_) => {
            if let Sharers::One(first) = *one {
                *one = Sharers::Several(vec![first, at]);
            }
        }
    }
}

fn take<K: Eq + Hash>(sharers: &mut HashMap<K, Sharers>, key: &K, at: Id) {
    let is_last = match sharers.get_mut(key) {
        Some(Sharers::One(one)) => *one == at,
        Some(Sharers::Several(several)) => {
            several.retain(|sharer| *sharer != at);
            several.is_empty()
        }
        None => false,
    };
    if is_last {
        sharers.remove(key);
    }
}

#[cfg(test)]
mod tests;
