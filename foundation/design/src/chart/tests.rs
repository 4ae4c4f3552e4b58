//! The arithmetic under the charts.

use super::coordinate::coordinate;
use super::day::CivilDay;
use super::end_label::{EndLabel, place};
use super::unit::Unit;

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
