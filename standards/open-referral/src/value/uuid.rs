//! Identifiers of any publisher.

use std::fmt::{self, Display};
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::{ValueError, written_as_text};

/// A UUID of any version (RFC 9562), written in small letters. The identifiers of this house are of
/// version 7 and fit; those of feeds are mostly of version 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(u128);

/// Where the four hyphens stand in the 36 characters.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Uuid {
    /// The identifier that is this number.
    pub const fn of_u128(number: u128) -> Self {
        Self(number)
    }

    /// The identifier as a number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// The identifier of something that came without one: always the same for the same parts, and in
    /// practice never that of others. A UUID of version 8 (RFC 9562, 5.8), of the SHA-256 of the parts.
    pub fn derived(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            hash.update(length.to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let number = digest
            .iter()
            .take(16)
            .fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
        Self((number & !(0xF << 76) & !(0b11 << 62)) | (0x8 << 76) | (0b10 << 62))
    }
}

impl Display for Uuid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value) = self;
        write!(
            out,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            value >> 96,
            (value >> 80) & 0xFFFF,
            (value >> 64) & 0xFFFF,
            (value >> 48) & 0xFFFF,
            value & 0xFFFF_FFFF_FFFF,
        )
    }
}

impl FromStr for Uuid {
    type Err = ValueError;

    /// Reads 36 characters in large or small letters.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = ValueError(
            "an identifier has 36 characters, such as ac148810-d857-441c-9679-408f346de14b",
        );
        if text.len() != 36 {
            return Err(wrong);
        }
        let mut value = 0_u128;
        for (place, character) in text.char_indices() {
            if HYPHENS.contains(&place) {
                if character != '-' {
                    return Err(wrong);
                }
            } else {
                let digit = character.to_digit(16).ok_or(wrong.clone())?;
                value = (value << 4) | u128::from(digit);
            }
        }
        Ok(Self(value))
    }
}

impl From<stour_kernel::Id> for Uuid {
    fn from(id: stour_kernel::Id) -> Self {
        Self(id.as_u128())
    }
}

written_as_text!(Uuid);
