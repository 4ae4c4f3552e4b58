use proptest::prelude::*;

use super::*;

#[test]
fn amounts_are_written_in_pounds() {
    for (pence, text) in [
        (0, "£0.00"),
        (5, "£0.05"),
        (-5, "-£0.05"),
        (99_999, "£999.99"),
        (123_456, "£1,234.56"),
        (-100_000_000, "-£1,000,000.00"),
        (i64::MAX, "£92,233,720,368,547,758.07"),
        (i64::MIN, "-£92,233,720,368,547,758.08"),
    ] {
        assert_eq!(Pence(pence).to_string(), text);
        assert_eq!(text.parse(), Ok(Pence(pence)));
    }
}

#[test]
fn amounts_are_read_as_people_type_them() {
    for text in [
        "1234.56",
        "1,234.56",
        "£1234.56",
        " £ 1,234.56 ",
        "0001234.56",
    ] {
        assert_eq!(text.parse(), Ok(Pence(123_456)), "{text}");
    }
    for text in ["-£12", "£-12", "-12.00", "\u{2212}£12", "- £12"] {
        assert_eq!(text.parse(), Ok(Pence(-1_200)), "{text}");
    }
}

#[test]
fn other_texts_are_refused_for_their_reason() {
    for (text, error) in [
        ("", PenceError::Empty),
        ("£", PenceError::Empty),
        (".50", PenceError::Empty),
        ("--5", PenceError::Character('-')),
        ("£-£5", PenceError::Character('£')),
        ("1 234", PenceError::Character(' ')),
        ("1.2.3", PenceError::Character('.')),
        ("1.+5", PenceError::Character('+')),
        ("$5", PenceError::Character('$')),
        ("1,23", PenceError::Commas),
        (",123", PenceError::Commas),
        ("1234,567", PenceError::Commas),
        ("1,,234", PenceError::Commas),
        ("5.", PenceError::Pennies),
        ("5.5", PenceError::Pennies),
        ("5.555", PenceError::Pennies),
        ("92233720368547758.08", PenceError::TooLarge),
        ("99999999999999999999", PenceError::TooLarge),
    ] {
        assert_eq!(text.parse::<Pence>(), Err(error), "{text}");
    }
}

#[test]
fn sums_that_do_not_fit_are_none() {
    assert_eq!(Pence(i64::MAX).checked_add(Pence(1)), None);
    assert_eq!(Pence(i64::MIN).checked_sub(Pence(1)), None);
    assert_eq!(Pence(i64::MAX).checked_mul(2), None);
    assert_eq!(Pence::from_pounds(i64::MAX), None);
    assert_eq!(Pence::from_pounds(-3), Some(Pence(-300)));
    assert_eq!(Pence::checked_sum([]), Some(Pence::ZERO));
    assert_eq!(Pence::checked_sum([Pence(i64::MAX), Pence(1)]), None);
}

proptest! {
    #[test]
    fn every_amount_survives_text_and_json(pence: i64) {
        let amount = Pence(pence);
        prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        prop_assert_eq!(serde_json::to_string(&amount).unwrap(), pence.to_string());
        prop_assert_eq!(serde_json::from_str::<Pence>(&pence.to_string()).unwrap(), amount);
    }

    #[test]
    fn arithmetic_is_that_of_the_integers(one: i64, two: i64, times: i64) {
        let fits = |value: i128| i64::try_from(value).ok().map(Pence);
        let wide = i128::from;
        prop_assert_eq!(Pence(one).checked_add(Pence(two)), fits(wide(one) + wide(two)));
        prop_assert_eq!(Pence(one).checked_sub(Pence(two)), fits(wide(one) - wide(two)));
        prop_assert_eq!(Pence(one).checked_mul(times), fits(wide(one) * wide(times)));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-£0-9,. a]{0,24}") {
        let _ = text.parse::<Pence>();
    }
}
