//! What is compared of one record.

use std::str::FromStr;

use stour_kernel::NhsNumber;

use crate::birth::Birth;

/// One name of a person. A person may have several: now, before, at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NameParts<'r> {
    /// The given name; of several, parted by spaces, the first is the given name and the others are middle names.
    pub given: &'r str,
    /// The middle names.
    pub middle: &'r str,
    /// The family name.
    pub family: &'r str,
}

/// One place where a person lives or lived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HomeParts<'r> {
    /// The lines of the address, without the postcode.
    pub address: &'r str,
    /// The postcode.
    pub postcode: &'r str,
}

/// The sex that a record gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sex {
    /// Not given, or not known: says nothing.
    #[default]
    Unknown,
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither: compared with nothing.
    Other,
}

impl Sex {
    /// Reads `F`, `female`, `2`, `M`, `male`, `1` and the codes for neither, in capitals or not (NHS Data
    /// Dictionary: person stated gender; HL7 table 0001). Anything else is not known.
    pub fn parse(text: &str) -> Self {
        match text.trim().to_ascii_uppercase().as_str() {
            "F" | "FEMALE" | "2" | "W" => Self::Female,
            "M" | "MALE" | "1" => Self::Male,
            "O" | "OTHER" | "9" | "A" | "I" => Self::Other,
            _ => Self::Unknown,
        }
    }
}

/// What is known of an NHS number that a record gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NumberStatus {
    /// Given, without a word on whether it was checked.
    #[default]
    Unstated,
    /// Given, and said not to be checked with the national service.
    Untraced,
    /// Checked with the national service: it is this person's.
    Traced,
    /// Was this person's until the national service replaced it.
    Superseded,
    /// Cannot be an NHS number, or was withdrawn: not relied on.
    Invalid,
}

/// Text that is no status of a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the status of an NHS number is traced, untraced, superseded or invalid, not {0:?}")]
pub struct UnknownNumberStatus(String);

impl FromStr for NumberStatus {
    type Err = UnknownNumberStatus;

    fn from_str(text: &str) -> Result<Self, UnknownNumberStatus> {
        Ok(match text.trim().to_ascii_lowercase().as_str() {
            "" | "unknown" => Self::Unstated,
            "untraced" | "unverified" | "present but not traced" => Self::Untraced,
            "traced" | "verified" => Self::Traced,
            "superseded" => Self::Superseded,
            "invalid" | "invalidated" => Self::Invalid,
            _ => return Err(UnknownNumberStatus(text.to_owned())),
        })
    }
}

/// An NHS number as a record gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberClaim {
    pub(crate) digits: u64,
    pub(crate) status: NumberStatus,
}

impl NumberClaim {
    /// A number that passes the mandatory check (NHS Data Dictionary: NHS NUMBER), not of one digit repeated.
    pub fn new(number: NhsNumber, status: NumberStatus) -> Self {
        let status = if number.is_repeated_digit() {
            NumberStatus::Invalid
        } else {
            status
        };
        Self {
            digits: number.as_u64(),
            status,
        }
    }

    /// Digits with whatever is between them. What fails the check is kept as invalid: it can be the right
    /// number with a slip, or a number of another register. `None` unless there are 5 to 12 digits.
    pub fn parse(text: &str, status: NumberStatus) -> Option<Self> {
        let digits = || {
            text.bytes()
                .filter(u8::is_ascii_digit)
                .map(|digit| u64::from(digit - b'0'))
        };
        let count = digits().count();
        if !(5..=12).contains(&count) {
            return None;
        }
        let number = digits().fold(0, |number, digit| number * 10 + digit);
        let first_nine = u32::try_from(number / 10).ok().filter(|_| count == 10);
        let checked = first_nine.and_then(NhsNumber::from_first_nine);
        match checked.filter(|checked| checked.as_u64() == number) {
            Some(checked) => Some(Self::new(checked, status)),
            None => Some(Self {
                digits: number,
                status: NumberStatus::Invalid,
            }),
        }
    }
}

/// What is compared of one record. What is empty is missing, and says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Record<'r> {
    /// Every name, the present one first.
    pub names: &'r [NameParts<'r>],
    /// The date of birth.
    pub born: Option<Birth>,
    /// The date of death.
    pub died: Option<Birth>,
    /// The sex.
    pub sex: Sex,
    /// Every address, the present one first.
    pub homes: &'r [HomeParts<'r>],
    /// Telephone numbers.
    pub telephones: &'r [&'r str],
    /// Addresses of electronic mail.
    pub emails: &'r [&'r str],
    /// NHS numbers.
    pub numbers: &'r [NumberClaim],
    /// Which of several born together, from 1 (PDS: multiple birth 1 to 7; 8 and 9 say nothing).
    pub birth_order: Option<u8>,
    /// Which organisation or system gave the record.
    pub source: &'r str,
    /// The record must not be found by what is not known of it already.
    pub is_restricted: bool,
    /// Further columns, compared as text, in the order of the model's.
    pub extras: &'r [&'r str],
}
