use stour_statistics::Point;
use stour_statistics::zeros::{LONGEST_RUN, missing_returns, without_missing_returns};

use crate::reference::{number, rows};

fn series(values: &[f64]) -> Vec<Point<usize>> {
    values
        .iter()
        .enumerate()
        .map(|(at, &value)| Point {
            at,
            value: Some(value),
        })
        .collect()
}

fn positions(values: &[f64]) -> Vec<usize> {
    missing_returns(&series(values))
        .into_iter()
        .map(|missing| missing.position)
        .collect()
}

/// People in a Dorset hospital each day who no longer meet the criteria to reside.
fn real(test: &str, file: &str, column: &str, code: &str) -> Option<Vec<Point<String>>> {
    let all = rows(test, file)?;
    Some(
        all.iter()
            .filter(|row| row[column] == code)
            .map(|row| Point {
                at: row["date"].clone(),
                value: number(&row["do_not_meet_criteria_to_reside"]),
            })
            .collect(),
    )
}

#[test]
fn finds_the_missing_returns_of_dorset() {
    let trusts = (
        "care/dorset_trust_criteria_to_reside.csv",
        "nhs_trust22_code",
    );
    let board = ("care/dorset_icb_criteria_to_reside.csv", "icb22_code");
    for ((file, column), code, expected) in [
        (trusts, "RBD", &["2022-04-26", "2022-06-19"][..]),
        (trusts, "R0D", &["2022-06-19"]),
        (board, "E54000041", &["2022-06-19"]),
    ] {
        let test = "finds_the_missing_returns_of_dorset";
        let Some(points) = real(test, file, column, code) else {
            return;
        };
        assert_eq!(points.len(), 1249);
        let days: Vec<Point<&str>> = points
            .iter()
            .map(|point| Point {
                at: &*point.at,
                value: point.value,
            })
            .collect();
        let (cleaned, found) = without_missing_returns(&days);
        let dates: Vec<&str> = found.iter().map(|missing| missing.at).collect();
        assert_eq!(dates, expected, "{code}");
        assert!(
            cleaned.iter().all(|point| point.value != Some(0.0)),
            "{code}: zeros remain"
        );
        let blanks = cleaned.iter().filter(|point| point.value.is_none()).count();
        assert_eq!(blanks, expected.len());
    }
}

#[test]
fn says_why() {
    let test = "says_why";
    let file = "care/dorset_trust_criteria_to_reside.csv";
    let Some(points) = real(test, file, "nhs_trust22_code", "RBD") else {
        return;
    };
    let days: Vec<Point<&str>> = points
        .iter()
        .map(|point| Point {
            at: &*point.at,
            value: point.value,
        })
        .collect();
    assert_eq!(
        missing_returns(&days)[0].reason(),
        "A zero, although the median was 108 over the 14 periods before and 110 over the 14 \
         after: taken as a missing return, not as a true zero."
    );
}

#[test]
fn a_run_of_zeros_is_judged_as_one() {
    let mut values = vec![100.0; 40];
    values[20..23].fill(0.0);
    assert_eq!(positions(&values), [20, 21, 22]);
    let reason = missing_returns(&series(&values))[1].reason();
    assert!(
        reason.starts_with("One of 3 zeros in a row, although"),
        "{reason}"
    );
}

#[test]
fn a_long_run_is_left_to_a_person() {
    let mut values = vec![100.0; 60];
    values[20..20 + LONGEST_RUN].fill(0.0);
    assert_eq!(positions(&values).len(), LONGEST_RUN);
    values[20 + LONGEST_RUN] = 0.0;
    assert!(positions(&values).is_empty());
}

#[test]
fn the_first_and_latest_days_are_judged_by_one_side() {
    let mut values = vec![50.0; 20];
    values[19] = 0.0;
    values[0] = 0.0;
    assert_eq!(positions(&values), [0, 19]);
    let found = missing_returns(&series(&values));
    assert_eq!((found[0].before, found[0].after), (None, Some(50.0)));
    assert!(
        found[1]
            .reason()
            .contains("over the 14 periods before: taken")
    );
}

#[test]
fn small_numbers_have_true_zeros() {
    let mut values = vec![19.0; 40];
    values[20] = 0.0;
    assert!(positions(&values).is_empty());
    let mut values = vec![20.0; 40];
    values[20] = 0.0;
    assert_eq!(positions(&values), [20]);
}

#[test]
fn a_service_that_starts_or_stops_has_true_zeros() {
    let mut values = vec![0.0; 20];
    values.extend([100.0; 20]);
    values.extend([0.0; 20]);
    assert!(positions(&values).is_empty());
}

#[test]
fn where_zeros_are_common_they_are_plausible() {
    for closed in [&[6][..], &[5, 6], &[0, 3, 5]] {
        let weekly: Vec<f64> = (0..60)
            .map(|day| {
                if closed.contains(&(day % 7)) {
                    0.0
                } else {
                    100.0
                }
            })
            .collect();
        for length in 0..=60 {
            assert!(
                positions(&weekly[..length]).is_empty(),
                "{closed:?}, {length} days"
            );
        }
    }
}

#[test]
fn two_missing_returns_close_together_are_both_found() {
    let mut values = vec![100.0; 40];
    values[20] = 0.0;
    values[25] = 0.0;
    assert_eq!(positions(&values), [20, 25]);
}

#[test]
fn too_few_neighbours_say_nothing() {
    assert!(positions(&[100.0, 100.0, 100.0, 0.0, 100.0, 100.0]).is_empty());
    assert!(positions(&[0.0]).is_empty());
    assert!(positions(&[]).is_empty());
}
