//! Numbers with a meaning.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Number;
use stour_kernel::Pence;

use super::ValueError;

/// An age in years, from 0 to 150; half years and months are parts of one.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Age(f64);

/// Degrees of latitude or longitude (WGS 84), from -180 to 180.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Degrees(f64);

/// An amount of money, written as pounds in a JSON number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub Pence);

impl Age {
    /// The age of this many years; `None` when nobody is so old.
    pub fn new(years: f64) -> Option<Self> {
        (0.0..=150.0).contains(&years).then_some(Self(years))
    }

    /// The years.
    pub const fn years(self) -> f64 {
        self.0
    }
}

impl Degrees {
    /// These degrees; `None` when there are none such.
    pub fn new(degrees: f64) -> Option<Self> {
        (-180.0..=180.0).contains(&degrees).then_some(Self(degrees))
    }

    /// The number of degrees.
    pub const fn degrees(self) -> f64 {
        self.0
    }
}

impl std::fmt::Display for Age {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl std::fmt::Display for Degrees {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// A number written as short as it can be: `12`, not `12.0`.
fn shortest<S: Serializer>(number: f64, out: S) -> Result<S::Ok, S::Error> {
    match number.to_string().parse::<i64>() {
        Ok(whole) => out.serialize_i64(whole),
        Err(_) => out.serialize_f64(number),
    }
}

impl Serialize for Age {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        shortest(self.0, out)
    }
}

impl Serialize for Degrees {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        shortest(self.0, out)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let text = pounds(self.0);
        match text.parse::<f64>() {
            Ok(number) => shortest(number, out),
            Err(_) => out.serialize_i64(self.0.as_i64() / 100),
        }
    }
}

/// Pounds and pence in digits alone: `-0.05`.
fn pounds(amount: Pence) -> String {
    let sign = if amount.is_negative() { "-" } else { "" };
    let pence = amount.as_i64().unsigned_abs();
    format!("{sign}{}.{:02}", pence / 100, pence % 100)
}

impl Amount {
    /// Reads pounds in digits with at most two after the point, such as `35`, `35.5` or `35.50`.
    ///
    /// # Errors
    /// When the text is anything else, or no amount that a double can hold to the penny.
    pub fn of_pounds(text: &str) -> Result<Self, ValueError> {
        let wrong = ValueError("an amount is in pounds with at most two digits after the point");
        let padded = match text.split_once('.') {
            Some((pounds, "")) => format!("{pounds}.00"),
            Some((pounds, one)) if one.len() == 1 => format!("{pounds}.{one}0"),
            _ => text.to_owned(),
        };
        let pence: Pence = padded.parse().map_err(|_| wrong.clone())?;
        if pence.as_i64().unsigned_abs() > LARGEST_PENCE {
            return Err(wrong);
        }
        Ok(Self(pence))
    }
}

/// A thousand million pounds, far from where a JSON number would lose a penny.
const LARGEST_PENCE: u64 = 100_000_000_000;

impl<'de> Deserialize<'de> for Age {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let years = f64::deserialize(from)?;
        Self::new(years).ok_or_else(|| de::Error::custom("an age is from 0 to 150 years"))
    }
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let degrees = f64::deserialize(from)?;
        Self::new(degrees).ok_or_else(|| de::Error::custom("degrees are from -180 to 180"))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(from)?;
        let text = number.to_string();
        let text = text.strip_suffix(".0").unwrap_or(&text);
        Self::of_pounds(text).map_err(de::Error::custom)
    }
}
