//! Charts of counts against their formulas restated, window by window.

use proptest::prelude::*;
use stour_statistics::attribute::{Attribute, Counted, Error, Sample, chart};
use stour_statistics::xmr::{Direction, Error as ChartError, Options, Profile, SpecialCause};

fn samples(counts: &[Option<(u32, u32)>]) -> Vec<Sample<usize>> {
    let sample = |(at, counted): (usize, &Option<(u32, u32)>)| Sample {
        at,
        counted: counted.map(|(count, size)| Counted {
            count: f64::from(count),
            size: f64::from(size),
        }),
    };
    counts.iter().enumerate().map(sample).collect()
}

fn options(profile: Profile) -> Options<'static, usize> {
    Options {
        profile,
        ..Options::new(Direction::Decrease)
    }
}

/// The centre, and each point's standard deviation, as plainly as can be.
fn plain(attribute: Attribute, seen: &[Option<(u32, u32)>]) -> (f64, Vec<Option<f64>>) {
    let size = |n: u32| match attribute {
        Attribute::Count => 1.0,
        _ => f64::from(n),
    };
    let x: f64 = seen.iter().flatten().map(|&(x, _)| f64::from(x)).sum();
    let n: f64 = seen.iter().flatten().map(|&(_, n)| size(n)).sum();
    let centre = x / n;
    let deviation = |n: u32| match attribute {
        Attribute::Proportion => (centre * (1.0 - centre) / size(n)).sqrt(),
        Attribute::Rate => (centre / size(n)).sqrt(),
        Attribute::Count => centre.sqrt(),
    };
    let deviations = seen.iter().map(|s| s.map(|(_, n)| deviation(n)));
    (centre, deviations.collect())
}

fn series() -> impl Strategy<Value = Vec<Option<(u32, u32)>>> {
    let one = (1..400_u32).prop_flat_map(|n| (0..=n, Just(n)));
    prop::collection::vec(prop::option::weighted(0.9, one), 1..40)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * b.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn limits_are_three_deviations_about_the_pooled_centre(
        seen in series(),
        attribute in prop::sample::select(vec![Attribute::Proportion, Attribute::Rate, Attribute::Count]),
        laney in any::<bool>(),
    ) {
        let found = chart(attribute, laney, &samples(&seen), &options(Profile::PlotTheDots022)).unwrap();
        if seen.iter().all(Option::is_none) {
            prop_assert!(found.groups[0].mean.is_none());
            return Ok(());
        }
        let (centre, deviations) = plain(attribute, &seen);
        let value = |(x, n): (u32, u32)| match attribute {
            Attribute::Count => f64::from(x),
            _ => f64::from(x) / f64::from(n),
        };
        let z: Vec<Option<f64>> = seen
            .iter()
            .zip(&deviations)
            .map(|(s, d)| Some((value((*s)?) - centre) / (*d)?))
            .collect();
        let mut ranges = Vec::new();
        for pair in z.windows(2) {
            if let (Some(a), Some(b)) = (pair[0], pair[1]) {
                ranges.push((b - a).abs());
            }
        }
        let degenerate = deviations.iter().flatten().any(|d| *d <= 0.0);
        let spread = if laney && !ranges.is_empty() && !degenerate {
            ranges.iter().sum::<f64>() / f64::from(u32::try_from(ranges.len()).unwrap()) / 1.128
        } else {
            1.0
        };
        let most = if attribute == Attribute::Proportion { 1.0 } else { f64::INFINITY };
        for ((point, seen), deviation) in found.points.iter().zip(&seen).zip(deviations) {
            prop_assert_eq!(point.value, seen.map(value));
            prop_assert!(near(point.mean.unwrap(), centre));
            prop_assert_eq!(point.limits.is_some(), seen.is_some());
            if let (Some(limits), Some(deviation)) = (point.limits, deviation) {
                let reach = 3.0 * deviation * spread;
                prop_assert!(near(limits.lower, (centre - reach).max(0.0)));
                prop_assert!(near(limits.upper, (centre + reach).min(most)));
                prop_assert!(limits.lower <= limits.near_lower && limits.near_upper <= limits.upper);
                let value = point.value.unwrap();
                let outside = value > limits.upper || value < limits.lower;
                prop_assert_eq!(point.outside, Some(outside));
            }
        }
    }

    #[test]
    fn a_larger_denominator_never_has_wider_limits(seen in series()) {
        let found = chart(Attribute::Rate, false, &samples(&seen), &options(Profile::PlotTheDots022)).unwrap();
        let mut widths: Vec<(u32, f64)> = seen
            .iter()
            .zip(&found.points)
            .filter_map(|(seen, point)| {
                let limits = point.limits?;
                Some(((*seen)?.1, limits.upper - limits.lower))
            })
            .collect();
        widths.sort_unstable_by_key(|(n, _)| *n);
        prop_assert!(widths.windows(2).all(|pair| pair[0].1 >= pair[1].1 - 1e-9));
    }
}

