//! What is expected on a day, against walking there day by day.

use proptest::prelude::*;
use stour_benefits::{Between, Quantity, Trajectory, TrajectoryError};
use stour_kernel::Date;

const START: Date = Date::constant(2025, 1, 1);

fn day(offset: i64) -> Date {
    let mut day = START;
    for _ in 0..offset {
        day = day.tomorrow().unwrap();
    }
    day
}

fn q(millionths: i64) -> Quantity {
    Quantity::from_millionths(millionths)
}

#[test]
fn half_way_is_half_of_it() {
    let points = [(day(0), q(9_700_000)), (day(10), q(8_070_000))];
    let straight = Trajectory::new(points, Between::Straight).unwrap();
    assert_eq!(straight.on(day(5)), Some(q(8_885_000)));
    assert_eq!(straight.on(day(400)), Some(q(8_070_000)));
    let steps = Trajectory::new(points, Between::Steps).unwrap();
    assert_eq!(steps.on(day(9)), Some(q(9_700_000)));
    assert_eq!(steps.on(day(10)), Some(q(8_070_000)));
}

#[test]
fn nothing_is_expected_before_the_first_day() {
    let one = Trajectory::new([(day(3), q(1))], Between::Straight).unwrap();
    assert_eq!(one.on(day(2)), None);
    assert_eq!(one.on(day(3)), Some(q(1)));
    let none = Trajectory::new([], Between::Straight).unwrap();
    assert_eq!(none.on(day(2)), None);
}

#[test]
fn a_day_has_one_value() {
    let twice = Trajectory::new([(day(1), q(1)), (day(1), q(1))], Between::Steps);
    assert_eq!(twice, Err(TrajectoryError::Twice(day(1))));
}

proptest! {
    #[test]
    fn a_straight_line_is_within_half_a_millionth(
        values in prop::collection::btree_map(0_i64..200, -1_000_000_000_i64..1_000_000_000, 1..8),
        at in 0_i64..220,
    ) {
        let points = values.iter().map(|(&offset, &value)| (day(offset), q(value)));
        let trajectory = Trajectory::new(points, Between::Straight).unwrap();
        let before = values.iter().rfind(|(offset, _)| **offset <= at);
        let after = values.iter().find(|(offset, _)| **offset >= at);
        let found = trajectory.on(day(at)).map(|value| i128::from(value.millionths()));
        match (before, after) {
            (None, _) => prop_assert_eq!(found, None),
            (Some((_, value)), None) => prop_assert_eq!(found, Some(i128::from(*value))),
            (Some((from, first)), Some((to, last))) => {
                // found × all = first × all + (last − first) × gone, to half of all.
                let all = i128::from((to - from).max(1));
                let exact = i128::from(*first) * all + i128::from(last - first) * i128::from(at - from);
                let error = found.unwrap() * all - exact;
                prop_assert!(2 * error.abs() <= all, "{error}");
            }
        }
    }
}
