use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use stour_database::testing::each_database;

use super::{adt, all, environment, in_hospital, migrations, take};
use crate::spell::Spell;

/// What must not depend on the order in which messages came.
fn told(database: &stour_database::Database) -> (Vec<Spell>, Vec<(String, String)>) {
    let spells = in_hospital(database).into_iter().map(|spell| Spell {
        id: environment().id(),
        person: environment().id(),
        thread: None,
        version: stour_database::Version::FIRST,
        ..spell
    });
    let mut fates: Vec<(String, String)> = all(database)
        .into_iter()
        .map(|one| (one.control_id, one.state.to_string()))
        .collect();
    fates.sort();
    (spells.collect(), fates)
}

fn story() -> impl Strategy<Value = Vec<String>> {
    let trigger = proptest::sample::select(
        &[
            "A01", "A01", "A02", "A02", "A03", "A05", "A06", "A07", "A08", "A09", "A10", "A11",
            "A12", "A13", "A14", "A15", "A16", "A21", "A22", "A25", "A26", "A27", "A32", "A33",
            "A38", "A52", "A53",
        ][..],
    );
    let ward = proptest::sample::select(&["BAMU", "BELD", "BORT"][..]);
    proptest::collection::vec((trigger, 1..28_u8, ward), 1..7).prop_map(|events| {
        events
            .into_iter()
            .enumerate()
            .map(|(number, (trigger, day, ward))| {
                adt(
                    trigger,
                    &format!("m{number}"),
                    &format!("202610{day:02}0900"),
                    ward,
                )
            })
            .collect()
    })
}

#[test]
fn the_records_are_the_same_in_whatever_order_and_however_often_messages_come() {
    let cases = (story(), proptest::collection::vec(any::<Index>(), 8));
    let mut runner = TestRunner::new(Config {
        cases: 6,
        ..Config::default()
    });
    runner
        .run(&cases, |(story, picks)| {
            let mut shuffled = story.clone();
            for pick in &picks {
                let copy = pick.get(&story).clone();
                shuffled.insert(pick.index(shuffled.len() + 1), copy);
            }
            each_database(&migrations(), |database| {
                take(&database, &environment(), &story);
                let in_order = told(&database);
                each_database(&migrations(), |other| {
                    let environment = environment();
                    for message in &shuffled {
                        take(&other, &environment, std::slice::from_ref(message));
                    }
                    assert_eq!(told(&other), in_order);
                });
            });
            Ok(())
        })
        .unwrap();
}
