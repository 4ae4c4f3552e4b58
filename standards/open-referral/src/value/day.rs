//! Days by which schedules repeat: the parts `BYDAY` and `BYMONTHDAY` of RFC 5545, 3.3.10.

use std::fmt::{self, Display};
use std::str::FromStr;

use super::{ValueError, written_as_text};

/// A day of the week, written as two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Monday, `MO`.
    Monday,
    /// Tuesday, `TU`.
    Tuesday,
    /// Wednesday, `WE`.
    Wednesday,
    /// Thursday, `TH`.
    Thursday,
    /// Friday, `FR`.
    Friday,
    /// Saturday, `SA`.
    Saturday,
    /// Sunday, `SU`.
    Sunday,
}

impl Weekday {
    /// The days of a week from Monday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The two letters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "MO",
            Self::Tuesday => "TU",
            Self::Wednesday => "WE",
            Self::Thursday => "TH",
            Self::Friday => "FR",
            Self::Saturday => "SA",
            Self::Sunday => "SU",
        }
    }

    /// The day in English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }

    /// The place in the week, 0 for Monday.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|day| *day == self).unwrap_or(0)
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        use jiff::civil::Weekday as Civil;
        match day {
            Civil::Monday => Self::Monday,
            Civil::Tuesday => Self::Tuesday,
            Civil::Wednesday => Self::Wednesday,
            Civil::Thursday => Self::Thursday,
            Civil::Friday => Self::Friday,
            Civil::Saturday => Self::Saturday,
            Civil::Sunday => Self::Sunday,
        }
    }
}

impl Display for Weekday {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Weekday {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let known = Self::ALL.into_iter().find(|day| day.as_str() == text);
        known.ok_or(ValueError("a day is MO, TU, WE, TH, FR, SA or SU"))
    }
}

/// One part of [`ByDay`]: every such day, or the first, second, … (negative: counted from the end) of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayRule {
    /// Which in the month, -5 to 5 and never 0; `None` for every one.
    pub ordinal: Option<i8>,
    /// The day.
    pub day: Weekday,
}

/// Days of the week, such as `TH,FR` or `1MO,-1FR`; never none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ByDay(Vec<DayRule>);

/// Days of the month, such as `1,15,-1`: 1 to 31, or -1 to -31 counted from the end; never none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ByMonthDay(Vec<i8>);

impl ByDay {
    /// These days; `None` for none, or for an ordinal that no month has.
    pub fn new(rules: Vec<DayRule>) -> Option<Self> {
        let right = |rule: &DayRule| {
            rule.ordinal
                .is_none_or(|ordinal| ordinal != 0 && (-5..=5).contains(&ordinal))
        };
        (!rules.is_empty() && rules.iter().all(right)).then_some(Self(rules))
    }

    /// Every such day of these.
    pub fn every(days: &[Weekday]) -> Option<Self> {
        let rule = |day: &Weekday| DayRule {
            ordinal: None,
            day: *day,
        };
        Self::new(days.iter().map(rule).collect())
    }

    /// The days, in the order in which they were written.
    pub fn rules(&self) -> &[DayRule] {
        &self.0
    }
}

impl ByMonthDay {
    /// These days; `None` for none, or for a day that no month has.
    pub fn new(days: Vec<i8>) -> Option<Self> {
        let right = |day: &i8| *day != 0 && (-31..=31).contains(day);
        (!days.is_empty() && days.iter().all(right)).then_some(Self(days))
    }

    /// The days, in the order in which they were written.
    pub fn days(&self) -> &[i8] {
        &self.0
    }
}

impl Display for DayRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ordinal {
            Some(ordinal) => write!(out, "{ordinal}{}", self.day),
            None => write!(out, "{}", self.day),
        }
    }
}

impl FromStr for DayRule {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = ValueError("days look like TH,FR or 1MO,-1FR");
        let at = text.find(|letter: char| letter.is_ascii_alphabetic());
        let (ordinal, day) = at
            .and_then(|at| text.split_at_checked(at))
            .ok_or(wrong.clone())?;
        let ordinal = match ordinal {
            "" => None,
            ordinal => Some(ordinal.parse().map_err(|_| wrong)?),
        };
        Ok(Self {
            ordinal,
            day: day.parse()?,
        })
    }
}

fn joined<T: Display>(items: &[T], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.write_str(",")?;
        }
        item.fmt(out)?;
    }
    Ok(())
}

impl Display for ByDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        joined(&self.0, out)
    }
}

impl Display for ByMonthDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        joined(&self.0, out)
    }
}

impl FromStr for ByDay {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let rules: Result<Vec<DayRule>, ValueError> = text.split(',').map(str::parse).collect();
        Self::new(rules?).ok_or(ValueError("days look like TH,FR or 1MO,-1FR"))
    }
}

impl FromStr for ByMonthDay {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = ValueError("days of a month look like 1,15,-1");
        let days: Result<Vec<i8>, _> = text.split(',').map(str::parse).collect();
        Self::new(days.map_err(|_| wrong.clone())?).ok_or(wrong)
    }
}

written_as_text!(Weekday, ByDay, ByMonthDay);
