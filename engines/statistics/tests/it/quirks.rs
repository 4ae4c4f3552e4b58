//! The cases of the module's table, one test for each row that two profiles could answer apart.

use stour_statistics::Point;
use stour_statistics::xmr::{
    Assurance, Chart, Direction, Error, Kind, Options, Profile, Rebase, SpecialCause, Target,
    Variation, chart,
};

const MDC: Profile = Profile::MakingDataCount;
const DOTS: Profile = Profile::PlotTheDots022;
/// Thirteen values about 10, without a signal.
const QUIET: [f64; 13] = [
    9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 10.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0,
];

fn points(values: &[f64]) -> Vec<Point<i32>> {
    (0..)
        .zip(values)
        .map(|(at, &value)| Point {
            at,
            value: Some(value),
        })
        .collect()
}

fn options(profile: Profile) -> Options<'static, i32> {
    Options {
        profile,
        ..Options::new(Direction::Increase)
    }
}

fn drawn(values: &[f64], profile: Profile) -> Chart<i32> {
    chart(&points(values), &options(profile)).unwrap()
}

fn assured(
    values: &[f64],
    target: f64,
    profile: Profile,
    direction: Direction,
) -> Option<Assurance> {
    let targets = [Target {
        from: 0,
        value: target,
    }];
    let options = Options {
        direction,
        targets: &targets,
        ..options(profile)
    };
    chart(&points(values), &options).unwrap().assurance
}

#[test]
fn a_short_group_is_a_run_chart_for_making_data_count() {
    let mut values = QUIET[..11].to_vec();
    values.push(100.0);
    let ours = drawn(&values, MDC);
    assert!(ours.groups[0].short && ours.groups[0].mean.is_some());
    assert_eq!((ours.groups[0].limits, ours.variation), (None, None));
    assert!(
        ours.points
            .iter()
            .all(|point| point.kind.is_none() && point.cause.is_none())
    );
    let theirs = drawn(&values, DOTS);
    assert!(theirs.groups[0].short && theirs.groups[0].limits.is_some());
    assert_eq!(theirs.variation, Some(Variation::ImprovementHigh));
    assert_eq!(assured(&values, 5.0, MDC, Direction::Increase), None);
    values.push(10.0);
    assert!(!drawn(&values, MDC).groups[0].short && drawn(&values, MDC).variation.is_some());
}

#[test]
fn one_value_has_no_limits() {
    for profile in [MDC, DOTS] {
        let chart = drawn(&[5.0], profile);
        assert_eq!(
            (chart.groups[0].mean, chart.groups[0].limits),
            (Some(5.0), None)
        );
    }
    assert_eq!(drawn(&[5.0], DOTS).variation, Some(Variation::CommonCause));
    assert_eq!(
        assured(&[5.0], 9.0, DOTS, Direction::Increase),
        Some(Assurance::HitAndMiss)
    );
}

#[test]
fn a_constant_series_is_compared_with_its_target() {
    // A tenth has no exact binary form: its mean must still be itself.
    for value in [1.0, 0.1, 0.0] {
        let values = vec![value; 20];
        let ours = drawn(&values, MDC);
        let limits = ours.groups[0].limits.unwrap();
        assert_eq!((limits.lower, limits.upper), (value, value));
        assert_eq!(ours.variation, Some(Variation::CommonCause));
        let screened = Options {
            screening: Some(true),
            ..options(MDC)
        };
        assert_eq!(chart(&points(&values), &screened).unwrap(), ours);
        for (target, direction, expected) in [
            (value, Direction::Increase, Assurance::ConsistentlyPassing),
            (value, Direction::Decrease, Assurance::ConsistentlyPassing),
            (
                value + 0.01,
                Direction::Increase,
                Assurance::ConsistentlyFailing,
            ),
            (
                value + 0.01,
                Direction::Decrease,
                Assurance::ConsistentlyPassing,
            ),
            (
                value - 0.01,
                Direction::Increase,
                Assurance::ConsistentlyPassing,
            ),
            (
                value - 0.01,
                Direction::Decrease,
                Assurance::ConsistentlyFailing,
            ),
        ] {
            assert_eq!(assured(&values, target, MDC, direction), Some(expected));
        }
        assert_eq!(drawn(&values, DOTS).groups[0].limits, None);
        let theirs = assured(&values, value + 9.0, DOTS, Direction::Increase);
        assert_eq!(theirs, Some(Assurance::HitAndMiss));
    }
}

