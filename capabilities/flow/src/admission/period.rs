//! Which twelve months are looked at.

use std::collections::BTreeSet;

use jiff::ToSpan;
use stour_kernel::Date;

/// How many months back the last month of a period may lie.
const BACK: i32 = 36;

/// Twelve whole months, by the first day of the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period(Date);

impl Period {
    /// The last twelve months of which all days have passed: the month that goes on is not whole.
    pub fn latest(today: Date) -> Self {
        Self(back(today.first_of_month(), 1))
    }

    /// The period that ends with a month, such as `2026-10`; none for a month that has not passed or lies too far back.
    pub fn ending(month: &str, today: Date) -> Option<Self> {
        Self::choices(today)
            .into_iter()
            .find(|period| period.name() == month)
    }

    /// The periods that can be chosen, the latest first.
    pub fn choices(today: Date) -> Vec<Self> {
        let Self(latest) = Self::latest(today);
        (0..=BACK)
            .map(|months| Self(back(latest, months)))
            .collect()
    }

    /// As addresses write it: the last month.
    pub fn name(self) -> String {
        self.0.strftime("%Y-%m").to_string()
    }

    /// The first day, and the day after the last.
    pub fn days(self) -> (Date, Date) {
        (back(self.0, 11), back(self.0, -1))
    }

    /// The months in which none of these days lies, for people.
    pub fn months_without(self, days: impl IntoIterator<Item = Date>) -> Vec<String> {
        let known: BTreeSet<Date> = days.into_iter().map(Date::first_of_month).collect();
        let months = (0..12).rev().map(|months| back(self.0, months));
        months
            .filter(|month| !known.contains(month))
            .map(|month| month.strftime("%B %Y").to_string())
            .collect()
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        self.0.last_of_month()
    }

    /// For people.
    pub fn words(self) -> String {
        let month = |day: Date| day.strftime("%B %Y").to_string();
        format!("{} to {}", month(self.days().0), month(self.0))
    }
}

fn back(month: Date, months: i32) -> Date {
    month.saturating_sub(months.months())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_latest_period_is_twelve_whole_months() {
        let period = Period::latest(day("2026-11-24"));
        assert_eq!(period.days(), (day("2025-11-01"), day("2026-11-01")));
        assert_eq!(period.last_day(), day("2026-10-31"));
        assert_eq!(period.words(), "November 2025 to October 2026");
        let first = Period::latest(day("2026-03-01"));
        assert_eq!(first.days(), (day("2025-03-01"), day("2026-03-01")));
    }

    #[test]
    fn months_of_which_nothing_is_known_are_named() {
        let period = Period::latest(day("2026-11-24"));
        let all: Vec<Date> = (0..12)
            .map(|months| back(day("2026-10-09"), months))
            .collect();
        assert!(period.months_without(all.iter().copied()).is_empty());
        let rest = all.into_iter().filter(|day| day.month() != 3);
        assert_eq!(period.months_without(rest), ["March 2026"]);
    }

    #[test]
    fn a_month_that_goes_on_or_is_no_month_is_no_period() {
        let today = day("2026-11-24");
        let earlier = Period::ending("2025-12", today).unwrap();
        assert_eq!(earlier.days(), (day("2025-01-01"), day("2026-01-01")));
        for wrong in ["2026-11", "2026-12", "1990-01", "2026-1", "", "x"] {
            assert_eq!(Period::ending(wrong, today), None, "{wrong}");
        }
    }
}
