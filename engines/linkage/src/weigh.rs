//! What a comparison weighs, in bits: for each field how much likelier it is that records of one person
//! agree so than that records of two strangers do, less what two relatives at one address would share.

use crate::compare::{Pattern, Side};
use crate::dictionary::{Id, place};
use crate::model::{BORN, EXTRA, FAMILY, FIELDS, GIVEN, LEVELS, Model, NAME_ORDER, RESIDENCE};
use crate::names::Name;
use crate::places::Places;

/// How much weight the shares known beforehand have, in records, while there are none.
const BEFOREHAND: f64 = 20_000.0;
/// After this many records what was known beforehand counts half.
const HALF: f64 = 500.0;
/// The share of one day among the dates of birth of people alive: some 30,000 days (82 years).
const ONE_DAY: f64 = 1.0 / 30_000.0;
/// The share of one home: as if 2.3 people lived in each of a million people's (ONS: 2.36 to a household).
const ONE_HOME: f64 = 2.3e-6;
/// The share of one postcode: about 45 people (ONS postcode directory: 1.7 million in use).
const ONE_POSTCODE: f64 = 5e-5;
/// The share of an address without its postcode.
const ONE_ADDRESS: f64 = 2e-5;
/// The share of a text in a further column.
const ONE_TEXT: f64 = 1e-3;

/// The share of strangers with a home so alike to one that it could be a slip, of those with its postcode.
pub(crate) const SLIP_OF_HOME: f64 = 0.1;

/// A model as shares, for an index of a known size.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    m: [[f64; LEVELS]; FIELDS],
    u: [[f64; LEVELS]; FIELDS],
    h: [[f64; LEVELS]; FIELDS],
    fields: usize,
    /// The prior odds, in bits, that a record of the index is of the incoming record's person, against
    /// that person's absence.
    pub(crate) prior: f64,
    relatives: f64,
    household: f64,
    records: f64,
}

/// What a pair weighs, in bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weight {
    /// Prior, evidence and household together.
    pub(crate) total: f64,
    /// What relatives at the same address would share; at most 0, save for rounding.
    pub(crate) household: f64,
    /// How much likelier one person is than two relatives, in bits.
    pub(crate) over_relatives: f64,
}

/// What one field weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FieldWeight {
    /// In bits, against strangers.
    pub(crate) bits: f64,
    /// The part of `bits` that comes from how common or rare the value is.
    pub(crate) frequency_bits: f64,
    /// How much likelier relatives are to agree so than strangers.
    relative: f64,
}

/// Whether a person's record is sought in an index, or any two records of one file may be one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// One incoming record against an index: it has one person, or none.
    Match,
    /// Pairs of records of one file.
    Dedupe,
}

impl Weights {
    /// The weights of a model for an index of `records`.
    pub(crate) fn new(model: &Model, records: usize, task: Task) -> Self {
        let table = |share: fn(&crate::model::Level) -> f64| {
            let mut shares = [[1.0; LEVELS]; FIELDS];
            for (levels, comparison) in shares.iter_mut().zip(&model.comparisons) {
                for (place, level) in levels.iter_mut().skip(1).zip(&comparison.levels) {
                    *place = share(level);
                }
            }
            shares
        };
        let records = float(records).max(1.0);
        let people = records.max(model.population);
        let one = model.present / people;
        let absent = match task {
            Task::Match => (1.0 - model.present).max(0.005),
            Task::Dedupe => 1.0 - one,
        };
        Self {
            m: table(|level| level.m),
            u: table(|level| level.u),
            h: table(|level| level.h),
            fields: model.comparisons.len(),
            prior: (one / absent).log2(),
            relatives: model.relatives / people,
            household: model.relatives,
            records,
        }
    }

    /// What a pair weighs. `other` is the record of the index, whose values are counted.
    pub(crate) fn weigh(&self, pattern: &Pattern, other: Side<'_>) -> Weight {
        let (mut bits, mut relative) = (0.0, 1.0);
        for field in 0..self.fields {
            if pattern.level(field) != 0 {
                let weight = self.field(field, pattern, other);
                bits += weight.bits;
                relative *= weight.relative;
            }
        }
        let share = (self.relatives * self.size(pattern, other)).min(0.5);
        let household = -(1.0 - share + share * relative).log2();
        Weight {
            total: self.prior + bits + household,
            household,
            over_relatives: self.prior + bits - (share * relative).log2(),
        }
    }

    /// What one field weighs.
    pub(crate) fn field(&self, field: usize, pattern: &Pattern, other: Side<'_>) -> FieldWeight {
        let level = usize::from(pattern.level(field));
        let of = |table: &[[f64; LEVELS]; FIELDS]| {
            let levels = table.get(field);
            levels
                .and_then(|levels| levels.get(level))
                .copied()
                .unwrap_or(1.0)
        };
        let (m, usual, mut h) = (of(&self.m), of(&self.u), of(&self.h));
        let mut u = usual;
        if let Some(share) = self.share(field, level, pattern, other) {
            u = share;
            // Relatives do not share what is theirs alone, but may agree in it by chance as strangers do.
            if matches!(field, GIVEN | BORN) {
                h += share;
            }
        }
        FieldWeight {
            bits: (m / u).log2(),
            frequency_bits: (usual / u).log2(),
            relative: h.min(1.0) / u,
        }
    }

