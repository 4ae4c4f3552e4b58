use stour_kernel::Date;

use super::{LONGEST, Review, WrongReview};

fn day(number: i8) -> Date {
    Date::new(2026, 11, number).unwrap()
}

/// What is wrong on 24 November with a review of a stay that began on the 20th.
fn wrongs(review: &Review) -> Vec<WrongReview> {
    let reference = stour_partnership::reference().unwrap();
    review.wrongs((day(20), day(24)), reference)
}

fn waits() -> Review {
    Review {
        on: day(24),
        meets: false,
        because: "HP4".to_owned(),
        pathway: Some("1".to_owned()),
        next_step: "Book the ambulance, ward clerk".to_owned(),
    }
}

#[test]
fn a_review_is_of_a_day_of_the_stay_that_has_come() {
    for (on, is_wrong) in [(19, true), (20, false), (24, false), (25, true)] {
        let review = Review {
            on: day(on),
            ..waits()
        };
        let expected: &[WrongReview] = if is_wrong { &[WrongReview::Day] } else { &[] };
        assert_eq!(wrongs(&review), expected, "{on}");
    }
}

#[test]
fn a_criterion_is_no_reason_and_a_reason_no_criterion() {
    let met = |because: &str| Review {
        meets: true,
        because: because.to_owned(),
        pathway: None,
        next_step: String::new(),
        ..waits()
    };
    assert_eq!(wrongs(&met("2")), []);
    assert_eq!(wrongs(&met("HP4")), [WrongReview::Criterion]);
    // `Di` was a reason until 2020, and is of a list of its own.
    for because in ["2", "Di", "", "no code at all"] {
        let review = Review {
            because: because.to_owned(),
            ..waits()
        };
        assert_eq!(wrongs(&review), [WrongReview::Reason], "{because}");
    }
    let nowhere = Review {
        pathway: Some("4".to_owned()),
        ..waits()
    };
    assert_eq!(wrongs(&nowhere), [WrongReview::Pathway]);
}

#[test]
fn for_somebody_who_is_ready_somebody_does_something() {
    let next = |next_step: String| Review {
        next_step,
        ..waits()
    };
    assert_eq!(wrongs(&next(String::new())), [WrongReview::NoNextStep]);
    assert_eq!(wrongs(&next("é".repeat(LONGEST))), []);
    assert_eq!(
        wrongs(&next("é".repeat(LONGEST + 1))),
        [WrongReview::LongNextStep]
    );
}
