use stour_register::Around;

use super::{MEETING, around_day};
use crate::testing::entry;

#[test]
fn the_board_that_meets_today_is_the_next_and_not_the_last() {
    let meeting = |number, day| entry(MEETING, number, [("title", day), ("day", day)]);
    let around = Around::new(vec![
        meeting(1, "2026-10-27"),
        meeting(2, "2026-11-24"),
        meeting(3, "2026-12-15"),
    ]);
    let on = |today: &str| {
        let (last, next) = around_day(&around, today.parse().unwrap());
        (last.map(|one| one.title), next.map(|one| one.title))
    };
    let is = |text: &str| Some(text.to_owned());
    assert_eq!(on("2026-11-23"), (is("2026-10-27"), is("2026-11-24")));
    assert_eq!(on("2026-11-24"), (is("2026-10-27"), is("2026-11-24")));
    assert_eq!(on("2026-11-25"), (is("2026-11-24"), is("2026-12-15")));
    assert_eq!(on("2026-10-27"), (None, is("2026-10-27")));
}
