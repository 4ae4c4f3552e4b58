use proptest::prelude::*;
use toml::Value;

use super::{number, percent, pounds, proportion};

/// Whether something was read as just this number.
fn is<E>(read: Result<f64, E>, wanted: f64) -> bool {
    read.is_ok_and(|read| read.to_bits() == wanted.to_bits())
}

#[test]
fn a_proportion_of_a_text_is_a_percentage_of_the_form() {
    for (text, form) in [
        (0.3, "30"),
        (0.07, "7"),
        (0.0, "0"),
        (1.0, "100"),
        (0.125, "12.5"),
        (-0.05, "-5"),
        (12.0, "1200"),
        (1e-9, "0.0000001"),
    ] {
        assert_eq!(percent(&Value::Float(text)).unwrap(), form);
        assert!(is(proportion(form), text), "{form}");
    }
    assert_eq!(percent(&Value::Integer(1)).unwrap(), "100");
    assert_eq!(percent(&Value::from("a third")), None);
}

#[test]
fn a_percentage_may_have_its_sign_and_commas() {
    assert!(is(proportion("20%"), 0.2));
    assert!(is(proportion("20 %"), 0.2));
    assert!(is(proportion(".5"), 0.005));
    assert!(is(proportion("1,000"), 10.0));
    for wrong in ["", "%", "many", "20%%", "inf", "NaN", "1e999", "2 0"] {
        assert_eq!(
            proportion(wrong),
            Err("Give a percentage, such as 30 or 12.5"),
            "{wrong}"
        );
    }
}

#[test]
fn numbers_and_pounds_are_read_as_they_are_typed() {
    assert!(is(number("1,234.5"), 1234.5));
    assert!(number("nan").is_err() && number("ten").is_err() && number("").is_err());
    assert!(is(pounds("£1,234.50"), 1234.5));
    assert!(is(pounds("350"), 350.0));
    assert!(pounds("350.123").is_err() && pounds("much").is_err());
}

proptest! {
    #[test]
    fn a_decimal_of_six_digits_goes_there_and_back(millionths in 0_u32..=1_000_000) {
        let text = format!("0.{millionths:06}");
        let text = if millionths == 1_000_000 { "1.0" } else { text.as_str() };
        let was: f64 = text.parse().unwrap();
        let form = percent(&Value::Float(was)).unwrap();
        prop_assert!(form.len() <= 8, "{}", form);
        prop_assert!(is(proportion(&form), was), "{} {}", text, form);
    }

    #[test]
    fn any_number_goes_there_and_back(was in prop_oneof![0.0..1.0_f64, -1e9..1e9_f64, any::<f64>()]) {
        prop_assume!(was.is_finite());
        let form = percent(&Value::Float(was)).unwrap();
        // What is a hundred times too large for a number is no percentage.
        prop_assume!(was.abs() < 1e300);
        prop_assert!(is(proportion(&form), was), "{} {}", was, form);
    }

    #[test]
    fn what_is_typed_never_panics(text in "\\PC{0,12}") {
        let _ = (proportion(&text), number(&text), pounds(&text));
    }
}
