//! Care homes, as addresses: who was sent to hospital from where.
//!
//! There is no list of care homes here. A home is an address at which somebody lives, by the record as it is now, of whom a
//! hospital said that they came from a care home. Everybody who lives at that address is of that home, also where a hospital
//! gave their usual place of residence as where they came from. An address at which fewer than three people live is not taken
//! for a home: there the code is wrong, or the person has moved since.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};
use stour_database::Transaction;
use stour_kernel::{PersonId, Postcode, hex};
use stour_people::{Lives, age, lives, living_at};
use stour_statistics::rate::Confidence;
use stour_statistics::rate::indirect::{Band, ratio};

use super::period::Period;
use super::rate::{BANDS, band_of, real};
use super::tally::{Counted, Seen, Tally, counted};
use crate::error::{FlowError, reference};

/// Words and postcode of an address, as addresses are compared.
type Key = (String, Postcode);

/// From how many people who live there an address is taken for a home: fewer are most likely a family's.
pub(super) const FEWEST: u64 = 3;

/// The digits of a digest that name a home in addresses: no word of its address stands there.
const DIGITS: usize = 24;

/// A care home.
#[derive(Debug, Clone, PartialEq)]
pub struct Home {
    /// Its name in addresses.
    pub id: String,
    /// Its address, on one line.
    pub address: String,
    /// How many people live there by the record, who were alive in the period.
    pub residents: u64,
    /// Those admitted from there, in order of their days.
    pub seen: Vec<Seen>,
    /// Of those, how many a hospital gave another place of as where they came from.
    pub said_otherwise: u64,
    /// The admissions, added up.
    pub tally: Tally,
    /// How many admissions there would be if its residents were admitted as often as those of their age in all the homes
    /// here.
    pub expected: Option<Expected>,
}

/// How many admissions there would be, and how sure the comparison is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// How many.
    pub admissions: f64,
    /// How many times as many there were, at the least and at the most, with 95 per cent.
    pub times: (f64, f64),
}

/// The homes of a period, and what could not be put to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Homes {
    /// Which period.
    pub period: Period,
    /// The homes, the most admissions first.
    pub homes: Vec<Home>,
    /// Admissions from a care home of people of whom the record shows no address.
    pub nowhere: Vec<Seen>,
    /// Admissions from a care home of people who live, by the record, where fewer than [`FEWEST`] do.
    pub unlikely: Vec<Seen>,
}

/// Reads the homes of a period.
///
/// # Errors
/// Those of the database, and reference data that cannot be read.
pub fn homes(tx: &mut Transaction<'_>, period: Period) -> Result<Homes, FlowError> {
    let Counted { seen, .. } = counted(tx, period)?;
    let reference = reference()?;
    let (mut keys, mut nowhere) = (BTreeSet::new(), Vec::new());
    for one in seen
        .iter()
        .filter(|one| one.admission.is_from_care_home(reference))
    {
        match lives(tx, one.person)?.and_then(|lives| lives.key()) {
            Some(key) => {
                keys.insert(key);
            }
            None => nowhere.push(one.clone()),
        }
    }
    let postcodes: BTreeSet<Postcode> = keys.iter().map(|(_, postcode)| *postcode).collect();
    let mut living: BTreeMap<Key, Vec<Lives>> = BTreeMap::new();
    for postcode in postcodes {
        for one in living_at(tx, postcode)? {
            if let Some(key) = one.key().filter(|key| keys.contains(key)) {
                living.entry(key).or_default().push(one);
            }
        }
    }
    let (homes, unlikely) = added_up(period, &seen, &living, |one| {
        one.admission.is_from_care_home(reference)
    });
    Ok(Homes {
        period,
        homes,
        nowhere,
        unlikely,
    })
}

/// What is known of a home before it is compared with the others.
struct Counting {
    address: String,
    people: [u64; BANDS],
    residents: u64,
    events: [u64; BANDS],
    seen: Vec<Seen>,
}

fn added_up(
    period: Period,
    seen: &[Seen],
    living: &BTreeMap<Key, Vec<Lives>>,
    is_said: impl Fn(&Seen) -> bool,
) -> (Vec<Home>, Vec<Seen>) {
    let ((first, _), last) = (period.days(), period.last_day());
    let mut of: BTreeMap<PersonId, &Key> = BTreeMap::new();
    let mut counting: BTreeMap<&Key, Counting> = BTreeMap::new();
    for (key, people) in living {
        let address = people.first().map(|one| one.address.on_one_line());
        let mut home = Counting {
            address: address.unwrap_or_default(),
            people: [0; BANDS],
            residents: 0,
            events: [0; BANDS],
            seen: Vec::new(),
        };
        for one in people {
            of.insert(one.person, key);
            let band = one.born.and_then(|born| age(born, last)).map(band_of);
            if one.died.is_none_or(|died| died >= first) {
                home.residents += 1;
                add(&mut home.people, band);
            }
        }
        if home.residents >= FEWEST {
            counting.insert(key, home);
        }
    }
    let mut unlikely = Vec::new();
    for one in seen {
        let Some(key) = of.get(&one.person) else {
            continue;
        };
        if let Some(home) = counting.get_mut(key) {
            add(
                &mut home.events,
                one.born.and_then(|born| age(born, last)).map(band_of),
            );
            home.seen.push(one.clone());
        } else if is_said(one) {
            unlikely.push(one.clone());
        }
    }
    let sum = |of: fn(&Counting) -> &[u64; BANDS]| {
        let mut all = [0; BANDS];
        for home in counting.values() {
            for (all, one) in all.iter_mut().zip(of(home)) {
                *all += one;
            }
        }
        all
    };
    let (people, events) = (sum(|home| &home.people), sum(|home| &home.events));
    let mut homes: Vec<Home> = counting
        .into_iter()
        .map(|(key, home)| compared(key, home, (&people, &events), &is_said))
        .collect();
    homes.sort_by(|one, other| {
        (other.seen.len(), &one.address).cmp(&(one.seen.len(), &other.address))
    });
    (homes, unlikely)
}

fn add(bands: &mut [u64; BANDS], band: Option<usize>) {
    if let Some(count) = band.and_then(|band| bands.get_mut(band)) {
        *count += 1;
    }
}

fn compared(
    key: &Key,
    home: Counting,
    (people, events): (&[u64; BANDS], &[u64; BANDS]),
    is_said: &impl Fn(&Seen) -> bool,
) -> Home {
    let bands = home
        .people
        .iter()
        .zip(&home.events)
        .zip(people.iter().zip(events));
    let bands: Vec<Band> = bands
        .filter(|(_, (all, _))| **all > 0)
        .map(|((people, count), (all, events))| Band {
            count: *count,
            population: real(*people),
            reference_count: real(*events),
            reference_population: real(*all),
        })
        .collect();
    let found = Confidence::new(0.95).and_then(|confidence| ratio(&bands, 1.0, confidence));
    let mut tally = Tally::default();
    for one in &home.seen {
        tally.admit(one);
    }
    let said = home.seen.iter().filter(|one| is_said(one)).count();
    Home {
        id: id(key),
        address: home.address,
        residents: home.residents,
        said_otherwise: u64::try_from(home.seen.len() - said).unwrap_or(0),
        expected: found.ok().map(|found| Expected {
            admissions: found.expected,
            times: (found.interval.lower.unwrap_or(0.0), found.interval.upper),
        }),
        seen: home.seen,
        tally,
    }
}

fn id((words, postcode): &Key) -> String {
    let digest = Sha256::digest(format!("{words} {postcode}").as_bytes());
    hex(&digest).chars().take(DIGITS).collect()
}
