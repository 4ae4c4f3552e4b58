//! Everybody in memory, to be matched against one record at a time, without blocking.
//!
//! What a query's names, date of birth and postcode weigh is worked out once for every distinct value;
//! then every person is looked at by adding up those weights. Only those for whom the sum could matter
//! are compared in full. Nothing is left out by a key that the query and the person do not share (an
//! address that is only nearly the same counts where the postcode agrees), and a person is put in,
//! changed or taken out without building anything anew.

use std::hash::Hash;

use hashbrown::HashMap;

use crate::birth::born;
use crate::compare::{Side, compare, level_of_born, level_of_family, level_of_given};
use crate::decide::{Candidate, Decision, Step};
use crate::dictionary::{Id, id, place};
use crate::explain::{Explanation, explain};
use crate::model::{
    BIRTH_ORDER, BORN, EXTRA, FAMILY, GIVEN, LEVELS, MIDDLE, Model, RESIDENCE, SEX,
};
use crate::names::{Family, Given, family, given, may_be_close};
use crate::places::Home;
use crate::record::{Record, Sex};
use crate::similarity::is_one_slip;
use crate::store::{NameRow, Store};
use crate::train::train;
use crate::trust::Rule;
use crate::weigh::Weights;

/// Candidates below this weight, in bits, are not kept: one to sixteen against.
const LEAST: f64 = -4.0;
/// Weights are added up as whole numbers of this part of a bit.
const PARTS: f64 = 64.0;
/// What a rare text in a further column can weigh, in bits.
const MOST_OF_A_TEXT: f64 = 20.0;
/// How many candidates a query may have.
const MOST: usize = 50;

/// What is looked at of every person. A former name or home has an entry of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Glance {
    given: Id,
    family: Id,
    born: Id,
}

