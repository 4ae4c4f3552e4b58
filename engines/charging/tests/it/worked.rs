//! Published examples, and examples that can be followed with a calculator.

use stour_charging::{Income, NotCounted, Outcome, Property, Setting, Situation, Standing, assess};
use stour_kernel::Pence;

use crate::support::{day, pounds, rates, tables};

fn at_home(savings: i64) -> Situation<'static> {
    Situation {
        circumstance: "single-25-plus",
        savings: pounds(savings),
        ..Situation::new(Setting::Home, pounds(400))
    }
}

/// Dorset Council's own example: £16,500 is nine steps of £250 over £14,250, so £9 a week.
#[test]
fn dorsets_example_gives_nine_pounds() {
    let tables = tables();
    let situation = Situation {
        income: vec![Income {
            kind: "benefits",
            weekly: Pence::new(11_250),
        }],
        ..at_home(16_500)
    };
    let found = assess(&situation, &rates(&tables, &[])).unwrap();
    assert_eq!(found.weekly, pounds(9));
    assert_eq!(found.outcome, Outcome::Contribution);
    let last = found.steps.last().unwrap();
    let savings = last
        .lines
        .iter()
        .find(|line| line.label == "Income from savings");
    assert_eq!(savings.unwrap().amount, pounds(9));
    assert_eq!(
        savings.unwrap().rule,
        "£2,250.00 of savings over £14,250.00: 9 × £1.00, for every £250.00 or part of it"
    );
}

#[test]
fn at_home_everything_at_once() {
    let tables = tables();
    let income = |kind, pence| Income {
        kind,
        weekly: Pence::new(pence),
    };
    let situation = Situation {
        joint_savings: pounds(10_001),
        not_counted: vec![NotCounted {
            label: "A payment for an injury".to_owned(),
            amount: pounds(1_000),
            why: "it is in trust".to_owned(),
        }],
        premiums: vec!["disability-single"],
        income: vec![
            income("state-pension", 23_025),
            income("disability-care", 11_040),
            income("disability-mobility", 7705),
            income("earnings", 9000),
        ],
        housing: Pence::new(2500),
        disability_costs: Some(Pence::new(1234)),
        ..at_home(12_000)
    };
    let found = assess(&situation, &rates(&tables, &[])).unwrap();
    // 12,000 + 5,000.50 - 1,000 = 16,000.50: 1,750.50 over, which is eight steps.
    assert_eq!(found.capital, Pence::new(1_600_050));
    // 230.25 + 110.40 + 8 - 112.50 - 49.65 - 25 - 12.34
    assert_eq!(found.weekly, Pence::new(14_916));
    assert_eq!(found.council, Pence::new(40_000 - 14_916));
    let not_known = ["Smallest weekly contribution that is collected"];
    assert!(
        not_known
            .iter()
            .all(|label| found.not_known.iter().any(|one| one == label))
    );
}

#[test]
fn in_a_care_home_for_good_with_a_partner_at_home() {
    let tables = tables();
    let situation = Situation {
        savings: pounds(9_000),
        income: vec![
            Income {
                kind: "state-pension",
                weekly: Pence::new(17_645),
            },
            Income {
                kind: "work-pension",
                weekly: Pence::new(10_101),
            },
        ],
        shares_pension: true,
        property: Some(Property {
            value: pounds(300_000),
            owed: Pence::ZERO,
            share: 10_000,
            reason: Some("partner-lives-there"),
            weeks_in_care: 40,
            deferred: false,
        }),
        // Only at home or for a time.
        housing: pounds(50),
        disability_costs: Some(pounds(20)),
        ..Situation::new(Setting::Permanent, pounds(1_000))
    };
    let found = assess(&situation, &rates(&tables, &[])).unwrap();
    assert_eq!(found.capital, pounds(9_000));
    // 176.45 + 101.01 - 50.51 (the odd penny goes to the partner) - 30.65
    assert_eq!(found.weekly, Pence::new(19_630));
    let unverified: Vec<_> = found.resting_on(Standing::Unverified).collect();
    assert!(
        unverified
            .iter()
            .any(|line| line.label == "Personal expenses allowance")
    );
}

#[test]
fn a_home_counts_after_twelve_weeks_and_can_be_paid_out_of_later() {
    let tables = tables();
    let rates = rates(&tables, &[]);
    let with = |weeks_in_care, deferred| Situation {
        savings: pounds(10_000),
        income: vec![Income {
            kind: "state-pension",
            weekly: pounds(200),
        }],
        property: Some(Property {
            value: pounds(200_000),
            owed: pounds(20_000),
            share: 5_000,
            reason: None,
            weeks_in_care,
            deferred,
        }),
        ..Situation::new(Setting::Permanent, pounds(1_000))
    };
    let early = assess(&with(11, false), &rates).unwrap();
    assert_eq!(
        (early.capital, early.weekly),
        (pounds(10_000), Pence::new(16_935))
    );
    let late = assess(&with(12, false), &rates).unwrap();
    // Half of 200,000, less half of 20,000, less a tenth of 100,000.
    assert_eq!(late.capital, pounds(90_000));
    assert_eq!(
        (late.outcome, late.weekly),
        (Outcome::FullCostBySavings, pounds(1_000))
    );
    let later = assess(&with(12, true), &rates).unwrap();
    assert_eq!(later.outcome, Outcome::Deferred);
    assert_eq!(
        (later.weekly, later.deferred, later.council),
        (pounds(56), pounds(944), Pence::ZERO)
    );
}

#[test]
fn whoever_does_not_want_to_be_assessed_pays_the_full_cost() {
    let tables = tables();
    let situation = Situation {
        refuses: true,
        ..at_home(0)
    };
    let found = assess(&situation, &rates(&tables, &[])).unwrap();
    assert_eq!(
        (found.outcome, found.weekly),
        (Outcome::FullCostByChoice, pounds(400))
    );
}

#[test]
fn nobody_pays_more_than_the_cost_or_less_than_nothing() {
    let tables = tables();
    let rates = rates(&tables, &[("minimum-contribution", 500)]);
    let with = |pence| Situation {
        income: vec![Income {
            kind: "other",
            weekly: Pence::new(pence),
        }],
        ..Situation {
            cost: pounds(40),
            ..at_home(0)
        }
    };
    let weekly = |pence| assess(&with(pence), &rates).unwrap().weekly;
    assert_eq!(weekly(0), Pence::ZERO);
    assert_eq!(weekly(11_749), Pence::ZERO);
    assert_eq!(weekly(11_750), pounds(5));
    assert_eq!(weekly(90_000), pounds(40));
}

#[test]
fn rates_whose_year_is_over_are_used_and_marked() {
    let tables = tables();
    let later = tables
        .on("E06000058", "2026-11-24".parse().unwrap())
        .unwrap();
    let found = assess(&at_home(16_500), &later).unwrap();
    let old: Vec<_> = found.resting_on(Standing::OutOfDate).collect();
    assert_eq!(old.len(), 1);
    assert!(old[0].label.starts_with("Minimum income guarantee"));
    let then = tables.on("E06000058", day()).unwrap();
    let found = assess(&at_home(16_500), &then).unwrap();
    assert_eq!(found.resting_on(Standing::OutOfDate).count(), 0);
}
