//! How often a measure has a value, and what its periods are called.

use serde::Deserialize;
use stour_kernel::Date;

use crate::words;

/// How often a measure has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// One for each day.
    Day,
    /// One for each month, dated by its first day.
    Month,
    /// One for each quarter of the calendar, dated by its first day.
    Quarter,
    /// One for each financial year, dated 1 April.
    Year,
    /// One for each day of which somebody reported one, with nothing expected between: what a committee was told.
    Report,
}

impl Every {
    /// The period after the one of this date; `None` at the end of the calendar, and where none is expected.
    pub fn after(self, date: Date) -> Option<Date> {
        let months = match self {
            Self::Day => return date.tomorrow().ok(),
            Self::Report => return None,
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        };
        date.checked_add(jiff::Span::new().months(months))
            .ok()
            .map(Date::first_of_month)
    }

    /// Whether a period is dated by this day.
    pub fn begins_on(self, date: Date) -> bool {
        match self {
            Self::Day | Self::Report => true,
            Self::Month => date.day() == 1,
            Self::Quarter => date.day() == 1 && matches!(date.month(), 1 | 4 | 7 | 10),
            Self::Year => date.day() == 1 && date.month() == 4,
        }
    }

    /// One of them: "day".
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Report => "report",
        }
    }

    /// What the period of a date is called: "30 June 2013", "June 2013", "April to June 2013", "2013-14".
    pub fn name(self, date: Date) -> String {
        match self {
            Self::Day | Self::Report => words::day(date),
            Self::Month => words::month(date),
            Self::Quarter => {
                let last = date
                    .checked_add(jiff::Span::new().months(2))
                    .unwrap_or(date);
                format!("{} to {}", date.strftime("%B"), words::month(last))
            }
            Self::Year => format!("{}-{:02}", date.year(), (date.year() + 1) % 100),
        }
    }
}
