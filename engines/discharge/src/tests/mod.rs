mod accuracy;
mod length;

use proptest::prelude::*;
use stour_kernel::Date;

use super::{NightLost, Review, Stay, Verdict, days_not_reviewed, nights_lost, ready_date};

fn day(number: i8) -> Date {
    stour_kernel::Date::new(2026, 11, number).unwrap()
}

fn review(on: i8, verdict: Verdict<u8>) -> Review<u8> {
    Review {
        on: day(on),
        verdict,
    }
}

fn stay(discharged: Option<i8>, reviews: &[(i8, Option<u8>)]) -> Stay<u8> {
    let verdict = |reason: &Option<u8>| match reason {
        Some(reason) => Verdict::Ready(Some(*reason)),
        None => Verdict::Meets,
    };
    Stay {
        admitted: day(2),
        discharged: discharged.map(day),
        reviews: reviews
            .iter()
            .map(|(on, reason)| review(*on, verdict(reason)))
            .collect(),
    }
}

#[test]
fn the_period_that_goes_on_begins_when_criteria_were_last_not_met() {
    let open = [
        (3, None),
        (5, Some(1)),
        (6, Some(2)),
        (7, None),
        (9, Some(1)),
        (10, Some(1)),
    ];
    assert_eq!(ready_date(&stay(None, &open[..1])), None);
    assert_eq!(ready_date(&stay(None, &open[..3])), Some(day(5)));
    assert_eq!(
        ready_date(&stay(None, &open[..4])),
        None,
        "a criterion is met again"
    );
    assert_eq!(ready_date(&stay(None, &open)), Some(day(9)));
    assert_eq!(ready_date(&stay(Some(12), &open)), Some(day(9)));
}

#[test]
fn of_one_day_the_last_review_counts() {
    assert_eq!(ready_date(&stay(None, &[(5, Some(1)), (5, None)])), None);
    assert_eq!(
        ready_date(&stay(None, &[(5, None), (5, Some(1))])),
        Some(day(5))
    );
}

#[test]
fn reviews_from_outside_the_stay_are_not_of_it() {
    assert_eq!(ready_date(&stay(None, &[(1, Some(1))])), None);
    assert_eq!(
        ready_date(&stay(Some(8), &[(5, Some(1)), (9, None)])),
        Some(day(5))
    );
}

#[test]
fn every_night_is_lost_to_the_reason_that_was_given_last() {
    let lost = nights_lost(&stay(Some(9), &[(5, Some(1)), (7, Some(2))]), day(20));
    let of = |on, reason| NightLost {
        of: day(on),
        reason: Some(reason),
    };
    assert_eq!(lost, [of(5, 1), of(6, 1), of(7, 2), of(8, 2)]);
    assert!(nights_lost(&stay(Some(5), &[(5, Some(1))]), day(20)).is_empty());
}

#[test]
fn days_on_which_nobody_looked_are_known() {
    let one = stay(None, &[(2, None), (4, None)]);
    assert_eq!(days_not_reviewed(&one, day(6)), [day(3), day(5)]);
    assert!(days_not_reviewed(&stay(Some(2), &[]), day(6)).is_empty());
}

/// What holds on each day, from the start of the stay, carried over days without a review: by walking, not by a table.
fn standing(stay: &Stay<u8>, until: Date) -> Vec<(Date, Option<Verdict<u8>>)> {
    let (mut on, mut now, mut all) = (stay.admitted, None, Vec::new());
    while on <= until {
        for review in &stay.reviews {
            if review.on == on {
                now = Some(review.verdict.clone());
            }
        }
        all.push((on, now.clone()));
        on = on.tomorrow().unwrap();
    }
    all
}

fn any_stay() -> impl Strategy<Value = (Stay<u8>, Date)> {
    let verdict = prop_oneof![
        Just(Verdict::Meets),
        proptest::option::of(0..3_u8).prop_map(Verdict::Ready),
    ];
    let reviews = proptest::collection::vec((1..29_i8, verdict), 0..20);
    (2..20_i8, 0..10_i8, any::<bool>(), reviews).prop_map(|(admitted, length, is_over, reviews)| {
        let last = day((admitted + length).min(28));
        let reviews = reviews
            .into_iter()
            .map(|(on, verdict)| review(on, verdict))
            .collect();
        let stay = Stay {
            admitted: day(admitted),
            discharged: is_over.then_some(last),
            reviews,
        };
        (stay, last)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_date_is_that_of_a_walk_through_the_days((stay, last) in any_stay()) {
        // While somebody is there, what was said of days to come counts as soon as it is said.
        let until = stay.discharged.unwrap_or_else(|| day(28).max(last));
        let mut begun = None;
        for (on, now) in standing(&stay, until) {
            begun = match now {
                Some(Verdict::Ready(_)) => begun.or(Some(on)),
                Some(Verdict::Meets) | None => None,
            };
        }
        prop_assert_eq!(ready_date(&stay), begun);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nights_by_reason_add_up_to_the_days_between((stay, today) in any_stay()) {
        let lost = nights_lost(&stay, today);
        let until = stay.discharged.unwrap_or(today);
        let between = ready_date(&stay).map_or(0, |ready| until.since(ready).unwrap().get_days().max(0));
        prop_assert_eq!(lost.len(), usize::try_from(between).unwrap());
        let held = standing(&stay, until);
        for night in &lost {
            let (_, now) = held.iter().find(|(on, _)| *on == night.of).unwrap();
            prop_assert_eq!(now.as_ref(), Some(&Verdict::Ready(night.reason)));
        }
    }

    #[test]
    fn a_stay_is_reviewed_or_not_on_each_of_its_days((stay, today) in any_stay()) {
        let until = stay.discharged.unwrap_or(today);
        let missing = days_not_reviewed(&stay, today);
        for (on, _) in standing(&stay, until).into_iter().filter(|(on, _)| *on < until) {
            let is_reviewed = stay.reviews.iter().any(|review| review.on == on);
            prop_assert_eq!(missing.contains(&on), !is_reviewed);
        }
        prop_assert!(missing.iter().all(|on| stay.admitted <= *on && *on < until));
    }
}