#[test]
fn a_target_equal_to_a_limit() {
    // Fifteen moving ranges of 2 about a mean of 10: limits 4.68 and 15.32.
    let values: Vec<f64> = (0..16)
        .map(|i| if i % 2 == 0 { 9.0 } else { 11.0 })
        .collect();
    let limits = drawn(&values, MDC).groups[0].limits.unwrap();
    for (target, direction, expected) in [
        (
            limits.upper,
            Direction::Increase,
            Assurance::ConsistentlyFailing,
        ),
        (
            limits.upper,
            Direction::Decrease,
            Assurance::ConsistentlyPassing,
        ),
        (
            limits.lower,
            Direction::Increase,
            Assurance::ConsistentlyPassing,
        ),
        (
            limits.lower,
            Direction::Decrease,
            Assurance::ConsistentlyFailing,
        ),
    ] {
        assert_eq!(assured(&values, target, MDC, direction), Some(expected));
        assert_eq!(
            assured(&values, target, DOTS, direction),
            Some(Assurance::HitAndMiss)
        );
    }
    assert_eq!(
        assured(&values, 10.0, MDC, Direction::Increase),
        Some(Assurance::HitAndMiss)
    );
    assert_eq!(assured(&values, 99.0, MDC, Direction::Neutral), None);
}

#[test]
fn two_in_three_counts_points_outside_only_for_making_data_count() {
    let quiet: Vec<f64> = QUIET.iter().chain(&QUIET).copied().collect();
    let mut values = quiet.clone();
    values.extend([14.5, 18.0, 9.0]);
    let fixed = |profile| {
        let options = Options {
            fix_after: Some(26),
            screening: Some(false),
            ..options(profile)
        };
        chart(&points(&values), &options).unwrap()
    };
    let (ours, theirs) = (fixed(MDC), fixed(DOTS));
    assert_eq!(ours.points[26].close, Some(true));
    assert_eq!(
        ours.points[25].value,
        Some(11.0),
        "the third point, above the mean and not near"
    );
    assert_eq!(ours.points[26].cause, Some(SpecialCause::TwoInThreeAbove));
    assert_eq!(theirs.points[26].cause, None);
    assert_eq!(ours.points[25].cause, None, "the third point is not named");
    assert_eq!(ours.points[27].cause, Some(SpecialCause::AboveUpperLimit));
}

#[test]
fn a_point_both_better_and_worse_is_shown_better_only_by_making_data_count() {
    let mut values: Vec<f64> = QUIET.iter().chain(&QUIET).copied().collect();
    values.extend([30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0]);
    let lower_is_better = |profile| {
        let options = Options {
            direction: Direction::Decrease,
            fix_after: Some(26),
            ..options(profile)
        };
        chart(&points(&values), &options).unwrap()
    };
    let (ours, theirs) = (lower_is_better(MDC), lower_is_better(DOTS));
    assert_eq!(ours.points[28].cause, Some(SpecialCause::FallingTrend));
    assert_eq!(ours.variation, Some(Variation::ImprovementLow));
    assert_eq!(theirs.points[28].cause, Some(SpecialCause::AboveUpperLimit));
    assert_eq!(theirs.variation, Some(Variation::ConcernHigh));
}

