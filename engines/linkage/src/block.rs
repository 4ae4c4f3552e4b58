//! Which pairs are worth comparing in a batch: those that share one of many keys, each of them a part of
//! who somebody is. A key that too many records share is left out for those records alone, so that a
//! rare family name finds its pairs by itself and a common one only together with something else.

use crate::dictionary::{Id, id, place};
use crate::names::Names;
use crate::places::Home;
use crate::store::Store;

/// What a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    BornFamily,
    BornGiven,
    BornPostcode,
    NamesYear,
    NamesDistrict,
    PostcodeGiven,
    PostcodeFamily,
    AddressFamily,
    Telephone,
    Email,
    Names,
    Born,
    Family,
    Given,
    Postcode,
    Address,
    Extra(usize),
}

/// Keys that say much: few records share one by chance.
const FIRM: [Kind; 8] = [
    Kind::Number,
    Kind::BornFamily,
    Kind::BornGiven,
    Kind::BornPostcode,
    Kind::NamesYear,
    Kind::NamesDistrict,
    Kind::PostcodeGiven,
    Kind::PostcodeFamily,
];

/// Keys that say much of few records and little of most.
const LOOSE: [Kind; 9] = [
    Kind::AddressFamily,
    Kind::Telephone,
    Kind::Email,
    Kind::Names,
    Kind::Born,
    Kind::Family,
    Kind::Given,
    Kind::Postcode,
    Kind::Address,
];

/// So many pairs are put in order, and those that are there twice left out, before more are found.
const MANY: usize = 8_000_000;

/// Every kind of key of a store, each with the most records that may share one.
pub(crate) fn kinds(store: &Store) -> Vec<(Kind, usize)> {
    let records = store.len().max(1);
    let loose = (2_000_000 / records).clamp(4, 200);
    let firm = (20_000_000 / records).clamp(40, 400);
    // A value by itself is no key where nearly all are shared by more records than may share one.
    let is_useful = |kind: &Kind| {
        distinct(*kind, store).is_none_or(|distinct| distinct.saturating_mul(4 * loose) > records)
    };
    let firm = FIRM.into_iter().map(|kind| (kind, firm));
    let extras = (0..store.extras.len()).map(Kind::Extra);
    let loose_kinds = LOOSE.into_iter().chain(extras).filter(is_useful);
    firm.chain(loose_kinds.map(|kind| (kind, loose))).collect()
}

/// How many distinct values there are of what is a key by itself.
fn distinct(kind: Kind, store: &Store) -> Option<usize> {
    match kind {
        Kind::Born => Some(store.births.len()),
        Kind::Family | Kind::Given => Some(store.names.len()),
        Kind::Postcode => Some(store.places.postcodes_len()),
        Kind::Address => Some(store.places.addresses_len()),
        Kind::Extra(column) => store.extras.get(column).map(|extra| extra.texts.len()),
        _ => None,
    }
}

/// Two numbers as one. 0 when either is missing, which no key is.
fn join(one: u64, other: u64) -> u64 {
    if one == 0 || other == 0 {
        return 0;
    }
    let mixed = one.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) ^ other;
    let mixed = mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 29)) | 1
}

