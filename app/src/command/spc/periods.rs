//! How often a series comes, and which of its periods are not there.

use jiff::ToSpan as _;
use jiff::civil::Weekday;
use stour_kernel::Date;

/// A gap of more periods than this is one empty point: it breaks the line all the same.
const LONGEST: i64 = 400;

/// How often a series comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Every {
    Day,
    /// Monday to Friday.
    WorkingDay,
    Week,
    Month,
    Quarter,
    Year,
}

impl Every {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::WorkingDay => "working day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// How often these dates come, which are in order and differ: the longest period that all of them
    /// fit and most of them follow one another by.
    pub(super) fn of(dates: &[Date]) -> Option<Self> {
        let steps = |every: Self| -> Option<Vec<i64>> {
            dates
                .windows(2)
                .map(|pair| match pair {
                    [before, after] => every.steps(*before, *after),
                    _ => None,
                })
                .collect()
        };
        let most_are_one = |steps: &[i64]| {
            let ones = steps.iter().filter(|step| **step == 1).count();
            steps.len() >= 2 && ones * 2 > steps.len()
        };
        let kinds = [
            Self::Year,
            Self::Quarter,
            Self::Month,
            Self::Week,
            Self::WorkingDay,
            Self::Day,
        ];
        let fits = |every: &Self| {
            let enough = *every != Self::WorkingDay || dates.len() > 5;
            enough && steps(*every).is_some_and(|steps| most_are_one(&steps))
        };
        kinds.into_iter().find(fits)
    }

    /// How many periods later a date is; nothing where it is not a whole number of them.
    fn steps(self, before: Date, after: Date) -> Option<i64> {
        let days = i64::from((after - before).get_days());
        match self {
            Self::Day => Some(days),
            Self::WorkingDay => working_days(before, after),
            Self::Week => (days % 7 == 0).then_some(days / 7),
            Self::Month | Self::Quarter | Self::Year => {
                let same_day = before.day() == after.day();
                let both_last = is_last(before) && is_last(after);
                let month = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
                let months = month(after) - month(before);
                let length = match self {
                    Self::Year => 12,
                    Self::Quarter => 3,
                    _ => 1,
                };
                ((same_day || both_last) && months % length == 0).then_some(months / length)
            }
        }
    }

    /// The date so many periods later.
    fn later(self, date: Date, steps: i64, last_of_month: bool) -> Option<Date> {
        let months = |count: i64| {
            let later = date.checked_add(count.months()).ok()?;
            Some(if last_of_month {
                later.last_of_month()
            } else {
                later
            })
        };
        match self {
            Self::Day => date.checked_add(steps.days()).ok(),
            Self::WorkingDay => {
                let into = monday_offset(date);
                let days = (into + steps) / 5 * 7 + (into + steps) % 5 - into;
                date.checked_add(days.days()).ok()
            }
            Self::Week => date.checked_add((steps * 7).days()).ok(),
            Self::Month => months(steps),
            Self::Quarter => months(steps * 3),
            Self::Year => months(steps * 12),
        }
    }

    /// The periods between two neighbouring dates, and how many they are; of a very long gap only the
    /// first.
    pub(super) fn between(self, before: Date, after: Date) -> (Vec<Date>, i64) {
        let count = self.steps(before, after).unwrap_or(1) - 1;
        let last_of_month = is_last(before) && is_last(after);
        let shown = if count > LONGEST { 1 } else { count };
        let missing = (1..=shown).filter_map(|steps| self.later(before, steps, last_of_month));
        (missing.collect(), count)
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn is_last(date: Date) -> bool {
    date.last_of_month() == date
}

/// How many Mondays to Fridays later a date is; nothing where either is at a weekend.
fn working_days(before: Date, after: Date) -> Option<i64> {
    if is_weekend(before) || is_weekend(after) {
        return None;
    }
    let days = i64::from((after - before).get_days());
    let weeks = (days + monday_offset(before) - monday_offset(after)) / 7;
    Some(days - 2 * weeks)
}

fn monday_offset(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_zero_offset())
}
