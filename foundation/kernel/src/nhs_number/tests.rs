use proptest::prelude::*;

use super::*;

/// The rule as the NHS Data Model and Dictionary tells it, digit by digit: multiply the first nine
/// digits by 10 down to 2, add, take the remainder by 11 from 11; 11 counts as 0 and 10 as wrong.
fn oracle(digits: &str) -> bool {
    let digits: Vec<u32> = digits
        .chars()
        .map(|digit| digit.to_digit(10).unwrap())
        .collect();
    let sum: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    match 11 - sum % 11 {
        10 => false,
        11 => digits[9] == 0,
        check => digits[9] == check,
    }
}

fn numbers() -> impl Strategy<Value = NhsNumber> {
    (1_u32..1_000_000_000).prop_filter_map("no check digit", NhsNumber::from_first_nine)
}

#[test]
fn a_number_is_read_however_it_is_spaced() {
    let expected = NhsNumber(9_434_765_919);
    for text in [
        "9434765919",
        "943 476 5919",
        "943-476-5919",
        " 943\u{a0}476\u{2011}5919\n",
    ] {
        assert_eq!(text.parse(), Ok(expected), "{text}");
    }
    assert_eq!(expected.to_string(), "943 476 5919");
    assert_eq!(expected.digits(), "9434765919");
}

#[test]
fn leading_zeros_are_digits() {
    let number = NhsNumber::from_first_nine(10_101_002).unwrap();
    assert_eq!(number.digits().len(), 10);
    assert_eq!(number.digits().parse(), Ok(number));
    assert!(number.to_string().starts_with("010 "));
}

#[test]
fn the_test_range_is_known() {
    assert!("9990000018".parse::<NhsNumber>().unwrap().is_test_range());
    assert!(!"9434765919".parse::<NhsNumber>().unwrap().is_test_range());
}

#[test]
fn repeated_digits_pass_the_check_and_are_known() {
    for digit in 1..=9 {
        let text = digit.to_string().repeat(10);
        assert!(
            text.parse::<NhsNumber>().unwrap().is_repeated_digit(),
            "{text}"
        );
    }
    assert!(
        !"9990000018"
            .parse::<NhsNumber>()
            .unwrap()
            .is_repeated_digit()
    );
}

#[test]
fn other_texts_are_refused_for_their_reason() {
    assert_eq!(
        "943476591".parse::<NhsNumber>(),
        Err(NhsNumberError::Length(9))
    );
    assert_eq!(
        "9".repeat(40).parse::<NhsNumber>(),
        Err(NhsNumberError::Length(40))
    );
    assert_eq!(
        "943476591O".parse::<NhsNumber>(),
        Err(NhsNumberError::Character('O'))
    );
    assert_eq!(
        "٩434765919".parse::<NhsNumber>(),
        Err(NhsNumberError::Character('٩'))
    );
    assert_eq!(
        "9434765918".parse::<NhsNumber>(),
        Err(NhsNumberError::CheckDigit)
    );
    assert_eq!(
        "000 000 0000".parse::<NhsNumber>(),
        Err(NhsNumberError::Zeros)
    );
    assert_eq!(NhsNumber::from_first_nine(1_000_000_000), None);
    assert_eq!(NhsNumber::from_first_nine(0), None);
}

#[test]
fn nine_digits_that_would_need_a_ten_make_no_number() {
    let nine = (1..1_000)
        .find(|nine| NhsNumber::from_first_nine(*nine).is_none())
        .unwrap();
    for check in 0..=9 {
        let text = format!("{nine:09}{check}");
        assert_eq!(text.parse::<NhsNumber>(), Err(NhsNumberError::CheckDigit));
    }
}

proptest! {
    #[test]
    fn what_is_read_is_what_the_rule_accepts(text in "[0-9]{10}") {
        prop_assume!(text != "0000000000");
        prop_assert_eq!(text.parse::<NhsNumber>().is_ok(), oracle(&text));
    }

    #[test]
    fn every_number_survives_text_and_json(number in numbers()) {
        prop_assert!(oracle(&number.digits()));
        prop_assert_eq!(number.digits().parse(), Ok(number));
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(&json, &format!("\"{}\"", number.digits()));
        prop_assert_eq!(serde_json::from_str::<NhsNumber>(&json).unwrap(), number);
    }

    #[test]
    fn any_one_wrong_digit_is_detected(
        number in numbers(),
        position in 0..10_usize,
        by in 1..10_u32,
    ) {
        let mut digits: Vec<u32> =
            number.digits().chars().map(|digit| digit.to_digit(10).unwrap()).collect();
        digits[position] = (digits[position] + by) % 10;
        let text: String = digits.iter().map(u32::to_string).collect();
        prop_assert!(text.parse::<NhsNumber>().is_err());
    }

    #[test]
    fn any_two_neighbours_swapped_are_detected(number in numbers(), position in 0..9_usize) {
        let mut digits = number.digits().into_bytes();
        let differ = digits[position] != digits[position + 1];
        digits.swap(position, position + 1);
        let text = String::from_utf8(digits).unwrap();
        prop_assert_eq!(text.parse::<NhsNumber>() == Err(NhsNumberError::CheckDigit), differ);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        let _ = text.parse::<NhsNumber>();
    }
}
