//! A cell of a record, and what is computed from it.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::sql::{calendar, number};

/// A cell of a record, with the types of `DuckDB` that Splink's conditions need.
///
/// Two values are equal as `DuckDB` groups them: `NULL` is equal to `NULL`, not-a-number to itself,
/// and the number 1 to the number 1.0. (In a condition, `NULL = NULL` is `NULL`.)
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// A missing value.
    #[default]
    Null,
    /// BOOLEAN.
    Boolean(bool),
    /// BIGINT and the smaller integers.
    Integer(i64),
    /// DOUBLE.
    Number(f64),
    /// VARCHAR. Splink does not take an empty text as missing; the caller decides.
    Text(String),
    /// DATE, in days since 1 January 1970.
    Date(i32),
    /// TIMESTAMP, in microseconds since the start of 1970.
    Timestamp(i64),
    /// LIST, such as past surnames.
    List(Vec<Value>),
}

impl Value {
    /// The date of a year, month and day of the month, or `None` where there is no such date.
    pub fn date(year: i32, month: u32, day: u32) -> Option<Self> {
        let days = calendar::days(year.into(), month.into(), day.into())?;
        Some(Self::Date(i32::try_from(days).ok()?))
    }

    /// Whether the value is missing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What the value is, for a message.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Boolean(_) => "a truth value",
            Self::Integer(_) => "an integer",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date",
            Self::Timestamp(_) => "a timestamp",
            Self::List(_) => "a list",
        }
    }

    /// As a floating point number, where it is a number.
    pub(super) fn real(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(number::real(*value)),
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) | (Self::Timestamp(a), Self::Timestamp(b)) => {
                a == b
            }
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            _ => match (self.real(), other.real()) {
                (Some(a), Some(b)) => number::order(a, b) == Ordering::Equal,
                _ => false,
            },
        }
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Null => state.write_u8(0),
            Self::Boolean(value) => value.hash(state),
            Self::Integer(value) => number::bits(number::real(*value)).hash(state),
            Self::Number(value) => number::bits(*value).hash(state),
            Self::Text(text) => text.hash(state),
            Self::Date(days) => days.hash(state),
            Self::Timestamp(instant) => instant.hash(state),
            Self::List(items) => items.hash(state),
        }
    }
}
