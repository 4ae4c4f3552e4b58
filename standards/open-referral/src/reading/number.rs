//! Numbers.

use std::num::NonZeroU16;

use serde_json::Value;

use super::context::{Context, Lenient, as_words};
use crate::value::{Age, Amount, Degrees};

/// A number, also where it stands in words such as `12 years`.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim().trim_start_matches('£');
            let end =
                text.find(|next: char| !(next.is_ascii_digit() || matches!(next, '.' | '-' | '+')));
            text.get(..end.unwrap_or(text.len()))?.parse().ok()
        }
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

/// What was read of a value, noted where it is not written as the standard would write it.
fn noted<T: serde::Serialize>(
    value: &Value,
    read: Option<T>,
    why: &str,
    context: &mut Context<'_>,
) -> Option<T> {
    let became = read
        .as_ref()
        .and_then(|read| serde_json::to_value(read).ok());
    let same = match (&became, value) {
        (Some(Value::Number(became)), Value::Number(was)) => became.as_f64() == was.as_f64(),
        _ => false,
    };
    if !same {
        context.note(value, became.as_ref(), why);
    }
    read
}

impl Lenient for Age {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        noted(
            &value,
            number(&value).and_then(Self::new),
            "it is not an age",
            context,
        )
    }
}

impl Lenient for Degrees {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        noted(
            &value,
            number(&value).and_then(Self::new),
            "it is not a number of degrees",
            context,
        )
    }
}

impl Lenient for Amount {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let text = as_words(&value).unwrap_or_default();
        let text = text.trim_start_matches('£').replace(',', "");
        let exact = Self::of_pounds(text.strip_suffix(".0").unwrap_or(&text)).ok();
        let rounded = || {
            let pounds = number(&value).filter(|pounds| pounds.abs() < 1e9)?;
            Self::of_pounds(&format!("{pounds:.2}")).ok()
        };
        let read = exact
            .or_else(rounded)
            .filter(|amount| !amount.0.is_negative());
        noted(
            &value,
            read,
            "it is not an amount in pounds and pence",
            context,
        )
    }
}

impl Lenient for NonZeroU16 {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let whole = number(&value).map(|number| number.to_string());
        let read = whole.and_then(|whole| whole.parse().ok());
        noted(&value, read, "it is not a whole number from 1", context)
    }
}
