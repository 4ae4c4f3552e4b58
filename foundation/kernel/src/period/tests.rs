use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

/// All the days the brute-force comparisons look at; open periods go on to its end.
fn window() -> impl Iterator<Item = Date> {
    let start = date(2019, 2, 20);
    (0..60).map(move |days: i32| start.checked_add(days.days()).unwrap())
}

fn day(offset: i32) -> Date {
    date(2019, 2, 20).checked_add(offset.days()).unwrap()
}

fn periods() -> impl Strategy<Value = Period> {
    (0..40_i32, prop::option::of(1..20_i32)).prop_map(|(start, length)| {
        Period::new(day(start), length.map(|length| day(start + length))).unwrap()
    })
}

#[test]
fn the_end_is_the_first_day_after() {
    let council = Period::new(date(2009, 4, 1), Some(date(2019, 4, 1))).unwrap();
    assert!(council.contains(date(2019, 3, 31)));
    assert!(!council.contains(date(2019, 4, 1)));
    let successor = Period::starting(date(2019, 4, 1));
    assert!(!council.overlaps(&successor));
    assert!(successor.contains(Date::MAX));
    assert_eq!(successor.ended(date(2020, 4, 1)).unwrap().days(), Some(366));
    assert_eq!(successor.days(), None);
}

#[test]
fn a_period_without_days_is_refused() {
    let start = date(2019, 4, 1);
    for end in [start, date(2019, 3, 31)] {
        assert_eq!(
            Period::new(start, Some(end)),
            Err(PeriodError::NoDays { start, end })
        );
    }
    let json = r#"{"start":"2019-04-01","end":"2019-04-01"}"#;
    let error = serde_json::from_str::<Period>(json)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("first day that is no longer part of it"),
        "{error}"
    );
}

#[test]
fn an_open_end_may_be_left_out() {
    let open = Period::starting(date(2019, 4, 1));
    assert_eq!(
        serde_json::from_str::<Period>(r#"{"start":"2019-04-01"}"#).unwrap(),
        open
    );
    assert_eq!(open.to_string(), "2019-04-01/..");
    for text in [
        "",
        "2019-04-01",
        "2019-04-01/",
        "../2019-04-01",
        "2019-02-29/..",
    ] {
        assert_eq!(text.parse::<Period>(), Err(PeriodError::Shape), "{text}");
    }
}

proptest! {
    #[test]
    fn overlap_and_intersection_are_those_of_the_days(one in periods(), two in periods()) {
        let both: Vec<Date> =
            window().filter(|day| one.contains(*day) && two.contains(*day)).collect();
        prop_assert_eq!(one.overlaps(&two), !both.is_empty());
        prop_assert_eq!(one.overlaps(&two), two.overlaps(&one));
        let common: Vec<Date> = one
            .intersection(&two)
            .map(|common| window().filter(|day| common.contains(*day)).collect())
            .unwrap_or_default();
        prop_assert_eq!(common, both);
    }

    #[test]
    fn the_length_is_the_number_of_days(period in periods()) {
        let counted = window().filter(|day| period.contains(*day)).count();
        if let Some(days) = period.days() {
            prop_assert_eq!(usize::try_from(days).unwrap(), counted);
        }
    }

    #[test]
    fn every_period_survives_text_and_json(period in periods()) {
        prop_assert_eq!(period.to_string().parse(), Ok(period));
        let json = serde_json::to_string(&period).unwrap();
        prop_assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period);
    }
}
