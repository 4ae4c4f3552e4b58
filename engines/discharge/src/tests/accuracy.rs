use proptest::prelude::*;
use stour_kernel::Date;

use super::day;
use crate::{Kept, Outcome, accuracy};

fn outcome(expected: [Option<i8>; 3], left: i8) -> Outcome {
    Outcome {
        expected: expected.map(|on| on.map(day)),
        left: day(left),
    }
}

#[test]
fn errors_are_told_apart_from_their_direction() {
    let all = [
        outcome([Some(5), Some(8), None], 9),
        outcome([Some(5), Some(8), None], 4),
        outcome([None, None, None], 4),
        outcome([Some(5), None, None], 5),
        outcome([Some(5), None, None], 7),
    ];
    let found = accuracy(&all).unwrap();
    // 0, 1, 2 and 4 days: one and a half in the middle.
    assert_eq!((found.stays, found.middle_error), (4, 3));
    // Four days too early, one too late, two too early.
    assert_eq!(found.bias, -13);
    let kept = |by, of| Kept { by, of };
    assert_eq!(found.kept, [kept(2, 4), kept(1, 2), kept(0, 0)]);
    assert_eq!(accuracy(&all[2..3]), None);
    assert_eq!(accuracy(&[]), None);
}

fn any_day() -> impl Strategy<Value = Date> {
    (1..29_i8).prop_map(day)
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let expected = prop::array::uniform3(prop::option::of(any_day()));
    (expected, any_day()).prop_map(|(expected, left)| Outcome { expected, left })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn as_many_stays_err_by_no_more_than_the_middle_as_by_no_less(all in prop::collection::vec(any_outcome(), 0..20)) {
        let told: Vec<i32> = all
            .iter()
            .filter_map(|one| Some(i32::from(one.expected[0]?.day()) - i32::from(one.left.day())))
            .collect();
        let Some(found) = accuracy(&all) else {
            prop_assert!(told.is_empty());
            return Ok(());
        };
        let twice: Vec<u32> = told.iter().map(|error| 2 * error.unsigned_abs()).collect();
        let no_more = twice.iter().filter(|error| **error <= found.middle_error).count();
        let no_less = twice.iter().filter(|error| **error >= found.middle_error).count();
        prop_assert!(2 * no_more >= twice.len() && 2 * no_less >= twice.len());
        let sum: i64 = told.iter().map(|error| i64::from(*error)).sum();
        let stays = i64::try_from(told.len()).unwrap();
        prop_assert!((2 * (found.bias * stays - sum * 10)).abs() <= stays);
        for (place, kept) in found.kept.iter().enumerate() {
            let said = all.iter().filter(|one| one.expected[place].is_some());
            let by = said.clone().filter(|one| one.expected[place] >= Some(one.left));
            prop_assert_eq!((kept.by, kept.of), (u32::try_from(by.count()).unwrap(), u32::try_from(said.count()).unwrap()));
        }
    }
}
