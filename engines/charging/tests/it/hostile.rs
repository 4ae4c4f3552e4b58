//! What cannot be is refused by its field, and nothing overflows.

use stour_charging::{Income, Plan, Property, Refusal, Setting, Situation, assess, forecast};
use stour_kernel::Pence;

use crate::support::{day, pounds, rates, tables};

fn field_of(situation: &Situation<'_>) -> String {
    let tables = tables();
    match assess(situation, &rates(&tables, &[])).unwrap_err() {
        Refusal::Wrong(wrong) => wrong[0].field.clone(),
        other => other.to_string(),
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let home = || Situation {
        circumstance: "single-25-plus",
        ..Situation::new(Setting::Home, pounds(1))
    };
    assert_eq!(
        field_of(&Situation {
            cost: Pence::new(-1),
            ..home()
        }),
        "cost"
    );
    assert_eq!(
        field_of(&Situation {
            savings: Pence::new(i64::MAX),
            ..home()
        }),
        "savings"
    );
    assert_eq!(
        field_of(&Situation {
            circumstance: "rich",
            ..home()
        }),
        "circumstance"
    );
    assert_eq!(
        field_of(&Situation {
            premiums: vec!["x"],
            ..home()
        }),
        "premiums"
    );
    let income = |kind, weekly| vec![Income { kind, weekly }];
    assert_eq!(
        field_of(&Situation {
            income: income("gold", pounds(1)),
            ..home()
        }),
        "income"
    );
    let many = vec![
        Income {
            kind: "other",
            weekly: pounds(1)
        };
        51
    ];
    assert_eq!(
        field_of(&Situation {
            income: many,
            ..home()
        }),
        "income"
    );
    let property = Property {
        value: pounds(1),
        owed: pounds(1),
        share: 10_001,
        reason: Some("because"),
        weeks_in_care: u32::MAX,
        deferred: true,
    };
    assert_eq!(
        field_of(&Situation {
            property: Some(property),
            ..home()
        }),
        "share"
    );
}

#[test]
fn the_largest_amounts_are_worked_out() {
    let tables = tables();
    let most = pounds(1_000_000_000);
    let rates = rates(
        &tables,
        &[
            ("tariff-income-step", 1),
            ("upper-capital-limit", most.as_i64()),
        ],
    );
    for setting in Setting::ALL {
        let situation = Situation {
            savings: most,
            joint_savings: most,
            circumstance: "single-25-plus",
            income: vec![
                Income {
                    kind: "other",
                    weekly: most
                };
                50
            ],
            ..Situation::new(setting, most)
        };
        let found = assess(&situation, &rates).unwrap();
        assert_eq!(found.weekly, most);
        let plan = Plan {
            cost_rise: 2_500,
            interest: 2_500,
            ..Plan::new(day())
        };
        // Either an answer or a refusal, never an overflow.
        let _answer = forecast(&situation, &plan, &rates);
    }
}

#[test]
fn a_step_of_nothing_and_rates_beyond_reason_are_refused() {
    let tables = tables();
    let situation = Situation {
        circumstance: "single-25-plus",
        ..Situation::new(Setting::Home, pounds(1))
    };
    let none = rates(&tables, &[("tariff-income-step", 0)]);
    assert!(matches!(assess(&situation, &none), Err(Refusal::Wrong(_))));
    let plan = Plan {
        interest: 2_501,
        ..Plan::new(day())
    };
    assert!(forecast(&situation, &plan, &rates(&tables, &[])).is_err());
    let late = Plan::new("9999-12-30".parse().unwrap());
    let rich = Situation {
        savings: pounds(50_000),
        ..situation
    };
    assert!(forecast(&rich, &late, &rates(&tables, &[])).is_err());
}
