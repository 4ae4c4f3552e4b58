//! What was promised and what was measured.

use std::fmt::{self, Display};

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use stour_kernel::Pence;
use toml::Spanned;

use crate::amount::Amount;
use crate::appraise::Measure;
use crate::{number, said, words};

/// The largest number that a row may hold: more is a slip of the pen.
const LARGEST: f64 = 1.0e12;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// A value of a tracked row. As JSON it is one of `{"pence": …}`, `{"number": …}` and `{"unknown": "…"}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Money, in whole pence.
    Pence(Pence),
    /// A number, in the unit of the row.
    Number(f64),
    /// It is not known, and why.
    Unknown(String),
}

impl Value {
    /// Whether there is a value.
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// Money or a number; `None` for what is not known, which is of no kind.
    pub(super) const fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Pence(_) => Some("money"),
            Self::Number(_) => Some("a number"),
            Self::Unknown(_) => None,
        }
    }
}

impl Display for Value {
    /// An amount as `£1,234.00`, a number with commas and at most nine decimals, or `not known: ` and why.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pence(amount) => write!(formatter, "{amount}"),
            Self::Number(value) => formatter.write_str(&words::number(*value)),
            Self::Unknown(why) => write!(formatter, "not known: {why}"),
        }
    }
}

/// Something that was promised and measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tracked {
    /// The row's id.
    pub id: String,
    /// What is measured.
    pub name: String,
    /// The unit of its values, in words, such as "days".
    pub unit: String,
    /// Which way is better.
    pub better: Better,
    /// The day of the measurement, as `2025-10-06`.
    pub measured_on: String,
    /// What it was before.
    pub baseline: Value,
    /// What it was to be by then.
    pub trajectory: Value,
    /// What it was then.
    pub reached: Value,
    /// What was reached less the trajectory, in the unit of the row; or why there is none.
    pub difference: Measure<Value>,
    /// Whether what was reached is the trajectory or better; or why that cannot be said.
    pub on_trajectory: Measure<bool>,
    /// Where the values are stated.
    pub source: String,
    /// The partner of the case that it is measured for, by id.
    pub partner: Option<String>,
    /// What shows it.
    pub evidence: Option<String>,
}

/// The same as a document writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrackedDocument {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) unit: String,
    pub(super) better: Better,
    pub(super) measured_on: Spanned<String>,
    pub(super) baseline: Spanned<Value>,
    pub(super) trajectory: Spanned<Value>,
    pub(super) reached: Spanned<Value>,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
    pub(super) partner: Option<Spanned<String>>,
    #[serde(default, deserialize_with = "said::text_if_there")]
    pub(super) evidence: Option<String>,
}

/// What was reached less the trajectory, and whether it is on it, or why not.
pub(super) fn against(
    trajectory: &Value,
    reached: &Value,
    better: Better,
) -> (Measure<Value>, Measure<bool>) {
    // By the difference that is told: what is 0 there is on it.
    let on = |is_less: bool, is_more: bool| {
        Measure::of(match better {
            Better::Higher => !is_less,
            Better::Lower => !is_more,
        })
    };
    let none = |why: &str| (Measure::none(why), Measure::none(why));
    match (trajectory, reached) {
        (Value::Pence(trajectory), Value::Pence(reached)) => {
            let Some(difference) = reached.checked_sub(*trajectory) else {
                return none("the difference is too large");
            };
            (
                Measure::of(Value::Pence(difference)),
                on(difference < Pence::ZERO, difference > Pence::ZERO),
            )
        }
        (Value::Number(trajectory), Value::Number(reached)) => {
            // Nine decimals, as numbers are shown: 9.64 less 8.07 is 1.57 and nothing beyond.
            let difference = ((reached - trajectory) * 1e9).round() / 1e9;
            (
                Measure::of(Value::Number(difference)),
                on(difference < 0.0, difference > 0.0),
            )
        }
        (Value::Unknown(why), Value::Unknown(other)) => none(&format!(
            "neither the trajectory ({why}) nor what was reached ({other}) is known"
        )),
        (Value::Unknown(why), _) => none(&format!("the trajectory is not known: {why}")),
        (_, Value::Unknown(why)) => none(&format!("what was reached is not known: {why}")),
        _ => none("one is money and the other a number"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blank {
    #[serde(deserialize_with = "said::text")]
    unknown: String,
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "a number, an amount such as \"£1,234.56\", or { unknown = \"not published\" }",
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        if !text.contains('£') {
            return Err(E::custom(
                "text is an amount such as \"£1,234.56\": write a number without quotation marks",
            ));
        }
        Amount::of_text(text).map(|amount| Value::Pence(amount.0))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.visit_f64(number::real(Pence::new(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if (-LARGEST..=LARGEST).contains(&value) {
            Ok(Value::Number(value))
        } else {
            Err(E::custom(format!(
                "the value is {value}: it is a number from -{LARGEST} to {LARGEST}"
            )))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        let blank = Blank::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Value::Unknown(blank.unknown))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}