#[test]
fn a_tie_between_two_trends() {
    let rise = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
    let values: Vec<f64> = rise.iter().copied().chain(rise.map(|v| v + 6.0)).collect();
    let theirs = drawn(&values, DOTS);
    assert_eq!(theirs.points[5].cause, Some(SpecialCause::RisingTrend));
    assert_eq!(
        theirs.points[6].cause,
        Some(SpecialCause::FallingTrend),
        "the tie reads as falling"
    );
    let ours = drawn(&values, MDC);
    assert_eq!(ours.points[6].cause, Some(SpecialCause::RisingTrend));
}

#[test]
fn a_rebase_between_points_moves_or_is_ignored_and_says_so() {
    let spaced: Vec<Point<i32>> = (0..30)
        .zip([9.0, 11.0].into_iter().cycle())
        .map(|(i, value)| Point {
            at: i * 10,
            value: Some(value),
        })
        .collect();
    let rebases = [145, 100, 999, 0];
    let with = |profile| {
        chart(
            &spaced,
            &Options {
                rebases: &rebases,
                ..options(profile)
            },
        )
        .unwrap()
    };
    let at = |chart: &Chart<i32>| chart.rebases.iter().map(|r| r.at).collect::<Vec<_>>();
    assert_eq!(at(&with(MDC)), [Some(150), Some(100), None, Some(0)]);
    assert_eq!(at(&with(DOTS)), [None, Some(100), None, Some(0)]);
    let starts = |chart: &Chart<i32>| {
        chart
            .groups
            .iter()
            .map(|g| (g.from, g.to))
            .collect::<Vec<_>>()
    };
    assert_eq!(starts(&with(MDC)), [(0, 90), (100, 140), (150, 290)]);
    assert_eq!(starts(&with(DOTS)), [(0, 90), (100, 290)]);
    assert!(
        Rebase {
            asked: 100,
            at: Some(100)
        }
        .is_exact()
    );
    assert!(
        !Rebase {
            asked: 145,
            at: Some(150)
        }
        .is_exact()
    );
}

#[test]
fn a_missing_return_is_never_joined_across() {
    for profile in [MDC, DOTS] {
        // Seven rising points with one missing among them are not a trend, nor a shift.
        let mut series = points(
            &[
                &QUIET[..],
                &[11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0],
            ]
            .concat(),
        );
        let whole = chart(&series, &options(profile)).unwrap();
        assert!(whole.points[17].cause.is_some());
        series[17].value = None;
        let options = Options {
            fix_after: Some(13),
            ..options(profile)
        };
        let broken = chart(&series, &options).unwrap();
        let trends = broken.points.iter().filter(|point| {
            matches!(
                point.cause,
                Some(SpecialCause::RisingTrend | SpecialCause::ShiftAbove)
            )
        });
        assert_eq!(trends.count(), 0);
        let gap = broken.points[17];
        assert_eq!(
            (gap.kind, gap.side, gap.outside, gap.close),
            (None, None, None, None)
        );
        assert!(
            gap.mean.is_some() && gap.limits.is_some(),
            "the lines run on"
        );
        assert_eq!(broken.groups[0].count, 20);
    }
}

#[test]
fn no_moving_range_spans_a_missing_return() {
    let mut series = points(&[9.0, 11.0, 9.0, 0.0, 109.0, 111.0, 109.0]);
    series[3].value = None;
    let options = Options {
        screening: Some(false),
        ..options(DOTS)
    };
    let limits = chart(&series, &options).unwrap().groups[0].limits.unwrap();
    assert!((limits.upper - limits.lower - 2.0 * 2.66 * 2.0).abs() < 1e-9);
}

#[test]
fn the_icons_are_those_of_the_latest_value() {
    let mut series = points(&[&QUIET[..], &[30.0, 0.0]].concat());
    series[14].value = None;
    let targets = [
        Target {
            from: 0,
            value: 1.0,
        },
        Target {
            from: 14,
            value: 1000.0,
        },
    ];
    let options = Options {
        targets: &targets,
        fix_after: Some(13),
        ..options(MDC)
    };
    let chart = chart(&series, &options).unwrap();
    assert_eq!(chart.variation, Some(Variation::ImprovementHigh));
    assert_eq!(
        chart.assurance,
        Some(Assurance::ConsistentlyPassing),
        "the target of that date"
    );
}

