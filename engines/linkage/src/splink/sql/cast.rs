//! Conversions between kinds of values, as `CAST` makes them.

use super::super::error::Failure;
use super::super::value::Value;
use super::{calendar, number, time_format};

/// What a value can be cast to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::splink) enum Kind {
    Boolean,
    /// Integers up to a greatest one.
    Integer(i64),
    /// FLOAT, which has 32 bits.
    Single,
    Number,
    Text,
    Date,
    Timestamp,
}

/// The names of types that are supported, for a message.
pub(super) const SUPPORTED: &str =
    "TEXT, BOOLEAN, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DATE and TIMESTAMP";

impl Kind {
    /// The type that a name of `DuckDB` stands for.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "text" | "varchar" | "string" | "char" | "bpchar" => Self::Text,
            "boolean" | "bool" | "logical" => Self::Boolean,
            "smallint" | "int2" | "short" => Self::Integer(i64::from(i16::MAX)),
            "integer" | "int" | "int4" | "signed" => Self::Integer(i64::from(i32::MAX)),
            "bigint" | "int8" | "long" => Self::Integer(i64::MAX),
            "float" | "real" | "float4" => Self::Single,
            "double" | "float8" => Self::Number,
            "date" => Self::Date,
            "timestamp" | "datetime" => Self::Timestamp,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Boolean => "BOOLEAN",
            Self::Integer(_) => "an integer",
            Self::Single => "FLOAT",
            Self::Number => "DOUBLE",
            Self::Text => "TEXT",
            Self::Date => "DATE",
            Self::Timestamp => "TIMESTAMP",
        }
    }
}

/// A value as another kind. `NULL` stays `NULL`; what cannot be converted is a failure.
pub(super) fn cast(value: &Value, to: Kind) -> Result<Value, Failure> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    let converted = match to {
        Kind::Text => text(value).map(Value::Text),
        Kind::Boolean => truth(value).map(Value::Boolean),
        Kind::Integer(greatest) => integer(value)
            .filter(|whole| (-greatest - 1..=greatest).contains(whole))
            .map(Value::Integer),
        Kind::Number => real(value).map(Value::Number),
        Kind::Single => real(value)
            .map(|exact| (exact, number::single(exact)))
            .filter(|(exact, single)| single.is_finite() || !exact.is_finite())
            .map(|(_, single)| Value::Number(single)),
        Kind::Date => date(value).map(Value::Date),
        Kind::Timestamp => timestamp(value).map(Value::Timestamp),
    };
    converted.ok_or_else(|| match value {
        Value::Text(text) => {
            let start: String = text.chars().take(40).collect();
            Failure::new(format!("the text {start:?} is not {}", to.name()))
        }
        other => Failure::new(format!("{} cannot become {}", other.kind(), to.name())),
    })
}

fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) => text.clone(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Number(value) => number_text(*value),
        Value::Date(days) => calendar::date_text((*days).into()),
        Value::Timestamp(instant) => calendar::timestamp_text(*instant),
        Value::Null | Value::List(_) => return None,
    })
}

/// The shortest digits that mean the number, with an exponent where `DuckDB` writes one.
fn number_text(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string().to_lowercase();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        -4..16 => format!("{value:?}"),
        exponent if exponent < 0 => format!("{digits}e-{:02}", -exponent),
        exponent => format!("{digits}e+{exponent:02}"),
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(value) => Some(*value),
        Value::Integer(value) => Some(*value != 0),
        Value::Number(value) => Some(*value != 0.0),
        Value::Text(text) => match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" => Some(true),
            "false" | "f" | "no" | "n" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Boolean(value) => Some(i64::from(*value)),
        Value::Integer(value) => Some(*value),
        Value::Number(value) => number::whole(value.round_ties_even()),
        Value::Text(text) => {
            let text = text.trim_matches(time_format::is_space);
            text.parse().ok().or_else(|| {
                let value: f64 = text.parse().ok()?;
                number::whole(value.round())
            })
        }
        _ => None,
    }
}

fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Boolean(value) => Some(f64::from(u8::from(*value))),
        Value::Text(text) => text.trim_matches(time_format::is_space).parse().ok(),
        other => other.real(),
    }
}

fn date(value: &Value) -> Option<i32> {
    match value {
        Value::Date(days) => Some(*days),
        Value::Timestamp(_) | Value::Text(_) => {
            i32::try_from(timestamp(value)?.div_euclid(calendar::DAY)).ok()
        }
        _ => None,
    }
}

fn timestamp(value: &Value) -> Option<i64> {
    match value {
        Value::Timestamp(instant) => Some(*instant),
        Value::Date(days) => i64::from(*days).checked_mul(calendar::DAY),
        Value::Text(text) => timestamp_of_text(text.trim_matches(time_format::is_space)),
        _ => None,
    }
}

/// A date such as 1990-01-02, 1990/1/2 or 1990 01 02, with or without a time such as 10:00 or
/// 10:00:00.5 after a space or T. Time zones other than Z are not read.
fn timestamp_of_text(text: &str) -> Option<i64> {
    let separator = text
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .chars()
        .next()?;
    if !matches!(separator, '-' | '/' | ' ' | '\\') {
        return None;
    }
    let (year, rest) = text.split_once(separator)?;
    let (month, rest) = rest.split_once(separator)?;
    let (day, rest) = match rest.find([' ', 'T']) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let days = calendar::days(digits(year, 6)?, digits(month, 2)?, digits(day, 2)?)?;
    let time = match rest {
        "" => 0,
        _ => time_of_text(rest.strip_prefix('T').unwrap_or(rest).trim_start())?,
    };
    days.checked_mul(calendar::DAY)?.checked_add(time)
}

fn time_of_text(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (hour, rest) = text.split_once(':')?;
    let (minute, rest) = rest.split_once(':').unwrap_or((rest, "0"));
    let (second, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let known: String = fraction.chars().take(6).collect();
    let micros = digits(&format!("{known:0<6}"), 6)?;
    let (hour, minute, second) = (digits(hour, 2)?, digits(minute, 2)?, digits(second, 2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(((hour * 60 + minute) * 60 + second) * calendar::SECOND + micros)
}

/// A number of one to a few digits and nothing else.
fn digits(text: &str, most: usize) -> Option<i64> {
    let right = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    right.then(|| text.parse().ok()).flatten()
}
