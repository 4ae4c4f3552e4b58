//! When a home counts, and other property.

use stour_charging::{Outcome, Plan, Property, Setting, Situation, assess, forecast};
use stour_kernel::{Date, Pence};

use crate::support::{day, pounds, rates, tables};

fn owner(setting: Setting) -> Situation<'static> {
    Situation {
        circumstance: "single-25-plus",
        savings: pounds(5_000),
        property: Some(Property {
            value: pounds(300_000),
            owed: Pence::ZERO,
            share: 10_000,
            reason: None,
            weeks_in_care: 12,
            deferred: false,
        }),
        ..Situation::new(setting, pounds(800))
    }
}

#[test]
fn a_home_counts_only_in_a_care_home_for_good() {
    let tables = tables();
    let rates = rates(&tables, &[]);
    for setting in [Setting::Home, Setting::Temporary] {
        let found = assess(&owner(setting), &rates).unwrap();
        assert_eq!(found.capital, pounds(5_000), "{setting:?}");
        assert_eq!(found.outcome, Outcome::Nothing, "{setting:?}");
        let said = found.steps[0].lines.iter();
        assert!(
            said.clone()
                .any(|line| line.label == "Your home is not counted" && !line.rule.is_empty())
        );
        let ahead = forecast(&owner(setting), &Plan::new(day()), &rates).unwrap();
        assert_eq!((ahead.full_from, ahead.home_counts_from), (None, None));
    }
    let found = assess(&owner(Setting::Permanent), &rates).unwrap();
    assert_eq!(found.capital, pounds(275_000));
    assert_eq!(found.outcome, Outcome::FullCostBySavings);
}

#[test]
fn other_property_counts_for_care_of_any_kind_and_pays_for_no_week() {
    let tables = tables();
    let rates = rates(&tables, &[]);
    for setting in Setting::ALL {
        let situation = Situation {
            property: None,
            other_property: pounds(100_000),
            other_property_owed: pounds(20_000),
            ..owner(setting)
        };
        let found = assess(&situation, &rates).unwrap();
        // 5,000 + 100,000 - 20,000 - 10,000
        assert_eq!(found.capital, pounds(75_000), "{setting:?}");
        assert_eq!(found.outcome, Outcome::FullCostBySavings);
        let ahead = forecast(&situation, &Plan::new(day()), &rates).unwrap();
        assert!(ahead.gone_from.is_some());
        assert_eq!(ahead.weeks.last().unwrap().savings, pounds(200));
    }
}

#[test]
fn help_from_the_start_ends_when_the_home_counts() {
    let tables = tables();
    let rates = rates(&tables, &[]);
    let mut situation = owner(Setting::Permanent);
    situation.property.as_mut().unwrap().weeks_in_care = 2;
    let ahead = forecast(&situation, &Plan::new(day()), &rates).unwrap();
    let ten_weeks_on: Date = "2025-08-11".parse().unwrap();
    assert_eq!(ahead.home_counts_from, Some(ten_weeks_on));
    assert_eq!(ahead.full_from, Some(ten_weeks_on));
    let sold = Plan {
        sold_in_week: Some(4),
        ..Plan::new(day())
    };
    let ahead = forecast(&situation, &sold, &rates).unwrap();
    assert_eq!(ahead.home_counts_from, None);
    assert_eq!(ahead.full_from, Some("2025-06-30".parse().unwrap()));
}
