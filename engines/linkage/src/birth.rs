//! Dates of birth as people say and type them: whole or in part, mistyped, turned round, or a default.

use std::str::FromStr;

use hashbrown::HashMap;

use crate::dictionary::{Id, id, place};
use crate::lists::Lists;

/// In what order a date is written when its parts do not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// Day, month, year: as the United Kingdom writes.
    #[default]
    DayFirst,
    /// Month, day, year: as the United States write.
    MonthFirst,
}

/// A text that is no order of dates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the order of dates is `dmy` (day first) or `mdy` (month first), not {0:?}")]
pub struct UnknownDateOrder(String);

impl FromStr for DateOrder {
    type Err = UnknownDateOrder;

    fn from_str(text: &str) -> Result<Self, UnknownDateOrder> {
        match text.to_ascii_lowercase().as_str() {
            "dmy" | "dd/mm/yyyy" => Ok(Self::DayFirst),
            "mdy" | "mm/dd/yyyy" => Ok(Self::MonthFirst),
            _ => Err(UnknownDateOrder(text.to_owned())),
        }
    }
}

/// A date of birth as it was given: it need not be a day that was ever in the calendar (`1985-04-68` was
/// typed for somebody), and the day, or the month too, may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Birth {
    year: u16,
    month: u8,
    day: u8,
}

impl Birth {
    /// A date from its parts; 0 is a part that is not known. `None` without a year.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || month > 99 || day > 99 {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `YYYYMMDD`, and three numbers with any sign between them
    /// in the order that the four figures of the year and `order` tell. A time after the date is left
    /// out. `None` for anything else: a date that cannot be read is one that is missing.
    pub fn parse(text: &str, order: DateOrder) -> Option<Self> {
        let date = text.trim();
        let date = date
            .split(['T', ' '])
            .next()
            .filter(|first| first.len() >= 8)
            .unwrap_or(date);
        let mut parts = date.split(|character: char| !character.is_ascii_digit());
        let parts = [
            parts.next()?,
            parts.next().unwrap_or(""),
            parts.next().unwrap_or(""),
        ];
        let number = |text: &str| {
            if text.is_empty() {
                Some(0)
            } else {
                text.parse::<u16>().ok()
            }
        };
        let short = |text: &str| number(text).and_then(|number| u8::try_from(number).ok());
        match parts {
            [packed, "", ""] if packed.len() == 8 => Self::new(
                number(packed.get(..4)?)?,
                short(packed.get(4..6)?)?,
                short(packed.get(6..)?)?,
            ),
            [year, month, day] if year.len() == 4 => {
                Self::new(number(year)?, short(month)?, short(day)?)
            }
            [one, other, year] if year.len() == 4 && !one.is_empty() => {
                let (day, month) = match order {
                    DateOrder::DayFirst => (one, other),
                    DateOrder::MonthFirst => (other, one),
                };
                Self::new(number(year)?, short(month)?, short(day)?)
            }
            _ => None,
        }
    }

    /// `YYYY-MM-DD`, with zeros for what is not known.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The year, as a part of a key.
    pub(crate) fn year_key(self) -> u64 {
        u64::from(self.year)
    }

    /// Its eight digits, one in each byte.
    fn digits(self) -> u64 {
        let (month, day) = (u16::from(self.month), u16::from(self.day));
        let digits = [
            self.year / 1000,
            self.year / 100 % 10,
            self.year / 10 % 10,
            self.year % 10,
            month / 10,
            month % 10,
            day / 10,
            day % 10,
        ];
        digits
            .into_iter()
            .fold(0, |packed, digit| packed << 8 | u64::from(digit))
    }

    /// Whether the month or the day is not known.
    pub(crate) const fn is_partial(self) -> bool {
        self.month == 0 || self.day == 0
    }

    fn is_whole(self) -> bool {
        !self.is_partial()
    }
}

/// How two dates of birth compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Born {
    Missing = 0,
    Same,
    Turned,
    Slip,
    Default,
    TwoParts,
    Year,
    Different,
}

/// One distinct date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BirthDate {
    pub(crate) date: Birth,
    digits: u64,
    pub(crate) is_default: bool,
    pub(crate) count: u32,
}

/// Every distinct date of birth.
#[derive(Debug, Clone, Default)]
pub(crate) struct Births {
    known: HashMap<Birth, Id>,
    /// The entry of number 1 comes first.
    entries: Vec<BirthDate>,
}

impl Births {
    /// The number of a date.
    pub(crate) fn intern(&mut self, date: Birth, lists: &Lists) -> Id {
        let entries = &mut self.entries;
        *self.known.entry(date).or_insert_with(|| {
            let is_default = lists.is_default_date(&date.iso());
            entries.push(BirthDate {
                date,
                digits: date.digits(),
                is_default,
                count: 0,
            });
            id(entries.len())
        })
    }

    pub(crate) fn get(&self, id: Id) -> Option<&BirthDate> {
        self.entries.get(place(id.checked_sub(1)?))
    }

    pub(crate) fn entry_mut(&mut self, id: Id) -> Option<&mut BirthDate> {
        self.entries.get_mut(place(id.checked_sub(1)?))
    }

    /// Counts every date as often again as it is known there.
    pub(crate) fn count_as(&mut self, other: &Self) {
        for entry in &mut self.entries {
            let known = other.known.get(&entry.date).copied();
            if let Some(known) = known.and_then(|known| other.get(known)) {
                entry.count = entry.count.saturating_add(known.count);
            }
        }
    }

    /// One more than the largest number.
    pub(crate) fn len(&self) -> usize {
        self.entries.len() + 1
    }
}

/// How two dates of birth compare. A date that systems put where none is known says nothing.
pub(crate) fn born(one: Option<&BirthDate>, other: Option<&BirthDate>) -> Born {
    let (Some(one), Some(other)) = (one, other) else {
        return Born::Missing;
    };
    if one.is_default || other.is_default {
        return Born::Missing;
    }
    let digits = (one.digits, other.digits);
    let (one, other) = (one.date, other.date);
    if !one.is_whole() || !other.is_whole() {
        let same_month = one.month == 0 || other.month == 0 || one.month == other.month;
        return if one.year == other.year && same_month {
            Born::Year
        } else {
            Born::Different
        };
    }
    if one == other {
        return Born::Same;
    }
    if one.year == other.year && one.month == other.day && one.day == other.month {
        return Born::Turned;
    }
    let is_first = |date: Birth| date.month == 1 && date.day == 1;
    if one.year == other.year && (is_first(one) || is_first(other)) {
        return Born::Default;
    }
    if is_slip(digits) {
        return Born::Slip;
    }
    let agreeing = [
        one.year == other.year,
        one.month == other.month,
        one.day == other.day,
    ];
    match agreeing.iter().filter(|agrees| **agrees).count() {
        2 => Born::TwoParts,
        _ if one.year == other.year => Born::Year,
        _ => Born::Different,
    }
}

/// One digit typed as another, or two neighbouring digits exchanged.
fn is_slip((one, other): (u64, u64)) -> bool {
    let differing = one ^ other;
    // Digits are below 16, so that adding 0x7F to a byte sets its highest bit where it is not 0.
    let places = (differing + 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080;
    let low = places.trailing_zeros() / 8 * 8;
    match places.count_ones() {
        1 => true,
        2 => {
            let pair = |digits: u64| (digits >> low & 0xFF, digits >> low >> 8 & 0xFF);
            let ((a, b), (c, d)) = (pair(one), pair(other));
            (a, b) == (d, c) && a != b
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
