//! The forecast against a second simulation, and what must hold of any.

use proptest::prelude::*;
use stour_charging::{
    Deferred, Forecast, Income, Outlook, Phase, Plan, Property, Setting, Situation, forecast,
};
use stour_kernel::{Date, Pence};

use crate::support::{day, pounds, rates, tables};

#[derive(Debug, Clone)]
struct Ahead {
    cost: i64,
    savings: i64,
    income: i64,
    rise: u16,
    interest: u16,
    /// Value, weeks in care, the week of its sale.
    home: Option<(i64, u32, Option<u32>)>,
}

prop_compose! {
    fn ahead()(
        cost in 20_000..200_000_i64,
        savings in 0..9_000_000_i64,
        income in 0..60_000_i64,
        rise in 0..1_000_u16,
        interest in 0..600_u16,
        home in prop::option::of((0..30_000_000_i64, 0..15_u32, prop::option::of(0..80_u32))),
    ) -> Ahead {
        Ahead { cost, savings, income, rise, interest, home }
    }
}

impl Ahead {
    fn looked(&self) -> Forecast {
        let tables = tables();
        let situation = Situation {
            savings: Pence::new(self.savings),
            income: vec![Income {
                kind: "other",
                weekly: Pence::new(self.income),
            }],
            property: self.home.map(|(value, weeks_in_care, _)| Property {
                value: Pence::new(value),
                owed: Pence::ZERO,
                share: 10_000,
                reason: None,
                weeks_in_care,
                deferred: false,
            }),
            ..Situation::new(Setting::Permanent, Pence::new(self.cost))
        };
        let plan = Plan {
            cost_rise: self.rise,
            interest: self.interest,
            sold_in_week: self.home.and_then(|(_, _, sold)| sold),
            ..Plan::new(day())
        };
        forecast(&situation, &plan, &rates(&tables, &[])).unwrap()
    }

