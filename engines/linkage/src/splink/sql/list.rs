//! What functions of lists compute.

use std::cmp::Ordering;

use super::super::error::Failure;
use super::super::value::Value;
use super::apply::{Arguments, argument, expected};
use super::compare;
use super::function::Function;

/// The value of a function of lists.
pub(super) fn apply(function: &Function, arguments: Arguments<'_, '_>) -> Result<Value, Failure> {
    let list = match argument(arguments, 0)? {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        Value::Text(text) if matches!(function, Function::Element) => {
            let position = integer(argument(arguments, 1)?)?;
            let letter = place(text.chars().count(), position).and_then(|at| text.chars().nth(at));
            return Ok(Value::Text(letter.map(String::from).unwrap_or_default()));
        }
        other => return Err(expected("a list", other)),
    };
    match function {
        Function::Intersect => Ok(intersection(list, argument(arguments, 1)?)?),
        Function::Flatten => flatten(list),
        Function::Maximum => extreme(list, Ordering::Greater),
        Function::Minimum => extreme(list, Ordering::Less),
        Function::Holds => Ok(Value::Boolean(list.contains(argument(arguments, 1)?))),
        Function::HoldsAny => {
            let others = items(argument(arguments, 1)?)?;
            let any = list
                .iter()
                .any(|item| !item.is_null() && others.contains(item));
            Ok(Value::Boolean(any))
        }
        _ => {
            let position = integer(argument(arguments, 1)?)?;
            let item = place(list.len(), position).and_then(|at| list.get(at));
            Ok(item.cloned().unwrap_or_default())
        }
    }
}

/// The elements that both lists hold, each once.
fn intersection(list: &[Value], other: &Value) -> Result<Value, Failure> {
    let others: &[Value] = match other {
        Value::Null => &[],
        other => items(other)?,
    };
    let mut common: Vec<Value> = Vec::new();
    for item in list {
        if !item.is_null() && others.contains(item) && !common.contains(item) {
            common.push(item.clone());
        }
    }
    Ok(Value::List(common))
}

fn flatten(list: &[Value]) -> Result<Value, Failure> {
    let mut all = Vec::new();
    for inner in list.iter().filter(|inner| !inner.is_null()) {
        all.extend_from_slice(items(inner)?);
    }
    Ok(Value::List(all))
}

/// The least or greatest of the values that are not `NULL`, or `NULL` if there is none.
pub(super) fn extreme<'v>(
    values: impl IntoIterator<Item = &'v Value>,
    wanted: Ordering,
) -> Result<Value, Failure> {
    let mut best = &Value::Null;
    for value in values {
        if best.is_null() || compare::order(value, best)? == Some(wanted) {
            best = value;
        }
    }
    Ok(best.clone())
}

fn items(value: &Value) -> Result<&[Value], Failure> {
    match value {
        Value::List(items) => Ok(items),
        other => Err(expected("a list", other)),
    }
}

fn integer(value: &Value) -> Result<i64, Failure> {
    match value {
        Value::Integer(value) => Ok(*value),
        other => Err(expected("an integer", other)),
    }
}

/// The place from 0 of a position that counts from 1, or from the end if it is negative.
fn place(length: usize, position: i64) -> Option<usize> {
    match usize::try_from(position) {
        Ok(position) => position.checked_sub(1),
        Err(_) => length.checked_sub(usize::try_from(position.unsigned_abs()).ok()?),
    }
}
