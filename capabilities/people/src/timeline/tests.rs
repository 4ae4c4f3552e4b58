use super::end_of;

#[test]
fn a_day_ends_at_midnight_in_london_in_summer_and_in_winter() {
    for (day, end) in [
        ("2026-07-01", "2026-07-01T22:59:59.999999Z"),
        ("2026-11-24", "2026-11-24T23:59:59.999999Z"),
        ("2026-10-25", "2026-10-25T23:59:59.999999Z"),
    ] {
        assert_eq!(end_of(day.parse().unwrap()), end.parse().unwrap(), "{day}");
    }
}
