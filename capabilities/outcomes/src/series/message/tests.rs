use std::collections::BTreeMap;

use super::*;
use crate::measure::measure;
use crate::series::{Method, judge};

fn said(values: &[f64]) -> String {
    let measure = measure("no-criteria-to-reside").unwrap();
    let mut at: Date = "2024-01-01".parse().unwrap();
    let mut points = BTreeMap::new();
    for &value in values {
        points.insert(at, value);
        at = at.tomorrow().unwrap();
    }
    let judgement = judge(measure, &points.into(), &[], Method::default()).unwrap();
    headline(measure, "Dorset", &judgement)
}

/// Twenty ordinary values around 100, then some more.
fn then(more: &[f64]) -> String {
    let usual = (0..20).map(|number| if number % 2 == 0 { 95.0 } else { 105.0 });
    said(&usual.chain(more.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn the_message_follows_from_the_latest_value() {
    assert_eq!(
        said(&[]),
        "Dorset: no figures for patients with no criteria to reside"
    );
    assert_eq!(
        said(&[5.0; 12]),
        "Dorset: too few figures yet to judge patients with no criteria to reside"
    );
    assert_eq!(
        then(&[]),
        "Dorset: patients with no criteria to reside as usual – no special cause"
    );
    assert_eq!(
        then(&[180.0]),
        "Dorset: more patients with no criteria to reside – special cause, latest day above the upper limit"
    );
    assert_eq!(
        then(&[180.0, 185.0]),
        "Dorset: more patients with no criteria to reside – special cause, last 2 days above the upper limit"
    );
    assert_eq!(
        then(&[98.0, 97.0, 98.0, 97.0, 98.0, 97.0, 98.0, 97.0, 98.0]),
        "Dorset: fewer patients with no criteria to reside – special cause, last 9 days below the mean"
    );
    assert_eq!(
        then(&[96.0, 97.0, 98.0, 99.0, 101.0, 103.0, 104.0]),
        "Dorset: more patients with no criteria to reside – special cause, last 7 days rising"
    );
}

#[test]
fn one_thing_has_its_article_and_a_measure_that_has_ended_gets_no_more_figures() {
    let said = |id: &str, value: f64| {
        let measure = measure(id).unwrap();
        let points = BTreeMap::from([("2012-04-01".parse().unwrap(), value)]);
        let judgement = judge(measure, &points.into(), &[], Method::default()).unwrap();
        message(measure, &judgement)
    };
    assert_eq!(
        said("ae-within-four-hours", 90.0),
        "too few figures yet to judge the share of attendances within four hours"
    );
    assert_eq!(
        said("delayed-days", 90.0),
        "too few figures to judge days of delay"
    );
}
