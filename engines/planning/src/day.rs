//! Days as numbers, to add and to subtract.

use jiff::{SignedDuration, civil};
use stour_kernel::Date;

const EPOCH: Date = civil::date(1970, 1, 1);

/// Days since 1 January 1970.
pub(crate) fn number(day: Date) -> i64 {
    EPOCH.duration_until(day).as_hours() / 24
}

/// The day of a number; the first or last day of the calendar where it is beyond that.
pub(crate) fn of(number: i64) -> Date {
    EPOCH.saturating_add(SignedDuration::from_hours(number.saturating_mul(24)))
}

/// The day so many days later, or earlier for a negative number.
pub(crate) fn plus(day: Date, days: i64) -> Date {
    of(self::number(day).saturating_add(days))
}

/// The last day of something that takes so many days from `start`; the first day itself where it takes none.
pub fn last_day(start: Date, days: u32) -> Date {
    plus(start, i64::from(days.saturating_sub(1)))
}

/// The first day of something that takes so many days up to `last`; the last day itself where it takes none.
pub fn first_day(last: Date, days: u32) -> Date {
    plus(last, -i64::from(days.saturating_sub(1)))
}

/// The day so many days before another.
pub fn days_before(day: Date, days: u16) -> Date {
    plus(day, -i64::from(days))
}

/// The day so many days after another.
pub fn days_after(day: Date, days: u16) -> Date {
    plus(day, i64::from(days))
}
