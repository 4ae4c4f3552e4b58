use proptest::prelude::*;
use stour_statistics::rate::Withheld;
use stour_statistics::rate::follow::{Event, Followed, distinct, followed};

use super::sure;

fn events(list: &[(u8, i32)]) -> Vec<Event<u8>> {
    list.iter()
        .map(|&(person, day)| Event { person, day })
        .collect()
}

#[test]
fn a_return_on_the_last_day_counts_and_one_on_the_same_day_does_not() {
    let left = events(&[(1, 0), (2, 0), (3, 0), (4, 80)]);
    let back = events(&[(1, 30), (2, 31), (3, 0), (4, 81)]);
    let found = followed(&left, &back, &(1..=30), 100).unwrap();
    let expected = Followed {
        of: 3,
        with: 1,
        too_recent: 1,
    };
    assert_eq!(found, expected);
    assert!((found.with(sure(0.95)).unwrap().value - 1.0 / 3.0).abs() < 1e-15);
    assert!((found.without(sure(0.95)).unwrap().value - 2.0 / 3.0).abs() < 1e-15);
    let nobody = followed(&left, &back, &(1..=30), 0).unwrap();
    assert!(nobody.with(sure(0.95)).is_err());
    let none = Withheld::NoDays { from: 30, to: 1 };
    #[expect(clippy::reversed_empty_ranges, reason = "it is what is refused")]
    let reversed = followed(&left, &back, &(30..=1), 100);
    assert_eq!(reversed, Err(none));
    let more = Followed {
        of: 1,
        with: 2,
        too_recent: 0,
    };
    assert!(more.with(sure(0.95)).is_err() && more.without(sure(0.95)).is_err());
}

proptest! {
    #[test]
    fn agrees_with_looking_at_every_pair(
        left in prop::collection::vec((0_u8..6, 0_i32..60), 0..30),
        back in prop::collection::vec((0_u8..6, 0_i32..60), 0..30),
        from in 0_u16..5, length in 0_u16..20, until in 0_i32..60,
    ) {
        let found = followed(&events(&left), &events(&back), &(from..=from + length), until).unwrap();
        let end = i32::from(from + length);
        let seen: Vec<_> = left.iter().filter(|(_, day)| day + end <= until).collect();
        let with = seen.iter().filter(|(person, day)| back.iter().any(|(other, then)| {
            other == person && (i32::from(from)..=end).contains(&(then - day))
        }));
        prop_assert_eq!(found.of, u64::try_from(seen.len()).unwrap());
        prop_assert_eq!(found.with, u64::try_from(with.count()).unwrap());
        prop_assert_eq!(found.too_recent + found.of, u64::try_from(left.len()).unwrap());
        let mut people: Vec<u8> = left.iter().map(|(person, _)| *person).collect();
        let count = distinct(people.iter());
        people.sort_unstable();
        people.dedup();
        prop_assert_eq!(count, people.len());
    }
}
