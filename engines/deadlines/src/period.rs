//! Periods of days, and the day on which they end.

use std::fmt;
use std::time::Duration;

use stour_kernel::Date;

use crate::Holidays;

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Every day; the day of the event does not count, the last day does: "within 28 days".
    Days,
    /// Every day between two events, neither of whose own days counts: "28 clear days' notice".
    ClearDays,
    /// Days that are worked; the day of the event does not count, the last day does: "within 20 working days".
    WorkingDays,
    /// Days that are worked between two events, neither of whose own days counts.
    ClearWorkingDays,
}

impl Count {
    /// Whether the day after the counted ones is meant: what needs notice may happen then at the earliest.
    const fn is_clear(self) -> bool {
        matches!(self, Self::ClearDays | Self::ClearWorkingDays)
    }

    const fn counts_every_day(self) -> bool {
        matches!(self, Self::Days | Self::ClearDays)
    }

    /// The words, after a number that is not 1: `clear days`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::ClearDays => "clear days",
            Self::WorkingDays => "working days",
            Self::ClearWorkingDays => "clear working days",
        }
    }
}

/// A number of days, and how they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub days: u16,
    /// How they are counted.
    pub count: Count,
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.count.words();
        match self.days {
            1 => write!(formatter, "1 {}", words.trim_end_matches('s')),
            days => write!(formatter, "{days} {words}"),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// The count reaches a year whose holidays are not known.
    #[error("the bank holidays of {0} are not known here, so working days in it cannot be counted")]
    UnknownYear(i16),
    /// The count leaves the calendar.
    #[error("the day is outside the calendar")]
    OutOfRange,
}

#[derive(Clone, Copy)]
enum Way {
    Forward,
    Back,
}

impl Period {
    /// The day that a period beginning with an event on `from` leads to. For clear days, the first day on which
    /// what needed the notice may happen; otherwise the last day on which something is in time. No days at all
    /// is the day itself, or for clear days the one after it.
    ///
    /// # Errors
    /// [`DeadlineError`] when the holidays that it depends on are not known, or the calendar ends.
    pub fn from(self, from: Date, holidays: &Holidays) -> Result<Date, DeadlineError> {
        self.travel(from, holidays, Way::Forward)
    }

    /// The latest day of an event from which the period has run on `by`: by when notice must be given for
    /// something to happen then. The inverse of [`from`](Self::from), where that has one.
    ///
    /// # Errors
    /// [`DeadlineError`] when the holidays that it depends on are not known, or the calendar ends.
    pub fn back_from(self, by: Date, holidays: &Holidays) -> Result<Date, DeadlineError> {
        // Counting working days, an event on any of several days leads to one day: the last of them is the answer.
        if self.count.counts_every_day() || self.count.is_clear() {
            return self.travel(by, holidays, Way::Back);
        }
        let mut latest = by;
        while self.from(latest, holidays)? > by {
            latest = latest.yesterday().map_err(|_| DeadlineError::OutOfRange)?;
        }
        Ok(latest)
    }

    fn travel(self, from: Date, holidays: &Holidays, way: Way) -> Result<Date, DeadlineError> {
        let day = if self.count.counts_every_day() {
            every_day(from, self.days, way)?
        } else {
            let (mut day, mut left) = (from, self.days);
            while left > 0 {
                day = next(day, way)?;
                if holidays.is_working_day(day)? {
                    left = left.saturating_sub(1);
                }
            }
            day
        };
        if self.count.is_clear() {
            next(day, way)
        } else {
            Ok(day)
        }
    }
}

fn next(day: Date, way: Way) -> Result<Date, DeadlineError> {
    let next = match way {
        Way::Forward => day.tomorrow(),
        Way::Back => day.yesterday(),
    };
    next.map_err(|_| DeadlineError::OutOfRange)
}

fn every_day(from: Date, days: u16, way: Way) -> Result<Date, DeadlineError> {
    let span = Duration::from_hours(24_u64.saturating_mul(days.into()));
    let day = match way {
        Way::Forward => from.checked_add(span),
        Way::Back => from.checked_sub(span),
    };
    day.map_err(|_| DeadlineError::OutOfRange)
}
