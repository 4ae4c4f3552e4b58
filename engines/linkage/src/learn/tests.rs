use super::*;
use crate::fixture::{ADA, Person};
use crate::model::{BORN, FAMILY, GIVEN, NUMBER};
use crate::train::FEWEST_TO_LEARN_FROM;

fn index(people: &[Person]) -> Index<usize> {
    let mut index = Index::new(Model::default());
    for (key, person) in people.iter().enumerate() {
        person.with(|record| index.put(key, record));
    }
    index
}

/// Ada, Ada after she took another name, and her sister in the same home.
fn family() -> Index<usize> {
    let married = Person {
        family: "Thornbury",
        ..ADA.unnumbered()
    };
    let sister = Person {
        given: "Winifred",
        born: "1944-07-30",
        ..ADA.unnumbered()
    };
    index(&[ADA, married, sister])
}

fn last(model: &Model, field: usize) -> &Level {
    model.comparisons[field].levels.last().unwrap()
}

fn first(model: &Model, field: usize) -> &Level {
    &model.comparisons[field].levels[0]
}

fn sums(model: &Model) {
    let sum = |of: fn(&Level) -> f64, comparison: &Comparison| -> f64 {
        comparison.levels.iter().map(of).sum()
    };
    for comparison in &model.comparisons {
        let shares = [
            sum(|level| level.m, comparison),
            sum(|level| level.h, comparison),
        ];
        for share in shares {
            assert!((share - 1.0).abs() < 1e-3, "{}: {share}", comparison.name);
        }
    }
}

#[test]
fn one_person_with_two_family_names_makes_a_change_of_name_likelier() {
    let (index, before) = (family(), Model::default());
    let taught = index.learn(&[(0, 1, true); 20]);
    assert!(last(&taught, FAMILY).m > last(&before, FAMILY).m + 0.05);
    assert!(first(&taught, FAMILY).m < first(&before, FAMILY).m);
    for field in [GIVEN, BORN, RESIDENCE] {
        assert!(
            first(&taught, field).m > first(&before, field).m,
            "{field}: what agreed is no rarer"
        );
    }
    for field in 0..before.comparisons.len() {
        let shares = |model: &Model, of: fn(&Level) -> f64| -> Vec<f64> {
            model.comparisons[field].levels.iter().map(of).collect()
        };
        assert_eq!(
            shares(&taught, |level| level.u),
            shares(&before, |level| level.u)
        );
        assert_eq!(
            shares(&taught, |level| level.h),
            shares(&before, |level| level.h)
        );
    }
    assert_eq!(
        taught.comparisons[NUMBER], before.comparisons[NUMBER],
        "a missing number teaches nothing"
    );
    assert_eq!(taught.version, "default-1, taught by 20 decisions");
    let once = index.learn(&[(0, 1, true)]);
    assert_eq!(once.version, "default-1, taught by 1 decision");
    sums(&taught);
    let more = index.learn(&[(0, 1, true); 60]);
    assert!(last(&more, FAMILY).m > last(&taught, FAMILY).m);
    assert!(Model::from_json(&more.to_json()).is_ok());
}

#[test]
fn different_people_of_one_home_teach_what_relatives_share() {
    let (index, before) = (family(), Model::default());
    let taught = index.learn(&[(0, 2, false); 30]);
    assert!(first(&taught, FAMILY).h > first(&before, FAMILY).h);
    assert!(first(&taught, GIVEN).h < first(&before, GIVEN).h);
    assert_eq!(
        taught.comparisons[RESIDENCE], before.comparisons[RESIDENCE],
        "the home is what they were chosen by"
    );
    let m = |model: &Model| first(model, FAMILY).m;
    assert!((m(&taught) - m(&before)).abs() < f64::EPSILON);
    sums(&taught);
}

#[test]
fn strangers_the_absent_and_no_labels_teach_nothing() {
    let elsewhere = Person {
        address: "7 Quay Road",
        postcode: "DT4 8AA",
        ..ADA.unnumbered()
    };
    let index = index(&[ADA, elsewhere]);
    for labels in [
        vec![],
        vec![(0, 1, false)],
        vec![(0, 9, true), (8, 9, false)],
    ] {
        assert_eq!(index.learn(&labels), Model::default(), "{labels:?}");
    }
}

#[test]
fn everybody_in_memory_teaches_a_model_from_some_hundred_people_on() {
    const GIVEN_NAMES: [&str; 5] = ["Ada", "Ben", "Cleo", "Dora", "Edwin"];
    const FAMILIES: [&str; 7] = ["Ashby", "Birch", "Cole", "Drake", "Elms", "Finch", "Gale"];
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let people: Vec<Person> = (0..FEWEST_TO_LEARN_FROM)
        .map(|at| Person {
            given: GIVEN_NAMES[at % GIVEN_NAMES.len()],
            family: FAMILIES[at / 2 % FAMILIES.len()],
            born: leak(format!("19{:02}-{:02}-11", 20 + at % 67, 1 + at % 12)),
            address: leak(format!("{} Mill Lane", 1 + at / 2)),
            telephone: "",
            ..ADA.unnumbered()
        })
        .collect();
    let few = index(&people[1..]);
    assert_eq!(few.train(), Model::default(), "too few to learn from");
    let trained = index(&people).train();
    assert_eq!(trained.version, "default-1, estimated from 400 records");
    let common = first(&trained, GIVEN).u;
    assert!(
        (0.15..0.25).contains(&common),
        "one of five names is shared by one pair in five: {common}"
    );
    assert!(Model::from_json(&trained.to_json()).is_ok());
}
