//! Published measures: what each counts, by whose definition, and what it must not be taken for.
//! They are data (`reference/measures.toml`), built into the binary.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::Date;
use stour_statistics::xmr::Direction;

/// A published measure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its name in addresses and commands, for example `no-criteria-to-reside`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What there is more or fewer of, for a headline.
    pub subject: String,
    /// What its values count.
    pub unit: String,
    /// How often there is a value.
    pub every: Every,
    /// Whether every value is a whole number.
    pub whole: bool,
    /// Which way is better.
    pub direction: Direction,
    /// Who publishes it.
    pub publisher: String,
    /// The publication it comes from, unless an import names another.
    pub source: String,
    /// Which version of the definition this is.
    pub definition_version: String,
    /// The first day the definition holds.
    pub starts: Date,
    /// The first day it no longer does; `None` while it holds.
    pub ends: Option<Date>,
    /// What it is.
    pub is: String,
    /// What it must not be taken for.
    pub is_not: Vec<String>,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

/// How often a measure has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// One for each day.
    Day,
    /// One for each month, dated by its first day.
    Month,
}

impl Every {
    /// The period after the one of this date; `None` at the end of the calendar.
    pub fn after(self, date: Date) -> Option<Date> {
        match self {
            Self::Day => date.tomorrow().ok(),
            Self::Month => date
                .checked_add(jiff::Span::new().months(1))
                .ok()
                .map(Date::first_of_month),
        }
    }

    /// One of them: "day".
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    measure: Vec<Measure>,
}

/// Every measure, in the order of the file.
///
/// # Errors
/// What is wrong with the file; the same answer every time.
pub fn measures() -> Result<&'static [Measure], &'static toml::de::Error> {
    static MEASURES: OnceLock<Result<MeasureFile, toml::de::Error>> = OnceLock::new();
    MEASURES
        .get_or_init(|| toml::from_str(include_str!("../../../reference/measures.toml")))
        .as_ref()
        .map(|file| file.measure.as_slice())
}

/// The measure of this name.
pub fn measure(id: &str) -> Option<&'static Measure> {
    measures()
        .unwrap_or_default()
        .iter()
        .find(|measure| measure.id == id)
}

#[cfg(test)]
mod tests;
