use proptest::prelude::*;

use super::*;

#[test]
fn reads_what_is_published_and_writes_it_the_same() {
    for text in ["594", "38.2", "-30", "9.64", "0", "0.000001", "-0.5"] {
        let quantity: Quantity = text.parse().unwrap();
        assert_eq!(quantity.to_string(), text);
    }
    assert_eq!("9.70".parse::<Quantity>().unwrap().to_string(), "9.7");
}

#[test]
fn refuses_what_is_no_number() {
    for text in [
        "", "-", ".", "1.", ".5", "1e3", "1,000", "+1", "--1", "1.2.3", " 1",
    ] {
        assert_eq!(
            text.parse::<Quantity>(),
            Err(QuantityError::NotANumber),
            "{text}"
        );
    }
    assert_eq!("1.2345678".parse::<Quantity>(), Err(QuantityError::TooFine));
    assert_eq!(
        "99999999999999999999".parse::<Quantity>(),
        Err(QuantityError::TooLarge)
    );
    assert_eq!(Quantity::nearest(f64::NAN), None);
    assert_eq!(Quantity::nearest(f64::INFINITY), None);
    assert_eq!(Quantity::nearest(1e300), None);
}

#[test]
fn halves_round_away_from_nothing() {
    assert_eq!(rounded(5, 2), Some(3));
    assert_eq!(rounded(-5, 2), Some(-3));
    assert_eq!(rounded(5, -2), Some(-3));
    assert_eq!(rounded(7, 3), Some(2));
    assert_eq!(rounded(1, 0), None);
}

proptest! {
    #[test]
    fn every_quantity_is_written_and_read_back(millionths in -i64::MAX..=i64::MAX) {
        let quantity = Quantity::from_millionths(millionths);
        prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
    }

    #[test]
    fn the_nearest_is_within_half_a_millionth(value in -1e6..1e6_f64) {
        let nearest = Quantity::nearest(value).unwrap();
        prop_assert!((nearest.to_f64() - value).abs() <= 0.500_001e-6);
    }
}