#[test]
fn laney_leaves_a_p_chart_of_large_denominators_something_to_say() {
    let seen: Vec<Option<(u32, u32)>> = (0..20_u32)
        .map(|i| Some((500_000 + (i * 7919 % 13) * 2000, 1_000_000)))
        .collect();
    let outside = |laney| {
        let options = options(Profile::MakingDataCount);
        let chart = chart(Attribute::Proportion, laney, &samples(&seen), &options).unwrap();
        chart
            .points
            .iter()
            .filter(|p| p.outside == Some(true))
            .count()
    };
    assert!(outside(false) > 10);
    assert_eq!(outside(true), 0);
}

#[test]
fn rules_use_each_points_own_limits() {
    // 30 in 100 is within the limits of 100, and far outside those of 10,000.
    let mut seen = vec![Some((2000, 10_000)); 14];
    seen[5] = Some((30, 100));
    seen[9] = Some((3000, 10_000));
    let options = options(Profile::MakingDataCount);
    let found = chart(Attribute::Proportion, false, &samples(&seen), &options).unwrap();
    assert_eq!(found.points[5].outside, Some(false));
    assert_eq!(found.points[9].cause, Some(SpecialCause::AboveUpperLimit));
    assert_eq!(found.groups[0].limits, found.points[13].limits);
}

#[test]
fn a_short_series_has_limits_only_by_one_profile() {
    let seen = vec![Some((3, 10)); 12];
    for (profile, has) in [
        (Profile::MakingDataCount, false),
        (Profile::PlotTheDots022, true),
    ] {
        let found = chart(Attribute::Count, false, &samples(&seen), &options(profile)).unwrap();
        assert_eq!(found.groups[0].mean, Some(3.0));
        assert_eq!(found.groups[0].limits.is_some(), has);
    }
}

#[test]
fn each_stretch_has_lines_of_its_own() {
    let seen = [vec![Some((2, 1)); 14], vec![Some((8, 1)); 14]].concat();
    let options = Options {
        rebases: &[14],
        fix_after: Some(12),
        ..options(Profile::MakingDataCount)
    };
    let found = chart(Attribute::Count, false, &samples(&seen), &options).unwrap();
    let means: Vec<_> = found.groups.iter().map(|group| group.mean).collect();
    assert_eq!(means, [Some(2.0), Some(8.0)]);
    assert!(found.points.iter().all(|point| point.cause.is_none()));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |attribute, count, size| {
        let sample = Sample {
            at: 0,
            counted: Some(Counted { count, size }),
        };
        chart(
            attribute,
            false,
            &[sample],
            &options(Profile::MakingDataCount),
        )
        .unwrap_err()
    };
    assert_eq!(
        refused(Attribute::Proportion, 11.0, 10.0),
        Error::MoreThanAll {
            position: 0,
            count: 11.0,
            size: 10.0
        }
    );
    assert!(matches!(
        refused(Attribute::Count, -1.0, 1.0),
        Error::Count { .. }
    ));
    assert!(matches!(
        refused(Attribute::Rate, 1.0, 0.0),
        Error::Size { .. }
    ));
    assert!(matches!(
        refused(Attribute::Rate, f64::NAN, 1.0),
        Error::Count { .. }
    ));
    let twice = [Sample {
        at: 0,
        counted: None,
    }; 2];
    let error = chart(
        Attribute::Rate,
        false,
        &twice,
        &options(Profile::MakingDataCount),
    );
    assert_eq!(
        error.unwrap_err(),
        Error::Chart(ChartError::Order { position: 1 })
    );
}
