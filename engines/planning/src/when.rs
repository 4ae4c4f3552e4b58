//! Dates of a plan, which may be known to the month only.

use std::fmt::{self, Display};
use std::str::FromStr;

use stour_kernel::Date;

/// A day, or a month of which no day is known. As text `2013-09-14` or `2013-09`; shown as `14 September 2013` or
/// `September 2013`. They are ordered by their first day, a month before its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    first: Date,
    is_month: bool,
}

/// Why a text is no date of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a day such as 2013-09-14, or a month such as 2013-09")]
pub struct WhenError;

impl When {
    /// A day.
    pub const fn day(day: Date) -> Self {
        Self {
            first: day,
            is_month: false,
        }
    }

    /// The month that a day is in.
    pub fn month_of(day: Date) -> Self {
        Self {
            first: day.first_of_month(),
            is_month: true,
        }
    }

    /// The first day that it can be.
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day that it can be.
    pub fn last(self) -> Date {
        if self.is_month {
            self.first.last_of_month()
        } else {
            self.first
        }
    }

    /// Whether only the month is known.
    pub const fn is_month(self) -> bool {
        self.is_month
    }

    /// As files and forms have it: `2013-09-14` or `2013-09`.
    pub fn iso(self) -> String {
        let pattern = if self.is_month { "%Y-%m" } else { "%Y-%m-%d" };
        self.first.strftime(pattern).to_string()
    }
}

impl Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = if self.is_month { "%B %Y" } else { "%-d %B %Y" };
        write!(formatter, "{}", self.first.strftime(pattern))
    }
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        let is_written = |shape: &str| {
            text.len() == shape.len()
                && text.bytes().zip(shape.bytes()).all(|(byte, shape)| {
                    if shape == b'0' {
                        byte.is_ascii_digit()
                    } else {
                        byte == shape
                    }
                })
        };
        if is_written("0000-00-00") {
            return text.parse().map(Self::day).map_err(|_| WhenError);
        }
        if is_written("0000-00") {
            let day = format!("{text}-01").parse().map_err(|_| WhenError)?;
            return Ok(Self::month_of(day));
        }
        Err(WhenError)
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |when: &Self| (when.first, !when.is_month);
        key(self).cmp(&key(other))
    }
}

#[cfg(test)]
mod tests;
