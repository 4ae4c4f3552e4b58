use stour_statistics::proportion::{Error, wilson};

use crate::reference::{agree, number, rows};

#[test]
fn agrees_with_the_published_grid() {
    let Some(grid) = rows(
        "agrees_with_the_published_grid",
        "phe/phe_proportion_grid.csv",
    ) else {
        return;
    };
    assert_eq!(grid.len(), 64);
    for row in grid {
        // R writes a large count as 1e+05.
        let count = |column: &str| -> u64 {
            format!("{:.0}", number(&row[column]).unwrap())
                .parse()
                .unwrap()
        };
        let (x, n) = (count("x"), count("n"));
        for (confidence, lower, upper) in [
            (0.95, "lower95_0cl", "upper95_0cl"),
            (0.998, "lower99_8cl", "upper99_8cl"),
        ] {
            let found = wilson(x, n, confidence).unwrap();
            for (found, column) in [
                (found.value, "value"),
                (found.lower, lower),
                (found.upper, upper),
            ] {
                let expected = number(&row[column]).unwrap();
                assert!(
                    (found - expected).abs() < 1e-9,
                    "{x} of {n}: {column} {found} {expected}"
                );
            }
        }
    }
}

#[test]
fn none_and_all_reach_the_ends_exactly() {
    for n in [1, 7, 1000] {
        let none = wilson(0, n, 0.95).unwrap();
        let all = wilson(n, n, 0.95).unwrap();
        assert_eq!(
            (none.lower.to_bits(), all.upper.to_bits()),
            (0.0_f64.to_bits(), 1.0_f64.to_bits())
        );
        assert!(agree(none.upper, 1.0 - all.lower));
    }
}

#[test]
fn what_is_no_proportion_is_refused_with_advice() {
    assert_eq!(wilson(0, 0, 0.95), Err(Error::NoDenominator));
    assert_eq!(
        wilson(3, 2, 0.95),
        Err(Error::MoreThanAll {
            numerator: 3,
            denominator: 2
        })
    );
    for confidence in [0.0, 1.0, 95.0, -0.1] {
        assert_eq!(wilson(1, 2, confidence), Err(Error::Confidence(confidence)));
    }
    assert!(wilson(1, 2, f64::NAN).is_err());
    assert!(
        wilson(3, 2, 0.95)
            .unwrap_err()
            .to_string()
            .contains("check that everyone")
    );
}

proptest::proptest! {
    #[test]
    fn the_interval_holds_the_value_and_narrows_with_numbers(x in 0_u64..500, more in 0_u64..500) {
        let n = x + more + 1;
        let narrow = wilson(x * 10, n * 10, 0.95).unwrap();
        let usual = wilson(x, n, 0.95).unwrap();
        let sure = wilson(x, n, 0.998).unwrap();
        assert!(0.0 <= sure.lower && sure.lower <= usual.lower && usual.lower <= usual.value);
        assert!(usual.value <= usual.upper && usual.upper <= sure.upper && sure.upper <= 1.0);
        assert!(narrow.upper - narrow.lower < usual.upper - usual.lower);
    }
}
