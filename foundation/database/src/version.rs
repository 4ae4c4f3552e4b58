//! Optimistic versions: a change names the version that it saw.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::value::{FromValue, ToValue, Value};

/// The number of a row's state, from 1, raised by every change. As an entity tag it is `"7"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(i64);

/// Why a change that names a version is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VersionError {
    /// The text is not a version.
    #[error("a version is a whole number in double quotes, as the ETag header gave it")]
    Malformed,
    /// Somebody else changed the row first.
    #[error("somebody changed this after you opened it; open it again and repeat your change")]
    Changed,
}

impl Version {
    /// The version of a row that is new.
    pub const FIRST: Self = Self(1);

    /// The version after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The number, from 1.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Whether the row is still as the caller saw it.
    ///
    /// # Errors
    /// [`VersionError::Changed`] when it is not.
    pub fn expect(self, seen: Self) -> Result<(), VersionError> {
        if self == seen {
            Ok(())
        } else {
            Err(VersionError::Changed)
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\"", self.0)
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        text.strip_prefix("W/")
            .unwrap_or(text)
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|number| number.parse().ok())
            .filter(|number| *number > 0)
            .map(Self)
            .ok_or(VersionError::Malformed)
    }
}

impl ToValue for Version {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(self.0)
    }
}

impl FromValue for Version {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self)
    }
}
