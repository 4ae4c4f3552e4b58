use stour_appraisal::{Basis, annuity, discount_factors};

const VINTAGE: &str = "green-book-2026";

fn factors(basis: &str, years: usize) -> Vec<f64> {
    discount_factors(VINTAGE, &Basis(basis.to_owned()), years).unwrap()
}

#[test]
fn the_published_factors_and_annuity_are_met() {
    let standard = factors("standard", 32);
    for (t, factor) in [(1, 0.966_183_575), (10, 0.708_918_814), (31, 0.345_901_370)] {
        assert!(
            (standard[t] - factor).abs() < 1e-9,
            "t = {t}: {}",
            standard[t]
        );
    }
    assert!((annuity(&standard[..=30]) - 18.392_045_41).abs() < 1e-8);
}

#[test]
fn every_year_of_every_band_is_the_product_of_the_rates_before_it() {
    // The rates of the table, typed again, as closed powers band by band: another way than the engine's.
    let bands: [(i32, i32); 6] = [
        (0, 30),
        (31, 75),
        (76, 125),
        (126, 200),
        (201, 300),
        (301, 400),
    ];
    for (basis, rates) in [
        ("standard", [3.5, 3.0, 2.5, 2.0, 1.5, 1.0]),
        ("health", [1.5, 1.29, 1.07, 0.86, 0.64, 0.43]),
        ("long-term-sensitivity", [3.0, 2.57, 2.14, 1.71, 1.29, 0.86]),
    ] {
        let found = factors(basis, 401);
        for (t, factor) in (0_i32..).zip(&found) {
            let expected: f64 = bands
                .iter()
                .zip(rates)
                .map(|((from, to), rate): (&(i32, i32), f64)| {
                    let years = (t.min(*to) - from.max(&1) + 1).max(0);
                    (1.0 + rate / 100.0).powi(-years)
                })
                .product();
            assert!(
                (factor - expected).abs() < 1e-12,
                "{basis}, t = {t}: {factor} and {expected}"
            );
        }
    }
}

#[test]
fn what_is_not_shipped_is_named() {
    let refused =
        discount_factors("green-book-1997", &Basis("standard".to_owned()), 5).unwrap_err();
    assert!(
        refused.to_string().contains("use green-book-2026"),
        "{refused}"
    );
    let refused = discount_factors(VINTAGE, &Basis("rapid".to_owned()), 5).unwrap_err();
    assert!(refused.to_string().contains("health"), "{refused}");
}