/// What is looked at next, of the few whose names and date of birth leave a chance.
#[derive(Debug, Clone, Copy, Default)]
struct Whereabouts {
    postcode: Id,
    address: Id,
}

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
        let looks: Vec<(Glance, Whereabouts)> = self.looks_of(at).collect();
        if let [(glance, whereabouts), former @ ..] = looks.as_slice() {
            if let Some(first) = self.glances.get_mut(place(at)) {
                *first = *glance;
            }
            if let Some(first) = self.whereabouts.get_mut(place(at)) {
                *first = *whereabouts;
            }
            self.former.extend(
                former
                    .iter()
                    .map(|(glance, whereabouts)| (at, *glance, *whereabouts)),
            );
        }
        for claim in self.store.numbers_of(at).collect::<Vec<_>>() {
            add(&mut self.numbers, claim.digits, at);
        }
        for contact in self.contacts_of(at) {
            add(&mut self.contacts, contact, at);
        }
    }

    /// Takes somebody out; whether they were there.
    pub fn remove(&mut self, key: &K) -> bool {
        let Some(at) = self.rows.remove(key) else {
            return false;
        };
        for claim in self.store.numbers_of(at).collect::<Vec<_>>() {
            take(&mut self.numbers, &claim.digits, at);
        }
        for contact in self.contacts_of(at) {
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

    fn contacts_of(&self, at: Id) -> Vec<Id> {
        self.store
            .telephones_of(at)
            .chain(self.store.emails_of(at))
            .collect()
    }

    /// What is looked at of a person: every name with every home.
    fn looks_of(&self, at: Id) -> impl Iterator<Item = (Glance, Whereabouts)> + '_ {
        let born = self.store.row(at).born;
        let homes: Vec<Id> = self.store.homes_of(at).collect();
        let homes = if homes.is_empty() { vec![0] } else { homes };
        self.store.names_of(at).flat_map(move |name| {
            let glance = Glance {
                given: name.given,
                family: name.family,
                born,
            };
            let looks = homes.iter().map(|home| {
                let Home {
                    postcode, address, ..
                } = self.store.places.get(*home);
                (glance, Whereabouts { postcode, address })
            });
            looks.collect::<Vec<_>>()
        })
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
        let needed = i32::from(whole(LEAST - unseen(one, weights) - weights.prior));
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

/// What sex, middle name and birth order can add at most to what is looked at for everybody, in bits.
fn unseen(one: &Store, weights: &Weights) -> f64 {
    let row = one.row(0);
    let given = [
        (SEX, row.sex != Sex::Unknown),
        (MIDDLE, one.names_of(0).any(|name| name.middle != 0)),
        (BIRTH_ORDER, row.birth_order != 0),
    ];
    let most = |field| {
        (1..=3)
            .map(|level| weights.bits(field, level, None))
            .fold(0.0, f64::max)
    };
    let further = (0..one.extras.len()).map(|column| (EXTRA + column, true));
    let given = given
        .into_iter()
        .chain(further)
        .filter(|(_, is_given)| *is_given);
    given
        .map(|(field, _)| {
            if field < EXTRA {
                most(field)
            } else {
                MOST_OF_A_TEXT
            }
        })
        .sum()
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

/// A weight as a whole number of parts of a bit; at most 128 bits either way.
fn whole(bits: f64) -> i16 {
    // Adding 2^52 + 2^51 leaves the rounded number in the lowest bits of a 64-bit float (IEEE 754), without
    // a conversion that could be out of range.
    let shifted = (bits.clamp(-127.0, 127.0) * PARTS).round() + 6_755_399_441_055_744.0;
    let [low, high, ..] = shifted.to_bits().to_le_bytes();
    i16::from_le_bytes([low, high])
}

/// What each distinct value weighs for one query.
struct Tables {
    given: Vec<i16>,
    family: Vec<i16>,
    born: Vec<i16>,
    postcode: Vec<i16>,
    /// The query's own addresses, and what the same one with another postcode weighs.
    addresses: Vec<(Id, i16)>,
    most_of_home: i32,
}

/// Set on a given name that is nearly the family name of the query, and on a family name that is nearly
/// its given name: a person with both may have had them turned round. It weighs next to nothing.
const TURNED: i16 = 1;

impl Tables {
    fn new(one: &Store, store: &Store, weights: &Weights) -> Self {
        let (mut given, mut family) = (Vec::new(), Vec::new());
        for name in one.names_of(0) {
            let (of_given, of_family) = name_tables(one, name, store, weights);
            merge(&mut given, of_given);
            merge(&mut family, of_family);
        }
        let date = one.births.get(one.row(0).born);
        let usual = usual(BORN, weights);
        let births = (0..id(store.births.len())).map(|other| {
            let other = store.births.get(other);
            let level = level_of_born(born(date, other));
            match other.filter(|_| level == 1) {
                Some(date) => whole(weights.bits(BORN, level, Some(weights.date(date.count)))),
                None => usual.get(usize::from(level)).copied().unwrap_or(0),
            }
        });
        let born = births.collect();
        let (postcode, addresses) = homes(one, store, weights);
        let most_of_home = postcode
            .iter()
            .chain(addresses.iter().map(|(_, bits)| bits))
            .copied()
            .max();
        Self {
            given,
            family,
            born,
            postcode,
            addresses,
            most_of_home: i32::from(most_of_home.unwrap_or(0).max(0)),
        }
    }

    /// What names and date of birth weigh, and whether the names may have been turned round.
    fn who(&self, glance: &Glance) -> (i32, bool) {
        let given = self.given.get(place(glance.given)).copied().unwrap_or(0);
        let family = self.family.get(place(glance.family)).copied().unwrap_or(0);
        let born = self.born.get(place(glance.born)).copied().unwrap_or(0);
        (
            i32::from(given + family + born),
            given & family & TURNED != 0,
        )
    }

    /// What a home can weigh at most.
    fn home(&self, whereabouts: Whereabouts) -> i32 {
        let home = self
            .postcode
            .get(place(whereabouts.postcode))
            .copied()
            .unwrap_or(0);
        let same = self
            .addresses
            .iter()
            .find(|(address, _)| *address == whereabouts.address);
        i32::from(same.map_or(home, |(_, bits)| home.max(*bits)))
    }
}

/// Keeps the greater weight, and every mark.
fn merge(known: &mut Vec<i16>, other: Vec<i16>) {
    if known.is_empty() {
        *known = other;
        return;
    }
    for (known, other) in known.iter_mut().zip(other) {
        *known = (*known).max(other) | ((*known | other) & TURNED);
    }
}

/// What each level of a field weighs where nothing is known of the value.
fn usual(field: usize, weights: &Weights) -> [i16; LEVELS] {
    let mut bits = [0; LEVELS];
    for (level, bits) in (0_u8..).zip(&mut bits) {
        *bits = whole(weights.bits(field, level, None));
    }
    bits
}

/// What every distinct name weighs as a given name, and as a family name.
fn name_tables(
    one: &Store,
    name: NameRow,
    store: &Store,
    weights: &Weights,
) -> (Vec<i16>, Vec<i16>) {
    let (first, last) = (one.names.view(name.given), one.names.view(name.family));
    let (usual_given, usual_family) = (usual(GIVEN, weights), usual(FAMILY, weights));
    let marked = |bits: i16, is_turned: bool| bits & !TURNED | if is_turned { TURNED } else { 0 };
    let mut tables = (vec![0; store.names.len()], vec![0; store.names.len()]);
    let (given_table, family_table) = &mut tables;
    let both = given_table.iter_mut().zip(family_table);
    for (other, (of_given, of_family)) in (0..id(store.names.len())).zip(both) {
        let view = store.names.view(other);
        if view.name.given_count != 0 {
            let level = level_of_given(given(first, view));
            let bits = match level {
                1 => whole(weights.bits(GIVEN, level, Some(weights.given(view.name, false)))),
                _ => usual_given.get(usize::from(level)).copied().unwrap_or(0),
            };
            let turned = || {
                matches!(
                    family(last, view),
                    Family::Same | Family::Part | Family::Close
                )
            };
            *of_given = marked(bits, may_be_close(last, view) && turned());
        }
        if view.name.family_count != 0 {
            let level = level_of_family(family(last, view));
            let bits = match level {
                1 => whole(weights.bits(FAMILY, level, Some(weights.family(view.name, false)))),
                _ => usual_family.get(usize::from(level)).copied().unwrap_or(0),
            };
            let turned = || matches!(given(first, view), Given::Same | Given::Form | Given::Close);
            *of_family = marked(bits, may_be_close(first, view) && turned());
        }
    }
    tables
}

/// What every distinct postcode can weigh at most, and the addresses of the query that are known.
fn homes(one: &Store, store: &Store, weights: &Weights) -> (Vec<i16>, Vec<(Id, i16)>) {
    let places = &store.places;
    let homes: Vec<Home> = one.homes_of(0).map(|home| one.places.get(home)).collect();
    if homes.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let bits = |level: u8, share: Option<f64>| whole(weights.bits(RESIDENCE, level, share));
    let (same, slip) = (weights.home(1), weights.home(1));
    let (district, elsewhere) = (bits(5, None), bits(6, None));
    let texts: Vec<&str> = homes
        .iter()
        .map(|home| one.places.postcode_text(home.postcode))
        .collect();
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    let known: Vec<(Id, Id)> = homes
        .iter()
        .map(|home| {
            let district = places.district_of(one.places.district_text(home.postcode));
            (
                places.known_postcode(one.places.postcode_text(home.postcode)),
                district,
            )
        })
        .collect();
    let (bits_of_same, bits_of_slip) = (bits(1, Some(same)), bits(2, Some(slip)));
    let distant = district.max(elsewhere);
    let mut table: Vec<i16> = (0..id(places.postcodes_len()))
        .map(|other| {
            if texts.is_empty() {
                return 0;
            }
            if known.iter().any(|(postcode, _)| *postcode == other) {
                return bits_of_same;
            }
            if texts
                .iter()
                .any(|text| is_nearly(text.as_bytes(), places.postcode_text(other).as_bytes()))
            {
                return bits_of_slip;
            }
            let district_of_other = places.postcode_entry(other).district;
            let is_near = district_of_other != 0
                && known
                    .iter()
                    .any(|(_, district)| *district == district_of_other);
            if is_near { distant } else { elsewhere }
        })
        .collect();
    if let Some(none) = table.first_mut() {
        *none = 0;
    }
    let addresses = homes.iter().filter_map(|home| {
        let address = places.address(one.places.address_text(home.address))?;
        Some((
            address,
            bits(4, Some(weights.address(places, address))).max(bits(1, Some(same))),
        ))
    });
    (table, addresses.collect())
}

/// One slip apart, or one the beginning of the other.
fn is_nearly(one: &[u8], other: &[u8]) -> bool {
    // A slip is in one place, so that the first or the last letter is the same.
    (one.first() == other.first() || one.last() == other.last())
        && (one.starts_with(other) || other.starts_with(one) || is_one_slip(one, other))
}

#[cfg(test)]
mod tests;
