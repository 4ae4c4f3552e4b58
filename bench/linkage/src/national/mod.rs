//! The tracing algorithm of England's Master Person Service, made again from its published steps.
//!
//! Source: NHS England, "The `Person_ID` handbook: technical details of the data linkage algorithm", last edited on
//! 27 February 2024. It goes through three steps and stops at the first that finds somebody: a cross-check of NHS number
//! and date of birth, an exact match on sounds, and a score of five fields with no least score.
//!
//! Not made again, because the data has no such thing or it was not published: earlier names and addresses, practices,
//! the address key, dates of death. The handbook's dictionary of nicknames was not obtained: the one here is that of the
//! `english` vocabulary, so with `english` sets the algorithm knows every nickname there is.

mod record;
mod score;

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash};

pub use record::{Record, read};

use crate::words::english_nicknames;

/// How many candidates the last step may have.
const MOST_CANDIDATES: usize = 50;
/// How far the best candidate of the last step must be ahead, in points of a hundred.
const AHEAD: f64 = 5.0;

/// The step that found somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// NHS number and date of birth, or enough of both and of the names.
    CrossCheck,
    /// The sound of the family name, sex, date of birth and all else that is there.
    Alphanumeric,
    /// The best score of five fields.
    Algorithmic,
}

impl Step {
    /// The name of the step.
    pub fn name(self) -> &'static str {
        match self {
            Self::CrossCheck => "cross-check",
            Self::Alphanumeric => "alphanumeric",
            Self::Algorithmic => "algorithmic",
        }
    }
}

/// Somebody that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Their place among the records of the index.
    pub place: usize,
    /// How they were found.
    pub step: Step,
    /// Points of a hundred.
    pub score: f64,
}

/// The records that are searched.
#[derive(Debug)]
pub struct Index {
    records: Vec<Record>,
    numbers: HashMap<String, usize>,
    blocks: HashMap<u64, Vec<usize>>,
    formal: HashMap<String, String>,
}

impl Index {
    /// Makes records ready to be searched.
    pub fn new(records: Vec<Record>) -> Self {
        let formal = formal_names();
        let mut numbers = HashMap::new();
        let mut blocks: HashMap<u64, Vec<usize>> = HashMap::new();
        let records: Vec<Record> = records
            .into_iter()
            .map(|record| record.named(&formal))
            .collect();
        for (place, record) in records.iter().enumerate() {
            if !record.number.is_empty() {
                numbers.insert(record.number.clone(), place);
            }
            for key in keys(record).into_iter().flatten() {
                blocks.entry(key).or_default().push(place);
            }
        }
        Self {
            records,
            numbers,
            blocks,
            formal,
        }
    }

    /// The records, in the order in which they were given.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Whom a record is about, or nobody.
    pub fn trace(&self, record: &Record) -> Option<Found> {
        let record = record.clone().named(&self.formal);
        self.cross_check(&record)
            .or_else(|| self.alphanumeric(&record))
            .or_else(|| self.algorithmic(&record))
    }

    fn cross_check(&self, record: &Record) -> Option<Found> {
        let place = *self.numbers.get(&record.number)?;
        let held = self.records.get(place)?;
        let born = record.born.as_ref()?;
        let held_born = held.born.as_ref()?;
        (born == held_born || (born.partly(held_born) && record.names_start_as(held))).then_some(
            Found {
                place,
                step: Step::CrossCheck,
                score: 100.0,
            },
        )
    }

    fn alphanumeric(&self, record: &Record) -> Option<Found> {
        let [_, block, ..] = keys(record);
        let mut fits = self.block(block).filter(|(_, held)| {
            (record.postcode.is_empty() || record.postcode == held.postcode)
                && (record.given.is_empty() || record.given_sound == held.given_sound)
        });
        let (place, _) = fits.next()?;
        fits.next().is_none().then_some(Found {
            place,
            step: Step::Alphanumeric,
            score: 100.0,
        })
    }

    fn algorithmic(&self, record: &Record) -> Option<Found> {
        if record.born.is_none() || record.sex.is_empty() || record.postcode.is_empty() {
            return None;
        }
        let [names, _, family, given, address] = keys(record);
        let mut candidates: Vec<(usize, &Record)> = [names, family, given, address]
            .into_iter()
            .flat_map(|block| self.block(block))
            .collect();
        candidates.sort_by_key(|(place, _)| *place);
        candidates.dedup_by_key(|(place, _)| *place);
        if candidates.len() > MOST_CANDIDATES {
            return None;
        }
        let mut scores: Vec<(f64, usize)> = candidates
            .into_iter()
            .map(|(place, held)| (score::score(record, held), place))
            .collect();
        scores.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (best, place) = *scores.first()?;
        let ahead = scores.get(1).is_none_or(|(next, _)| best - next > AHEAD);
        ahead.then_some(Found {
            place,
            step: Step::Algorithmic,
            score: best,
        })
    }

    fn block(&self, key: Option<u64>) -> impl Iterator<Item = (usize, &Record)> {
        key.and_then(|key| self.blocks.get(&key))
            .into_iter()
            .flatten()
            .filter_map(|place| Some((*place, self.records.get(*place)?)))
    }
}

/// The formal name of each nickname, in capitals.
fn formal_names() -> HashMap<String, String> {
    let mut formal = HashMap::new();
    // Some nicknames are short for more than one name: in order, so that the same one always wins.
    let names: BTreeMap<_, _> = english_nicknames().into_iter().collect();
    for (name, nicknames) in names {
        for nickname in nicknames {
            formal.insert(nickname.to_uppercase(), name.to_uppercase());
        }
    }
    formal
}

/// The blocks that a record is in: the sounds of both names and the date of birth; the sound of the family name, sex and
/// date of birth; the same with the postcode; the same of the given name; sex, date of birth and postcode. A block for
/// which something is missing is none.
fn keys(record: &Record) -> [Option<u64>; 5] {
    let born = record.born.as_ref();
    let family = Some(&record.family_sound).filter(|sound| !sound.is_empty());
    let given = Some(&record.given_sound).filter(|sound| !sound.is_empty());
    let sex = Some(&record.sex).filter(|sex| !sex.is_empty());
    let postcode = Some(&record.postcode).filter(|postcode| !postcode.is_empty());
    let address = sex.zip(postcode).zip(born);
    [
        family.zip(given).zip(born).map(|key| hash((1, key))),
        family.zip(sex).zip(born).map(|key| hash((2, key))),
        family.zip(address).map(|key| hash((3, key))),
        given.zip(address).map(|key| hash((4, key))),
        address.map(|key| hash((5, key))),
    ]
}

fn hash(key: impl Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

#[cfg(test)]
mod tests;
