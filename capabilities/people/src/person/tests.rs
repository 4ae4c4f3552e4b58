use stour_kernel::Date;

use super::age;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_birthday_adds_a_year_on_the_day_and_one_of_29_february_on_1_march() {
    for (born, on, expected) in [
        ("1941-03-12", "2026-03-11", Some(84)),
        ("1941-03-12", "2026-03-12", Some(85)),
        ("2024-02-29", "2025-02-28", Some(0)),
        ("2024-02-29", "2025-03-01", Some(1)),
        ("2026-11-24", "2026-11-24", Some(0)),
        ("2026-11-25", "2026-11-24", None),
    ] {
        assert_eq!(age(day(born), day(on)), expected, "{born} {on}");
    }
}
