//! Every published case of rates, proportions, limits of counts and standardised rates.

use std::collections::BTreeMap;

use stour_statistics::proportion::wilson;
use stour_statistics::rate::count::{Method, byars, rate};
use stour_statistics::rate::direct::{Band, EUROPEAN_2013, standardised};
use stour_statistics::rate::{Interval, Withheld};

use super::sure;
use crate::reference::{Row, number, rows};

/// Published with 15 significant figures: a unit of the last is at most 1e-14 of the number.
const RELATIVE: f64 = 1e-14;

/// What was compared, and how far the worst of it was off.
#[derive(Default)]
struct Agreement {
    cases: usize,
    numbers: usize,
    absent: usize,
    absolute: f64,
    relative: f64,
}

impl Agreement {
    fn compare(&mut self, what: &str, found: Option<f64>, published: &str) {
        match (found, number(published)) {
            (None, None) => self.absent += 1,
            (Some(found), Some(expected)) => {
                let off = (found - expected).abs();
                let of = if expected == 0.0 {
                    off
                } else {
                    off / expected.abs()
                };
                assert!(of <= RELATIVE, "{what}: {found}, published {expected}");
                self.numbers += 1;
                self.absolute = self.absolute.max(off);
                self.relative = self.relative.max(of);
            }
            (found, _) => panic!("{what}: {found:?}, published {published:?}"),
        }
    }

    fn limits(&mut self, what: &str, row: &Row, interval: Interval, names: (&str, &str)) {
        self.compare(what, interval.lower, &row[names.0]);
        self.compare(what, Some(interval.upper), &row[names.1]);
    }

    /// To be copied into the table of the guide.
    fn tell(&self, file: &str) {
        println!(
            "{file}: {} cases, {} numbers, {} absent in both, worst absolute {:.1e}, relative {:.1e}",
            self.cases, self.numbers, self.absent, self.absolute, self.relative
        );
    }
}

const BOTH: [(f64, (&str, &str)); 2] = [
    (0.95, ("lower95_0cl", "upper95_0cl")),
    (0.998, ("lower99_8cl", "upper99_8cl")),
];

/// R writes a large count as 1e+05.
fn count(field: &str) -> u64 {
    let number = number(field).unwrap_or(0.0);
    format!("{number:.0}").parse().unwrap()
}

#[test]
fn proportions_agree() {
    let Some(grid) = rows("proportions_agree", "phe/phe_proportion_grid.csv") else {
        return;
    };
    let mut all = Agreement::default();
    for row in &grid {
        all.cases += 1;
        let what = format!("{} of {}", row["x"], row["n"]);
        for (confidence, names) in BOTH {
            let found = wilson(count(&row["x"]), count(&row["n"]), confidence).unwrap();
            all.compare(&what, Some(found.value), &row["value"]);
            let interval = Interval {
                lower: Some(found.lower),
                upper: found.upper,
            };
            all.limits(&what, row, interval, names);
        }
    }
    all.tell("phe_proportion_grid.csv");
    assert_eq!((all.cases, all.numbers), (64, 64 * 6));
}

#[test]
fn crude_rates_agree() {
    let Some(grid) = rows("crude_rates_agree", "phe/phe_rate_grid_per100k.csv") else {
        return;
    };
    let mut all = Agreement::default();
    let mut methods = BTreeMap::<&str, usize>::new();
    for row in &grid {
        all.cases += 1;
        let what = format!("{} in {}", row["x"], row["n"]);
        for (confidence, names) in BOTH {
            let population = number(&row["n"]).unwrap();
            let found = rate(count(&row["x"]), population, 1e5, None, sure(confidence)).unwrap();
            assert_eq!(found.method.name(), row["method"], "{what}");
            all.compare(&what, Some(found.value), &row["value"]);
            all.limits(&what, row, found.interval, names);
            *methods.entry(found.method.name()).or_default() += 1;
        }
    }
    all.tell("phe_rate_grid_per100k.csv");
    assert_eq!((all.cases, all.numbers), (84, 84 * 6));
    assert_eq!(methods, BTreeMap::from([("Byars", 108), ("Exact", 60)]));
}

#[test]
fn limits_of_counts_agree() {
    let Some(grid) = rows("limits_of_counts_agree", "phe/byars.csv") else {
        return;
    };
    let mut all = Agreement::default();
    for row in &grid {
        all.cases += 1;
        for (confidence, names) in [
            (0.95, ("byars_lower_95", "byars_upper_95")),
            (0.998, ("byars_lower_998", "byars_upper_998")),
        ] {
            let found = byars(count(&row["x"]), sure(confidence));
            all.limits(&row["x"], row, found, names);
        }
    }
    all.tell("byars.csv");
    assert_eq!((all.cases, all.numbers + all.absent), (38, 38 * 4));
}

#[test]
fn directly_standardised_rates_agree() {
    let test = "directly_standardised_rates_agree";
    let Some(input) = rows(test, "phe/dsr_multiarea_input.csv") else {
        return;
    };
    let expected = rows(test, "phe/dsr_multiarea_expected.csv").unwrap();
    let mut areas = BTreeMap::<&str, Vec<Band>>::new();
    for row in &input {
        areas.entry(&row["area"]).or_default().push(Band {
            // The package counts a blank as none.
            count: count(&row["count"]),
            population: number(&row["pop"]).unwrap(),
            weight: number(&row["esp2013"]).unwrap(),
        });
    }
    let mut all = Agreement::default();
    for row in &expected {
        all.cases += 1;
        let what = row["area"].as_str();
        let bands = &areas[what];
        let weights: Vec<f64> = bands.iter().map(|band| band.weight).collect();
        assert_eq!(weights, EUROPEAN_2013.map(|(_, weight)| weight));
        for (confidence, names) in BOTH {
            match standardised(bands, 1e5, sure(confidence)) {
                Ok(found) => {
                    assert_eq!(found.total_count, count(&row["total_count"]));
                    all.compare(what, Some(found.total_population), &row["total_pop"]);
                    all.compare(what, Some(found.value), &row["value"]);
                    all.limits(what, row, found.interval, names);
                }
                Err(why) => {
                    let total = count(&row["total_count"]);
                    assert_eq!(why, Withheld::TooFewEvents { total, least: 10 });
                    for name in ["value", names.0, names.1] {
                        all.compare(what, None, &row[name]);
                    }
                }
            }
        }
    }
    all.tell("dsr_multiarea_expected.csv");
    assert_eq!((all.cases, all.numbers, all.absent), (3, 16, 6));
}

#[test]
fn the_method_is_known_by_the_count() {
    assert_eq!(Method::for_count(9), Method::Exact);
    assert_eq!(Method::for_count(10), Method::Byars);
}
