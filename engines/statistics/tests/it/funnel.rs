//! Funnels against sums over whole distributions, and real returns.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_statistics::attribute::Counted;
use stour_statistics::funnel::{Compared, Error, Funnel, Method, Place, funnel};

use crate::reference::rows;

fn unit(count: u32, size: u32) -> Counted {
    Counted {
        count: f64::from(count),
        size: f64::from(size),
    }
}

/// The chance of each count, by multiplying.
fn chances(compared: Compared, standard: f64, size: u32) -> Vec<f64> {
    let n = f64::from(size);
    let most = match compared {
        Compared::Proportion => size,
        Compared::Rate => 400,
    };
    let chance = |x: u32| {
        let mut chance = match compared {
            Compared::Proportion => (1.0 - standard).powf(n - f64::from(x)),
            Compared::Rate => (-n * standard).exp(),
        };
        for k in 1..=x {
            chance *= match compared {
                Compared::Proportion => (n - f64::from(k) + 1.0) / f64::from(k) * standard,
                Compared::Rate => n * standard / f64::from(k),
            };
        }
        chance
    };
    (0..=most).map(chance).collect()
}

/// Spiegelhalter's interpolated quantile, by adding up from nought.
fn interpolated(chances: &[f64], share: f64) -> f64 {
    let mut sum = 0.0;
    for (count, chance) in (0_u32..).zip(chances) {
        sum += chance;
        if sum >= share {
            return f64::from(count) - (sum - share) / chance;
        }
    }
    panic!("{sum} does not reach {share}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn exact_limits_are_those_of_the_whole_distribution(
        size in 1..150_u32,
        standard in 0.02..0.98_f64,
        proportion in any::<bool>(),
    ) {
        let compared = if proportion { Compared::Proportion } else { Compared::Rate };
        let found = funnel(compared, Method::Exact, &[unit(0, size)], Some(standard)).unwrap().units[0];
        let chances = chances(compared, standard, size);
        let n = f64::from(size);
        for (found, tail) in [(found.inner, 0.025), (found.outer, 0.001)] {
            let lower = (interpolated(&chances, tail) / n).max(0.0);
            let upper = interpolated(&chances, 1.0 - tail) / n;
            prop_assert!((found.lower - lower).abs() < 1e-9, "{} {}", found.lower, lower);
            prop_assert!((found.upper - upper).abs() < 1e-9, "{} {}", found.upper, upper);
        }
    }

    #[test]
    fn dispersion_is_that_of_the_winsorised_scores(
        counts in prop::collection::vec((0..300_u32, 300..600_u32), 10..40),
        proportion in any::<bool>(),
    ) {
        let compared = if proportion { Compared::Proportion } else { Compared::Rate };
        let units: Vec<Counted> = counts.iter().map(|&(x, n)| unit(x, n)).collect();
        let found = match funnel(compared, Method::Multiplicative, &units, None) {
            Ok(found) => found,
            Err(Error::NoVariation(_)) => return Ok(()),
            Err(error) => panic!("{error}"),
        };
        let x: f64 = units.iter().map(|u| u.count).sum();
        let n: f64 = units.iter().map(|u| u.size).sum();
        let theta = x / n;
        let variance = if proportion { theta * (1.0 - theta) } else { theta };
        let mut z: Vec<f64> = units.iter().map(|u| (u.count / u.size - theta) / (variance / u.size).sqrt()).collect();
        z.sort_by(f64::total_cmp);
        let count = f64::from(u32::try_from(z.len()).unwrap());
        let at = |share: f64| {
            // The same quantile by walking a line through the order statistics.
            let mut left = share * (count - 1.0);
            let mut i = 0;
            while left >= 1.0 { left -= 1.0; i += 1; }
            if i + 1 < z.len() { z[i] * (1.0 - left) + z[i + 1] * left } else { z[i] }
        };
        let (low, high) = (at(0.1), at(0.9));
        let phi = z.iter().map(|z| z.max(low).min(high).powi(2)).sum::<f64>() / count;
        prop_assert!((found.phi.unwrap() - phi).abs() < 1e-9 * phi.max(1.0));
        let reach = 1.959_963_984_540_054 * (variance / units[0].size).sqrt() * phi.max(1.0).sqrt();
        let most = if proportion { 1.0 } else { f64::INFINITY };
        prop_assert!((found.units[0].inner.upper - (theta + reach).min(most)).abs() < 1e-9);
        prop_assert!((found.units[0].inner.lower - (theta - reach).max(0.0)).abs() < 1e-9);
    }

    #[test]
    fn limits_hold_the_standard_and_one_another(
        counts in prop::collection::vec((0..300_u32, 300..600_u32), 10..40),
        method in prop::sample::select(vec![Method::Exact, Method::Normal, Method::Multiplicative, Method::Additive]),
    ) {
        let units: Vec<Counted> = counts.iter().map(|&(x, n)| unit(x, n)).collect();
        let Ok(found) = funnel(Compared::Proportion, method, &units, None) else { return Ok(()) };
        for unit in &found.units {
            prop_assert!(0.0 <= unit.outer.lower && unit.outer.lower <= unit.inner.lower);
            prop_assert!(unit.inner.lower <= found.standard && found.standard <= unit.inner.upper);
            prop_assert!(unit.inner.upper <= unit.outer.upper && unit.outer.upper <= 1.0);
        }
    }
}

