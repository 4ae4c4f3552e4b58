//! What is not known is asked for, never made up.

use stour_charging::{
    Amount, Income, Outcome, Plan, Refusal, Setting, Situation, Standing, Supplied, Week, assess,
    bounds, forecast,
};
use stour_kernel::Pence;

use crate::support::{day, pounds, rates, tables};

fn pensioner() -> Situation<'static> {
    Situation {
        circumstance: "single-pension-age",
        premiums: vec!["carer"],
        ..Situation::new(Setting::Home, pounds(300))
    }
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let tables = tables();
    let refusal = assess(&pensioner(), &rates(&tables, &[])).unwrap_err();
    let Refusal::Missing(missing) = &refusal else {
        panic!("{refusal}");
    };
    let kinds: Vec<_> = missing.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "minimum-income-guarantee/single-pension-age",
            "premium/carer"
        ]
    );
    assert!(refusal.to_string().contains("single, pension age"));
}

#[test]
fn the_full_cost_needs_no_guarantee_and_the_forecast_says_where_it_ends() {
    let tables = tables();
    let some = rates(&tables, &[]);
    let situation = Situation {
        savings: pounds(24_250),
        income: income(pounds(200)),
        ..pensioner()
    };
    let found = assess(&situation, &some).unwrap();
    assert_eq!(found.outcome, Outcome::FullCostBySavings);
    let ahead = forecast(&situation, &Plan::new(day()), &some).unwrap();
    // £300 a week out of savings: four weeks, at the soonest.
    assert_eq!(ahead.weeks.len(), 4);
    assert!(ahead.weeks.iter().all(Week::is_paid_by_them));
    let from = Some("2025-06-30".parse().unwrap());
    assert_eq!((ahead.not_known_from, ahead.helped_from), (from, from));
    assert_eq!(ahead.tell_by, Some(day()));
    assert_eq!(ahead.missing.len(), 2);
    // With the guarantee known, the day is no sooner.
    let all = [
        ("minimum-income-guarantee/single-pension-age", 15_000),
        ("premium/carer", 1_000),
    ];
    let known = forecast(&situation, &Plan::new(day()), &rates(&tables, &all)).unwrap();
    assert!(known.missing.is_empty() && known.not_known_from.is_none());
    assert!(known.helped_from >= ahead.helped_from);
}

#[test]
fn without_the_guarantee_a_contribution_has_bounds() {
    let tables = tables();
    let some = rates(&tables, &[]);
    let with = |savings, weekly| Situation {
        savings: pounds(savings),
        income: income(pounds(weekly)),
        ..pensioner()
    };
    let of = |savings, weekly| {
        let found = bounds(&with(savings, weekly), &some).unwrap();
        assert_eq!(found.missing.len(), 2);
        (found.least, found.most)
    };
    assert_eq!(of(0, 0), (Pence::ZERO, Pence::ZERO));
    assert_eq!(of(16_500, 100), (Pence::ZERO, pounds(109)));
    assert_eq!(of(16_500, 400), (Pence::ZERO, pounds(300)));
    assert_eq!(of(30_000, 100), (pounds(300), pounds(300)));
    // Whatever the guarantee is, what is paid lies between them.
    for guarantee in [0, 5_000, 23_260, 90_000] {
        let all = [
            ("minimum-income-guarantee/single-pension-age", guarantee),
            ("premium/carer", 0),
        ];
        let paid = assess(&with(16_500, 250), &rates(&tables, &all)).unwrap();
        let (least, most) = of(16_500, 250);
        assert!((least..=most).contains(&paid.weekly));
    }
}

fn income(weekly: Pence) -> Vec<Income<'static>> {
    vec![Income {
        kind: "state-pension",
        weekly,
    }]
}

#[test]
fn a_supplied_rate_takes_the_place_of_any_other_and_says_so() {
    let tables = tables();
    let mut rates = rates(
        &tables,
        &[
            ("minimum-income-guarantee/single-pension-age", 20_000),
            ("premium/carer", 4000),
        ],
    );
    let found = assess(&pensioner(), &rates).unwrap();
    assert_eq!(found.resting_on(Standing::Supplied).count(), 2);
    let give = |rates: &mut stour_charging::Rates<'_>, kind: &str, amount, source: &str| {
        rates.supply(Supplied {
            kind: kind.to_owned(),
            amount,
            source: source.to_owned(),
        })
    };
    let one = Amount::Money(Pence::new(100));
    assert!(give(&mut rates, "premium/none", one, "a letter").is_err());
    assert!(give(&mut rates, "premium/carer", one, " ").is_err());
    assert!(give(&mut rates, "premium/carer", Amount::Weeks(2), "a letter").is_err());
    assert!(
        give(
            &mut rates,
            "premium/carer",
            Amount::Money(Pence::new(-1)),
            "a letter"
        )
        .is_err()
    );
    let share = Amount::BasisPoints(10_001);
    assert!(give(&mut rates, "joint-capital-share", share, "a letter").is_err());
}
