//! A penny either side of every limit.

use stour_charging::{Income, Outcome, Setting, Situation, assess};
use stour_kernel::Pence;

use crate::support::{pounds, rates, tables};

/// What somebody pays for their savings alone, who has just the income that they may keep.
fn for_savings(pence: i64) -> (Outcome, Pence) {
    let tables = tables();
    let situation = Situation {
        circumstance: "single-25-plus",
        savings: Pence::new(pence),
        income: vec![Income {
            kind: "benefits",
            weekly: Pence::new(11_250),
        }],
        ..Situation::new(Setting::Home, pounds(400))
    };
    let found = assess(&situation, &rates(&tables, &[])).unwrap();
    (found.outcome, found.weekly)
}

#[test]
fn the_lower_limit() {
    assert_eq!(for_savings(1_424_999), (Outcome::Nothing, Pence::ZERO));
    assert_eq!(for_savings(1_425_000), (Outcome::Nothing, Pence::ZERO));
    assert_eq!(for_savings(1_425_001), (Outcome::Contribution, pounds(1)));
}

#[test]
fn every_step_between_the_limits() {
    for step in 1..=36_i64 {
        let top = 1_425_000 + step * 25_000;
        assert_eq!(for_savings(top - 1).1, pounds(step));
        assert_eq!(for_savings(top).1, pounds(step));
        if step < 36 {
            assert_eq!(for_savings(top + 1).1, pounds(step + 1));
        }
    }
}

#[test]
fn the_upper_limit() {
    assert_eq!(for_savings(2_324_999), (Outcome::Contribution, pounds(36)));
    assert_eq!(for_savings(2_325_000), (Outcome::Contribution, pounds(36)));
    assert_eq!(
        for_savings(2_325_001),
        (Outcome::FullCostBySavings, pounds(400))
    );
}
