//! The code by which whoever gave answers comes back to them.

use std::fmt;
use std::str::FromStr;

use stour_kernel::{Environment, hex};

/// 128 random bits as 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// A new one.
    pub fn new(environment: &Environment) -> Self {
        let mut bytes = [0_u8; 16];
        environment.randomness.fill(&mut bytes);
        Self(hex(&bytes))
    }

    /// As it is read out or written down: in groups of four.
    pub fn in_groups(&self) -> String {
        let mut text = String::with_capacity(40);
        for (place, digit) in self.0.chars().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A code is a secret: a log does not have it.
impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code")
    }
}

/// The text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter the whole code: 32 letters and digits, with or without spaces")]
pub struct NotACode;

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let digits: String = text
            .chars()
            .filter(|one| !one.is_whitespace())
            .map(|one| one.to_ascii_lowercase())
            .collect();
        let is_digit = |one: char| one.is_ascii_digit() || ('a'..='f').contains(&one);
        (digits.len() == 32 && digits.chars().all(is_digit))
            .then_some(Self(digits))
            .ok_or(NotACode)
    }
}

stour_database::text_value!(Code);
