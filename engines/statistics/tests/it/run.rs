//! Run charts against every arrangement of few points, and rules restated window by window.

use proptest::prelude::*;
use stour_statistics::Point;
use stour_statistics::run::{NotANumber, RunChart, Usual, chart};
use stour_statistics::xmr::Side;

fn drawn(values: &[f64]) -> RunChart<usize> {
    let some: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
    with_gaps(&some)
}

fn with_gaps(values: &[Option<f64>]) -> RunChart<usize> {
    let points: Vec<Point<usize>> = values
        .iter()
        .enumerate()
        .map(|(at, &value)| Point { at, value })
        .collect();
    chart(&points).unwrap()
}

fn bits(mask: u32, n: u32) -> Vec<bool> {
    (0..n).map(|i| mask >> i & 1 == 1).collect()
}

fn runs(sides: &[bool]) -> usize {
    sides.chunk_by(|a, b| a == b).count()
}

/// The usual counts of runs by writing down every arrangement.
fn enumerated(above: u32, below: u32) -> Usual {
    let n = above + below;
    let mut counts = vec![0_u32; usize::try_from(n).unwrap() + 1];
    for mask in (0..1_u32 << n).filter(|mask| mask.count_ones() == above) {
        counts[runs(&bits(mask, n))] += 1;
    }
    let all: u32 = counts.iter().sum();
    let share = |part: &[u32]| f64::from(part.iter().sum::<u32>()) / f64::from(all);
    let most_possible = counts.iter().rposition(|count| *count > 0).unwrap();
    let fewest = (1..=most_possible)
        .find(|&k| share(&counts[..=k]) > 0.025)
        .unwrap();
    let most = (1..=most_possible)
        .rev()
        .find(|&k| share(&counts[k..]) > 0.025)
        .unwrap();
    Usual { fewest, most }
}

/// Values with so many above and below a median that none of them has.
fn halves(above: u32, below: u32) -> Vec<f64> {
    let up = (0..above).map(|_| 2.0);
    let down = (0..below).map(|_| 1.0);
    up.chain(down).collect()
}

#[test]
fn usual_runs_are_those_of_every_arrangement() {
    for half in 5..=9 {
        assert_eq!(
            drawn(&halves(half, half)).usual_runs,
            Some(enumerated(half, half)),
            "{half}"
        );
    }
    // One point on the median, so that the sides differ where values repeat it.
    for (above, below) in [(5, 6), (6, 7), (7, 8), (8, 9), (4, 8)] {
        let mut values = halves(above, below);
        values.extend(std::iter::repeat_n(1.5, 9));
        assert_eq!(drawn(&values).usual_runs, Some(enumerated(above, below)));
    }
}

#[test]
fn the_fewest_crossings_are_the_quantile_of_every_sequence() {
    for half in 5..=10_u32 {
        let n = half * 2;
        let mut counts = vec![0_u32; usize::try_from(n).unwrap()];
        for mask in 0..1_u32 << n {
            counts[runs(&bits(mask, n)) - 1] += 1;
        }
        let all = f64::from(1_u32 << n);
        let expected =
            (0..counts.len()).find(|&k| f64::from(counts[..=k].iter().sum::<u32>()) / all >= 0.05);
        assert_eq!(drawn(&halves(half, half)).fewest_crossings, expected);
    }
}

#[test]
fn the_longest_usual_run_is_three_more_than_the_rounded_logarithm() {
    for n in (10..2000_u32).step_by(2) {
        let expected = (f64::from(n).log2().round() + 3.0).to_string();
        let found = drawn(&halves(n / 2, n / 2)).longest_usual.unwrap();
        assert_eq!(found.to_string(), expected, "{n}");
    }
}

/// Whether a point is in six or more on one side, by walking both ways over points on the median.
fn in_shift(values: &[f64], median: f64, at: usize) -> Option<Side> {
    let side = |v: f64| {
        (v > median)
            .then_some(Side::Above)
            .or((v < median).then_some(Side::Below))
    };
    let own = side(values[at])?;
    let count = |walk: &mut dyn Iterator<Item = &f64>| {
        walk.filter_map(|v| side(*v))
            .take_while(|s| *s == own)
            .count()
    };
    let before = count(&mut values[..at].iter().rev());
    let after = count(&mut values[at + 1..].iter());
    (before + after + 1 >= 6).then_some(own)
}