/// The keys of one kind of a record.
pub(crate) fn keys(kind: Kind, store: &Store, at: Id, out: &mut Vec<u64>) {
    out.clear();
    let row = store.row(at);
    let date = store.births.get(row.born).filter(|date| !date.is_default);
    let born = date.map_or(0, |_| u64::from(row.born));
    let names = &store.names;
    // The sound, or where there is none, as in other scripts, the name itself.
    let family = |id: Id| match names.view(id).name.sound {
        0 => u64::from(id),
        sound => u64::from(sound),
    };
    let homes = || store.homes_of(at).map(|home| store.places.get(home));
    let each_name = || store.names_of(at);
    match kind {
        Kind::Number => out.extend(store.numbers_of(at).map(|claim| claim.digits)),
        Kind::BornFamily => {
            for name in each_name() {
                out.push(join(born, family(name.family)));
                out.push(join(born, family(name.given)));
            }
        }
        Kind::BornGiven => each_name().for_each(|name| {
            forms(names, name.given, |form| out.push(join(born, form)));
        }),
        Kind::BornPostcode => out.extend(homes().map(|home| join(born, u64::from(home.postcode)))),
        Kind::Names => out.extend(each_name().map(|name| both(names, name.given, name.family))),
        Kind::NamesYear => {
            let year = date.map_or(0, |date| date.date.year_key());
            out.extend(each_name().map(|name| join(year, both(names, name.given, name.family))));
        }
        Kind::NamesDistrict => {
            for name in each_name() {
                let both = both(names, name.given, name.family);
                out.extend(homes().map(|home| join(store.places.district(home.postcode), both)));
            }
        }
        Kind::PostcodeGiven => {
            for name in each_name() {
                forms(names, name.given, |form| {
                    out.extend(homes().map(|home| join(u64::from(home.postcode), form)));
                });
            }
        }
        Kind::PostcodeFamily | Kind::AddressFamily => {
            for name in each_name() {
                let part = |home: Home| match kind {
                    Kind::PostcodeFamily => home.postcode,
                    _ => home.address,
                };
                out.extend(homes().map(|home| join(u64::from(part(home)), family(name.family))));
            }
        }
        Kind::Telephone => out.extend(store.telephones_of(at).map(u64::from)),
        Kind::Email => out.extend(store.emails_of(at).map(u64::from)),
        Kind::Born => out.push(born),
        Kind::Family => out.extend(each_name().map(|name| u64::from(name.family))),
        Kind::Given => out.extend(each_name().map(|name| u64::from(name.given))),
        Kind::Postcode => out.extend(homes().map(|home| u64::from(home.postcode))),
        Kind::Address => out.extend(homes().map(|home| u64::from(home.address))),
        Kind::Extra(column) => {
            let text = store
                .extras
                .get(column)
                .and_then(|extra| extra.rows.get(place(at)));
            out.push(text.copied().map_or(0, u64::from));
        }
    }
    out.retain(|key| *key != 0);
}

/// A given name by the forms it may be one of, else by its sound.
fn forms(names: &Names, given: Id, mut each: impl FnMut(u64)) {
    let view = names.view(given);
    if view.name.is_placeholder || view.bytes.is_empty() {
        return;
    }
    each(u64::from(view.name.sound));
    view.name
        .forms()
        .for_each(|form| each(u64::from(form) << 32 | 1));
}

/// Given and family name in either order.
fn both(names: &Names, given: Id, family: Id) -> u64 {
    let (given, family) = (names.view(given).name.hash, names.view(family).name.hash);
    if given == 0 || family == 0 {
        return 0;
    }
    given.wrapping_add(family) | 1
}

/// The pairs of an incoming record and a record of the index that share a key, in the order of the
/// incoming ones. Rows below `split` are the index.
pub(crate) fn pairs_across(store: &Store, split: Id) -> Vec<(Id, Id)> {
    let mut pairs = Vec::new();
    let end = id(store.rows_len());
    let mut scratch = Vec::new();
    for (kind, most) in kinds(store) {
        let mut incoming = Vec::new();
        for at in split..end {
            keys(kind, store, at, &mut scratch);
            incoming.extend(scratch.iter().map(|key| (*key, at)));
        }
        incoming.sort_unstable();
        incoming.dedup();
        let groups = Groups::new(&incoming);
        let most = id(most);
        let mut found: Vec<(Id, Id)> = Vec::new();
        let mut counts = vec![0_u32; groups.len()];
        for at in 0..split {
            keys(kind, store, at, &mut scratch);
            for group in scratch.iter().filter_map(|key| groups.find(*key)) {
                found.push((id(group), at));
                if let Some(count) = counts.get_mut(group) {
                    *count += 1;
                }
            }
        }
        for (group, at) in found {
            let group = place(group);
            if counts.get(group).is_some_and(|count| *count <= most) {
                let members = groups.members(group, &incoming).iter();
                pairs.extend(members.map(|(_, row)| (*row, at)));
            }
        }
    }
    in_order(&pairs, store.rows_len())
}

