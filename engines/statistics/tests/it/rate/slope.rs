//! The slope index against normal equations, against exact limits where they exist, and its refusals.

use proptest::prelude::*;
use stour_statistics::rate::Withheld;
use stour_statistics::rate::slope::{Error, Group, Inequality, Kind, Settings, inequality};

use super::sure;

const PLAIN: Settings = Settings {
    kind: Kind::Other,
    transformed: false,
    multiplier: 1.0,
    draws: 20_000,
    seed: 7,
    reliability: false,
};

/// Ten tenths of an area by deprivation: people, life expectancy and its standard error.
const TENTHS: [(f64, f64, f64); 10] = [
    (21_675.0, 70.5, 0.94),
    (20_065.0, 71.6, 1.04),
    (19_750.0, 72.5, 0.97),
    (24_713.0, 73.5, 1.02),
    (20_112.0, 73.1, 1.0),
    (19_618.0, 76.2, 0.91),
    (22_408.0, 78.7, 0.72),
    (19_752.0, 80.6, 1.12),
    (18_939.0, 80.9, 0.85),
    (19_312.0, 80.0, 0.94),
];

fn tenths() -> Vec<Group> {
    let groups = TENTHS.map(|(population, value, error)| Group {
        population,
        value,
        error: Error::Standard(error),
    });
    groups.to_vec()
}

fn of(groups: &[Group], settings: &Settings) -> Inequality {
    inequality(groups, settings, [sure(0.95), sure(0.998)]).unwrap()
}

/// The line by the normal equations of `Y√a` on `√a` and `b√a`.
fn normal_equations(groups: &[Group]) -> (f64, f64) {
    let all: f64 = groups.iter().map(|group| group.population).sum();
    let (mut before, mut aa, mut ab, mut bb, mut ya, mut yb) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for group in groups {
        let a = group.population / all;
        let (root, y) = (a.sqrt(), group.value * a.sqrt());
        let b = (before + a / 2.0) * root;
        before += a;
        aa += root * root;
        ab += root * b;
        bb += b * b;
        ya += y * root;
        yb += y * b;
    }
    let below = aa * bb - ab * ab;
    ((ya * bb - yb * ab) / below, (yb * aa - ya * ab) / below)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_line_is_that_of_the_normal_equations(
        rows in prop::collection::vec((1.0..1e5_f64, 1.0..100.0_f64), 5..20)
    ) {
        let groups: Vec<Group> = rows
            .into_iter()
            .map(|(population, value)| Group { population, value, error: Error::Standard(0.0) })
            .collect();
        let (intercept, slope) = normal_equations(&groups);
        prop_assume!(intercept + slope > 0.1 && intercept > 0.1);
        let found = of(&groups, &Settings { draws: 1000, ..PLAIN });
        prop_assert!((found.intercept - intercept).abs() < 1e-7 * (1.0 + intercept.abs()));
        prop_assert!((found.slope.value - slope).abs() < 1e-7 * (1.0 + slope.abs()));
        let ratio = (intercept + slope) / intercept;
        prop_assert!((found.relative.value - ratio).abs() < 1e-6 * ratio);
        // Without error every draw is the value itself.
        prop_assert!((found.slope.lower[0] - slope).abs() < 1e-7 * (1.0 + slope.abs()));
    }
}

#[test]
fn simulated_limits_are_within_their_own_error_of_the_exact_ones() {
    let groups = tenths();
    let found = of(
        &groups,
        &Settings {
            draws: 100_000,
            ..PLAIN
        },
    );
    // The slope is a sum of independent normal values, so that its exact limits are known.
    let change = |place: usize| {
        let mut moved = groups.clone();
        moved[place].value += 1.0;
        normal_equations(&moved).1 - normal_equations(&groups).1
    };
    let variance: f64 = (0..10)
        .map(|place| (change(place) * TENTHS[place].2).powi(2))
        .sum();
    let error = variance.sqrt();
    for (which, z, tolerance) in [(0, 1.959_964, 0.02), (1, 3.090_232, 0.08)] {
        let (lower, upper) = (found.slope.lower[which], found.slope.upper[which]);
        assert!((lower - (found.slope.value - z * error)).abs() < tolerance * error);
        assert!((upper - (found.slope.value + z * error)).abs() < tolerance * error);
    }
}

