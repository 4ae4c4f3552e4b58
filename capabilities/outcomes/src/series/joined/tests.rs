use stour_partnership::reference;

use super::*;
use crate::measure::measure;
use crate::series::{Method, judge};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn member(measure: &Measure, code: &str, values: &[(&str, f64)]) -> (String, Member) {
    let values: Values = values
        .iter()
        .map(|(at, value)| (day(at), (*value).into()))
        .collect();
    let published = Published::of(measure, code, values.clone());
    let member = Member {
        area: Area::named(reference().unwrap(), code).unwrap(),
        judgement: judge(measure, &published, &[], Method::default()).unwrap(),
        published: values,
    };
    (code.to_owned(), member)
}

fn delayed() -> (&'static Measure, &'static Together) {
    let measure = measure("delayed-days").unwrap();
    (measure, measure.together.as_ref().unwrap())
}

#[test]
fn a_total_goes_from_three_councils_to_two_and_not_across_a_missing_month() {
    let (measure, whole) = delayed();
    let members = BTreeMap::from([
        member(
            measure,
            "E06000028",
            &[("2019-03-01", 100.0), ("2019-04-01", 90.0)],
        ),
        member(
            measure,
            "E06000029",
            &[("2019-03-01", 50.0), ("2019-04-01", 0.0)],
        ),
        member(
            measure,
            "E10000009",
            &[("2019-03-01", 200.0), ("2019-04-01", 210.0)],
        ),
        member(
            measure,
            "E06000058",
            &[("2019-05-01", 140.0), ("2019-06-01", 150.0)],
        ),
        member(measure, "E06000059", &[("2019-05-01", 190.0)]),
    ]);
    let total = together(measure, whole, &members);
    let values: Vec<_> = total
        .values
        .iter()
        .map(|(at, value)| (at.to_string(), value.value))
        .collect();
    assert_eq!(
        values,
        [
            ("2019-03-01".to_owned(), 350.0),
            ("2019-05-01".to_owned(), 330.0)
        ]
    );
    assert!(total.missing[&day("2019-04-01")].starts_with("Borough of Poole: Withheld:"));
    assert_eq!(
        total.missing[&day("2019-06-01")],
        "Dorset Council: Nothing was published."
    );
    let judged = judge(measure, &total, &[], Method::default()).unwrap();
    assert_eq!(judged.missing().count(), 2);
    let joins = joins(whole, &members);
    assert_eq!(joins.len(), 1);
    assert_eq!(joins[0].at, day("2019-05-01"));
    assert_eq!((joins[0].before.len(), joins[0].after.len()), (3, 2));
}

#[test]
fn a_share_of_the_whole_is_of_all_and_not_a_mean_of_shares() {
    let measure = measure("general-acute-occupancy").unwrap();
    let whole = measure.together.as_ref().unwrap();
    let of = |code: &str, count: f64, size: f64| {
        let counted = stour_statistics::attribute::Counted { count, size };
        let (key, mut member) = member(measure, code, &[("2024-01-01", 100.0 * count / size)]);
        member.published = BTreeMap::from([(day("2024-01-01"), Value::share(counted).unwrap())]);
        (key, member)
    };
    let members = BTreeMap::from([of("R0D", 900.0, 1000.0), of("RBD", 100.0, 200.0)]);
    let total = together(measure, whole, &members);
    let value = total.values[&day("2024-01-01")];
    assert!((value.value - 100.0 * 1000.0 / 1200.0).abs() < 1e-9);
    assert!(total.is_counted());
}

#[test]
fn nothing_is_joined_from_nothing() {
    let (measure, whole) = delayed();
    assert_eq!(
        together(measure, whole, &BTreeMap::new()),
        Published::default()
    );
}