/// Pairs in order, each once. The first of a pair is below `rows`.
fn in_order(pairs: &[(Id, Id)], rows: usize) -> Vec<(Id, Id)> {
    // Where the pairs of each first begin; while they are put there, where the next goes.
    let mut next = vec![0_usize; rows + 1];
    for (first, _) in pairs {
        if let Some(count) = next.get_mut(place(*first) + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for count in &mut next {
        sum += *count;
        *count = sum;
    }
    let mut seconds = vec![0; pairs.len()];
    for (first, second) in pairs {
        if let Some(at) = next.get_mut(place(*first)) {
            if let Some(place) = seconds.get_mut(*at) {
                *place = *second;
            }
            *at += 1;
        }
    }
    let mut ordered = Vec::with_capacity(pairs.len());
    let mut start = 0;
    for (first, end) in (0..).zip(next) {
        if let Some(seconds) = seconds.get_mut(start..end) {
            seconds.sort_unstable();
            let runs = seconds.chunk_by(|one, other| one == other);
            ordered.extend(runs.filter_map(|run| Some((first, *run.first()?))));
        }
        start = end;
    }
    ordered
}

/// The pairs of records that share a key, the smaller number first.
pub(crate) fn pairs_within(store: &Store) -> Vec<(Id, Id)> {
    let mut pairs = Vec::new();
    let end = id(store.rows_len());
    let mut scratch = Vec::new();
    for (kind, most) in kinds(store) {
        let mut rows = Vec::new();
        for at in 0..end {
            keys(kind, store, at, &mut scratch);
            rows.extend(scratch.iter().map(|key| (*key, at)));
        }
        rows.sort_unstable();
        rows.dedup();
        for block in rows.chunk_by(|one, other| one.0 == other.0) {
            if block.len() <= most {
                for (place, (_, one)) in block.iter().enumerate() {
                    let others = block.iter().skip(place + 1);
                    pairs.extend(others.map(|(_, other)| (*one, *other)));
                }
            }
        }
        if pairs.len() > MANY {
            pairs = in_order(&pairs, store.rows_len());
        }
    }
    in_order(&pairs, store.rows_len())
}

/// Runs of the same key in a sorted list, found by key.
struct Groups {
    /// Where each run begins.
    starts: Vec<u32>,
    /// The number of a run, from 1, and a part of its key, by which the key is known. That another key has the
    /// same part in the same place is rarer than one in a thousand million; it would be a pair more to compare.
    heads: Vec<(u32, u32)>,
    mask: u64,
}

impl Groups {
    fn new(sorted: &[(u64, Id)]) -> Self {
        let mut starts: Vec<(u64, u32)> = Vec::new();
        for (place, (key, _)) in (0_u32..).zip(sorted) {
            if starts.last().is_none_or(|(last, _)| last != key) {
                starts.push((*key, place));
            }
        }
        let size = (starts.len() * 2).next_power_of_two().max(16);
        let mask = u64::try_from(size).unwrap_or(16) - 1;
        let mut heads = vec![(0, 0); size];
        for (group, (key, _)) in (1_u32..).zip(&starts) {
            let (mut slot, tag) = Self::slot(*key, mask);
            while heads.get(slot).is_some_and(|(group, _)| *group != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(head) = heads.get_mut(slot) {
                *head = (group, tag);
            }
        }
        let starts = starts.into_iter().map(|(_, start)| start).collect();
        Self {
            starts,
            heads,
            mask,
        }
    }

    /// Where a key is looked for first, and the part of it that is kept there.
    fn slot(key: u64, mask: u64) -> (usize, u32) {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let tag = u32::try_from(mixed >> 32).unwrap_or(0);
        (usize::try_from((mixed >> 12) & mask).unwrap_or(0), tag)
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    fn find(&self, key: u64) -> Option<usize> {
        let (mut slot, tag) = Self::slot(key, self.mask);
        loop {
            let (group, of_group) = *self.heads.get(slot)?;
            let group = place(group).checked_sub(1)?;
            if of_group == tag {
                return Some(group);
            }
            slot = (slot + 1) & (self.heads.len() - 1);
        }
    }

    fn members<'s>(&self, group: usize, sorted: &'s [(u64, Id)]) -> &'s [(u64, Id)] {
        let start = self.starts.get(group).map_or(0, |start| place(*start));
        let end = self
            .starts
            .get(group + 1)
            .map_or(sorted.len(), |start| place(*start));
        sorted.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
