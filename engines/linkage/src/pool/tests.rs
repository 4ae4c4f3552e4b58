use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::birth::{Birth, DateOrder};
use crate::live::LEAST;
use crate::model::{Model, Thresholds};
use crate::record::{HomeParts, NameParts, NumberClaim, NumberStatus};

type Who = [usize; 5];

const GIVEN: [&str; 6] = ["Anne", "Annie", "Jon", "John", "", "Katherine"];
const FAMILY: [&str; 5] = ["Smith", "Smyth", "Legg", "", "Osmond"];
const BORN: [&str; 4] = ["1941-03-12", "1941-12-03", "", "1990-07-07"];
const HOME: [(&str, &str); 4] = [
    ("12 Mill Lane", "BH21 3AA"),
    ("7 Chapel Hill", "BH21 3AB"),
    ("4 Sea View", "DT4 7AA"),
    ("", ""),
];
const NUMBER: [&str; 3] = ["", "9990000018", "9990000026"];

fn with<T>([given, family, born, home, number]: Who, take: impl FnOnce(&Record<'_>) -> T) -> T {
    let numbers: Vec<NumberClaim> = NumberClaim::parse(NUMBER[number], NumberStatus::Unstated)
        .into_iter()
        .collect();
    let (address, postcode) = HOME[home];
    take(&Record {
        names: &[NameParts {
            given: GIVEN[given],
            middle: "",
            family: FAMILY[family],
        }],
        born: Birth::parse(BORN[born], DateOrder::DayFirst),
        homes: &[HomeParts { address, postcode }],
        numbers: &numbers,
        ..Record::default()
    })
}

fn nobody() -> Index<usize> {
    Index::new(Model::new(&[]).unwrap())
}

fn put<'w>(
    mut index: Index<usize>,
    people: impl IntoIterator<Item = (usize, &'w Who)>,
) -> Index<usize> {
    for (key, who) in people {
        with(*who, |record| index.put(key, record));
    }
    index
}

fn who() -> impl Strategy<Value = Who> {
    [0..6_usize, 0..5, 0..4, 0..4, 0..3]
}

/// What is decided by an index with some beside it, and by one that everybody is in, each with the least
/// weight of anybody found. Some are only in the index, some only beside it, and of some the index knows
/// what they were before.
fn pooled_and_whole(
    others: &Index<usize>,
    before: &[Who],
    now: &BTreeMap<usize, Who>,
    query: Who,
) -> [(Matched<usize>, f64); 2] {
    let known = put(others.clone(), before.iter().enumerate());
    let mut beside = put(nobody(), now.iter().map(|(key, who)| (*key, who)));
    let is_current = |key: &usize| !now.contains_key(key);
    let unchanged = before.iter().enumerate().filter(|(key, _)| is_current(key));
    let unchanged = put(others.clone(), unchanged);
    beside.count_as(&unchanged);
    let all = put(unchanged, now.iter().map(|(key, who)| (*key, who)));
    let least = |found: Vec<Found<usize>>| found.last().map_or(f64::MAX, |last| last.weight);
    with(query, |query| {
        [
            (
                known.decide_with(&beside, is_current, query, |_| None),
                least(known.find_with(&beside, is_current, query)),
            ),
            (all.decide(query, |_| None), least(all.find(query, None))),
        ]
    })
}

/// As many others as make every name, date of birth and home of these tests common, and are none of these
/// people: who else has the name has neither the date nor the home, and so on.
fn others() -> Index<usize> {
    let mut index = nobody();
    let mut put = |given: &str, family: &str, born: &str, (address, postcode): (&str, &str)| {
        let record = Record {
            names: &[NameParts {
                given,
                middle: "",
                family,
            }],
            born: Birth::parse(born, DateOrder::DayFirst),
            homes: &[HomeParts { address, postcode }],
            ..Record::default()
        };
        index.put(1_000 + index.len(), &record);
    };
    for number in 0..60 {
        let elsewhere = format!("{number} Harbour Road");
        let elsewhere = (elsewhere.as_str(), "SP8 4QQ");
        for given in GIVEN {
            put(given, "Quillfeather", "1923-11-30", elsewhere);
        }
        for family in FAMILY {
            put("Wilhelmina", family, "1923-11-30", elsewhere);
        }
        for born in BORN {
            put("Wilhelmina", "Quillfeather", born, elsewhere);
        }
        // More people at one home would be no family's.
        for home in HOME.into_iter().filter(|_| number < 8) {
            put("Wilhelmina", "Quillfeather", "1923-11-30", home);
        }
    }
    index
}

/// Whether one bit more or less could decide otherwise, or leave somebody out who is found.
fn is_near_a_threshold((matched, least): &(Matched<usize>, f64), thresholds: &Thresholds) -> bool {
    let Some(best) = &matched.best else {
        return false;
    };
    let odds = |probability: f64| (probability / (1.0 - probability)).log2();
    let is_near = |threshold: f64| (odds(best.probability) - odds(threshold)).abs() < 1.0;
    let second = matched.runner_up.as_ref();
    let margin = second.map_or(f64::MAX, |second| (best.weight - second.weight).abs());
    (least - LEAST).abs() < 1.0
        || is_near(thresholds.link)
        || is_near(thresholds.review)
        || margin < 1.0
        || (margin - thresholds.margin).abs() < 1.0
}

proptest! {
    /// Among many people the few who are beside the index, and are not counted for those in it, hardly matter.
    #[test]
    fn those_beside_an_index_of_many_are_matched_as_if_they_were_in_it(
        before in prop::collection::vec(who(), 0..9),
        now in prop::collection::btree_map(0..12_usize, who(), 0..4),
        query in who(),
    ) {
        static OTHERS: LazyLock<Index<usize>> = LazyLock::new(others);
        let both = pooled_and_whole(&OTHERS, &before, &now, query);
        let is_near = both.iter().any(|one| is_near_a_threshold(one, &OTHERS.model().thresholds));
        let [(pooled, _), (whole, _)] = both;
        if !is_near {
            prop_assert_eq!((pooled.decision, pooled.step, pooled.rule), (whole.decision, whole.step, whole.rule));
            if whole.decision != Decision::New {
                let key = |found: &Option<Found<usize>>| found.as_ref().map(|found| found.key);
                prop_assert_eq!(key(&pooled.best), key(&whole.best));
            }
        }
        if let (Some(one), Some(other)) = (&pooled.best, &whole.best) && one.key == other.key {
            prop_assert!((one.weight - other.weight).abs() < 1.0, "{} and {}", one.weight, other.weight);
        }
    }

    /// Of those in the index, the few beside it who share a name or a home are not counted: among so few
    /// people that is some bits. What is clear to the one is so to the other.
    #[test]
    fn those_beside_an_index_of_few_are_matched_as_if_they_were_in_it_where_it_is_clear(
        before in prop::collection::vec(who(), 0..25),
        now in prop::collection::btree_map(0..35_usize, who(), 0..10),
        query in who(),
    ) {
        let [(pooled, _), (whole, _)] = pooled_and_whole(&nobody(), &before, &now, query);
        let clear = |matched: &Matched<usize>| {
            let best = matched.best.as_ref().filter(|best| best.probability > 0.9999)?;
            let second = matched.runner_up.as_ref().map_or(f64::MAX, |found| best.weight - found.weight);
            (second > 8.0).then_some((best.key, matched.decision, matched.step, matched.rule))
        };
        if let (Some(pooled), Some(whole)) = (clear(&pooled), clear(&whole)) {
            prop_assert_eq!(pooled, whole);
        }
        if let Some((key, decision, ..)) = clear(&whole).or(clear(&pooled)) {
            for matched in [&pooled, &whole] {
                prop_assert!(decision == Decision::Link || matched.decision != Decision::Link);
                prop_assert_eq!(matched.best.as_ref().map(|best| best.key), Some(key));
            }
        }
        if let (Some(one), Some(other)) = (&pooled.best, &whole.best) && one.key == other.key {
            prop_assert!((one.weight - other.weight).abs() < 5.0, "{} and {}", one.weight, other.weight);
        }
    }
}

#[test]
fn whom_the_index_knows_as_they_were_is_not_found_as_they_were() {
    let known = put(nobody(), [(1, &[0, 0, 0, 0, 1])]);
    let mut beside = put(nobody(), [(1, &[5, 4, 3, 2, 2])]);
    beside.count_as(&known);
    let decide = |who| {
        with(who, |query| {
            known.decide_with(&beside, |key| *key != 1, query, |_| None)
        })
    };
    assert_eq!(decide([0, 0, 0, 0, 1]).decision, Decision::New);
    assert_eq!(decide([5, 4, 3, 2, 2]).decision, Decision::Link);
}
