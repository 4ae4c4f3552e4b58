use proptest::prelude::*;
use stour_appraisal::Measure;
use stour_kernel::Pence;

use super::{in_pounds, in_short, money, moved, paid_back, percent};

fn measure(value: Option<&str>, why_not: Option<&str>) -> Measure<String> {
    Measure {
        value: value.map(str::to_owned),
        why_not: why_not.map(str::to_owned),
    }
}

#[test]
fn money_has_pence_commas_and_a_minus_sign() {
    assert_eq!(money(Pence::new(0)), "£0.00");
    assert_eq!(money(Pence::new(123_456_789)), "£1,234,567.89");
    assert_eq!(money(Pence::new(-5)), "−£0.05");
}

#[test]
fn a_move_has_its_sign_and_no_move_says_so() {
    assert_eq!(moved(Pence::new(700), Pence::new(200)), "+£5.00");
    assert_eq!(moved(Pence::new(200), Pence::new(700)), "−£5.00");
    assert_eq!(moved(Pence::new(-200), Pence::new(-200)), "no change");
    let farthest = moved(Pence::new(i64::MIN), Pence::new(i64::MAX));
    assert!(farthest.starts_with('−'), "{farthest}");
}

#[test]
fn a_large_amount_is_said_in_short() {
    assert_eq!(in_short(Pence::new(120_000_000)), "£1.2m");
    assert_eq!(in_short(Pence::new(-120_000_000)), "−£1.2m");
}

#[test]
fn percentages_have_no_digits_of_binary_arithmetic() {
    assert_eq!(percent(0.1 + 0.2), "30%");
    assert_eq!(percent(0.07), "7%");
    assert_eq!(percent(0.125), "12.5%");
    assert_eq!(percent(0.0), "0%");
    assert_eq!(percent(1.0), "100%");
}

#[test]
fn what_is_not_paid_back_says_why() {
    let back = paid_back(&measure(Some("2027/28"), None));
    assert_eq!(back, "Paid back in 2027/28");
    assert_eq!(
        paid_back(&measure(None, Some("it costs more than it gains"))),
        "Not paid back: it costs more than it gains"
    );
}

proptest! {
    #[test]
    fn a_move_leads_from_one_amount_to_the_other(one in -1_000_000_i64..1_000_000, by in 1_i64..1_000_000) {
        let (before, after) = (Pence::new(one), Pence::new(one + by));
        let words = moved(after, before);
        let amount: Pence = words.trim_start_matches('+').parse().unwrap();
        prop_assert_eq!(amount, Pence::new(by));
        prop_assert_eq!(moved(before, after), format!("−{}", words.trim_start_matches('+')));
    }

    #[test]
    fn pounds_to_be_drawn_are_a_hundredth_of_the_pence(pence in -1_000_000_000_i32..1_000_000_000) {
        let drawn = in_pounds(Pence::new(i64::from(pence)));
        prop_assert!((drawn - f64::from(pence) / 100.0).abs() < 1e-6);
    }
}