    /// Savings at the beginning of each week and what is paid in it, until `weeks` or until there is not enough.
    fn simulated(&self, weeks: usize) -> Vec<(i64, i64)> {
        let left_of_income = (self.income - 3065).max(0);
        let (mut savings, mut cost) = (self.savings, self.cost);
        let mut home = self.home.map_or(0, |(value, _, _)| value - value / 10);
        let mut all = Vec::new();
        for week in 0..weeks {
            if week > 0 && week % 52 == 0 {
                cost += cost * i64::from(self.rise) / 10_000;
            }
            if let Some((_, _, Some(sold))) = self.home
                && usize::try_from(sold).unwrap() == week
            {
                savings += home;
                home = 0;
            }
            let waits = self
                .home
                .map_or(0, |(_, weeks, _)| 12_u32.saturating_sub(weeks));
            let counts = week >= usize::try_from(waits).unwrap();
            let capital = savings + if counts { home } else { 0 };
            let paid = if capital > 2_325_000 {
                cost
            } else {
                let steps = ((capital - 1_425_000).max(0) + 24_999) / 25_000;
                (self.income + steps * 100 - 3065).max(0).min(cost)
            };
            all.push((savings, paid));
            let interest = savings * i64::from(self.interest) / (10_000 * 52);
            savings -= (paid - left_of_income).max(0);
            if savings < 0 {
                break;
            }
            savings += interest;
        }
        all
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn it_agrees_with_a_second_simulation(ahead in ahead()) {
        let found = ahead.looked();
        let theirs: Vec<_> = found.weeks.iter().map(|week| (week.savings.as_i64(), week.paid.as_i64())).collect();
        prop_assert_eq!(&theirs, &ahead.simulated(theirs.len()));
        // It ends where it says: with no week after one for which there is not enough.
        let further = ahead.simulated(theirs.len() + 1);
        prop_assert_eq!(further.len() == theirs.len(), found.outlook == Outlook::Gone);
    }

    #[test]
    fn dates_follow_from_weeks(ahead in ahead()) {
        let found = ahead.looked();
        if let Some(from) = found.helped_from {
            let at = found.weeks.iter().position(|week| week.starts == from).unwrap();
            prop_assert!(found.weeks[at].counted <= pounds(23_250));
            prop_assert!(found.weeks[at - 1].counted > pounds(23_250));
            let told = found.tell_by.unwrap();
            prop_assert!(told >= day() && told < from);
        } else {
            prop_assert!(found.tell_by.is_none());
        }
        if let Some(from) = found.lower_from {
            let week = found.weeks.iter().find(|week| week.starts == from).unwrap();
            prop_assert!(week.counted <= pounds(14_250));
            prop_assert_eq!(week.phase, Phase::Under);
        }
        prop_assert_eq!(found.gone_from.is_some(), found.outlook == Outlook::Gone);
    }

    #[test]
    fn more_savings_never_bring_help_sooner(ahead in ahead(), more in 1..2_000_000_i64) {
        let without = Ahead { home: None, ..ahead };
        let richer = Ahead { savings: without.savings + more, ..without.clone() };
        let (before, after) = (without.looked(), richer.looked());
        // Whoever is a penny over the upper limit pays the full cost, and may soon have less than somebody helped.
        let both = before.weeks.iter().zip(&after.weeks);
        for (one, other) in both.take_while(|(one, other)| (one.phase, other.phase) == (Phase::Full, Phase::Full)) {
            prop_assert!(other.savings >= one.savings);
        }
        if let (Some(before), Some(after)) = (first_helped(&before), first_helped(&after)) {
            prop_assert!(after >= before);
        }
    }
}

/// The first day on which the council helps, also where that is the first of all.
fn first_helped(forecast: &Forecast) -> Option<Date> {
    let helped = forecast.weeks.iter().find(|week| !week.is_paid_by_them());
    helped.map(|week| week.starts)
}

/// Help may end because interest takes savings over the upper limit, and begin again: whoever has more is there sooner.
#[test]
fn interest_may_end_help() {
    let ahead = |savings| Ahead {
        cost: 20_000,
        savings,
        income: 0,
        rise: 0,
        interest: 147,
        home: None,
    };
    for savings in [1_425_001, 1_425_722] {
        let found = ahead(savings).looked();
        assert_eq!(first_helped(&found), Some(day()));
        let full = found.full_from.unwrap();
        let again = found.helped_from.unwrap();
        assert!(day() < full && full < again);
    }
}

/// £24,250 at £1,030.65 a week with £30.65 of income, all of it kept: over the limit for one week.
#[test]
fn a_week_at_a_time() {
    let ahead = Ahead {
        cost: 100_000,
        savings: 2_525_000,
        income: 3065,
        rise: 0,
        interest: 0,
        home: None,
    };
    let found = ahead.looked();
    let savings: Vec<_> = found
        .weeks
        .iter()
        .take(4)
        .map(|week| week.savings)
        .collect();
    // Two weeks at the full cost, then £36 a week for £9,000 over the lower limit.
    assert_eq!(
        savings,
        [
            pounds(25_250),
            pounds(24_250),
            pounds(23_250),
            pounds(23_214)
        ]
    );
    assert_eq!(found.helped_from, Some("2025-06-16".parse().unwrap()));
    // Twelve weeks before that have gone by.
    assert_eq!(found.tell_by, Some(day()));
    assert_eq!(found.outlook, Outlook::Settles);
}

#[test]
fn what_is_owed_grows_until_the_agreement_is_full() {
    let tables = tables();
    let situation = Situation {
        savings: pounds(10_000),
        income: vec![Income {
            kind: "state-pension",
            weekly: pounds(200),
        }],
        property: Some(Property {
            value: pounds(100_000),
            owed: Pence::ZERO,
            share: 10_000,
            reason: None,
            weeks_in_care: 20,
            deferred: true,
        }),
        ..Situation::new(Setting::Permanent, pounds(1_000))
    };
    let plan = Plan {
        deferred: Deferred {
            most_owed: Some(pounds(3_000)),
            interest: 520,
        },
        ..Plan::new(day())
    };
    let found = forecast(&situation, &plan, &rates(&tables, &[])).unwrap();
    assert_eq!(found.outlook, Outlook::AgreementFull);
    // £944 a week, and a thousandth of what was owed before it.
    let owed: Vec<_> = found.weeks.iter().map(|week| week.owed.as_i64()).collect();
    assert_eq!(owed, [94_400, 188_894, 283_482, 378_165]);
    assert!(
        found
            .weeks
            .iter()
            .all(|week| week.savings == pounds(10_000))
    );
}
