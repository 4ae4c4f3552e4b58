use std::time::Duration;

use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;

use super::*;

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_day_in_london_starts_an_hour_early_in_summer() {
    assert_eq!(
        london_date(instant("2026-07-01T22:59:59Z")),
        date(2026, 7, 1)
    );
    assert_eq!(
        london_date(instant("2026-07-01T23:00:00Z")),
        date(2026, 7, 2)
    );
    assert_eq!(
        london_date(instant("2026-12-01T23:59:59Z")),
        date(2026, 12, 1)
    );
}

#[test]
fn the_fixed_clock_moves_only_when_told() {
    let clock = FixedClock::new(instant("2026-03-29T00:59:59.1234567Z"));
    assert_eq!(clock.now(), instant("2026-03-29T00:59:59.123456Z"));
    assert_eq!(clock.monotonic(), Duration::ZERO);

    clock.advance(Duration::from_hours(24));
    assert_eq!(clock.today(), date(2026, 3, 30));
    assert_eq!(clock.monotonic(), Duration::from_hours(24));

    clock.set(instant("2026-01-01T00:00:00Z"));
    assert_eq!(clock.today(), date(2026, 1, 1));
    assert_eq!(clock.monotonic(), Duration::from_hours(24));
}

#[test]
fn the_fixed_clock_stops_at_the_end_of_the_calendar() {
    let clock = FixedClock::new(Timestamp::MAX);
    let end = clock.now();
    clock.advance(Duration::MAX);
    assert_eq!(clock.now(), end);
}

#[test]
fn the_system_clock_gives_whole_microseconds_and_never_goes_back() {
    let clock = SystemClock::new();
    assert_eq!(clock.now().subsec_nanosecond() % 1_000, 0);
    let earlier = clock.monotonic();
    assert!(clock.monotonic() >= earlier);
}

proptest! {
    /// The rule used without a zone database agrees with the database from the year the rule
    /// took its present form.
    #[test]
    fn the_rule_in_the_program_is_the_one_of_the_zone_database(
        second in 820_454_400_i64..4_000_000_000,
    ) {
        let rule = TimeZone::posix(UNITED_KINGDOM_RULE).unwrap();
        let at = Timestamp::from_second(second).unwrap();
        prop_assert_eq!(at.to_zoned_datetime(rule).date(), london_date(at));
    }
}
