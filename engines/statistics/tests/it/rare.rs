//! g and t charts against their formulas restated.

use proptest::prelude::*;
use stour_statistics::Point;
use stour_statistics::rare::{Error, g_chart, t_chart};
use stour_statistics::xmr::{Assurance, Direction, Options, Profile, Target, Variation, chart};

fn points(values: &[Option<f64>]) -> Vec<Point<usize>> {
    let point = |(at, &value)| Point { at, value };
    values.iter().enumerate().map(point).collect()
}

fn options() -> Options<'static, usize> {
    Options {
        profile: Profile::PlotTheDots022,
        ..Options::new(Direction::Increase)
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * b.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn g_limits_are_those_of_the_geometric_distribution(
        values in prop::collection::vec(prop::option::weighted(0.9, 0..500_u32), 1..50),
    ) {
        let values: Vec<Option<f64>> = values.into_iter().map(|v| v.map(f64::from)).collect();
        let mut present: Vec<f64> = values.iter().copied().flatten().collect();
        let found = g_chart(&points(&values), &options()).unwrap();
        if present.is_empty() {
            prop_assert!(found.groups[0].mean.is_none());
            return Ok(());
        }
        present.sort_by(f64::total_cmp);
        let n = present.len();
        let g = present.iter().sum::<f64>() / f64::from(u32::try_from(n).unwrap());
        let median = f64::midpoint(present[(n - 1) / 2], present[n / 2]);
        let limits = found.groups[0].limits.unwrap();
        prop_assert!(near(found.groups[0].mean.unwrap(), median));
        prop_assert!(near(limits.upper, g + 3.0 * (g * (g + 1.0)).sqrt()));
        prop_assert!(limits.lower <= 0.0, "three deviations always reach below nought");
    }

    #[test]
    fn a_t_chart_is_an_xmr_chart_of_the_turned_times(
        values in prop::collection::vec(prop::option::weighted(0.95, 0.01..400.0_f64), 1..50),
    ) {
        let turned: Vec<Option<f64>> = values.iter().map(|v| v.map(|v| v.powf(1.0 / 3.6))).collect();
        let plain = Options { screening: Some(false), ..options() };
        let expected = chart(&points(&turned), &plain).unwrap();
        let found = t_chart(&points(&values), &options()).unwrap();
        for (found, expected) in found.points.iter().zip(&expected.points) {
            prop_assert_eq!(found.cause, expected.cause);
            prop_assert_eq!(found.limits.is_some(), expected.limits.is_some());
            if let (Some(found), Some(expected)) = (found.limits, expected.limits) {
                prop_assert!(near(found.upper, expected.upper.powf(3.6)));
                prop_assert!(near(found.lower, expected.lower.max(0.0).powf(3.6)));
            }
        }
    }

    #[test]
    fn a_t_chart_does_not_depend_on_the_unit_of_time(
        values in prop::collection::vec(0.5..400.0_f64, 13..40),
    ) {
        let days: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let hours: Vec<Option<f64>> = values.iter().map(|v| Some(v * 24.0)).collect();
        let (days, hours) = (t_chart(&points(&days), &options()).unwrap(), t_chart(&points(&hours), &options()).unwrap());
        let (days, hours) = (days.groups[0].limits.unwrap(), hours.groups[0].limits.unwrap());
        prop_assert!(near(days.upper * 24.0, hours.upper) && near(days.lower * 24.0, hours.lower));
    }
}

#[test]
fn the_targets_of_a_t_chart_stay_in_its_unit() {
    let values: Vec<Option<f64>> = (0..20)
        .map(|i| Some(if i % 2 == 0 { 9.0 } else { 11.0 }))
        .collect();
    let targets = [Target {
        from: 0,
        value: 100.0,
    }];
    let with = Options {
        targets: &targets,
        ..options()
    };
    let found = t_chart(&points(&values), &with).unwrap();
    assert_eq!(found.points[3].target, Some(100.0));
    assert_eq!(found.points[3].value, Some(11.0));
    assert_eq!(found.assurance, Some(Assurance::ConsistentlyFailing));
    assert_eq!(found.variation, Some(Variation::CommonCause));
}

#[test]
fn what_cannot_be_is_refused() {
    let of = |value| points(&[Some(3.0), Some(value)]);
    assert_eq!(
        g_chart(&of(-1.0), &options()).unwrap_err(),
        Error::Negative {
            position: 1,
            value: -1.0
        }
    );
    let none = t_chart(&of(0.0), &options()).unwrap_err();
    assert_eq!(
        none,
        Error::NoTime {
            position: 1,
            value: 0.0
        }
    );
    assert!(none.to_string().contains("use a g chart"));
    let targets = [Target {
        from: 0,
        value: -1.0,
    }];
    let with = Options {
        targets: &targets,
        ..options()
    };
    assert_eq!(
        t_chart(&of(1.0), &with).unwrap_err(),
        Error::Target { position: 0 }
    );
}
