//! A day of the calendar, which is where a point stands on a time axis.

/// A day of the Gregorian calendar. It is not checked: it comes from a date that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDay {
    /// The year, for example 2026.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month, 1 to 31.
    pub day: i8,
}

impl CivilDay {
    /// A day, for example from `date.year()`, `date.month()`, `date.day()`.
    pub const fn new(year: i16, month: i8, day: i8) -> Self {
        Self { year, month, day }
    }

    /// Days since 1 January 1970. Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    pub(crate) fn number(self) -> i32 {
        let month = i32::from(self.month);
        let year = i32::from(self.year) - i32::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day after so many days since 1 January 1970: `civil_from_days` of the same source.
    pub(crate) fn of_number(number: i32) -> Self {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Self {
            year: i16::try_from(year).unwrap_or(i16::MAX),
            month: i8::try_from(month).unwrap_or(1),
            day: i8::try_from(day).unwrap_or(1),
        }
    }

    pub(crate) const fn month_name(self) -> &'static str {
        match self.month {
            1 => "Jan",
            2 => "Feb",
            3 => "Mar",
            4 => "Apr",
            5 => "May",
            6 => "Jun",
            7 => "Jul",
            8 => "Aug",
            9 => "Sep",
            10 => "Oct",
            11 => "Nov",
            _ => "Dec",
        }
    }
}
