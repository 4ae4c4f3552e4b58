use proptest::prelude::*;

use super::*;
use crate::birth::{Birth, DateOrder};
use crate::decide::Remembered;
use crate::record::{HomeParts, NameParts, NumberClaim, NumberStatus, Record};
use crate::weigh::Task;

/// Somebody, as numbers into lists of values.
type Who = [usize; 6];

const GIVEN: [&str; 8] = [
    "Anne",
    "Annie",
    "Jon",
    "John",
    "Baby",
    "",
    "Katherine",
    "Smith",
];
const FAMILY: [&str; 7] = ["Smith", "Smyth", "Legg", "Smith-Legg", "", "John", "Osmond"];
const BORN: [&str; 7] = [
    "1941-03-12",
    "1941-12-03",
    "1941-03-13",
    "",
    "1990-07-07",
    "1900-01-01",
    "1941",
];
// A slip in an address is looked at where the postcode agrees only: see the module.
const ADDRESS: [&str; 5] = [
    "12 Mill Lane",
    "7 Chapel Hill",
    "4 Sea View",
    "",
    "Stour Lodge Care Home",
];
const POSTCODE: [&str; 5] = ["BH21 3AA", "BH21 3AB", "DT4 7AA", "", "BH21"];
const NUMBER: [&str; 4] = ["", "9990000018", "9990000026", "9990000019"];

fn with<T>(who: Who, take: impl FnOnce(&Record<'_>) -> T) -> T {
    let [given, family, born, address, postcode, number] = who;
    let numbers: Vec<NumberClaim> = NumberClaim::parse(NUMBER[number % 4], NumberStatus::Unstated)
        .into_iter()
        .collect();
    take(&Record {
        names: &[NameParts {
            given: GIVEN[given % 8],
            middle: "",
            family: FAMILY[family % 7],
        }],
        born: Birth::parse(BORN[born % 7], DateOrder::DayFirst),
        homes: &[HomeParts {
            address: ADDRESS[address % 5],
            postcode: POSTCODE[postcode % 5],
        }],
        numbers: &numbers,
        ..Record::default()
    })
}

fn index(people: &[Who]) -> Index<usize> {
    let mut index = Index::new(Model::new(&[]).unwrap());
    for (key, who) in people.iter().enumerate() {
        with(*who, |record| index.put(key, record));
    }
    index
}

fn weights(index: &Index<usize>, query: Who) -> Vec<(usize, i64)> {
    let found = with(query, |record| index.find(record, None));
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "a test compares thousandths of a bit"
    )]
    let mut weights: Vec<(usize, i64)> = found
        .iter()
        .map(|found| (found.key, (found.weight * 1e3).round() as i64))
        .collect();
    weights.sort_unstable();
    weights
}

fn who() -> impl Strategy<Value = Who> {
    [0..8_usize, 0..7, 0..7, 0..5, 0..5, 0..4]
}

proptest! {
    #[test]
    fn nobody_who_matters_is_overlooked(people in prop::collection::vec(who(), 1..30), query in who()) {
        let index = index(&people);
        let found = weights(&index, query);
        let one = with(query, |record| index.query(record));
        let all = Weights::new(&index.model, index.len(), Task::Match);
        for (key, at) in &index.rows {
            let (one, other) = (Side { store: &one, at: 0 }, Side { store: &index.store, at: *at });
            let weight = all.weigh(&compare(one, other), other).total;
            prop_assert!(weight <= LEAST || found.iter().any(|(found, _)| found == key), "{key} weighs {weight}");
        }
    }

    #[test]
    fn changing_leaves_what_building_anew_makes(
        people in prop::collection::vec(who(), 1..20),
        changes in prop::collection::vec((0..20_usize, prop::option::of(who())), 0..30),
        query in who(),
    ) {
        let mut changed = index(&people);
        let mut now: std::collections::BTreeMap<usize, Who> = people.iter().copied().enumerate().collect();
        for (key, who) in changes {
            match who {
                Some(who) => {
                    with(who, |record| changed.put(key, record));
                    now.insert(key, who);
                }
                None => {
                    prop_assert_eq!(changed.remove(&key), now.remove(&key).is_some());
                }
            }
        }
        let mut anew = Index::new(Model::new(&[]).unwrap());
        for (key, who) in &now {
            with(*who, |record| anew.put(*key, record));
        }
        prop_assert_eq!(changed.len(), now.len());
        prop_assert_eq!(weights(&changed, query), weights(&anew, query));
    }
}

#[test]
fn a_former_name_and_home_find_the_person() {
    let mut index = Index::new(Model::new(&[]).unwrap());
    let names = [
        NameParts {
            given: "Laura",
            middle: "",
            family: "Selby",
        },
        NameParts {
            given: "Laura",
            middle: "",
            family: "Hansford",
        },
    ];
    let homes = [
        HomeParts {
            address: "8 High Street",
            postcode: "DT6 5CC",
        },
        HomeParts {
            address: "3 Park Avenue",
            postcode: "BH1 4BB",
        },
    ];
    let born = Birth::new(1990, 3, 3);
    index.put(
        7,
        &Record {
            names: &names,
            homes: &homes,
            born,
            ..Record::default()
        },
    );
    let query = Record {
        names: &names[1..],
        homes: &homes[1..],
        born,
        ..Record::default()
    };
    let matched = index.decide(&query, |_| None);
    assert_eq!(
        (matched.decision, matched.best.map(|best| best.key)),
        (Decision::Link, Some(7))
    );
}

#[test]
fn a_human_decision_holds() {
    let index = index(&[[0, 0, 0, 0, 0, 1]]);
    let decide = |told: Option<Remembered>| {
        with([0, 0, 0, 0, 0, 1], |record| index.decide(record, |_| told))
    };
    assert_eq!(decide(None).decision, Decision::Link);
    let different = decide(Some(Remembered::Different));
    assert_eq!(
        (different.decision, different.rule),
        (Decision::New, Some(Rule::ToldDifferent))
    );
    assert_eq!(decide(Some(Remembered::Same)).step, Step::Human);
}

#[test]
fn a_restricted_record_that_came_near_is_not_told() {
    for is_restricted in [false, true] {
        let mut index = index(&[[0, 2, 0, 0, 0, 0]]);
        with([0, 2, 0, 1, 0, 0], |record| {
            let other = Record {
                is_restricted,
                ..*record
            };
            index.put(1, &other);
        });
        let found = with([0, 2, 0, 0, 0, 0], |record| index.find(record, None));
        let best = found.iter().find(|found| found.key == 0).unwrap();
        assert_eq!(best.explanation.runner_up.is_none(), is_restricted);
    }
}
