//! An amount of money in a document.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use stour_kernel::Pence;

use crate::number;

/// The largest amount that a document may hold, in pence: ten thousand million pounds. Products of three
/// such amounts are computed exactly.
pub(crate) const LARGEST: i64 = 1_000_000_000_000;

/// The same in pounds.
pub(crate) const LARGEST_POUNDS: f64 = 1.0e10;

/// Money as a document gives it: text such as `"£1,234.56"`, or a number of pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount(pub(crate) Pence);

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Amount;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an amount such as \"£1,234.56\", or a number of pounds")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        Amount::of_text(text)
    }

    fn visit_i64<E: Error>(self, pounds: i64) -> Result<Amount, E> {
        let amount = Pence::from_pounds(pounds).ok_or_else(|| E::custom(TOO_LARGE))?;
        within(amount)
    }

    fn visit_f64<E: Error>(self, pounds: f64) -> Result<Amount, E> {
        if pounds.is_nan() {
            return Err(E::custom("an amount is a number of pounds, and not nan"));
        }
        let exact = pounds * 100.0;
        let pence = number::pence(exact).ok_or_else(|| E::custom(TOO_LARGE))?;
        // A millionth of a penny, or what is lost where such an amount is read and multiplied.
        let lost = (4.0 * f64::EPSILON * exact.abs()).max(1e-6);
        if (number::real(pence) - exact).abs() > lost {
            return Err(E::custom(
                "an amount has whole pence: write two digits after the point",
            ));
        }
        within(pence)
    }
}

const TOO_LARGE: &str =
    "an amount is from -£10,000,000,000.00 to £10,000,000,000.00: check that its digits are right";

fn within<E: Error>(amount: Pence) -> Result<Amount, E> {
    if !(-LARGEST..=LARGEST).contains(&amount.as_i64()) {
        return Err(E::custom(TOO_LARGE));
    }
    Ok(Amount(amount))
}

impl Amount {
    /// The amount that text such as `"£1,234.56"` says.
    pub(crate) fn of_text<E: Error>(text: &str) -> Result<Self, E> {
        within(text.parse().map_err(E::custom)?)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}
