//! NHS numbers.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An NHS number: ten digits of which the last checks the other nine (modulus 11; NHS Data Model
/// and Dictionary, "NHS NUMBER"). Written `999 000 0018` for people and `9990000018` for machines.
///
/// A right check digit says that the number was copied well, not whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NhsNumber(u64);

/// Why a text is not an NHS number. The messages never repeat the number: they end up in logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NhsNumberError {
    /// A character other than a digit, a space or a hyphen.
    #[error("an NHS number has only digits: take out {0:?}")]
    Character(char),
    /// Not ten digits.
    #[error("an NHS number has 10 digits, and this has {0}: check that none is missing or twice")]
    Length(usize),
    /// The last digit does not fit the other nine.
    #[error(
        "the check digit of this NHS number is wrong: compare it with the source, digit by digit"
    )]
    CheckDigit,
    /// Ten zeros, which systems send for "not known".
    #[error("ten zeros stand for an unknown NHS number: leave it empty")]
    Zeros,
}

impl NhsNumber {
    /// The NHS number that starts with these nine digits (a number below 1,000,000,000; leading
    /// zeros count). `None` when it is longer, when no digit can check it (about one in eleven), or
    /// for zero.
    pub fn from_first_nine(nine: u32) -> Option<Self> {
        if nine == 0 || nine > 999_999_999 {
            return None;
        }
        let nine = u64::from(nine);
        check_digit(nine).map(|check| Self(nine * 10 + check))
    }

    /// Whether it starts with 999: the range kept for tests, never issued to anyone.
    pub fn is_test_range(self) -> bool {
        self.0 / 10_000_000 == 999
    }

    /// Whether it is one digit ten times, such as `9999999999`. All nine of these pass the check,
    /// and they are what is typed to get past a form: no ground for taking two records for one
    /// person.
    pub fn is_repeated_digit(self) -> bool {
        self.0.is_multiple_of(1_111_111_111)
    }

    /// The ten digits, without spaces.
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }

    /// The ten digits as a number, below 10,000,000,000.
    pub fn as_u64(self) -> u64 {
        self.0
    }
}

/// The digit that makes the weighted sum (10 for the first digit down to 1 for the check digit) a
/// multiple of 11; `None` when that would take a 10.
fn check_digit(nine: u64) -> Option<u64> {
    let mut rest = nine;
    let mut sum = 0;
    for weight in 2..=10 {
        sum += (rest % 10) * weight;
        rest /= 10;
    }
    match (11 - sum % 11) % 11 {
        10 => None,
        check => Some(check),
    }
}

impl FromStr for NhsNumber {
    type Err = NhsNumberError;

    fn from_str(text: &str) -> Result<Self, NhsNumberError> {
        let mut value: u64 = 0;
        let mut length: usize = 0;
        for character in text.chars().filter(|character| !is_separator(*character)) {
            let digit = character
                .to_digit(10)
                .ok_or(NhsNumberError::Character(character))?;
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            length += 1;
        }
        if length != 10 {
            return Err(NhsNumberError::Length(length));
        }
        if value == 0 {
            return Err(NhsNumberError::Zeros);
        }
        if check_digit(value / 10) == Some(value % 10) {
            Ok(Self(value))
        } else {
            Err(NhsNumberError::CheckDigit)
        }
    }
}

/// Spaces of any width and the hyphens that word processors put for a hyphen.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2013}')
}

impl TryFrom<&str> for NhsNumber {
    type Error = NhsNumberError;

    fn try_from(text: &str) -> Result<Self, NhsNumberError> {
        text.parse()
    }
}

impl Display for NhsNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value) = self;
        write!(
            formatter,
            "{:03} {:03} {:04}",
            value / 10_000_000,
            value / 10_000 % 1_000,
            value % 10_000,
        )
    }
}

impl Serialize for NhsNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:010}", self.0))
    }
}

impl<'de> Deserialize<'de> for NhsNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests;
