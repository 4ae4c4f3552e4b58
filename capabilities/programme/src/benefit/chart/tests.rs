use super::*;
use crate::benefit::testing::{around, course, entry, limited, measured};

#[test]
fn figures_and_what_was_expected_stand_on_the_days_of_both() {
    let point = |number, on, value| {
        entry(
            "trajectory",
            number,
            &[("benefit", "1"), ("on", on), ("value", value)],
        )
    };
    let around = around([
        entry(
            "benefit",
            1,
            &[
                ("title", "Wait"),
                ("direction", "decrease"),
                ("between", "straight"),
            ],
        ),
        point(1, "2025-01-01", "10"),
        point(2, "2025-12-31", "8"),
    ]);
    let figures = limited(&[("2025-01-01", 10.5), ("2025-07-02", 9.5)], 8.5, 10.5);
    let drawn = chart(&measured(&around, 1, Some(figures))).unwrap();
    assert_eq!(drawn.periods.len(), 3);
    let [actual, expected] = drawn.lines.as_slice() else {
        panic!("two lines");
    };
    assert_eq!(actual.values, [Some(10.5), Some(9.5), None]);
    assert_eq!(expected.values, [Some(10.0), Some(9.0), Some(8.0)]);
    assert_eq!(drawn.bands[0].values, [None, Some((8.5, 10.5)), None]);
    assert_eq!(drawn.title, "Behind: 9.50 against 9.00 expected by then");
}

#[test]
fn one_day_is_no_chart() {
    let around = around([entry("benefit", 1, &[("title", "Wait")])]);
    assert!(chart(&measured(&around, 1, Some(course(&[("2025-10-06", 9.6)])))).is_none());
    assert!(chart(&measured(&around, 1, None)).is_none());
    assert!(own_chart(&course(&[])).is_none());
}

#[test]
fn our_own_records_say_whether_it_is_more_than_chance() {
    let mut figures = limited(&[("2025-09-01", 9.0), ("2025-10-01", 9.6)], 8.0, 10.0);
    assert_eq!(
        own_chart(&figures).unwrap().title,
        "9.60 in 2025-10-01: no more than chance"
    );
    figures.readings[1].unusual = Some("above the upper limit");
    let title = own_chart(&figures).unwrap().title;
    assert_eq!(
        title,
        "9.60 in 2025-10-01: more than chance, above the upper limit"
    );
}