#[test]
fn targets_apply_from_their_dates() {
    let targets = [
        Target {
            from: 3,
            value: 95.0,
        },
        Target {
            from: 8,
            value: 76.0,
        },
    ];
    let chart = chart(
        &points(&QUIET),
        &Options {
            targets: &targets,
            ..options(MDC)
        },
    )
    .unwrap();
    let of = |at: usize| chart.points[at].target;
    assert_eq!(
        (of(2), of(3), of(7), of(8), of(12)),
        (None, Some(95.0), Some(95.0), Some(76.0), Some(76.0))
    );
}

#[test]
fn fixing_counts_values_not_gaps_and_each_group_fixes_its_own() {
    let mut series = points(&[&QUIET[..], &[50.0; 3], &QUIET, &[90.0; 3]].concat());
    series[4].value = None;
    let options = Options {
        fix_after: Some(12),
        rebases: &[16],
        ..options(MDC)
    };
    let chart = chart(&series, &options).unwrap();
    let present: Vec<f64> = (0..13).filter(|&i| i != 4).map(|i| QUIET[i]).collect();
    assert_eq!(
        chart.groups[0].mean,
        Some(present.iter().sum::<f64>() / 12.0)
    );
    assert_eq!(
        chart.groups[1].mean,
        Some(QUIET[..12].iter().sum::<f64>() / 12.0)
    );
    assert_eq!(chart.points[15].kind, Some(Kind::Improvement));
}

#[test]
fn a_series_without_values_is_drawn_empty() {
    let empty = chart(&[], &options(MDC)).unwrap();
    assert!(empty.points.is_empty() && empty.groups.is_empty() && empty.variation.is_none());
    let missing: Vec<Point<i32>> = (0..20).map(|at| Point { at, value: None }).collect();
    for profile in [MDC, DOTS] {
        let chart = chart(&missing, &options(profile)).unwrap();
        assert_eq!(
            (chart.points.len(), chart.groups.len(), chart.groups[0].mean),
            (20, 1, None)
        );
        assert_eq!((chart.variation, chart.assurance), (None, None));
    }
}

#[test]
fn what_cannot_be_charted_is_refused_with_advice() {
    let refused =
        |series: &[Point<i32>], options: &Options<'_, i32>| chart(series, options).unwrap_err();
    let mut series = points(&QUIET);
    series[5].at = 4;
    assert_eq!(
        refused(&series, &options(MDC)),
        Error::Order { position: 5 }
    );
    let mut series = points(&QUIET);
    series[7].value = Some(f64::NAN);
    assert_eq!(
        refused(&series, &options(MDC)),
        Error::Value { position: 7 }
    );
    let series = points(&QUIET);
    let fixed = Options {
        fix_after: Some(11),
        ..options(MDC)
    };
    assert_eq!(refused(&series, &fixed), Error::FixedOnTooFew { asked: 11 });
    let targets = [
        Target {
            from: 3,
            value: 1.0,
        },
        Target {
            from: 3,
            value: 2.0,
        },
    ];
    let twice = Options {
        targets: &targets,
        ..options(MDC)
    };
    assert_eq!(refused(&series, &twice), Error::Target { position: 1 });
    assert!(refused(&series, &fixed).to_string().contains("at least 12"));
}

#[test]
fn every_icon_has_its_words() {
    assert_eq!(
        Variation::ImprovementLow.words(),
        "Special cause: improvement (low)"
    );
    assert_eq!(Variation::CommonCause.words(), "Common cause");
    assert_eq!(
        Assurance::ConsistentlyFailing.words(),
        "Consistently failing the target"
    );
}
