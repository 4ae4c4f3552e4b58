//! Estimating a model from records whose truth nobody knows.
//!
//! How often strangers agree is counted on random pairs. How often records of one person agree, and
//! those of relatives, is estimated by expectation and maximisation (Dempster, Laird and Rubin 1977;
//! Winkler 1988) on pairs that share one thing for certain: a number, a date of birth, both names, a
//! postcode, a telephone. What such pairs share is left out of their own evidence, so that each kind of
//! pair teaches about everything else, and all of them together about one set of shares.

use std::collections::HashMap;

use crate::block::{Kind, keys};
use crate::compare::{Pattern, Side, compare};
use crate::dictionary::{Id, id};
use crate::model::{
    BORN, FAMILY, FIELDS, GIVEN, LEVELS, Model, NAME_ORDER, NUMBER, RESIDENCE, TELEPHONE,
};
use crate::store::Store;
use crate::weigh::float;

/// Below this many records there is too little to estimate a model from.
pub const FEWEST_TO_LEARN_FROM: usize = 400;
/// Random pairs that are counted.
const RANDOM_PAIRS: u64 = 100_000;
/// Records whose keys of each kind are looked at, at least: all of fewer, a part of more.
const RECORDS_OF_A_KIND: usize = 100_000;
/// Pairs of each kind that are learnt from.
const PAIRS_OF_A_KIND: usize = 40_000;
/// The most records with one key: more are a heap of strangers, and teach little.
const LARGEST_BLOCK: usize = 300;
/// How many pairs the model to begin from counts as.
const BEFOREHAND: f64 = 40.0;
/// How many pairs of relatives it counts as: that relatives seldom share a birth date or a given name is
/// known, and a file with few relatives in it must not teach otherwise.
const BEFOREHAND_OF_RELATIVES: f64 = 1000.0;
const ROUNDS: usize = 60;
/// From this probability on a model that is estimated from the records at hand links: its probabilities
/// are about as right as they say, which those of a model to begin from need not be.
const LINK: f64 = 0.98;
/// No level is certain, and none is impossible.
const RAREST: f64 = 1e-7;

/// What pairs of a kind share, and which comparisons that settles.
const SHARED: [(Kind, &[usize]); 5] = [
    (Kind::Number, &[NUMBER]),
    (Kind::Born, &[BORN]),
    (Kind::Names, &[GIVEN, FAMILY, NAME_ORDER]),
    (Kind::Postcode, &[RESIDENCE]),
    (Kind::Telephone, &[TELEPHONE]),
];

type Shares = [[f64; LEVELS]; FIELDS];
type Levels = [u8; FIELDS];

/// Pairs that share one thing: their patterns, each as often as it was seen.
struct Sample {
    settled: &'static [usize],
    patterns: Vec<(Levels, f64)>,
    /// How many pairs of the kind there are, of which these are a part.
    pairs: f64,
    /// Shares of pairs of one person, of relatives, of strangers.
    classes: [f64; 3],
}

/// A model estimated from the records of a store, beginning from `model`; `model` itself where there are
/// too few. Records from `split` on are compared with those before it; without a split, all with all.
pub(crate) fn train(store: &Store, split: Option<Id>, model: &Model) -> Model {
    if store.len() < FEWEST_TO_LEARN_FROM {
        return model.clone();
    }
    let mut trained = model.clone();
    count_strangers(store, split, &mut trained);
    let mut samples: Vec<Sample> = SHARED
        .into_iter()
        .map(|(kind, settled)| sample(store, split, kind, settled))
        .collect();
    let begun = [
        shares(&trained, |level| level.m),
        shares(&trained, |level| level.h),
    ];
    let strangers = shares(&trained, |level| level.u);
    let mut learnt = begun;
    for _ in 0..ROUNDS {
        learnt = round(&mut samples, &begun, &learnt, &strangers);
    }
    let [m, h] = learnt;
    for (field, comparison) in trained.comparisons.iter_mut().enumerate() {
        for (place, level) in comparison.levels.iter_mut().enumerate() {
            level.m = share(&m, field, place + 1);
            level.h = share(if field == NAME_ORDER { &m } else { &h }, field, place + 1);
        }
    }
    trained.thresholds.link = trained.thresholds.link.min(LINK);
    trained.population = 1.0;
    trained.relatives = relatives(&samples, store, split);
    trained.version = format!("{}, estimated from {} records", model.version, store.len());
    trained
}

