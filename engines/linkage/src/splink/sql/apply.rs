//! What functions compute.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::error::Failure;
use super::super::value::Value;
use super::distance::Measured;
use super::function::{Function, Unit};
use super::{calendar, compare, list, number, text};

/// The arguments of a function.
pub(super) type Arguments<'a, 'v> = &'a [Cow<'v, Value>];

impl Function {
    /// The value of the function for its arguments.
    pub(super) fn apply(&self, arguments: Arguments<'_, '_>) -> Result<Value, Failure> {
        if !self.takes_null() && arguments.iter().any(|argument| argument.is_null()) {
            return Ok(Value::Null);
        }
        match self {
            Self::Measure(distance) => {
                let (a, b) = (text::of(arguments, 0)?, text::of(arguments, 1)?);
                Ok(match distance.of(a, b)? {
                    Measured::Distance(changes) => text::count(changes),
                    Measured::Similarity(similarity) => Value::Number(similarity),
                })
            }
            Self::Coalesce => Ok(first_present(arguments)),
            Self::NullIf => null_if(arguments),
            Self::Least => extreme(arguments, Ordering::Less),
            Self::Greatest => extreme(arguments, Ordering::Greater),
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide => {
                self.arithmetic(argument(arguments, 0)?, argument(arguments, 1)?)
            }
            Self::Negate
            | Self::Absolute
            | Self::Floor
            | Self::Ceiling
            | Self::Round
            | Self::SquareRoot
            | Self::Sine
            | Self::Cosine
            | Self::ArcCosine
            | Self::Radians => self.of_number(argument(arguments, 0)?),
            Self::ParseTime { format, lenient } => {
                let written = text::of(arguments, 0)?;
                match format.read(written) {
                    Some(instant) => Ok(Value::Timestamp(instant)),
                    None if *lenient => Ok(Value::Null),
                    None => Err(Failure::new("a text has not the date format of strptime")),
                }
            }
            Self::Epoch => epoch(argument(arguments, 0)?),
            Self::Part(unit) => {
                let (year, month, day) = calendar::civil(day_of(argument(arguments, 0)?)?);
                Ok(Value::Integer(match unit {
                    Unit::Year => year,
                    Unit::Month => month,
                    Unit::Day => day,
                }))
            }
            Self::DateDifference(unit) => {
                let from = day_of(argument(arguments, 0)?)?;
                let to = day_of(argument(arguments, 1)?)?;
                Ok(Value::Integer(unit.boundaries(from, to)))
            }
            Self::Intersect
            | Self::Flatten
            | Self::Maximum
            | Self::Minimum
            | Self::Holds
            | Self::HoldsAny
            | Self::Element => list::apply(self, arguments),
            _ => text::apply(self, arguments),
        }
    }

    fn arithmetic(&self, a: &Value, b: &Value) -> Result<Value, Failure> {
        if let (Value::Integer(a), Value::Integer(b)) = (a, b) {
            let result = match self {
                Self::Add => a.checked_add(*b),
                Self::Subtract => a.checked_sub(*b),
                Self::Multiply => a.checked_mul(*b),
                _ => return Ok(Value::Number(number::real(*a) / number::real(*b))),
            };
            let overflow = || Failure::new("the result is beyond the range of an integer");
            return result.map(Value::Integer).ok_or_else(overflow);
        }
        if let (Self::Subtract, Value::Date(a), Value::Date(b)) = (self, a, b) {
            return Ok(Value::Integer(i64::from(*a) - i64::from(*b)));
        }
        let (Some(x), Some(y)) = (a.real(), b.real()) else {
            let (a, b) = (a.kind(), b.kind());
            return Err(Failure::new(format!(
                "there is no arithmetic of {a} and {b}"
            )));
        };
        Ok(Value::Number(match self {
            Self::Add => x + y,
            Self::Subtract => x - y,
            Self::Multiply => x * y,
            _ => x / y,
        }))
    }

    fn of_number(&self, value: &Value) -> Result<Value, Failure> {
        if let Value::Integer(whole) = value {
            let kept = match self {
                Self::Negate => whole.checked_neg(),
                Self::Absolute => whole.checked_abs(),
                Self::Floor | Self::Ceiling | Self::Round => Some(*whole),
                _ => None,
            };
            if let Some(kept) = kept {
                return Ok(Value::Integer(kept));
            }
        }
        let Some(value) = value.real() else {
            return Err(expected("a number", value));
        };
        Ok(Value::Number(match self {
            Self::Negate => -value,
            Self::Absolute => value.abs(),
            Self::Floor => value.floor(),
            Self::Ceiling => value.ceil(),
            Self::Round => value.round(),
            Self::SquareRoot => value.sqrt(),
            Self::Sine => value.sin(),
            Self::Cosine => value.cos(),
            Self::ArcCosine => value.acos(),
            // One multiplication by the rounded quotient, as `DuckDB` has it.
            _ => value * (std::f64::consts::PI / 180.0),
        }))
    }
}

impl Unit {
    /// How many ends of a day, month or year lie between two days.
    fn boundaries(self, from: i64, to: i64) -> i64 {
        let (from_year, from_month, _) = calendar::civil(from);
        let (to_year, to_month, _) = calendar::civil(to);
        match self {
            Self::Year => to_year - from_year,
            Self::Month => (to_year - from_year) * 12 + to_month - from_month,
            Self::Day => to - from,
        }
    }
}

/// An argument by its position.
pub(super) fn argument<'a>(
    arguments: Arguments<'a, '_>,
    position: usize,
) -> Result<&'a Value, Failure> {
    arguments
        .get(position)
        .map(AsRef::as_ref)
        .ok_or_else(|| Failure::new("a function has too few arguments"))
}

/// The failure of a function that was given a value of another kind.
pub(super) fn expected(wanted: &str, value: &Value) -> Failure {
    Failure::new(format!("{} is used where {wanted} is needed", value.kind()))
}

fn first_present(arguments: Arguments<'_, '_>) -> Value {
    let present = arguments.iter().find(|argument| !argument.is_null());
    present.map_or(Value::Null, |value| value.as_ref().clone())
}

fn null_if(arguments: Arguments<'_, '_>) -> Result<Value, Failure> {
    let (value, nothing) = (argument(arguments, 0)?, argument(arguments, 1)?);
    Ok(match compare::order(value, nothing)? {
        Some(Ordering::Equal) => Value::Null,
        _ => value.clone(),
    })
}

/// The least or greatest of the arguments that are not `NULL`.
fn extreme(arguments: Arguments<'_, '_>, wanted: Ordering) -> Result<Value, Failure> {
    list::extreme(arguments.iter().map(AsRef::as_ref), wanted)
}

/// Seconds since the start of 1970; the infinities have none.
fn epoch(value: &Value) -> Result<Value, Failure> {
    let instant = match value {
        Value::Date(days) => i64::from(*days) * calendar::DAY,
        Value::Timestamp(instant) => *instant,
        other => return Err(expected("a date or timestamp", other)),
    };
    if instant
        .checked_abs()
        .is_none_or(|distance| distance == i64::MAX)
    {
        return Ok(Value::Null);
    }
    let seconds = number::real(instant) / number::real(calendar::SECOND);
    Ok(Value::Number(seconds))
}

fn day_of(value: &Value) -> Result<i64, Failure> {
    match value {
        Value::Date(days) => Ok(i64::from(*days)),
        Value::Timestamp(instant) => Ok(instant.div_euclid(calendar::DAY)),
        other => Err(expected("a date or timestamp", other)),
    }
}