#[test]
fn additive_limits_by_hand() {
    // Twelve units of 100, half at 10% and half at 30%, about a standard of 20%.
    let units: Vec<Counted> = (0..12)
        .map(|i| unit(if i % 2 == 0 { 10 } else { 30 }, 100))
        .collect();
    let found = funnel(Compared::Proportion, Method::Additive, &units, Some(0.2)).unwrap();
    let turned = |p: f64| p.sqrt().asin();
    let z = |p: f64| (turned(p) - turned(0.2)) * 20.0;
    let phi = f64::midpoint(z(0.1).powi(2), z(0.3).powi(2));
    // w = 400 for each of 12: the sum of w, less the sum of squares over it, is 4800 - 400.
    let tau = (12.0 * phi - 11.0) / 4400.0;
    assert!((found.phi.unwrap() - phi).abs() < 1e-12);
    assert!((found.tau_squared.unwrap() - tau).abs() < 1e-12);
    let reach = 1.959_963_984_540_054 * (1.0 / 400.0 + tau).sqrt();
    let upper = (turned(0.2) + reach).sin().powi(2);
    assert!((found.units[0].inner.upper - upper).abs() < 1e-12);
}

fn outside(found: &Funnel) -> (usize, usize) {
    let far = |place| matches!(place, Place::FarBelow | Place::FarAbove);
    let count =
        |wanted: &dyn Fn(Place) -> bool| found.units.iter().filter(|u| wanted(u.place)).count();
    (count(&|place| place != Place::Within), count(&far))
}

/// Breaches of four hours among attendances of type 1, a year (2018/19) of every trust in England, as
/// funnels by the method of `FunnelPlotR` have them: 137 trusts, φ 3,829, outside the plain limits of 95%
/// and 99.8% 132 and 130, outside the over-dispersed ones 20 and none.
#[test]
fn large_denominators_need_over_dispersion() {
    let test = "large_denominators_need_over_dispersion";
    let Some(all) = rows(test, "care/england_ae_attendances_2016_2019.csv") else {
        return;
    };
    let mut trusts: BTreeMap<String, Counted> = BTreeMap::new();
    for row in all
        .iter()
        .filter(|row| row["type"] == "1" && &*row["period"] >= "2018-04-01")
    {
        let trust = trusts.entry(row["org_code"].clone()).or_insert(unit(0, 0));
        trust.count += row["breaches"].parse::<f64>().unwrap();
        trust.size += row["attendances"].parse::<f64>().unwrap();
    }
    let units: Vec<Counted> = trusts.into_values().filter(|u| u.size > 0.0).collect();
    let drawn = |method| funnel(Compared::Proportion, method, &units, None).unwrap();
    assert_eq!(units.len(), 137);
    let plain = drawn(Method::Normal);
    assert_eq!(outside(&plain), (132, 130));
    let additive = drawn(Method::Additive);
    assert_eq!(outside(&additive), (20, 0));
    // Their dispersion, to the whole number that is given for it: 3,829.
    let phi = additive.phi.unwrap();
    assert!((phi - 3_829.0).abs() < 0.5, "{phi}");
    assert!(additive.tau_squared.unwrap() > 0.0);
    assert_eq!(outside(&drawn(Method::Exact)), (132, 130));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let refused = |method, units: &[Counted], standard| {
        funnel(Compared::Proportion, method, units, standard).unwrap_err()
    };
    let one = [unit(1, 2)];
    assert_eq!(refused(Method::Exact, &[], None), Error::NoUnits);
    assert_eq!(
        refused(Method::Exact, &one, Some(1.0)),
        Error::Standard(1.0)
    );
    assert_eq!(
        refused(Method::Normal, &[unit(0, 5)], None),
        Error::NoVariation(0.0)
    );
    assert_eq!(refused(Method::Additive, &one, None), Error::TooFew(1));
    assert!(matches!(
        refused(Method::Normal, &[unit(3, 2)], None),
        Error::Unit(_)
    ));
    let half = [Counted {
        count: 1.0,
        size: 2.5,
    }];
    assert_eq!(
        refused(Method::Exact, &half, Some(0.5)),
        Error::NotWhole {
            position: 0,
            size: 2.5
        }
    );
    let huge = [Counted {
        count: 1e15,
        size: 4e15,
    }];
    assert_eq!(
        refused(Method::Exact, &huge, None),
        Error::TooLarge { position: 0 }
    );
}