fn shares(model: &Model, of: impl Fn(&crate::model::Level) -> f64) -> Shares {
    let mut shares = [[0.0; LEVELS]; FIELDS];
    for (levels, comparison) in shares.iter_mut().zip(&model.comparisons) {
        for (place, level) in levels.iter_mut().skip(1).zip(&comparison.levels) {
            *place = of(level);
        }
    }
    shares
}

fn share(shares: &Shares, field: usize, level: usize) -> f64 {
    shares
        .get(field)
        .and_then(|levels| levels.get(level))
        .copied()
        .unwrap_or(1.0)
}

/// Counts how often two records drawn by chance agree.
fn count_strangers(store: &Store, split: Option<Id>, model: &mut Model) {
    let (rows, split) = (u64::from(id(store.rows_len())), split.map(u64::from));
    let mut counts = [[0_u32; LEVELS]; FIELDS];
    let mut state = 0x5EED_u64;
    let mut draw = |from: u64, to: u64| {
        // Seeded, so that a model is the same each time.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        from + spread(state) % (to - from).max(1)
    };
    for _ in 0..RANDOM_PAIRS {
        let one = draw(split.unwrap_or(0), rows);
        let other = draw(0, split.unwrap_or(rows));
        if one != other {
            let pattern = compare(side(store, one), side(store, other));
            for (levels, level) in counts.iter_mut().zip(pattern.levels) {
                if let Some(count) = levels.get_mut(usize::from(level)) {
                    *count += 1;
                }
            }
        }
    }
    for (field, (levels, comparison)) in counts.iter().zip(&mut model.comparisons).enumerate() {
        if field == NAME_ORDER {
            continue;
        }
        let seen: u32 = levels.iter().skip(1).sum();
        let sum = comparison.levels.iter().map(|level| level.u).sum::<f64>();
        for (count, level) in levels.iter().skip(1).zip(&mut comparison.levels) {
            let beforehand = BEFOREHAND * level.u / sum;
            level.u =
                ((f64::from(*count) + beforehand) / (f64::from(seen) + BEFOREHAND)).max(RAREST);
        }
    }
}

/// The finishing step of `SplitMix64` (Steele, Lea and Flood 2014): numbers that are near lead far apart.
const fn spread(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn side(store: &Store, at: u64) -> Side<'_> {
    Side {
        store,
        at: Id::try_from(at).unwrap_or(0),
    }
}

/// Pairs that share a key of one kind.
fn sample(store: &Store, split: Option<Id>, kind: Kind, settled: &'static [usize]) -> Sample {
    let mut rows = Vec::new();
    let mut scratch = Vec::new();
    // Every nth key, so that the sample is from the whole file and the same each time.
    let parts = u64::from(id(store.rows_len() / RECORDS_OF_A_KIND)).max(1);
    for at in 0..id(store.rows_len()) {
        keys(kind, store, at, &mut scratch);
        let chosen = scratch
            .iter()
            .filter(|key| spread(**key).is_multiple_of(parts));
        rows.extend(chosen.map(|key| (*key, at)));
    }
    rows.sort_unstable();
    rows.dedup();
    let mut patterns: HashMap<Levels, f64> = HashMap::new();
    let blocks: Vec<&[(u64, Id)]> = rows
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|block| block.len() > 1 && block.len() <= LARGEST_BLOCK)
        .collect();
    let all: usize = blocks
        .iter()
        .map(|block| block.len() * (block.len() - 1) / 2)
        .sum();
    let step = (all / PAIRS_OF_A_KIND).max(1);
    for block in blocks.iter().step_by(step) {
        for (place, (_, one)) in block.iter().enumerate() {
            for (_, other) in block.iter().skip(place + 1) {
                if split.is_none_or(|split| (*one < split) != (*other < split)) {
                    let Pattern { levels, .. } =
                        compare(Side { store, at: *other }, Side { store, at: *one });
                    *patterns.entry(levels).or_default() += 1.0;
                }
            }
        }
    }
    let mut patterns: Vec<_> = patterns.into_iter().collect();
    patterns.sort_unstable_by_key(|(levels, _)| *levels);
    let seen: f64 = patterns.iter().map(|(_, seen)| seen).sum();
    Sample {
        settled,
        patterns,
        pairs: seen * float(step) * f64::from(u32::try_from(parts).unwrap_or(u32::MAX)),
        classes: [0.3, 0.2, 0.5],
    }
}

