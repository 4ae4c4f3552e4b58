use stour_register::Around;

use super::{HOLDER, Holder};
use crate::testing::entry;

fn holder(from: &str, to: &str) -> Holder {
    let fields = [
        ("name", "Asha"),
        ("role", "2"),
        ("from", from),
        ("to", to),
        ("post", "Chief Executive"),
        ("organisation", "A council"),
    ];
    Holder::read(&entry(HOLDER, 1, fields)).unwrap()
}

#[test]
fn a_role_is_held_from_its_first_day_to_its_last() {
    let held = holder("2013-09-01", "2014-03-31");
    for (day, holds) in [
        ("2013-08-31", false),
        ("2013-09-01", true),
        ("2014-03-31", true),
        ("2014-04-01", false),
    ] {
        assert_eq!(held.held_on(day.parse().unwrap()), Some(holds), "{day}");
    }
    assert_eq!(held.of, "Chief Executive, A council");
    let still = holder("2013-09-01", "");
    assert_eq!(still.held_on("2030-01-01".parse().unwrap()), Some(true));
}

#[test]
fn nobody_is_said_to_hold_a_role_of_which_the_first_day_is_not_known() {
    let on = |day: &str| day.parse().unwrap();
    assert_eq!(holder("", "").held_on(on("2030-01-01")), None);
    assert_eq!(holder("", "2014-03-31").held_on(on("2014-03-31")), None);
    assert_eq!(
        holder("", "2014-03-31").held_on(on("2014-04-01")),
        Some(false)
    );
}

#[test]
fn the_last_day_does_not_come_before_the_first() {
    let check = |from: &str, to: &str| {
        let fields = [("name", "Asha"), ("role", "1"), ("from", from), ("to", to)];
        (HOLDER.check)(&entry(HOLDER, 1, fields).values, &Around::default())
    };
    assert_eq!(check("2014-01-02", "2014-01-01")[0].field, "to");
    assert!(check("2014-01-02", "2014-01-02").is_empty());
    assert!(check("", "2014-01-02").is_empty());
}
