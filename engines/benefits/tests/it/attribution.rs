//! Parting an effect, against every order written out.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use stour_benefits::{AttributionError, Effects, Quantity};

fn set(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|&name| name.to_owned()).collect()
}

fn whole(number: i64) -> Quantity {
    Quantity::from_millionths(number * 1_000_000)
}

#[test]
fn an_overlap_is_halved_and_shown() {
    let effects = Effects::new([
        (set(&["a"]), whole(40)),
        (set(&["b"]), whole(10)),
        (set(&["a", "b"]), whole(45)),
    ])
    .unwrap();
    let parts = effects.shapley().unwrap();
    let half = Quantity::from_millionths(37_500_000);
    assert_eq!(
        parts,
        [
            ("a".to_owned(), half),
            ("b".to_owned(), "7.5".parse().unwrap())
        ]
    );
    let apart = effects.decomposed().unwrap();
    assert_eq!(apart.interaction, whole(-5));
    assert_eq!(apart.together, whole(45));
}

#[test]
fn what_is_missing_is_named() {
    let refused = Effects::new([(set(&["a"]), whole(1)), (set(&["b"]), whole(1))]);
    assert_eq!(
        refused,
        Err(AttributionError::Missing("a and b".to_owned()))
    );
    let twice = Effects::new([(set(&["a"]), whole(1)), (set(&["a"]), whole(2))]);
    assert_eq!(twice, Err(AttributionError::Twice("a".to_owned())));
    assert_eq!(Effects::new([]), Err(AttributionError::NoEstimate));
    let many: BTreeSet<String> = (0..13).map(|number| number.to_string()).collect();
    assert_eq!(
        Effects::new([(many, whole(1))]),
        Err(AttributionError::TooMany(13))
    );
}

#[test]
fn twelve_are_parted() {
    let names: Vec<String> = (0..12).map(|number| format!("{number:02}")).collect();
    let sets = 1_u32..(1 << 12);
    let estimates = sets.map(|bits| {
        let members: BTreeSet<String> = (0..12)
            .filter(|place| bits & (1 << place) != 0)
            .map(|place| names[place].clone())
            .collect();
        let size = i64::from(bits.count_ones());
        (members, whole(size))
    });
    let parts = Effects::new(estimates).unwrap().shapley().unwrap();
    assert!(parts.iter().all(|(_, part)| *part == Quantity::ONE));
}

/// Every order of so many, by exchanging.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for order in orders(count - 1) {
        for place in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(place, count - 1);
            all.push(longer);
        }
    }
    all
}

proptest! {
    #[test]
    fn parts_are_the_mean_over_every_order(
        (count, values) in (1_usize..=6).prop_flat_map(|count| {
            let sets = (1 << count) - 1;
            (Just(count), prop::collection::vec(-1_000_000_000_i64..1_000_000_000, sets))
        })
    ) {
        let names: Vec<String> = (0..count).map(|number| format!("p{number}")).collect();
        let mut by_bits = BTreeMap::from([(0_usize, 0_i64)]);
        let mut estimates = Vec::new();
        for (bits, value) in (1..).zip(&values) {
            by_bits.insert(bits, *value);
            let members: BTreeSet<String> = names
                .iter()
                .enumerate()
                .filter(|(place, _)| bits & (1_usize << place) != 0)
                .map(|(_, name)| name.clone())
                .collect();
            estimates.push((members, Quantity::from_millionths(*value)));
        }
        let effects = Effects::new(estimates).unwrap();
        let mut sums = vec![0_i128; count];
        let all = orders(count);
        for order in &all {
            let mut set = 0_usize;
            for &place in order {
                let with = set | (1 << place);
                sums[place] += i128::from(by_bits[&with]) - i128::from(by_bits[&set]);
                set = with;
            }
        }
        let parts = effects.shapley().unwrap();
        let how_many = i128::try_from(all.len()).unwrap();
        let mut total = 0;
        for ((name, part), (expected, sum)) in parts.iter().zip(names.iter().zip(&sums)) {
            prop_assert_eq!(name, expected);
            // Within one millionth of the exact mean.
            let error = i128::from(part.millionths()) * how_many - sum;
            prop_assert!(error.abs() < how_many);
            total += part.millionths();
        }
        prop_assert_eq!(total, effects.together().millionths());
        let apart = effects.decomposed().unwrap();
        let alone: i64 = apart.alone.iter().map(|(_, effect)| effect.millionths()).sum();
        prop_assert_eq!(alone + apart.interaction.millionths(), apart.together.millionths());
    }
}