/// One round: whose pairs the patterns are likely to be, and what the shares are then.
fn round(
    samples: &mut [Sample],
    begun: &[Shares; 2],
    now: &[Shares; 2],
    strangers: &Shares,
) -> [Shares; 2] {
    let [m, h] = begun;
    let times =
        |shares: &Shares, weight: f64| shares.map(|levels| levels.map(|share| share * weight));
    let mut sums = [times(m, BEFOREHAND), times(h, BEFOREHAND_OF_RELATIVES)];
    for sample in samples {
        let mut classes = [1.0, 1.0, 1.0];
        for (levels, seen) in &sample.patterns {
            let likelihood = |shares: &Shares| {
                let fields = levels
                    .iter()
                    .enumerate()
                    .filter(|(field, level)| **level != 0 && !sample.settled.contains(field));
                fields
                    .map(|(field, level)| share(shares, field, usize::from(*level)))
                    .product::<f64>()
            };
            let [m, h] = now;
            let likely = [likelihood(m), likelihood(h), likelihood(strangers)];
            let joint: [f64; 3] = std::array::from_fn(|class| {
                likely.get(class).copied().unwrap_or(0.0)
                    * sample.classes.get(class).copied().unwrap_or(0.0)
            });
            let sum = joint.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let seen_as = joint.map(|joint| seen * joint / sum);
            classes
                .iter_mut()
                .zip(seen_as)
                .for_each(|(class, seen)| *class += seen);
            for (sums, seen) in sums.iter_mut().zip(seen_as) {
                for (field, (levels_of, level)) in sums.iter_mut().zip(levels).enumerate() {
                    let is_open = *level != 0 && !sample.settled.contains(&field);
                    let sum = levels_of.get_mut(usize::from(*level));
                    if let Some(sum) = sum.filter(|_| is_open) {
                        *sum += seen;
                    }
                }
            }
        }
        let sum: f64 = classes.iter().sum();
        sample.classes = classes.map(|class| class / sum);
    }
    sums.map(|shares| {
        shares.map(|levels| {
            let sum: f64 = levels.iter().skip(1).sum();
            levels.map(|level| (level / sum.max(RAREST)).max(RAREST))
        })
    })
}

/// How many relatives a record has among those that it is compared with, on average: as many as the pairs
/// that share a postcode are learnt to be.
fn relatives(samples: &[Sample], store: &Store, split: Option<Id>) -> f64 {
    let neighbours = samples.iter().find(|sample| sample.settled == [RESIDENCE]);
    let pairs = neighbours.map_or(0.0, |sample| {
        let [_, relatives, _] = sample.classes;
        relatives * sample.pairs
    });
    let records = float(store.rows_len());
    let each = match split {
        Some(split) => pairs / (records - f64::from(split)).max(1.0),
        None => 2.0 * pairs / records.max(1.0),
    };
    each.clamp(0.001, 6.0)
}

#[cfg(test)]
mod tests;
