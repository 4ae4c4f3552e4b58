//! Which days nobody works.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use stour_kernel::Date;

use crate::DeadlineError;

/// The public holidays of a country, and the years for which they are all known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holidays {
    days: BTreeSet<Date>,
    years: RangeInclusive<i16>,
}

impl Holidays {
    /// Holidays, and the years in which no others are.
    pub fn new(days: impl IntoIterator<Item = Date>, years: RangeInclusive<i16>) -> Self {
        Self {
            days: days.into_iter().collect(),
            years,
        }
    }

    /// The years for which all holidays are known.
    pub const fn years(&self) -> &RangeInclusive<i16> {
        &self.years
    }

    /// Whether a day is worked: neither a Saturday, a Sunday nor a holiday.
    ///
    /// # Errors
    /// [`DeadlineError::UnknownYear`] when the holidays of its year are not known.
    pub fn is_working_day(&self, day: Date) -> Result<bool, DeadlineError> {
        if !self.years.contains(&day.year()) {
            return Err(DeadlineError::UnknownYear(day.year()));
        }
        // From Monday, which is 0.
        let is_weekend = day.weekday().to_monday_zero_offset() >= 5;
        Ok(!is_weekend && !self.days.contains(&day))
    }

    /// How many days are worked strictly between two days, neither of which counts.
    ///
    /// # Errors
    /// [`DeadlineError::UnknownYear`] when one of them falls in a year whose holidays are not known.
    pub fn working_days_between(&self, from: Date, until: Date) -> Result<u32, DeadlineError> {
        let mut count: u32 = 0;
        let mut day = from;
        loop {
            day = day.tomorrow().map_err(|_| DeadlineError::OutOfRange)?;
            if day >= until {
                return Ok(count);
            }
            if self.is_working_day(day)? {
                count = count.saturating_add(1);
            }
        }
    }
}
