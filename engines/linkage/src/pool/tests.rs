use proptest::prelude::*;

use super::*;
use crate::birth::{Birth, DateOrder};
use crate::model::Model;
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

fn index<'w>(people: impl IntoIterator<Item = (usize, &'w Who)>) -> Index<usize> {
    let mut index = Index::new(Model::new(&[]).unwrap());
    for (key, who) in people {
        with(*who, |record| index.put(key, record));
    }
    index
}

fn who() -> impl Strategy<Value = Who> {
    [0..6_usize, 0..5, 0..4, 0..4, 0..3]
}

proptest! {
    /// Some are only in the index, some only beside it, and of some the index knows what they were before.
    #[test]
    fn those_beside_an_index_are_matched_as_if_they_were_in_it(
        before in prop::collection::vec(who(), 0..25),
        now in prop::collection::vec((0..35_usize, who()), 0..10),
        query in who(),
    ) {
        let known = index(before.iter().enumerate());
        let now: std::collections::BTreeMap<usize, Who> = now.into_iter().collect();
        let mut beside = index(now.iter().map(|(key, who)| (*key, who)));
        let unchanged = index(before.iter().enumerate().filter(|(key, _)| !now.contains_key(key)));
        beside.count_as(&unchanged);
        let mut all = unchanged.clone();
        for (key, who) in &now {
            with(*who, |record| all.put(*key, record));
        }
        let is_current = |key: &usize| !now.contains_key(key);
        let (pooled, whole) = with(query, |query| (
            known.decide_with(&beside, is_current, query, |_| None),
            all.decide(query, |_| None),
        ));
        // Of those in the index, the few beside it who share a name or a home are not counted: among so few
        // people that is some bits, and among many nothing. What is clear to the one is so to the other.
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
    let known = index([(1, &[0, 0, 0, 0, 1])]);
    let mut beside = index([(1, &[5, 4, 3, 2, 2])]);
    beside.count_as(&known);
    let decide = |who| {
        with(who, |query| {
            known.decide_with(&beside, |key| *key != 1, query, |_| None)
        })
    };
    assert_eq!(decide([0, 0, 0, 0, 1]).decision, Decision::New);
    assert_eq!(decide([5, 4, 3, 2, 2]).decision, Decision::Link);
}