    /// What a level of a field weighs, in bits, where this share of strangers agrees in the very value.
    pub(crate) fn bits(&self, field: usize, level: u8, share: Option<f64>) -> f64 {
        let of = |table: &[[f64; LEVELS]; FIELDS]| {
            let levels = table.get(field);
            levels
                .and_then(|levels| levels.get(usize::from(level)))
                .copied()
                .unwrap_or(1.0)
        };
        if level == 0 {
            0.0
        } else {
            (of(&self.m) / share.unwrap_or_else(|| of(&self.u))).log2()
        }
    }

    /// The share of strangers who agree in this very value, where it can be counted.
    fn share(&self, field: usize, level: usize, pattern: &Pattern, other: Side<'_>) -> Option<f64> {
        let store = other.store;
        let (names, places) = (&store.names, &store.places);
        let is_turned = pattern.level(NAME_ORDER) == 2;
        Some(match (field, level) {
            (GIVEN, 1) => self.given(names.view(pattern.name.given).name, is_turned),
            (FAMILY, 1) => self.family(names.view(pattern.name.family).name, is_turned),
            (BORN, 1) => self.date(store.births.get(store.row(other.at).born)?.count),
            (RESIDENCE, 1) => self.home(places.get(pattern.home).count),
            (RESIDENCE, 2) => self.postcode(places, pattern.home) * SLIP_OF_HOME,
            (RESIDENCE, 3) => self.postcode(places, pattern.home),
            (RESIDENCE, 4) => self.address(places, places.get(pattern.home).address),
            (EXTRA.., 1) => {
                let extra = store.extras.get(field - EXTRA)?;
                let text = extra.rows.get(place(other.at)).copied().unwrap_or(0);
                self.smooth(
                    extra.counts.get(place(text)).copied().unwrap_or(0),
                    ONE_TEXT,
                )
            }
            _ => return None,
        })
    }

    /// The share of people with a given name; turned round, with that family name if it is commoner.
    pub(crate) fn given(&self, name: &Name, is_turned: bool) -> f64 {
        let given = self.smooth(name.given_count, name.given_share);
        if is_turned {
            given.max(self.smooth(name.family_count, name.family_share))
        } else {
            given
        }
    }

    /// The share of people with a family name; turned round, with that given name if it is commoner.
    pub(crate) fn family(&self, name: &Name, is_turned: bool) -> f64 {
        let family = self.smooth(name.family_count, name.family_share);
        if is_turned {
            family.max(self.smooth(name.given_count, name.given_share))
        } else {
            family
        }
    }

    /// The share of people born on a day, from how many are.
    pub(crate) fn date(&self, count: u32) -> f64 {
        self.smooth(count, ONE_DAY)
    }

    /// The share of people who live at a home, from how many do.
    pub(crate) fn home(&self, count: u32) -> f64 {
        self.smooth(count, ONE_HOME)
    }

    /// The share of people who have the postcode of a home.
    pub(crate) fn postcode(&self, places: &Places, home: Id) -> f64 {
        self.smooth(
            places.postcode_entry(places.get(home).postcode).count,
            ONE_POSTCODE,
        )
    }

    /// The share of people who have an address, whatever the postcode.
    pub(crate) fn address(&self, places: &Places, address: Id) -> f64 {
        self.smooth(places.address_entry(address).count, ONE_ADDRESS)
    }

    /// The share of a value: counted among the records, together with what was known beforehand, which
    /// counts less the more records there are.
    fn smooth(&self, count: u32, beforehand: f64) -> f64 {
        let weight = BEFOREHAND / (1.0 + self.records / HALF);
        (f64::from(count.max(1)) + weight * beforehand) / (self.records + weight)
    }

    /// How many more relatives than usual there may be at a home: as many as live there.
    fn size(&self, pattern: &Pattern, other: Side<'_>) -> f64 {
        match pattern.level(RESIDENCE) {
            1 | 2 => {
                let home = other.store.places.get(pattern.home);
                f64::from(home.count.max(1)) / (self.household + 1.0)
            }
            _ => 1.0,
        }
    }

    /// The probabilities of several candidates of whom at most one is the person, from their weights.
    pub(crate) fn probabilities(weights: &[f64]) -> Vec<f64> {
        let most = weights.iter().copied().fold(0.0, f64::max);
        let odds = |weight: f64| (weight - most).exp2();
        let sum: f64 = odds(0.0) + weights.iter().copied().map(odds).sum::<f64>();
        weights.iter().map(|weight| odds(*weight) / sum).collect()
    }
}

pub(crate) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests;
