use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_kernel::testing::reference_data;

use super::*;
use crate::measure::measure;
use crate::series::{Method, judge};

fn of(value: impl Fn(Date, u32) -> f64, days: u32) -> Option<Week> {
    let mut at: Date = "2024-01-01".parse().unwrap();
    let mut points = BTreeMap::new();
    for number in 0..days {
        points.insert(at, value(at, number));
        at = at.tomorrow().unwrap();
    }
    judged(&points)
}

fn judged(points: &BTreeMap<Date, f64>) -> Option<Week> {
    let measure = measure("no-criteria-to-reside").unwrap();
    Week::of(&judge(measure, &points.clone().into(), &[], Method::default()).unwrap())
}

#[test]
fn a_series_that_is_lower_each_sunday_is_said_to_follow_the_week() {
    let sundays = |at: Date, number| {
        let usual = 100.0 + f64::from(number % 3);
        if at.weekday() == Weekday::Sunday {
            usual - 40.0
        } else {
            usual
        }
    };
    let week = of(sundays, 200).unwrap();
    assert_eq!(week.lowest.0, Weekday::Sunday);
    assert!(
        week.words(Unit::COUNT).contains("61.0 on Sundays"),
        "{}",
        week.words(Unit::COUNT)
    );
    assert_eq!(of(sundays, 30), None, "too few weeks");
    assert_eq!(
        of(|_, number| 100.0 + f64::from(number * 7 % 11), 200),
        None
    );
    assert_eq!(judged(&BTreeMap::new()), None);
}

#[test]
fn the_published_series_follows_the_week() {
    let Some(path) = reference_data("care/dorset_trust_criteria_to_reside.csv") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let points: BTreeMap<Date, f64> = text
        .lines()
        .filter_map(|line| line.strip_prefix("R0D,")?.split_once(','))
        .map(|(at, value)| (at.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let week = judged(&points).unwrap();
    assert!(
        week.words(Unit::COUNT)
            .contains("365.9 on Fridays and 290.8 on Sundays"),
        "{}",
        week.words(Unit::COUNT)
    );
}
