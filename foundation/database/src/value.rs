//! Values on their way into and out of a statement.

use std::borrow::Cow;
use std::error::Error as StdError;

use ::postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use rusqlite::types::{ToSqlOutput, ValueRef};
use stour_kernel::{
    Code, Date, FactId, GssCode, Id, LocalityCode, NhsNumber, OdsCode, Pence, PersonId, Postcode,
    ThreadId, Timestamp, UserId,
};

/// One parameter or column, in the few shapes that both databases share. Identifiers, codes, dates
/// and instants are text; money is whole pence.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'v> {
    /// SQL `NULL`.
    Null,
    /// `BOOLEAN`.
    Boolean(bool),
    /// `BIGINT`.
    Integer(i64),
    /// `DOUBLE PRECISION`.
    Real(f64),
    /// `TEXT`.
    Text(Cow<'v, str>),
    /// `BYTEA`.
    Bytes(Cow<'v, [u8]>),
}

/// A type that can be a statement's parameter.
pub trait ToValue {
    /// The value to bind.
    fn to_value(&self) -> Value<'_>;
}

/// A type that can be read from a column.
pub trait FromValue: Sized {
    /// The typed value, or `None` where the column holds something else.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl Value<'_> {
    /// The same value, owning its text.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Real(value) => Value::Real(value),
            Self::Text(value) => Value::Text(Cow::Owned(value.into_owned())),
            Self::Bytes(value) => Value::Bytes(Cow::Owned(value.into_owned())),
        }
    }
}

impl<'v> Value<'v> {
    pub(crate) fn from_sqlite(value: ValueRef<'v>) -> Option<Self> {
        Some(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(value) => Self::Integer(value),
            ValueRef::Real(value) => Self::Real(value),
            ValueRef::Text(value) => Self::Text(Cow::Borrowed(std::str::from_utf8(value).ok()?)),
            ValueRef::Blob(value) => Self::Bytes(Cow::Borrowed(value)),
        })
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Boolean(value) => ValueRef::Integer(i64::from(*value)),
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Boolean(value) if *kind == Type::BOOL => value.to_sql(kind, out),
            Self::Integer(value) if *kind == Type::INT8 => value.to_sql(kind, out),
            Self::Integer(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Real(value) if *kind == Type::FLOAT8 => value.to_sql(kind, out),
            Self::Text(value) if *kind != Type::BYTEA => (&**value).to_sql(kind, out),
            Self::Bytes(value) if *kind == Type::BYTEA => (&**value).to_sql(kind, out),
            _ => Err(format!("a parameter does not fit the type {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    ::postgres::types::to_sql_checked!();
}

/// A column as PostgreSQL sends it.
pub(crate) struct PostgresValue<'v>(pub(crate) Value<'v>);

impl<'v> FromSql<'v> for PostgresValue<'v> {
    fn from_sql(kind: &Type, raw: &'v [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(match *kind {
            Type::BOOL => Value::Boolean(bool::from_sql(kind, raw)?),
            Type::INT8 => Value::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Integer(i64::from(i32::from_sql(kind, raw)?)),
            Type::FLOAT8 => Value::Real(f64::from_sql(kind, raw)?),
            Type::BYTEA => Value::Bytes(Cow::Borrowed(raw)),
            _ => Value::Text(Cow::Borrowed(<&str>::from_sql(kind, raw)?)),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::BOOL | Type::INT8 | Type::INT4 | Type::FLOAT8 | Type::BYTEA
        ) || <&str as FromSql<'_>>::accepts(kind)
    }
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        match self {
            Value::Text(value) => Value::Text(Cow::Borrowed(value)),
            Value::Bytes(value) => Value::Bytes(Cow::Borrowed(value)),
            Value::Null => Value::Null,
            Value::Boolean(value) => Value::Boolean(*value),
            Value::Integer(value) => Value::Integer(*value),
            Value::Real(value) => Value::Real(*value),
        }
    }
}

impl FromValue for Value<'static> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        Some(value.into_owned())
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Boolean(*self)
    }
}

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Boolean(value) => Some(value),
            Value::Integer(0) => Some(false),
            Value::Integer(1) => Some(true),
            _ => None,
        }
    }
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl ToValue for i32 {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Integer(value) => Some(value),
            _ => None,
        }
    }
}

impl ToValue for f64 {
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}

impl FromValue for f64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Real(value) => Some(value),
            _ => None,
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes.into_owned()),
            _ => None,
        }
    }
}

impl ToValue for Date {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}

/// Instants are text of one width, so that their order as text is their order in time.
impl ToValue for Timestamp {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(format!("{self:.6}")))
    }
}

impl ToValue for Pence {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(self.as_i64())
    }
}

impl FromValue for Pence {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self::new)
    }
}

/// The NHS number without spaces, so that it can be searched for as digits.
impl ToValue for NhsNumber {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.digits()))
    }
}

/// Lets a type that prints itself and reads itself back be a text parameter and column.
#[macro_export]
macro_rules! text_value {
    ($($kind:ty),+ $(,)?) => {$(
        impl $crate::ToValue for $kind {
            fn to_value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(::std::borrow::Cow::Owned(::std::string::ToString::to_string(self)))
            }
        }
        $crate::text_column!($kind);
    )+};
}

/// The reading half of [`text_value!`](crate::text_value!).
#[doc(hidden)]
#[macro_export]
macro_rules! text_column {
    ($($kind:ty),+ $(,)?) => {$(
        impl $crate::FromValue for $kind {
            fn from_value(value: $crate::Value<'_>) -> ::std::option::Option<Self> {
                match value {
                    $crate::Value::Text(text) => text.parse().ok(),
                    _ => ::std::option::Option::None,
                }
            }
        }
    )+};
}

text_column!(Date, Timestamp, NhsNumber);
text_value!(
    Id,
    PersonId,
    UserId,
    FactId,
    ThreadId,
    Postcode,
    OdsCode,
    GssCode,
    LocalityCode,
    Code
);