#[expect(clippy::float_cmp, reason = "a repeat is the very same value")]
/// Whether a window with repeats left out has five points each beyond the one before, this among them.
fn in_trend(values: &[f64], at: usize, up: bool) -> bool {
    let kept: Vec<usize> = (0..values.len())
        .filter(|&i| i == 0 || values[i] != values[i - 1])
        .collect();
    kept.windows(5).any(|window| {
        window.contains(&at)
            && window.windows(2).all(|pair| {
                let (a, b) = (values[pair[0]], values[pair[1]]);
                if up { b > a } else { b < a }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_rule_restated_agrees(values in prop::collection::vec(0..12_i32, 1..60)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let found = drawn(&values);
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        let median = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
        prop_assert_eq!(found.median, Some(median));
        let sides: Vec<bool> = values.iter().filter(|v| (**v - median).abs() > 0.0).map(|v| *v > median).collect();
        prop_assert_eq!(found.useful, sides.len());
        prop_assert_eq!(found.runs, runs(&sides));
        prop_assert_eq!(found.crossings, runs(&sides).saturating_sub(1));
        let longest = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).max().unwrap_or(0);
        prop_assert_eq!(found.longest_run, longest);
        for at in 0..n {
            let point = found.points[at];
            prop_assert_eq!(point.shift, in_shift(&values, median, at), "shift at {}", at);
            prop_assert_eq!(point.rising, in_trend(&values, at, true), "rise at {}", at);
            prop_assert_eq!(point.falling, in_trend(&values, at, false), "fall at {}", at);
        }
        let usual = found.usual_runs;
        prop_assert_eq!(usual.is_some(), sides.len() >= 10);
        prop_assert_eq!(found.has_too_few_runs(), usual.map(|u| found.runs < u.fewest));
        prop_assert_eq!(found.has_too_many_runs(), usual.map(|u| found.runs > u.most));
    }

    #[test]
    fn the_order_of_time_does_not_change_what_is_counted(
        values in prop::collection::vec(0..12_i32, 1..60),
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let mut reversed = values.clone();
        reversed.reverse();
        let (one, other) = (drawn(&values), drawn(&reversed));
        prop_assert_eq!(one.runs, other.runs);
        prop_assert_eq!(one.usual_runs, other.usual_runs);
        prop_assert_eq!(one.longest_run, other.longest_run);
        prop_assert_eq!(one.is_unusual_by_anhoej(), other.is_unusual_by_anhoej());
    }
}

#[test]
fn a_missing_return_ends_a_shift_and_leaves_runs_uncounted() {
    let mut values = vec![Some(1.0); 6];
    values.extend([Some(3.0); 5]);
    values.push(None);
    values.push(Some(3.0));
    let found = with_gaps(&values);
    assert!(
        found.points[..6]
            .iter()
            .all(|p| p.shift == Some(Side::Below))
    );
    assert!(found.points[6..].iter().all(|p| p.shift.is_none()));
    assert_eq!((found.usual_runs, found.fewest_crossings), (None, None));
    assert_eq!(found.has_too_few_runs(), None);
    assert!(found.longest_usual.is_some());
}

#[test]
fn few_points_and_none_say_little() {
    assert_eq!(drawn(&[]).median, None);
    let few = drawn(&[1.0, 2.0, 3.0]);
    assert_eq!((few.usual_runs, few.longest_usual), (None, None));
    assert_eq!(few.is_unusual_by_anhoej(), None);
    let wrong = [Point {
        at: 0,
        value: Some(f64::NAN),
    }];
    assert_eq!(chart(&wrong).unwrap_err(), NotANumber { position: 0 });
}

#[test]
fn a_shift_that_lasts_is_unusual() {
    let found = drawn(&halves(15, 15));
    assert_eq!(found.is_unusual_by_anhoej(), Some(true));
    assert_eq!(found.has_too_few_runs(), Some(true));
    let zigzag: Vec<f64> = (0..30).map(|i| f64::from(i % 2)).collect();
    let found = drawn(&zigzag);
    assert_eq!(found.has_too_many_runs(), Some(true));
    assert_eq!(found.is_unusual_by_anhoej(), Some(false));
}
