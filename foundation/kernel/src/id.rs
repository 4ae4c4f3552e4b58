//! Identifiers that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7).

use std::fmt::{self, Debug, Display};
use std::hash::Hash;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Randomness;

/// A UUID of version 7: 48 bits of milliseconds since 1970, 12 bits that order what happens within
/// a millisecond, 62 random bits. Written as 36 characters in lower case, which sort as the values
/// do. Most code uses a [`typed_id!`](crate::typed_id) of its own instead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u128);

/// The bits that say "version 7", below the milliseconds.
const VERSION: u128 = 0x7 << 76;
/// The bits that say "a UUID of RFC 9562", above the random part.
const VARIANT: u128 = 0b10 << 62;
const VERSION_MASK: u128 = 0xF << 76;
const VARIANT_MASK: u128 = 0b11 << 62;
/// Where the four hyphens stand in the 36 characters.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Id {
    /// The identifier of a moment: `ticks` are milliseconds since 1970 times 4,096 plus the part of
    /// a millisecond (60 bits are kept); of `random`, 62 bits are kept.
    fn from_parts(ticks: u64, random: u64) -> Self {
        let ticks = u128::from(ticks);
        let milliseconds = (ticks >> 12) & 0xFFFF_FFFF_FFFF;
        let within = ticks & 0xFFF;
        let random = u128::from(random) & !VARIANT_MASK;
        Self((milliseconds << 80) | VERSION | (within << 64) | VARIANT | random)
    }

    /// The identifier as a number of 128 bits; sorts as the identifier does.
    pub fn as_u128(self) -> u128 {
        self.0
    }

    /// The identifier that is this number; `None` when it is not one of version 7.
    pub fn of_u128(number: u128) -> Option<Self> {
        let marked = number & VERSION_MASK == VERSION && number & VARIANT_MASK == VARIANT;
        marked.then_some(Self(number))
    }

    /// When it was made, to the millisecond, by the clock of the process that made it.
    pub fn made_at(self) -> Timestamp {
        i64::try_from(self.0 >> 80)
            .ok()
            .and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok())
            .unwrap_or(Timestamp::MAX)
    }
}

impl Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value) = self;
        write!(
            formatter,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            value >> 96,
            (value >> 80) & 0xFFFF,
            (value >> 64) & 0xFFFF,
            (value >> 48) & 0xFFFF,
            value & 0xFFFF_FFFF_FFFF,
        )
    }
}

impl Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Id({self})")
    }
}

/// Why a text is not one of our identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// It is not 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    #[error(
        "this is not an identifier: copy all 36 characters, such as \
         0198c5f2-7b1e-7cc4-9a57-3f0d2c5b8e11"
    )]
    Shape,
    /// It is a UUID, but not of version 7.
    #[error(
        "this identifier was made by another system (it is not a UUID of version 7): use \
         the one Stour shows"
    )]
    Version,
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.len() != 36 {
            return Err(IdError::Shape);
        }
        let mut value: u128 = 0;
        for (position, character) in text.chars().enumerate() {
            if HYPHENS.contains(&position) {
                if character != '-' {
                    return Err(IdError::Shape);
                }
            } else {
                let digit = character.to_digit(16).ok_or(IdError::Shape)?;
                value = (value << 4) | u128::from(digit);
            }
        }
        if value & VERSION_MASK != VERSION || value & VARIANT_MASK != VARIANT {
            return Err(IdError::Version);
        }
        Ok(Self(value))
    }
}

impl TryFrom<&str> for Id {
    type Error = IdError;

    fn try_from(text: &str) -> Result<Self, IdError> {
        text.parse()
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::deserialize(deserializer)
    }
}

/// Gives identifiers in ascending order, whatever the clock does: when it stands still or steps
/// back, the next identifier is the last one's moment plus one 4,096th of a millisecond. The order
/// holds within one sequence; between processes it is as good as their clocks.
#[derive(Debug, Default)]
pub struct IdSequence {
    last_ticks: AtomicU64,
}

impl IdSequence {
    /// A sequence that has given nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next identifier, at or after `now`.
    pub fn next(&self, now: Timestamp, randomness: &dyn Randomness) -> Id {
        let ticks = ticks(now);
        let step = |last: u64| ticks.max(last.saturating_add(1));
        let last = self
            .last_ticks
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(step(last))
            })
            .unwrap_or_else(|last| last);
        Id::from_parts(step(last), randomness.next_u64())
    }
}

/// An instant in 4,096ths of a millisecond since 1970; instants before 1970 count as 1970.
fn ticks(at: Timestamp) -> u64 {
    let microseconds = u64::try_from(at.as_microsecond()).unwrap_or(0);
    ((microseconds / 1_000) << 12) | ((microseconds % 1_000) * 4_096 / 1_000)
}

/// What every identifier made by [`typed_id!`](crate::typed_id) is: an [`Id`] of one kind of thing.
pub trait TypedId:
    Copy + Ord + Hash + Debug + Display + FromStr<Err = IdError> + From<Id> + Send + Sync + 'static
{
    /// The identifier without its kind.
    fn id(self) -> Id;
}

impl TypedId for Id {
    fn id(self) -> Id {
        self
    }
}

/// Makes an identifier of one kind of thing, which no function takes for another's:
/// `typed_id!(pub PersonId, "a person");` makes `PersonId`, written and read as its [`Id`] is.
#[macro_export]
macro_rules! typed_id {
    ($visibility:vis $name:ident, $of:literal) => {
        #[doc = concat!("The identifier of ", $of, ": a UUID of version 7, 36 characters as text.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name($crate::Id);

        impl $crate::TypedId for $name {
            fn id(self) -> $crate::Id {
                self.0
            }
        }

        impl ::core::convert::From<$crate::Id> for $name {
            fn from(id: $crate::Id) -> Self {
                Self(id)
            }
        }

        impl ::core::convert::From<$name> for $crate::Id {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::IdError;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::IdError> {
                text.parse().map(Self)
            }
        }

        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::IdError;

            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::IdError> {
                text.parse().map(Self)
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}

typed_id!(pub PersonId, "a person");
typed_id!(pub UserId, "someone who signs in");
typed_id!(pub FactId, "one version of a fact");
typed_id!(pub ThreadId, "a fact through all its versions");

#[cfg(test)]
mod tests;
