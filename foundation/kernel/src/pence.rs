//! Money.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount of money in whole pence, negative for money owed or paid back. Written `£1,234.56`;
/// in JSON and in databases it is the integer.
///
/// There are no `+` and `*`: a sum that no longer fits is a `None` for the caller to deal with.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Pence(pub i64);

/// Why a text is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PenceError {
    /// No digits before the point.
    #[error("the amount is empty: write pounds and pence, such as £1,234.56, or 0 for nothing")]
    Empty,
    /// A character that has no place there.
    #[error("an amount has only £, digits, commas and a point, such as £1,234.56: take out {0:?}")]
    Character(char),
    /// Commas that do not part thousands.
    #[error("commas part thousands, as in £1,234.56: move or take out the commas")]
    Commas,
    /// A point with other than two digits after it.
    #[error("write pence with two digits after the point, as in £1,234.50")]
    Pennies,
    /// More than 92 thousand million million pounds.
    #[error("the amount is too large: check that the digits are one amount")]
    TooLarge,
}

impl Pence {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// This many pence.
    pub const fn new(pence: i64) -> Self {
        Self(pence)
    }

    /// This many whole pounds; `None` when that does not fit.
    pub const fn from_pounds(pounds: i64) -> Option<Self> {
        match pounds.checked_mul(100) {
            Some(pence) => Some(Self(pence)),
            None => None,
        }
    }

    /// The number of pence.
    pub const fn as_i64(self) -> i64 {
        self.0
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The sum; `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times the amount; `None` when it does not fit.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// The sum of all; `None` when it does not fit, zero for none.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl Display for Pence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        let digits = (amount / 100).to_string();
        let mut pounds = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                pounds.push(',');
            }
            pounds.push(digit);
        }
        formatter.pad(&format!("{sign}£{pounds}.{:02}", amount % 100))
    }
}

impl FromStr for Pence {
    type Err = PenceError;

    /// Reads `£1,234.56`, `1234.56`, `1234`, and with a minus sign before or after the `£`.
    fn from_str(text: &str) -> Result<Self, PenceError> {
        let text = text.trim();
        let (text, minus_first) = strip_minus(text);
        let text = text.strip_prefix('£').unwrap_or(text).trim_start();
        let (text, minus_second) = if minus_first {
            (text, false)
        } else {
            strip_minus(text)
        };
        let (pounds, pennies) = match text.split_once('.') {
            Some((pounds, pennies)) => (pounds, read_pennies(pennies)?),
            None => (text, 0),
        };
        let amount = read_pounds(pounds)? * 100 + pennies;
        let signed = if minus_first || minus_second {
            -amount
        } else {
            amount
        };
        i64::try_from(signed)
            .map(Self)
            .map_err(|_| PenceError::TooLarge)
    }
}

impl TryFrom<&str> for Pence {
    type Error = PenceError;

    fn try_from(text: &str) -> Result<Self, PenceError> {
        text.parse()
    }
}

/// The text without a leading minus (hyphen or the typographic sign), and whether it had one.
fn strip_minus(text: &str) -> (&str, bool) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest.trim_start(), true),
        None => (text, false),
    }
}

fn read_pounds(text: &str) -> Result<i128, PenceError> {
    if text.is_empty() {
        return Err(PenceError::Empty);
    }
    if let Some(other) = text
        .chars()
        .find(|character| !matches!(character, '0'..='9' | ','))
    {
        return Err(PenceError::Character(other));
    }
    let mut groups = text.split(',').map(str::len);
    let first = groups.next().unwrap_or(0);
    if text.contains(',') && !((1..=3).contains(&first) && groups.all(|length| length == 3)) {
        return Err(PenceError::Commas);
    }
    let digits: String = text.chars().filter(|character| *character != ',').collect();
    digits
        .parse::<i64>()
        .map(i128::from)
        .map_err(|_| PenceError::TooLarge)
}

fn read_pennies(text: &str) -> Result<i128, PenceError> {
    if let Some(other) = text.chars().find(|character| !character.is_ascii_digit()) {
        return Err(PenceError::Character(other));
    }
    match text.parse() {
        Ok(pennies) if text.len() == 2 => Ok(pennies),
        _ => Err(PenceError::Pennies),
    }
}

#[cfg(test)]
mod tests;
