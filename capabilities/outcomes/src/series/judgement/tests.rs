use stour_kernel::testing::reference_data;

use super::*;
use crate::measure::measure;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn published(text: &[(&str, f64)]) -> BTreeMap<Date, f64> {
    text.iter().map(|&(at, value)| (day(at), value)).collect()
}

fn judged(points: &BTreeMap<Date, f64>) -> Judgement {
    let measure = measure("no-criteria-to-reside").unwrap();
    judge(measure, &points.clone().into(), &[], Method::default()).unwrap()
}

#[test]
fn days_that_were_not_published_are_points_without_a_value() {
    let judgement = judged(&published(&[("2024-02-27", 5.0), ("2024-03-01", 6.0)]));
    let values: Vec<_> = judgement
        .days
        .iter()
        .map(|day| (day.judged.at.to_string(), day.judged.value))
        .collect();
    assert_eq!(
        values,
        [
            ("2024-02-27".to_owned(), Some(5.0)),
            ("2024-02-28".to_owned(), None),
            ("2024-02-29".to_owned(), None),
            ("2024-03-01".to_owned(), Some(6.0)),
        ]
    );
    assert_eq!(
        judgement.missing().map(|(_, why)| why).next(),
        Some("Nothing was published for this day.")
    );
    assert_eq!(judgement.zeros().count(), 0);
}

#[test]
fn no_series_at_all_is_judged_without_fuss() {
    let judgement = judged(&BTreeMap::new());
    assert!(judgement.days.is_empty());
    assert_eq!(judgement.latest(), None);
}

#[test]
fn a_zero_among_many_is_kept_as_published_and_not_judged() {
    let mut points = BTreeMap::new();
    let mut at = day("2024-01-01");
    for number in 0..40 {
        points.insert(
            at,
            if number == 20 {
                0.0
            } else {
                100.0 + f64::from(number % 3)
            },
        );
        at = at.tomorrow().unwrap();
    }
    let judgement = judged(&points);
    let zero = day("2024-01-21");
    assert_eq!(judgement.zeros().collect::<Vec<_>>(), [zero]);
    let found = judgement
        .days
        .iter()
        .find(|day| day.judged.at == zero)
        .unwrap();
    assert_eq!((found.published, found.judged.value), (Some(0.0), None));
    assert!(found.missing.as_deref().unwrap().contains("missing return"));
}

#[test]
fn a_rebase_gives_each_side_limits_of_its_own() {
    let mut points = BTreeMap::new();
    let mut at = day("2024-01-01");
    for number in 0..60 {
        let level = if number < 30 { 50.0 } else { 90.0 };
        points.insert(at, level + f64::from(number % 2));
        at = at.tomorrow().unwrap();
    }
    let rebase = Rebase {
        day: day("2024-01-31"),
        reason: "A ward opened".to_owned(),
        decided_by: "The board".to_owned(),
        recorded_at: stour_kernel::Timestamp::UNIX_EPOCH,
    };
    let measure = measure("no-criteria-to-reside").unwrap();
    let judgement = judge(measure, &points.into(), &[rebase], Method::default()).unwrap();
    let means: Vec<_> = judgement
        .chart
        .groups
        .iter()
        .map(|group| group.mean)
        .collect();
    assert_eq!(means, [Some(50.5), Some(90.5)]);
}

/// The zeros that the publisher's own daily figures are known to have.
#[test]
fn the_missing_returns_of_the_real_series_are_found_on_their_days() {
    for (file, area, expected) in [
        (
            "care/dorset_trust_criteria_to_reside.csv",
            "RBD",
            vec!["2022-04-26", "2022-06-19"],
        ),
        (
            "care/dorset_trust_criteria_to_reside.csv",
            "R0D",
            vec!["2022-06-19"],
        ),
        (
            "care/dorset_icb_criteria_to_reside.csv",
            "E54000041",
            vec!["2022-06-19"],
        ),
    ] {
        let Some(path) = reference_data(file) else {
            return;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let points: BTreeMap<Date, f64> = text
            .lines()
            .filter_map(|line| line.strip_prefix(area)?.strip_prefix(',')?.split_once(','))
            .map(|(at, value)| (day(at), value.parse().unwrap()))
            .collect();
        assert_eq!(points.len(), 1_249);
        let zeros: Vec<String> = judged(&points).zeros().map(|at| at.to_string()).collect();
        assert_eq!(zeros, expected, "{area}");
    }
}
