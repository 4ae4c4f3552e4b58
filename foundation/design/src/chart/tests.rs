//! The arithmetic under the charts.

use super::coordinate::coordinate;
use super::day::CivilDay;
use super::end_label::{EndLabel, place};
use super::point::PointKind;
use super::scale::Scale;
use super::spine::Spine;
use super::unit::Unit;
use maud::Render as _;

#[test]
fn days_are_numbered_from_1970() {
    for (day, number) in [
        (CivilDay::new(1970, 1, 1), 0),
        (CivilDay::new(1969, 12, 31), -1),
        (CivilDay::new(2000, 2, 29), 11_016),
        (CivilDay::new(2024, 3, 1), 19_783),
        (CivilDay::new(2026, 11, 24), 20_781),
    ] {
        assert_eq!(day.number(), number);
        assert_eq!(CivilDay::of_number(number), day);
    }
    for number in (-800_000..800_000).step_by(97) {
        assert_eq!(CivilDay::of_number(number).number(), number);
    }
}

#[test]
fn numbers_are_written_as_people_write_them() {
    assert_eq!(Unit::COUNT.value(1_234_567.0), "1,234,567");
    assert_eq!(Unit::COUNT.value(123.0), "123");
    assert_eq!(Unit::COUNT.limit(46.25), "46.2");
    assert_eq!(Unit::PERCENT.value(84.53), "84.5%");
    assert_eq!(Unit::POUNDS.value(-1_500.0), "−£1,500");
    assert_eq!(Unit::COUNT.value(-0.2), "0");
}

#[test]
fn money_is_written_in_what_it_is_counted_in() {
    for (amount, written) in [
        (0.0, "£0"),
        (-0.3, "£0"),
        (950.0, "£950"),
        (999.6, "£1.0k"),
        (9_960.0, "£10k"),
        (350_000.0, "£350k"),
        (999_600.0, "£1.0m"),
        (1_234_567.0, "£1.2m"),
        (-12_300_000.0, "−£12.3m"),
        (123_456_789.0, "£123m"),
        (-2_000_000_000.0, "−£2.0bn"),
        (1e15, "£1,000,000bn"),
    ] {
        assert_eq!(Unit::MONEY.value(amount), written);
        assert_eq!(Unit::MONEY.limit(amount), written);
    }
}

#[test]
fn the_ticks_of_money_are_all_counted_in_one_thing() {
    let said = |values: &[f64]| {
        let scale = Scale::roomy(values, Unit::MONEY.least_span(), 300.0, 0.0);
        let ticks = Unit::MONEY.ticks(&scale, 5.0);
        ticks
            .into_iter()
            .map(|(_, said)| said)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(said(&[-4e5, 1.6e6]), "−£0.5m £0 £0.5m £1.0m £1.5m");
    assert_eq!(said(&[0.0, 8e8]), "£0 £200m £400m £600m £800m");
    assert_eq!(said(&[0.0, 0.0]), "£0 £2.50 £5.00 £7.50 £10.00");
    assert_eq!(
        said(&[1e9, 1e9]),
        "£1,000.00m £1,000.25m £1,000.50m £1,000.75m £1,001.00m"
    );
    assert_eq!(said(&[f64::NAN]), "£0 £0.25 £0.50 £0.75 £1.00");
}

/// Heights as they are drawn, so that they compare as text.
fn heights(labels: &[EndLabel]) -> Vec<String> {
    labels.iter().map(|label| coordinate(label.y)).collect()
}

#[test]
fn labels_are_centred_on_their_lines_where_there_is_room() {
    let mut labels = [100.0, 100.0, 200.0].map(|line| EndLabel::new(String::new(), line, ""));
    place(&mut labels, 20.0, 0.0, 300.0);
    assert_eq!(heights(&labels), ["90", "110", "200"]);
}

#[test]
fn labels_stay_between_the_top_and_the_bottom() {
    let mut labels = [299.0, 300.0, 300.0].map(|line| EndLabel::new(String::new(), line, ""));
    place(&mut labels, 20.0, 0.0, 300.0);
    assert_eq!(heights(&labels), ["260", "280", "300"]);
    let mut labels = [0.0, 1.0].map(|line| EndLabel::new(String::new(), line, ""));
    place(&mut labels, 20.0, 0.0, 300.0);
    assert_eq!(heights(&labels), ["0", "20"]);
}

#[test]
fn a_spine_has_what_it_is_held_against_in_the_middle_and_its_interval_inside() {
    let spine = Spine {
        value: 30.0,
        interval: (20.0, 50.0),
        against: 25.0,
        kind: PointKind::Common,
        label: "30, 20 to 50; the whole 25".to_owned(),
        ..Spine::default()
    };
    let drawn = spine.render().into_string();
    for part in [
        "M60 1V31",
        "M49.4 16H113",
        "aria-label=\"30, 20 to 50; the whole 25\"",
    ] {
        assert!(drawn.contains(part), "{part} {drawn}");
    }
    let nothing = Spine {
        interval: (f64::NAN, f64::INFINITY),
        ..Spine::default()
    };
    let drawn = nothing.render().into_string();
    assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
}
