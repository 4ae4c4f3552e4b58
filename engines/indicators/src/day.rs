//! Days and months as numbers: what columns hold and cells are found by.

use stour_kernel::Date;

/// A day, as days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

const SECONDS: i64 = 86_400;

impl Day {
    /// The end of what is still open: after every day.
    pub const NEVER: Self = Self(i32::MAX);

    /// The day of this number.
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Whether it is a day of the calendar.
    pub fn is_known(self) -> bool {
        self != Self::NEVER
    }

    /// So many days later; earlier when negative. What never comes stays so.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        if self.0 == i32::MAX {
            self
        } else {
            Self(self.0.saturating_add(days))
        }
    }

    /// How many days after the other it is.
    pub const fn since(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// The date, where it is one of the calendar.
    pub fn date(self) -> Option<Date> {
        let seconds = i64::from(self.0).checked_mul(SECONDS)?;
        let stamp = jiff::Timestamp::from_second(seconds).ok()?;
        Some(jiff::tz::Offset::UTC.to_datetime(stamp).date())
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(days_of(
            date.year().into(),
            date.month().into(),
            date.day().into(),
        ))
    }
}

/// Days since 1 January 1970 of a date of the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year: Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", `days_from_civil`.
const fn days_of(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A calendar month, as months since January of the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month of this number.
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The month of a date.
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// So many months later; earlier when negative.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// Its first day.
    pub const fn first(self) -> Day {
        Day(days_of(self.0.div_euclid(12), self.0.rem_euclid(12) + 1, 1))
    }

    /// Its last day.
    pub const fn last(self) -> Day {
        Day(self.plus(1).first().0 - 1)
    }
}

/// A date as a number that sorts as dates do, 20130401, so that an age is a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Written(i32);

impl Written {
    const UNKNOWN: i32 = i32::MIN;

    pub(crate) fn of(date: Option<Date>) -> Self {
        Self(date.map_or(Self::UNKNOWN, |date| {
            i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
        }))
    }

    pub(crate) const fn of_number(number: i32) -> Self {
        Self(number)
    }

    pub(crate) const fn number(self) -> i32 {
        self.0
    }

    /// The date, where there is one.
    pub(crate) fn date(self) -> Option<Date> {
        let year = i16::try_from(self.0.div_euclid(10_000)).ok()?;
        let month = i8::try_from(self.0.rem_euclid(10_000) / 100).ok()?;
        Date::new(year, month, i8::try_from(self.0.rem_euclid(100)).ok()?).ok()
    }

    #[inline]
    const fn month(self) -> Month {
        Month(self.0 / 10_000 * 12 + self.0 / 100 % 100 - 1)
    }

    /// Age in whole years on a day of somebody born on this; none where either is not known, or before birth.
    /// Somebody born on 29 February is a year older on 1 March of other years, as in the law of England
    /// and Wales.
    #[inline]
    fn age(self, on: Self) -> Option<i32> {
        (self.0 != Self::UNKNOWN && self.0 <= on.0).then(|| on.0.saturating_sub(self.0) / 10_000)
    }
}

/// A day in somebody's life.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    pub(crate) month: Month,
    /// In whole years.
    pub(crate) age: Option<i32>,
}

/// The days between two, written out: what one pass asks of millions of facts.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    first: i32,
    written: Vec<Written>,
}

impl Calendar {
    /// The days from one to another, both included.
    pub(crate) fn new(first: Day, last: Day) -> Self {
        let written = (first.0..=last.0.min(first.0.saturating_add(400_000)))
            .map(|number| Written::of(Day(number).date()))
            .collect();
        Self {
            first: first.0,
            written,
        }
    }

    #[inline]
    fn written(&self, day: Day) -> Written {
        let place = usize::try_from(day.0.wrapping_sub(self.first)).ok();
        match place.and_then(|place| self.written.get(place)) {
            Some(written) => *written,
            None => Written::of(day.date()),
        }
    }

    #[inline]
    pub(crate) fn month(&self, day: Day) -> Month {
        self.written(day).month()
    }

    /// A day in the life of somebody born on a date.
    #[inline]
    pub(crate) fn moment(&self, born: Written, day: Day) -> Moment {
        let on = self.written(day);
        Moment {
            day,
            month: on.month(),
            age: born.age(on),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_centuries_goes_out_and_comes_back() {
        let mut date: Date = "1899-12-31".parse().unwrap();
        let last: Date = "2100-03-02".parse().unwrap();
        let mut number = Day::from(date).number();
        while date < last {
            assert_eq!(Day::from(date).number(), number);
            assert_eq!(Day::new(number).date(), Some(date));
            let month = Month::of(date);
            assert_eq!(month.first().date(), Some(date.first_of_month()));
            assert_eq!(month.last().date(), Some(date.last_of_month()));
            assert_eq!(Written::of(Some(date)).month(), month);
            assert_eq!(Written::of(Some(date)).date(), Some(date));
            date = date.tomorrow().unwrap();
            number += 1;
        }
    }

    #[test]
    fn an_age_is_whole_years() {
        let calendar = Calendar::new(Day::new(0), Day::new(20_000));
        let age = |born: &str, on: &str| {
            let day = Day::from(on.parse::<Date>().unwrap());
            calendar.moment(Written::of(born.parse().ok()), day).age
        };
        assert_eq!(age("1948-07-05", "2013-07-04"), Some(64));
        assert_eq!(age("1948-07-05", "2013-07-05"), Some(65));
        assert_eq!(age("1948-02-29", "2013-02-28"), Some(64));
        assert_eq!(age("1948-02-29", "2013-03-01"), Some(65));
        assert_eq!(age("2014-01-01", "2013-12-31"), None);
        assert_eq!(age("", "2013-12-31"), None);
        assert_eq!(Written::of(None).date(), None);
    }
}
