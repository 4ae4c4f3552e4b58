//! What a change is worth, and what it is compared with.

use proptest::prelude::*;
use stour_benefits::{
    Baseline, Direction, Movement, NoComparison, Quantity, Standing, TooLarge, run_rate,
};
use stour_kernel::Pence;

fn q(text: &str) -> Quantity {
    text.parse().unwrap()
}

#[test]
fn a_week_is_made_a_year() {
    // 55 more a week, each worth £100.50.
    let rate = run_rate(q("55"), q("1"), Pence::new(10_050)).unwrap();
    assert_eq!(rate.weekly, Pence::new(552_750));
    assert_eq!(rate.yearly, Pence::new(28_743_000));
    // 4.9 days fewer of each of 12.5 stays a week, each day worth £300.
    let rate = run_rate(q("4.9"), q("12.5"), Pence::new(30_000)).unwrap();
    assert_eq!(rate.units, q("61.25"));
    assert_eq!(rate.yearly, Pence::new(95_550_000));
}

#[test]
fn a_year_is_not_made_of_a_rounded_week() {
    // A third of a penny a week is 17.33 pence a year, and not 52 times nothing.
    let rate = run_rate(q("0.333333"), q("1"), Pence::new(1)).unwrap();
    assert_eq!((rate.weekly, rate.yearly), (Pence::ZERO, Pence::new(17)));
}

#[test]
fn a_measure_that_got_worse_is_worth_less_than_nothing() {
    let rate = run_rate(q("-2"), q("3"), Pence::new(100)).unwrap();
    assert_eq!(rate.weekly, Pence::new(-600));
}

#[test]
fn what_does_not_fit_is_refused() {
    let large = Quantity::from_millionths(i64::MAX);
    assert_eq!(run_rate(large, large, Pence::new(i64::MAX)), Err(TooLarge));
    assert_eq!(
        run_rate(large, Quantity::ONE, Pence::new(i64::MAX)),
        Err(TooLarge)
    );
}

#[test]
fn a_baseline_follows_demand_where_it_says_so() {
    let fixed = Baseline {
        value: q("594"),
        demand: None,
    };
    assert_eq!(fixed.at_demand(Some(q("7"))), Ok(q("594")));
    let moving = Baseline {
        demand: Some(q("1000")),
        ..fixed
    };
    assert_eq!(moving.at_demand(Some(q("1100"))), Ok(q("653.4")));
    assert_eq!(moving.at_demand(None), Err(NoComparison::DemandUnknown));
    let none = Baseline {
        demand: Some(Quantity::ZERO),
        ..fixed
    };
    assert_eq!(
        none.at_demand(Some(q("1"))),
        Err(NoComparison::NoDemandThen)
    );
}

#[test]
fn the_published_figures_are_ahead_overall_and_behind_on_the_wait() {
    let overall = Standing::of(Direction::Increase, q("12.87"), q("12.54"));
    let wait = Standing::of(Direction::Decrease, q("9.64"), q("8.07"));
    assert_eq!((overall, wait), (Standing::Ahead, Standing::Behind));
    let moved = Movement::of(Direction::Decrease, q("9.64"), q("9.70"));
    assert_eq!(moved, Movement::Better);
    assert_eq!(
        Direction::Decrease.better_by(q("9.64"), q("9.70")),
        Some(q("0.06"))
    );
    let same = Standing::of(Direction::Increase, q("5"), q("5.0"));
    assert_eq!(same, Standing::AsExpected);
}

proptest! {
    #[test]
    fn money_is_the_exact_product_to_the_nearest_penny(
        change in -10_000_000_000_i64..10_000_000_000,
        volume in 0_i64..1_000_000_000,
        unit in 0_i64..1_000_000,
    ) {
        let rate = run_rate(
            Quantity::from_millionths(change),
            Quantity::from_millionths(volume),
            Pence::new(unit),
        ).unwrap();
        let exact = i128::from(change) * i128::from(volume) * i128::from(unit) * 52;
        let error = i128::from(rate.yearly.as_i64()) * 1_000_000_000_000 - exact;
        prop_assert!(error.abs() <= 500_000_000_000);
    }
}
