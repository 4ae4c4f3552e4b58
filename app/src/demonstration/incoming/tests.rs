use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::{Date, SeededRandomness};

use super::{Incoming, SHARES, Twist, day_for_month, slipped, twist};
use crate::population::{Chunk, Making, each_block};

const TODAY: Date = Date::constant(2026, 11, 24);

fn chosen(seed: u64) -> Incoming {
    let making = Making {
        people: 3_000,
        seed: 3,
        today: TODAY,
    };
    let mut incoming = Incoming::new(seed);
    each_block(&making.generator().unwrap(), Chunk::of, |chunk| {
        incoming.look(&chunk);
        Ok(())
    })
    .unwrap();
    incoming
}

#[test]
fn the_same_seed_sends_the_same_records_and_another_seed_others() {
    let records = chosen(1).records(TODAY).unwrap();
    assert_eq!(records, chosen(1).records(TODAY).unwrap());
    assert_ne!(records, chosen(2).records(TODAY).unwrap());
    assert!(records.len() > 150, "{}", records.len());
    let senders: BTreeSet<String> = records
        .iter()
        .map(|(_, source)| source.to_string())
        .collect();
    assert_eq!(senders.len(), 5, "{senders:?}");
    for (who, source) in &records {
        let number = who.nhs_number.map(|number| number.digits());
        assert!(number.is_none_or(|number| number.starts_with("999")));
        assert!(
            who.local
                .as_ref()
                .is_some_and(|local| local.as_str().contains(source.as_str()))
        );
    }
    let without = records
        .iter()
        .filter(|(who, _)| who.nhs_number.is_none())
        .count();
    assert!(without * 100 / records.len() > 20, "{without}");
}

#[test]
fn every_twist_comes_about_as_often_as_its_share() {
    let random = SeededRandomness::new(1);
    let mut counts: BTreeMap<Twist, u64> = BTreeMap::new();
    for _ in 0..10_000 {
        *counts.entry(twist(&random)).or_default() += 1;
    }
    assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u64>(), 100);
    for (twist, share) in SHARES {
        let count = counts[&twist];
        assert!(
            count.abs_diff(share * 100) < 150,
            "{twist:?}: {count} for {share}"
        );
    }
}

#[test]
fn a_slip_changes_a_name_and_a_turned_date_is_a_date() {
    let random = SeededRandomness::new(1);
    for name in ["Smith", "O'Neil", "Li", "Ana"] {
        for _ in 0..20 {
            let wrong = slipped(name, &random);
            assert!(!wrong.is_empty() && wrong.chars().count().abs_diff(name.chars().count()) <= 1);
        }
    }
    assert_ne!(
        (0..20)
            .map(|_| slipped("Smith", &random))
            .collect::<BTreeSet<_>>()
            .len(),
        1
    );
    for (born, expected) in [
        ("1941-03-12", "1941-12-03"),
        ("1941-03-03", "1941-03-04"),
        ("1941-03-31", "1941-04-01"),
    ] {
        let born: Date = born.parse().unwrap();
        assert_eq!(day_for_month(born).to_string(), expected);
    }
}
