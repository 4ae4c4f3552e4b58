//! Days counted from `today`, and the dates they are.
//!
//! Inside the generator a day is a number: 0 is `today`, -1 yesterday. Arithmetic is then plain, and "not in the
//! future" is "not above 0".

use jiff::civil::{DateTime, Time};
use stour_kernel::Date;

use crate::random::place;

/// A day, counted from `today`: 0 is `today`, negative is the past.
pub(crate) type Day = i32;

/// A day that has not come: later than anything that happens.
pub(crate) const NEVER: Day = i32::MAX / 2;

/// How far back dates are needed: the oldest person is under 110.
const DAYS_BACK: i32 = 41_500;

/// Every date from long ago until `today`.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    today: Date,
    dates: Vec<Date>,
}

impl Calendar {
    pub(crate) fn new(today: Date) -> Self {
        let mut dates = Vec::with_capacity(place(u64::from(DAYS_BACK.unsigned_abs())));
        let mut date = today;
        for _ in 0..DAYS_BACK {
            dates.push(date);
            match date.yesterday() {
                Ok(earlier) => date = earlier,
                Err(_) => break,
            }
        }
        Self { today, dates }
    }

    /// The date of a day. A day that has not come is `today`: nothing here is dated in the future.
    pub(crate) fn date(&self, day: Day) -> Date {
        let back = place(u64::from(day.min(0).unsigned_abs()));
        self.dates
            .get(back)
            .or(self.dates.last())
            .copied()
            .unwrap_or(self.today)
    }

    /// The moment of a day, `minute` minutes after midnight. On `today` the day is taken to be a quarter over:
    /// its moments are squeezed into the first six hours, so that few of them are still to come.
    pub(crate) fn moment(&self, day: Day, minute: i32) -> DateTime {
        let minute = minute.clamp(0, 1439);
        let minute = if day >= 0 { minute / 4 } else { minute };
        let hour = i8::try_from(minute / 60).unwrap_or(0);
        let minute = i8::try_from(minute % 60).unwrap_or(0);
        let time = Time::new(hour, minute, 0, 0).unwrap_or(Time::MIN);
        DateTime::from_parts(self.date(day), time)
    }
}
