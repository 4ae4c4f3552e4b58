//! What must hold for every rate, mean, percentile and group, and what is refused.

use std::marker::PhantomData;

use proptest::prelude::*;
use stour_statistics::rate::count::{Method, Rate, byars, exact, rate};
use stour_statistics::rate::direct::{self, DirectRate, RepeatedBand, standardised_repeated};
use stour_statistics::rate::group::{First, groups};
use stour_statistics::rate::indirect::{self, IndirectRate, IndirectRatio};
use stour_statistics::rate::mean::{mean, percentile};
use stour_statistics::rate::rank::{Rankable, ranked};
use stour_statistics::rate::{Confidence, Withheld};

use super::sure;

/// The probability of at most `count` events where `expected` are expected, added up.
fn at_most(count: u64, expected: f64) -> f64 {
    let mut term = (-expected).exp();
    let mut sum = term;
    for event in 1..=u32::try_from(count).unwrap() {
        term *= expected / f64::from(event);
        sum += term;
    }
    sum
}

proptest! {
    #[test]
    fn exact_limits_are_where_the_count_becomes_unlikely(
        count in 0_u64..80, confidence in 0.5..0.999_f64
    ) {
        let tail = 0.5 * (1.0 - confidence);
        let found = exact(count, sure(confidence));
        prop_assert!((at_most(count, found.upper) - tail).abs() < 1e-12);
        if count > 0 {
            let lower = found.lower.unwrap();
            prop_assert!((1.0 - at_most(count - 1, lower) - tail).abs() < 1e-12);
        }
    }

    #[test]
    fn byars_limits_are_near_the_exact_ones(count in 10_u64..5000) {
        let (near, true_ones) = (byars(count, sure(0.95)), exact(count, sure(0.95)));
        prop_assert!((near.upper / true_ones.upper - 1.0).abs() < 2e-3);
        prop_assert!((near.lower.unwrap() / true_ones.lower.unwrap() - 1.0).abs() < 2e-3);
    }

    #[test]
    fn percentiles_are_between_neighbours(
        values in prop::collection::vec(-1e3..1e3_f64, 1..40), share in 0.0..1.0_f64
    ) {
        let found = percentile(&values, share).unwrap();
        let below = values.iter().filter(|value| **value < found - 1e-9).count();
        let above = values.iter().filter(|value| **value > found + 1e-9).count();
        let number = f64::from(u32::try_from(values.len()).unwrap());
        let of = |count: usize| f64::from(u32::try_from(count).unwrap());
        prop_assert!(of(below) <= share * (number - 1.0) + 1.0);
        prop_assert!(of(above) <= (1.0 - share) * (number - 1.0) + 1.0);
    }

    #[test]
    fn groups_are_of_equal_size_without_ties(number in 1_u32..60, wanted in 1_usize..12) {
        prop_assume!(usize::try_from(number).unwrap() >= wanted);
        let values: Vec<f64> = (0..number).map(|place| f64::from((place * 37) % 61)).collect();
        for first in [First::Highest, First::Lowest] {
            let found = groups(&values, wanted, first).unwrap();
            let sizes: Vec<usize> = (1..=wanted)
                .map(|group| found.iter().filter(|other| **other == group).count())
                .collect();
            prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
        }
    }

    #[test]
    fn one_event_a_person_is_the_plain_standardised_rate(
        rows in prop::collection::vec((1_u64..40, 50.0..1e4_f64, 1.0..1e3_f64), 10)
    ) {
        let plain: Vec<direct::Band> = rows
            .iter()
            .map(|&(count, population, weight)| direct::Band { count, population, weight })
            .collect();
        let repeated = |events: u64| -> Vec<RepeatedBand> {
            let band = |&(people, population, weight): &(u64, f64, f64)| RepeatedBand {
                people: vec![(events, people)],
                population,
                weight,
            };
            rows.iter().map(band).collect()
        };
        let plain = direct::standardised(&plain, 1e5, sure(0.95)).unwrap();
        let once = standardised_repeated(&repeated(1), 1e5, sure(0.95)).unwrap();
        let twice = standardised_repeated(&repeated(2), 1e5, sure(0.95)).unwrap();
        prop_assert_eq!(plain, once);
        prop_assert!((twice.value / once.value - 2.0).abs() < 1e-12);
        // Pairs of events tell as much as half as many: the interval is wider than of as many single ones.
        let width = |rate: &DirectRate| rate.interval.upper - rate.value;
        prop_assert!(width(&twice) > width(&once) * 1.9);
    }
}

