//! Comparison of two values.

use std::cmp::Ordering;

use super::super::error::Failure;
use super::super::value::Value;
use super::cast::{Kind, cast};
use super::expression::Comparator;
use super::{calendar, number};

impl Comparator {
    /// Whether the comparison holds for values in this order.
    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order == Ordering::Equal,
            Self::Unequal => order != Ordering::Equal,
            Self::Less => order == Ordering::Less,
            Self::LessOrEqual => order != Ordering::Greater,
            Self::Greater => order == Ordering::Greater,
            Self::GreaterOrEqual => order != Ordering::Less,
        }
    }
}

/// The order of two values, or `None` if one of them is `NULL`.
///
/// Text is read as the kind of the other value where that is not text, as `DuckDB` does. Text has
/// the order of its bytes.
pub(super) fn order(a: &Value, b: &Value) -> Result<Option<Ordering>, Failure> {
    Ok(Some(match (a, b) {
        (Value::Null, _) | (_, Value::Null) => return Ok(None),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
        (Value::Integer(a), Value::Integer(b)) | (Value::Timestamp(a), Value::Timestamp(b)) => {
            a.cmp(b)
        }
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Date(a), Value::Timestamp(b)) => midnight(*a).cmp(b),
        (Value::Timestamp(a), Value::Date(b)) => a.cmp(&midnight(*b)),
        (Value::List(a), Value::List(b)) => return lists(a, b).map(Some),
        (Value::Text(_), other) => return order(&read_as(a, other)?, b),
        (other, Value::Text(_)) => return order(a, &read_as(b, other)?),
        _ => {
            let unlike = || Failure::new(format!("{} is compared with {}", a.kind(), b.kind()));
            let (x, y) = a.real().zip(b.real()).ok_or_else(unlike)?;
            number::order(x, y)
        }
    }))
}

/// Element by element; in a list, `NULL` stands above everything else and is equal to itself.
fn lists(a: &[Value], b: &[Value]) -> Result<Ordering, Failure> {
    for (a, b) in a.iter().zip(b) {
        let order = match order(a, b)? {
            Some(order) => order,
            None => a.is_null().cmp(&b.is_null()),
        };
        if order != Ordering::Equal {
            return Ok(order);
        }
    }
    Ok(a.len().cmp(&b.len()))
}

fn midnight(days: i32) -> i64 {
    i64::from(days) * calendar::DAY
}

fn read_as(text: &Value, other: &Value) -> Result<Value, Failure> {
    let kind = match other {
        Value::Boolean(_) => Kind::Boolean,
        Value::Integer(_) => Kind::Integer(i64::MAX),
        Value::Number(_) => Kind::Number,
        Value::Date(_) => Kind::Date,
        Value::Timestamp(_) => Kind::Timestamp,
        Value::Null | Value::Text(_) | Value::List(_) => {
            return Err(Failure::new("text is compared with a list"));
        }
    };
    cast(text, kind)
}
