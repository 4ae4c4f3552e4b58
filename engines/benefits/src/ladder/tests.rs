use stour_kernel::{Pence, Timestamp};

use super::*;
use crate::Quantity;

fn signature(by: &str) -> Signature {
    Signature {
        by: by.to_owned(),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn authors() -> Vec<String> {
    vec!["author".to_owned()]
}

fn confirmed() -> Confirmed {
    let day = stour_kernel::Date::constant(2025, 10, 6);
    let moved = Expected.observed(Quantity::ONE, day).unwrap();
    moved.signed(signature("head"), &authors()).unwrap()
}

fn worth(pounds: i64) -> ValueConfirmed {
    let conversion = Conversion {
        number: 1,
        version: 2,
    };
    let value = Pence::from_pounds(pounds).unwrap();
    let valued = confirmed().valued(conversion, value);
    valued.signed(signature("finance"), &authors()).unwrap()
}

fn line(pounds: i64) -> BudgetLine {
    BudgetLine {
        number: 1,
        version: 1,
        year: "2027/28".to_owned(),
        reduced_by: Pence::from_pounds(pounds).unwrap(),
    }
}

#[test]
fn a_measure_that_is_no_better_is_not_a_benefit() {
    let day = stour_kernel::Date::constant(2025, 10, 6);
    for change in [Quantity::ZERO, Quantity::from_millionths(-1)] {
        assert_eq!(Expected.observed(change, day), Err(NotSigned::NotMoved));
    }
}

#[test]
fn nobody_signs_what_they_wrote() {
    let day = stour_kernel::Date::constant(2025, 10, 6);
    let moved = Expected.observed(Quantity::ONE, day).unwrap();
    let refused = moved.clone().signed(signature("author"), &authors());
    assert_eq!(refused, Err(NotSigned::OwnWork("author".to_owned())));
    assert!(moved.signed(signature("head"), &authors()).is_ok());

    let conversion = Conversion {
        number: 1,
        version: 1,
    };
    let valued = confirmed().valued(conversion, Pence::new(1));
    assert!(valued.signed(signature("author"), &authors()).is_err());
    let named = worth(10).reductions().name(line(10)).unwrap();
    assert!(named.signed(signature("author"), &authors()).is_err());
}

#[test]
fn no_budget_is_reduced_by_more_than_the_change_is_worth() {
    assert_eq!(
        worth(100).reductions().name(line(101)),
        Err(NotSigned::MoreThanValue)
    );
    assert_eq!(
        worth(100).reductions().name(line(0)),
        Err(NotSigned::NotReduced)
    );
    let agreed = worth(100)
        .reductions()
        .name(line(100))
        .and_then(|named| named.signed(signature("finance"), &authors()))
        .unwrap();
    assert_eq!(agreed.named().line().reduced_by, Pence::new(10_000));
    assert_eq!(agreed.named().value().valued().conversion().version, 2);
    assert_eq!(agreed.signature().by, "finance");
}

#[test]
fn the_lines_of_a_year_are_held_against_the_value_together() {
    let mut reductions = worth(100).reductions();
    assert!(reductions.name(line(60)).is_ok());
    assert_eq!(reductions.name(line(41)), Err(NotSigned::MoreThanValue));
    assert!(reductions.name(line(40)).is_ok());
    assert_eq!(reductions.name(line(1)), Err(NotSigned::MoreThanValue));
    // The value comes again in every year.
    let next = BudgetLine {
        year: "2028/29".to_owned(),
        ..line(100)
    };
    assert!(reductions.name(next).is_ok());
    let most = BudgetLine {
        reduced_by: Pence::new(i64::MAX),
        ..line(1)
    };
    assert_eq!(reductions.name(most), Err(NotSigned::MoreThanValue));
}

proptest::proptest! {
    #[test]
    fn named_lines_never_take_more_than_the_value_in_any_year(
        value in 1_i64..1_000,
        lines in proptest::collection::vec((0_i64..500, 0_u8..3), 0..20),
    ) {
        let mut reductions = worth(value).reductions();
        let mut named = std::collections::BTreeMap::<u8, i64>::new();
        for (pounds, year) in lines {
            let one = BudgetLine { year: year.to_string(), ..line(pounds) };
            let so_far = named.entry(year).or_default();
            let fits = pounds > 0 && *so_far + pounds <= value;
            proptest::prop_assert_eq!(reductions.name(one).is_ok(), fits);
            if fits {
                *so_far += pounds;
            }
            proptest::prop_assert!(*so_far <= value);
            proptest::prop_assert_eq!(reductions.taken(&year.to_string()), Pence::from_pounds(*so_far).unwrap());
        }
    }
}
