//! What must hold for every series, whatever its numbers.

use proptest::prelude::*;
use stour_statistics::Point;
use stour_statistics::xmr::{
    Chart, Direction, Judged, Kind, Options, Profile, SpecialCause, chart,
};

const PROFILES: [Profile; 2] = [Profile::MakingDataCount, Profile::PlotTheDots022];

fn drawn(values: &[Option<f64>], profile: Profile, direction: Direction) -> Chart<usize> {
    rebased(values, profile, direction, &[30])
}

fn rebased(
    values: &[Option<f64>],
    profile: Profile,
    direction: Direction,
    rebases: &[usize],
) -> Chart<usize> {
    let points: Vec<Point<usize>> = values
        .iter()
        .enumerate()
        .map(|(at, &value)| Point { at, value })
        .collect();
    let options = Options {
        profile,
        rebases,
        fix_after: Some(14),
        ..Options::new(direction)
    };
    chart(&points, &options).unwrap()
}

/// Numbers without ties, wandering enough to meet every rule.
fn series() -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec((-1.0..1.0_f64, prop::bool::weighted(0.03)), 0..70).prop_map(|steps| {
        let mut level = 10.0;
        let walk = steps.into_iter().map(|(step, missing)| {
            level += step;
            (!missing).then_some(level)
        });
        walk.collect()
    })
}

fn mapped(values: &[Option<f64>], change: impl Fn(f64) -> f64) -> Vec<Option<f64>> {
    values.iter().map(|value| value.map(&change)).collect()
}

fn causes_of(chart: &Chart<usize>) -> Vec<Option<&'static str>> {
    chart
        .points
        .iter()
        .map(|point| point.cause.map(SpecialCause::label))
        .collect()
}

fn lines(point: &Judged<usize>) -> Vec<f64> {
    let limits = point
        .limits
        .map(|l| [l.lower, l.near_lower, l.near_upper, l.upper]);
    point
        .mean
        .into_iter()
        .chain(limits.into_iter().flatten())
        .collect()
}

/// Whether any value lies so near a line that rounding could move it across.
fn is_delicate(chart: &Chart<usize>) -> bool {
    chart.points.iter().any(|point| {
        point
            .value
            .is_some_and(|v| lines(point).iter().any(|line| (v - line).abs() < 1e-6))
    })
}

/// Whether every line of `after` is that of `before`, changed.
fn lines_follow(before: &Chart<usize>, after: &Chart<usize>, change: impl Fn(f64) -> f64) -> bool {
    before.points.iter().zip(&after.points).all(|(a, b)| {
        let (a, b) = (lines(a), lines(b));
        let near = |(a, b): (&f64, &f64)| (change(*a) - b).abs() < 1e-9 * b.abs().max(1.0);
        a.len() == b.len() && a.iter().zip(&b).all(near)
    })
}

fn swapped(kind: Kind) -> Kind {
    match kind {
        Kind::Improvement => Kind::Concern,
        Kind::Concern => Kind::Improvement,
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn adding_a_constant_moves_the_lines_and_nothing_else(
        values in series(),
        constant in -100.0..100.0_f64,
    ) {
        for profile in PROFILES {
            let before = drawn(&values, profile, Direction::Increase);
            let moved = mapped(&values, |v| v + constant);
            let after = drawn(&moved, profile, Direction::Increase);
            prop_assume!(!is_delicate(&before));
            prop_assert!(lines_follow(&before, &after, |line| line + constant));
            prop_assert_eq!(causes_of(&before), causes_of(&after));
        }
    }

    #[test]
    fn a_change_of_unit_changes_the_lines_and_nothing_else(
        values in series(),
        factor in 0.001..1000.0_f64,
    ) {
        for profile in PROFILES {
            let before = drawn(&values, profile, Direction::Increase);
            let after = drawn(&mapped(&values, |v| v * factor), profile, Direction::Increase);
            prop_assume!(!is_delicate(&before));
            prop_assert!(lines_follow(&before, &after, |line| line * factor));
            prop_assert_eq!(causes_of(&before), causes_of(&after));
        }
    }

    #[test]
    fn turning_the_direction_swaps_improvement_and_concern(values in series()) {
        for profile in PROFILES {
            let up = drawn(&values, profile, Direction::Increase);
            let down = drawn(&values, profile, Direction::Decrease);
            for (up, down) in up.points.iter().zip(&down.points) {
                let both_improve =
                    up.kind == Some(Kind::Improvement) && down.kind == Some(Kind::Improvement);
                let allowed = profile == Profile::MakingDataCount && both_improve;
                prop_assert!(allowed || up.kind.map(swapped) == down.kind);
            }
        }
    }

    #[test]
    fn turning_the_series_over_and_the_direction_changes_no_kind(values in series()) {
        for profile in PROFILES {
            let up = drawn(&values, profile, Direction::Increase);
            let down = drawn(&mapped(&values, |v| -v), profile, Direction::Decrease);
            for (up, down) in up.points.iter().zip(&down.points) {
                prop_assert_eq!(up.kind, down.kind);
            }
        }
    }

    #[test]
    fn groups_are_as_if_charted_alone(values in series()) {
        prop_assume!(values.len() > 30);
        for profile in PROFILES {
            let whole = drawn(&values, profile, Direction::Decrease);
            let (first, second) = values.split_at(30);
            let parts = [first, second]
                .map(|part| rebased(part, profile, Direction::Decrease, &[]));
            let alone = parts.iter().flat_map(|chart| &chart.points);
            for (together, alone) in whole.points.iter().zip(alone) {
                prop_assert_eq!(
                    (together.kind, together.cause, together.mean, together.limits),
                    (alone.kind, alone.cause, alone.mean, alone.limits)
                );
            }
        }
    }
}

#[test]
fn a_long_series_takes_time_in_proportion() {
    let daily = |days: u32| -> Vec<Option<f64>> {
        (0..days)
            .map(|day| Some(f64::from((day * 7919) % 101) + f64::from(day / 60)))
            .collect()
    };
    let fastest = |values: &[Option<f64>]| {
        let time = || {
            let start = std::time::Instant::now();
            assert_eq!(
                drawn(values, PROFILES[0], Direction::Decrease).points.len(),
                values.len()
            );
            start.elapsed()
        };
        (0..20).map(|_| time()).min().unwrap()
    };
    let (short, long) = (fastest(&daily(1_249)), fastest(&daily(12_490)));
    println!("1,249 points {short:?}, 12,490 points {long:?}");
    assert!(
        long < short * 40,
        "{short:?} for 1,249 points, {long:?} for ten times as many"
    );
}
