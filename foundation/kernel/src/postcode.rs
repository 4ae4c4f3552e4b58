//! Postcodes of the United Kingdom.

use std::str::FromStr;

use crate::short_text::ShortText;
use crate::text::text_value;

/// A full postcode in capitals with one space, `BH8 9RN`, in one of the shapes and with the
/// letters that Royal Mail uses in each place (Programmers' Guide to the Postcode Address File;
/// ONS Postcode Directory user guide); also `GIR 0AA`, and the `ZZ99` codes that the NHS records
/// for people without an address here, such as `ZZ99 3VZ` for no fixed abode (NHS Data Model and
/// Dictionary, "POSTCODE"). That a postcode has the right shape does not say that it exists.
///
/// Read leniently: small letters, and spaces anywhere or nowhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(ShortText<8>);

/// Why a text is not a postcode or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PostcodeError {
    /// A character other than a letter, a digit or a space.
    #[error("a postcode has only letters and digits: take out {0:?}")]
    Character(char),
    /// Fewer than five or more than seven letters and digits.
    #[error(
        "a postcode has 5 to 7 letters and digits, such as BH8 9RN, and this has {0}: check \
         that it is whole"
    )]
    Length(usize),
    /// The first half is in no known shape.
    #[error(
        "the first half of a postcode looks like BH8, DT11 or W1A: check its letters and digits"
    )]
    Outward,
    /// The second half is not a digit and two letters of those in use.
    #[error(
        "the second half of a postcode is a digit and two letters, such as 9RN, and never \
         C, I, K, M, O or V: check 0 against O and 1 against I"
    )]
    Inward,
    /// The text is no part of a postcode.
    #[error("type the start of a postcode, such as BH, BH8, BH8 9 or the whole of it")]
    Part,
}

impl Postcode {
    /// `BH8 9RN`.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The letters of the post town: `BH` of `BH8 9RN`.
    pub fn area(&self) -> &str {
        let outward = self.outward();
        let letters = outward.find(|character: char| character.is_ascii_digit());
        letters
            .and_then(|letters| outward.get(..letters))
            .unwrap_or(outward)
    }

    /// The first half, the postcode district: `BH8` of `BH8 9RN`.
    pub fn outward(&self) -> &str {
        self.as_str()
            .split_once(' ')
            .map_or("", |(outward, _)| outward)
    }

    /// The second half: `9RN` of `BH8 9RN`.
    pub fn inward(&self) -> &str {
        self.as_str()
            .split_once(' ')
            .map_or("", |(_, inward)| inward)
    }

    /// All but the last two letters, the postcode sector: `BH8 9` of `BH8 9RN`. The finest part
    /// that does not point to a handful of homes.
    pub fn sector(&self) -> &str {
        let text = self.as_str();
        text.get(..text.len().saturating_sub(2)).unwrap_or_default()
    }

    /// Whether it is one of the NHS codes for people without an address in the United Kingdom, or
    /// whose address is not known, rather than a place.
    pub fn is_pseudo(&self) -> bool {
        self.outward() == PSEUDO_OUTWARD
    }
}

impl FromStr for Postcode {
    type Err = PostcodeError;

    fn from_str(text: &str) -> Result<Self, PostcodeError> {
        let compact = compact(text)?;
        if !(5..=7).contains(&compact.len()) {
            return Err(PostcodeError::Length(compact.len()));
        }
        let halves = compact
            .split_at_checked(compact.len() - 3)
            .ok_or(PostcodeError::Inward)?;
        let (outward, inward) = halves;
        if !is_outward(outward) {
            return Err(PostcodeError::Outward);
        }
        if inward.len() != 3 || !is_inward_start(outward, inward) {
            return Err(PostcodeError::Inward);
        }
        ShortText::new(&format!("{outward} {inward}"))
            .map(Self)
            .ok_or(PostcodeError::Outward)
    }
}

text_value!(Postcode, PostcodeError);

const PSEUDO_OUTWARD: &str = "ZZ99";
const GIROBANK_OUTWARD: &str = "GIR";

/// Letters and digits only, in capitals.
pub(crate) fn compact(text: &str) -> Result<String, PostcodeError> {
    let characters = text.chars().filter(|character| !character.is_whitespace());
    characters
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                Ok(character.to_ascii_uppercase())
            } else {
                Err(PostcodeError::Character(character))
            }
        })
        .collect()
}

/// Whether this can be the whole first half of a postcode.
pub(crate) fn is_outward(text: &str) -> bool {
    if text == GIROBANK_OUTWARD || text == PSEUDO_OUTWARD {
        return true;
    }
    let first = |letter: u8| letter.is_ascii_uppercase() && !b"QVX".contains(&letter);
    let second = |letter: u8| letter.is_ascii_uppercase() && !b"IJZ".contains(&letter);
    let digit = |character: u8| character.is_ascii_digit();
    match *text.as_bytes() {
        [a, n] => first(a) && digit(n),
        [a, n, last] if digit(n) => first(a) && (digit(last) || b"ABCDEFGHJKPSTUW".contains(&last)),
        [a, b, n] => first(a) && second(b) && digit(n),
        [a, b, n, last] => {
            first(a) && second(b) && digit(n) && (digit(last) || b"ABEHMNPRVWXY".contains(&last))
        }
        _ => false,
    }
}

/// Whether this can be the second half after `outward`, or the start of it, or nothing yet.
pub(crate) fn is_inward_start(outward: &str, text: &str) -> bool {
    if outward == GIROBANK_OUTWARD {
        return "0AA".starts_with(text);
    }
    let letter = |letter: u8| {
        letter.is_ascii_uppercase() && (outward == PSEUDO_OUTWARD || !b"CIKMOV".contains(&letter))
    };
    match *text.as_bytes() {
        [] => true,
        [n] => n.is_ascii_digit(),
        [n, a] => n.is_ascii_digit() && letter(a),
        [n, a, b] => n.is_ascii_digit() && letter(a) && letter(b),
        _ => false,
    }
}

#[cfg(test)]
pub(crate) mod tests;
