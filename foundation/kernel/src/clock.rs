//! Time as a parameter: what "now" and "today" are is decided by whoever starts the work.

use std::fmt::Debug;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The rule for summer time in the United Kingdom: clocks go forward an hour at 01:00 GMT on the
/// last Sunday of March and back at 01:00 GMT on the last Sunday of October (Summer Time Order
/// 2002). It stands in for the zone database on a machine that has none.
const UNITED_KINGDOM_RULE: &str = "GMT0BST,M3.5.0/1,M10.5.0";

static LONDON: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::get("Europe/London")
        .or_else(|_| TimeZone::posix(UNITED_KINGDOM_RULE))
        .unwrap_or(TimeZone::UTC)
});

/// The time zone of Europe/London, in which every date of the house is a date.
pub fn london() -> TimeZone {
    LONDON.clone()
}

/// The calendar date in London at an instant: `2026-07-01T23:30:00Z` is already 2 July.
pub fn london_date(at: Timestamp) -> Date {
    at.to_zoned_datetime(london()).date()
}

/// Where the time comes from.
pub trait Clock: Debug + Send + Sync {
    /// The present instant, in whole microseconds: the precision in which instants are stored, so
    /// that one read back equals the one written.
    fn now(&self) -> Timestamp;

    /// The present date in London.
    fn today(&self) -> Date {
        london_date(self.now())
    }

    /// Time since an arbitrary origin; never goes back. For measuring how long something took.
    fn monotonic(&self) -> Duration;
}

/// The machine's own clock.
#[derive(Debug)]
pub struct SystemClock {
    origin: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time starts at zero here.
    pub fn new() -> Self {
        Self {
            origin: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system clock"
    )]
    fn now(&self) -> Timestamp {
        whole_microseconds(Timestamp::now())
    }

    fn monotonic(&self) -> Duration {
        self.origin.elapsed()
    }
}

/// A clock that stands still until it is told to move: for tests and for generated histories.
#[derive(Debug)]
pub struct FixedClock {
    reading: Mutex<Reading>,
}

#[derive(Debug)]
struct Reading {
    now: Timestamp,
    monotonic: Duration,
}

impl FixedClock {
    /// A clock that stands at this instant, its monotonic time at zero.
    pub fn new(now: Timestamp) -> Self {
        let reading = Reading {
            now: whole_microseconds(now),
            monotonic: Duration::ZERO,
        };
        Self {
            reading: Mutex::new(reading),
        }
    }

    /// Puts the clock at an instant, earlier or later, as an operator who corrects a machine's
    /// clock does; monotonic time stays where it is.
    pub fn set(&self, now: Timestamp) {
        self.lock().now = whole_microseconds(now);
    }

    /// Lets time pass, on both the calendar and the monotonic clock. At the end of the calendar
    /// (the year 9999) the instant stays where it is.
    pub fn advance(&self, by: Duration) {
        let mut reading = self.lock();
        reading.now = reading
            .now
            .checked_add(by)
            .map_or(reading.now, whole_microseconds);
        reading.monotonic = reading.monotonic.saturating_add(by);
    }

    fn lock(&self) -> MutexGuard<'_, Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.lock().now
    }

    fn monotonic(&self) -> Duration {
        self.lock().monotonic
    }
}

fn whole_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests;
