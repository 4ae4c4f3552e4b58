//! What each distinct value weighs for one query, so that everybody can be looked at by adding up.

use crate::birth::born;
use crate::compare::{level_of_born, level_of_family, level_of_given};
use crate::dictionary::{Id, id, place};
use crate::model::{BIRTH_ORDER, BORN, EXTRA, FAMILY, GIVEN, LEVELS, MIDDLE, RESIDENCE, SEX};
use crate::names::{Family, Given, family, given, may_be_close};
use crate::places::{Home, is_nearly};
use crate::record::Sex;
use crate::store::{NameRow, Store};
use crate::weigh::Weights;

/// Weights are added up as whole numbers of this part of a bit.
const PARTS: f64 = 64.0;
/// What a rare text in a further column can weigh, in bits.
const MOST_OF_A_TEXT: f64 = 20.0;
/// What is looked at of every person. A former name or home has an entry of its own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glance {
    pub(super) given: Id,
    pub(super) family: Id,
    pub(super) born: Id,
}

/// What is looked at next, of the few whose names and date of birth leave a chance.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Whereabouts {
    pub(super) postcode: Id,
    pub(super) address: Id,
}

/// What sex, middle name and birth order can add at most to what is looked at for everybody, in bits.
pub(super) fn unseen(one: &Store, weights: &Weights) -> f64 {
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

/// A weight as a whole number of parts of a bit; at most 128 bits either way.
pub(super) fn whole(bits: f64) -> i16 {
    // Adding 2^52 + 2^51 leaves the rounded number in the lowest bits of a 64-bit float (IEEE 754), without
    // a conversion that could be out of range.
    let shifted = (bits.clamp(-127.0, 127.0) * PARTS).round() + 6_755_399_441_055_744.0;
    let [low, high, ..] = shifted.to_bits().to_le_bytes();
    i16::from_le_bytes([low, high])
}

/// What each distinct value weighs for one query.
pub(super) struct Tables {
    given: Vec<i16>,
    family: Vec<i16>,
    born: Vec<i16>,
    postcode: Vec<i16>,
    /// The query's own addresses, and what the same one with another postcode weighs.
    addresses: Vec<(Id, i16)>,
    pub(super) most_of_home: i32,
}

/// Set on a given name that is nearly the family name of the query, and on a family name that is nearly
/// its given name: a person with both may have had them turned round. It weighs next to nothing.
const TURNED: i16 = 1;

impl Tables {
    pub(super) fn new(one: &Store, store: &Store, weights: &Weights) -> Self {
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
    pub(super) fn who(&self, glance: &Glance) -> (i32, bool) {
        let given = self.given.get(place(glance.given)).copied().unwrap_or(0);
        let family = self.family.get(place(glance.family)).copied().unwrap_or(0);
        let born = self.born.get(place(glance.born)).copied().unwrap_or(0);
        (
            i32::from(given + family + born),
            given & family & TURNED != 0,
        )
    }

    /// What a home can weigh at most.
    pub(super) fn home(&self, whereabouts: Whereabouts) -> i32 {
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