#[test]
fn the_seed_decides_and_reliability_says_how_much() {
    let groups = tenths();
    assert_eq!(of(&groups, &PLAIN), of(&groups, &PLAIN));
    let other = of(&groups, &Settings { seed: 8, ..PLAIN });
    assert!((other.slope.lower[0] - of(&groups, &PLAIN).slope.lower[0]).abs() > 1e-6);
    let reliable = Settings {
        reliability: true,
        draws: 2000,
        ..PLAIN
    };
    let few = of(&groups, &reliable).slope.reliability.unwrap();
    let many = of(
        &groups,
        &Settings {
            draws: 20_000,
            ..reliable
        },
    )
    .slope
    .reliability
    .unwrap();
    assert!(
        few[0] > many[0] && many[0] > 0.0 && many[0] < 0.1,
        "{few:?} {many:?}"
    );
    assert_eq!(of(&groups, &PLAIN).slope.reliability, None);
}

#[test]
fn a_scale_without_error_gives_the_line_through_points_that_lie_on_one() {
    // Rates that grow by a constant factor lie on a line of logarithms.
    let groups: Vec<Group> = (0..5)
        .map(|place| {
            let value = 100.0 * f64::from(2_i32.pow(place));
            Group {
                population: 1000.0,
                value,
                error: Error::Limits {
                    lower: value / 1.1,
                    upper: value * 1.1,
                },
            }
        })
        .collect();
    let settings = Settings {
        kind: Kind::Rate,
        transformed: true,
        ..PLAIN
    };
    let found = of(&groups, &settings);
    // From half a step before the first to half a step after the last: five steps.
    assert!((found.relative.value - 32.0).abs() < 1e-9);
    let start = 100.0 / 2.0_f64.sqrt();
    assert!((found.intercept - start).abs() < 1e-9);
    assert!((found.slope.value - 31.0 * start).abs() < 1e-8);
    assert!(found.relative.lower[0] < 32.0 && 32.0 < found.relative.upper[0]);
    let turned = of(
        &groups,
        &Settings {
            multiplier: -2.0,
            ..settings
        },
    );
    assert!((turned.relative.value * 32.0 - 1.0).abs() < 1e-12);
    assert!((turned.slope.value + 62.0 * start).abs() < 1e-7);
    assert!(
        turned.slope.lower[0] < turned.slope.value && turned.slope.value < turned.slope.upper[0]
    );
}

#[test]
fn what_has_no_slope_is_refused() {
    let both = [sure(0.95), sure(0.998)];
    let with = |change: fn(&mut Vec<Group>, &mut Settings)| {
        let (mut groups, mut settings) = (tenths(), PLAIN);
        change(&mut groups, &mut settings);
        inequality(&groups, &settings, both).unwrap_err()
    };
    assert_eq!(
        with(|groups, _| groups.truncate(4)),
        Withheld::Groups { found: 4 }
    );
    assert_eq!(
        with(|_, settings| settings.draws = 999),
        Withheld::Draws(999)
    );
    assert_eq!(
        with(|_, settings| settings.multiplier = 0.0),
        Withheld::Multiplier(0.0)
    );
    assert!(matches!(
        with(|groups, _| groups[2].population = 0.0),
        Withheld::Band { place: 2, .. }
    ));
    assert!(matches!(
        with(|groups, _| groups[1].error = Error::Standard(-1.0)),
        Withheld::Band { place: 1, .. }
    ));
    let proportion = with(|groups, settings| {
        settings.kind = Kind::Proportion;
        groups[0].value = 0.5;
    });
    assert!(
        proportion.to_string().contains("between 0 and 1"),
        "{proportion}"
    );
    let no_ratio = with(|groups, _| {
        for (place, group) in groups.iter_mut().enumerate() {
            group.value = if place < 5 { -5.0 } else { 5.0 };
        }
    });
    assert!(matches!(no_ratio, Withheld::NoRatio(_)), "{no_ratio}");
}