#[test]
fn a_mean_has_students_limits() {
    let found = mean(&[30.0, 40.0, 50.0, 60.0], sure(0.95)).unwrap();
    assert!((found.deviation - (500.0_f64 / 3.0).sqrt()).abs() < 1e-13);
    assert!((found.value - 45.0).abs() < 1e-13 && found.count == 4);
    // Three degrees of freedom: 3.182446305284263 standard errors.
    let reach = 3.182_446_305_284_263 * found.deviation / 2.0;
    assert!((found.interval.upper - 45.0 - reach).abs() < 1e-10);
    assert!((45.0 - found.interval.lower.unwrap() - reach).abs() < 1e-10);
    let one = Withheld::TooFewValues { found: 1, least: 2 };
    assert_eq!(mean(&[1.0], sure(0.95)), Err(one));
    let wrong = mean(&[1.0, f64::NAN], sure(0.95));
    assert_eq!(wrong, Err(Withheld::NotANumber { place: 1 }));
}

#[test]
fn the_median_and_its_neighbours() {
    let values = [4.0, 1.0, 3.0, 2.0];
    for (share, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (1.0, 4.0)] {
        assert_eq!(percentile(&values, share), Ok(expected));
    }
    assert_eq!(percentile(&values, 1.1), Err(Withheld::Percentile(1.1)));
    assert!(percentile(&[], 0.5).is_err());
}

