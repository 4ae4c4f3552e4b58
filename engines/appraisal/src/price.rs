//! From the prices of one year to those of another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::mistake::Checks;
use crate::said;
use crate::year::{self, Years};

/// A named series of prices, as a document brings it.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deflator {
    #[serde(deserialize_with = "said::text")]
    pub(crate) name: String,
    #[serde(deserialize_with = "said::text")]
    pub(crate) source: String,
    #[serde(deserialize_with = "said::text")]
    pub(crate) dated: String,
    #[serde(serialize_with = "plain")]
    years: Spanned<Years>,
    /// The index of each year; only the ratio of two of them matters.
    #[serde(serialize_with = "plain")]
    index: Spanned<BTreeMap<String, f64>>,
}

fn plain<T: Serialize, S: serde::Serializer>(
    value: &Spanned<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.get_ref().serialize(serializer)
}

/// What a series of prices is called and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// Its date, as the document gives it.
    pub dated: String,
}

/// The prices that an amount is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PriceBase {
    /// Those of one year.
    Year(i32),
    /// Those of the year in which the money is paid: cash.
    Cash,
}

/// A price base as a document writes it: a year, or `"cash"`.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a price base is a year, such as 2026, or \"cash\" for money of the year in which it is paid"
)]
pub(crate) enum WrittenBase {
    Year(i32),
    Word(Cash),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cash {
    Cash,
}

impl From<&WrittenBase> for PriceBase {
    fn from(written: &WrittenBase) -> Self {
        match written {
            WrittenBase::Year(year) => Self::Year(*year),
            WrittenBase::Word(Cash::Cash) => Self::Cash,
        }
    }
}

impl Deflator {
    /// What the series is called and where it comes from.
    pub(crate) fn series(&self) -> Series {
        Series {
            name: self.name.clone(),
            source: self.source.clone(),
            dated: self.dated.clone(),
        }
    }

    /// Notes what is wrong with the series.
    pub(crate) fn check(&self, years: Years, checks: &mut Checks) {
        let own = *self.years.get_ref();
        checks.ensure(own == years, self.years.span(), || {
            format!("{} is a series of {} years, the document counts in {} years: name the other series", self.name, own.as_str(), years.as_str())
        });
        for (year, index) in self.index.get_ref() {
            checks.ensure(year::read(year).is_some(), self.index.span(), || {
                format!("the deflator has an index for {year:?}: write the year in which it begins, such as 2026")
            });
            checks.ensure(index.is_finite() && *index > 0.0, self.index.span(), || {
                format!("the deflator's index of {year} is {index}: an index is above 0")
            });
        }
    }

    fn of(&self, year: i32) -> Option<f64> {
        self.index.get_ref().get(&year.to_string()).copied()
    }

    /// What a pound in prices of `from` is in prices of `to`; the years that it lacks otherwise.
    pub(crate) fn ratio(&self, from: i32, to: i32) -> Result<f64, Vec<i32>> {
        match (self.of(from), self.of(to)) {
            (Some(from), Some(to)) => Ok(to / from),
            (own, other) => Err([(own, from), (other, to)]
                .into_iter()
                .filter_map(|(index, year)| index.is_none().then_some(year))
                .collect()),
        }
    }
}

/// What a pound of `from`, paid in `year`, is in prices of `to`, or why that is not known.
pub(crate) fn factor(
    deflator: Option<&Deflator>,
    from: PriceBase,
    year: i32,
    to: i32,
) -> Result<f64, String> {
    let from = match from {
        PriceBase::Year(from) => from,
        PriceBase::Cash => year,
    };
    if from == to {
        return Ok(1.0);
    }
    let deflator = deflator.ok_or_else(|| {
        format!("prices of {from} cannot be shown in prices of {to} without a [deflator]: give its name, source, date, years and index")
    })?;
    deflator.ratio(from, to).map_err(|absent| {
        let absent: Vec<String> = absent.iter().map(i32::to_string).collect();
        format!(
            "{} has no index for {}: add it, with its source",
            deflator.name,
            absent.join(" and ")
        )
    })
}
