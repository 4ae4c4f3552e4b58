//! Stretches of days.

use std::fmt::{self, Display};
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stretch of at least one day: from `start`, up to but not including `end`; without an end it
/// goes on. Periods that follow each other share a date: the old council's end is the new one's
/// start, 1 April 2019.
///
/// As text it is `2009-04-01/2019-04-01`, or `2019-04-01/..` with no end (ISO 8601-2 writes an
/// open end so); in JSON `{"start": "2009-04-01", "end": "2019-04-01"}`, `end` null or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds")]
pub struct Period {
    start: Date,
    end: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    start: Date,
    #[serde(default)]
    end: Option<Date>,
}

/// Why two dates, or a text, are not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// The end is the start or before it.
    #[error(
        "the period ends on {end}, not after its start {start}: the end is the first day that is \
         no longer part of it"
    )]
    NoDays {
        /// The first day asked for.
        start: Date,
        /// The end asked for.
        end: Date,
    },
    /// The text is not two dates with a stroke between.
    #[error("write a period as 2009-04-01/2019-04-01, or 2019-04-01/.. when it has no end")]
    Shape,
}

impl Period {
    /// From `start` until the day before `end`, or without end.
    ///
    /// # Errors
    ///
    /// [`PeriodError::NoDays`] when `end` is not after `start`.
    pub fn new(start: Date, end: Option<Date>) -> Result<Self, PeriodError> {
        match end {
            Some(end) if end <= start => Err(PeriodError::NoDays { start, end }),
            _ => Ok(Self { start, end }),
        }
    }

    /// From `start` without end.
    pub const fn starting(start: Date) -> Self {
        Self { start, end: None }
    }

    /// The first day.
    pub const fn start(&self) -> Date {
        self.start
    }

    /// The first day that is no longer part of it; `None` when it goes on.
    pub const fn end(&self) -> Option<Date> {
        self.end
    }

    /// Whether the day is part of it.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| day < end)
    }

    /// Whether any day is part of both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.intersection(other).is_some()
    }

    /// The days that are part of both; `None` when there are none.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let start = self.start.max(other.start);
        let end = match (self.end, other.end) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self::new(start, end).ok()
    }

    /// How many days it has; `None` when it goes on.
    pub fn days(&self) -> Option<i32> {
        self.end
            .and_then(|end| self.start.until(end).ok())
            .map(|span| span.get_days())
    }

    /// The same period ended at `end`, exclusive.
    ///
    /// # Errors
    ///
    /// [`PeriodError::NoDays`] when `end` is not after its start.
    pub fn ended(&self, end: Date) -> Result<Self, PeriodError> {
        Self::new(self.start, Some(end))
    }
}

impl TryFrom<Bounds> for Period {
    type Error = PeriodError;

    fn try_from(Bounds { start, end }: Bounds) -> Result<Self, PeriodError> {
        Self::new(start, end)
    }
}

impl Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            Some(end) => write!(formatter, "{}/{end}", self.start),
            None => write!(formatter, "{}/..", self.start),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let (start, end) = text.trim().split_once('/').ok_or(PeriodError::Shape)?;
        let start = start.parse().map_err(|_| PeriodError::Shape)?;
        let end = match end {
            ".." => None,
            end => Some(end.parse().map_err(|_| PeriodError::Shape)?),
        };
        Self::new(start, end)
    }
}

impl TryFrom<&str> for Period {
    type Error = PeriodError;

    fn try_from(text: &str) -> Result<Self, PeriodError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests;