#[test]
fn equal_values_share_a_group() {
    let values = [9.0, 9.0, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
    assert_eq!(
        groups(&values, 5, First::Highest),
        Ok(vec![1, 1, 1, 5, 5, 4, 4, 3, 3, 2])
    );
    assert_eq!(
        groups(&values, 5, First::Lowest),
        Ok(vec![4, 4, 4, 1, 1, 2, 2, 3, 3, 4])
    );
    let few = Withheld::TooFewValues { found: 2, least: 5 };
    assert_eq!(groups(&[1.0, 2.0], 5, First::Lowest), Err(few));
    assert!(groups(&[1.0], 0, First::Lowest).is_err());
}

#[test]
fn an_indirect_ratio_is_observed_over_expected() {
    let band = |count: u64, population: f64, of: f64| indirect::Band {
        count,
        population,
        reference_count: of,
        reference_population: 10_000.0,
    };
    // Expected 2 and 12: 14 in all; 21 were observed.
    let bands = [band(7, 2000.0, 10.0), band(14, 3000.0, 40.0)];
    let ratio = indirect::ratio(&bands, 100.0, sure(0.95)).unwrap();
    assert!((ratio.expected - 14.0).abs() < 1e-12 && (ratio.value - 150.0).abs() < 1e-10);
    let limits = byars(21, sure(0.95));
    assert!((ratio.interval.upper - limits.upper / 14.0 * 100.0).abs() < 1e-10);
    let rate = indirect::rate(&bands, 1e5, sure(0.95)).unwrap();
    assert!((rate.reference_rate - 250.0).abs() < 1e-10);
    assert!((rate.ratio.value - 375.0).abs() < 1e-10);
    let few = indirect::ratio(&[band(9, 2000.0, 10.0)], 1.0, sure(0.95)).unwrap();
    assert_eq!(few.method, Method::Exact);
    let ratio = |bands: &[indirect::Band]| indirect::ratio(bands, 1.0, sure(0.95)).unwrap_err();
    assert_eq!(ratio(&[]), Withheld::NoBands);
    assert_eq!(ratio(&[band(1, 10.0, 0.0)]), Withheld::NothingExpected);
    assert!(matches!(
        ratio(&[band(1, -1.0, 3.0)]),
        Withheld::Band { place: 0, .. }
    ));
}

#[test]
fn what_is_no_rate_is_refused() {
    let of = |population: f64, multiplier: f64| rate(3, population, multiplier, None, sure(0.95));
    assert_eq!(of(0.0, 1.0), Err(Withheld::NoPopulation));
    assert_eq!(of(-2.0, 1.0), Err(Withheld::Population(-2.0)));
    assert_eq!(of(2.0, 0.0), Err(Withheld::Multiplier(0.0)));
    assert!(of(f64::INFINITY, 1.0).is_err() && of(2.0, f64::NAN).is_err());
    for confidence in [0.0, 1.0, 95.0, f64::NAN] {
        assert!(Confidence::new(confidence).is_err());
    }
    let forced = rate(3, 100.0, 1.0, Some(Method::Byars), sure(0.95)).unwrap();
    assert_eq!(forced.method, Method::Byars);
    let band = direct::Band {
        count: 20,
        population: 0.0,
        weight: 1.0,
    };
    let of = |band: direct::Band| direct::standardised(&[band], 1e5, sure(0.95)).unwrap_err();
    assert_eq!(of(band), Withheld::EmptyBand { place: 0 });
    assert!(matches!(
        of(direct::Band {
            weight: -1.0,
            ..band
        }),
        Withheld::Band { .. }
    ));
    let none = direct::standardised(&[], 1e5, sure(0.95));
    assert_eq!(none, Err(Withheld::NoBands));
}

/// Whether a type may be ranked, asked of the compiler: the constant of the type comes before that of the
/// trait where its condition holds.
struct Asked<T>(PhantomData<T>);

trait Refused {
    const MAY: bool = false;
}

impl<T> Refused for Asked<T> {}

impl<T: Rankable> Asked<T> {
    const MAY: bool = true;
}

#[test]
fn only_what_compares_can_be_ranked() {
    const {
        assert!(Asked::<Rate>::MAY && Asked::<DirectRate>::MAY);
        assert!(!<Asked<IndirectRate>>::MAY && !<Asked<IndirectRatio>>::MAY);
    }
    let of = |count: u64| rate(count, 100.0, 1.0, None, sure(0.95)).unwrap();
    let areas = [("a", of(3)), ("b", of(9)), ("c", of(3)), ("d", of(1))];
    let places: Vec<(&str, usize)> = ranked(&areas)
        .iter()
        .map(|ranked| (*ranked.name, ranked.place))
        .collect();
    assert_eq!(places, [("b", 1), ("a", 2), ("c", 2), ("d", 4)]);
}

#[test]
fn what_no_number_can_hold_is_refused() {
    let beyond = Withheld::BeyondNumbers;
    let wide = f64::MAX;
    assert_eq!(rate(9, 1e-300, 1e300, None, sure(0.95)), Err(beyond));
    assert_eq!(mean(&[wide, wide], sure(0.95)), Err(beyond));
    assert_eq!(mean(&[wide, -wide], sure(0.95)), Err(beyond));
    assert_eq!(percentile(&[wide, -wide], 0.3), Err(beyond));
    let band = direct::Band {
        count: 20,
        population: 1e-300,
        weight: 1e300,
    };
    assert_eq!(direct::standardised(&[band], 1e5, sure(0.95)), Err(beyond));
    let many = direct::Band {
        count: u64::MAX,
        population: 1.0,
        weight: 1.0,
    };
    assert_eq!(
        direct::standardised(&[many, many], 1.0, sure(0.95)),
        Err(beyond)
    );
    let repeated = RepeatedBand {
        people: vec![(u64::MAX, 2)],
        population: 1.0,
        weight: 1.0,
    };
    assert_eq!(
        standardised_repeated(&[repeated], 1.0, sure(0.95)),
        Err(beyond)
    );
    let reference = indirect::Band {
        count: 5,
        population: 1e-300,
        reference_count: 1e-10,
        reference_population: 1.0,
    };
    assert_eq!(indirect::ratio(&[reference], 1.0, sure(0.95)), Err(beyond));
}
