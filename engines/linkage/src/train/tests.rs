use super::*;
use crate::fixture::{ADA, Person};
use crate::model::SEX;

/// Households of two, each seen once in the index and once coming in, with an error in every tenth record.
fn store() -> (Store, Id) {
    const GIVEN: [&str; 12] = [
        "Ada", "Ben", "Cleo", "Dora", "Edwin", "Flora", "Gus", "Hetty", "Ivo", "Jo", "Kit", "Lena",
    ];
    const FAMILY: [&str; 11] = [
        "Ashby", "Birch", "Cole", "Drake", "Elms", "Finch", "Gale", "Holt", "Irwin", "Jupp", "Kerr",
    ];
    let pick = |list: &'static [&'static str], at: usize| list[at % list.len()];
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let person = |at: usize, slip: bool| {
        let home = at / 2;
        Person {
            number: "",
            given: if slip {
                "Zzyzx"
            } else {
                pick(&GIVEN, at * 7 + home)
            },
            family: pick(&FAMILY, home * 5 + home / 11),
            born: leak(format!(
                "19{:02}-{:02}-{:02}",
                20 + at * 13 % 70,
                1 + at * 5 % 12,
                1 + at * 11 % 28
            )),
            sex: if at.is_multiple_of(2) { "F" } else { "M" },
            address: leak(format!("{} Mill Lane", 1 + home % 97)),
            postcode: leak(format!("BH{} {}AA", 1 + home % 25, 1 + home / 97 % 9)),
            telephone: leak(format!("01202 {home:06}")),
            ..ADA
        }
    };
    let mut store = Store::new(0);
    (0..800).for_each(|at| {
        person(at, false).with(|record| store.push(record));
    });
    (0..600).for_each(|at| {
        person(at, at % 10 == 0).with(|record| store.push(record));
    });
    (store, 800)
}

#[test]
fn shares_are_learnt_without_knowing_the_truth() {
    let (store, split) = store();
    let model = train(&store, Some(split), &Model::new(&[]).unwrap());
    let same = |field: usize| model.comparisons[field].levels[0].clone();
    assert!(
        (0.8..0.96).contains(&same(GIVEN).m),
        "one given name in ten is wrong: {:?}",
        same(GIVEN)
    );
    assert!(
        same(BORN).m > 0.95 && same(SEX).m > 0.9,
        "{:?} {:?}",
        same(BORN),
        same(SEX)
    );
    assert!(
        same(FAMILY).h > 0.7,
        "relatives share the family name: {:?}",
        same(FAMILY)
    );
    assert!(
        same(GIVEN).h < 0.2,
        "and not the given name: {:?}",
        same(GIVEN)
    );
    assert!((0.3..2.0).contains(&model.relatives), "{}", model.relatives);
    for comparison in &model.comparisons {
        let sum: f64 = comparison.levels.iter().map(|level| level.m).sum();
        assert!((sum - 1.0).abs() < 1e-6, "{}: {sum}", comparison.name);
    }
}

#[test]
fn the_same_records_teach_the_same() {
    let (store, split) = store();
    let model = || train(&store, Some(split), &Model::new(&[]).unwrap()).to_json();
    assert_eq!(model(), model());
}

#[test]
fn few_records_teach_nothing() {
    let mut store = Store::new(0);
    ADA.with(|record| store.push(record));
    let model = Model::new(&[]).unwrap();
    assert_eq!(train(&store, Some(0), &model), model);
    assert_eq!(train(&store, None, &model), model);
}
