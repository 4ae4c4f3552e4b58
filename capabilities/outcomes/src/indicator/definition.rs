//! What an indicator counts, as data: `reference/indicators/*.toml`, built into the binary.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::Date;
use stour_statistics::xmr::Direction;

/// The definition of "still at home after leaving hospital with reablement".
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name in addresses.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What there is more or fewer of, for a headline.
    pub subject: String,
    /// What its values are.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Whose definition it is.
    pub source: String,
    /// Which version.
    pub definition_version: String,
    /// The first day it holds.
    pub starts: Date,
    /// The first day it no longer does; `None` while it holds.
    pub ends: Option<Date>,
    /// Who it is about.
    pub population: String,
    /// Who is counted above the line.
    pub numerator: String,
    /// Who is counted below the line.
    pub denominator: String,
    /// What it is counted by.
    pub period: String,
    /// Who is not counted at all.
    pub exclusions: Vec<String>,
    /// What else a reader should know.
    pub notes: Vec<String>,
    /// The youngest age, in whole years on the day of discharge.
    pub age_from: i16,
    /// The day that is looked at, in days after the day of discharge.
    pub days: i32,
    /// How many days before the discharge reablement may start.
    pub window_before: i32,
    /// How many days after.
    pub window_after: i32,
    /// The confidence of the interval, between 0 and 1.
    pub interval: f64,
    /// Components of a service that are reablement (list `service-component`).
    pub reablement: Vec<String>,
    /// Components, or types, of a service in a care home.
    pub care_homes: Vec<String>,
    /// Components, or types, of a service in another place that is not home.
    pub elsewhere: Vec<String>,
    /// Groups of the list `discharge-destination` that are counted.
    pub destinations_counted: Vec<String>,
    /// Codes of that list that say nothing: counted.
    pub destinations_unknown: Vec<String>,
    /// Groups of that list that mean death in hospital.
    pub destinations_died: Vec<String>,
    /// Outcomes of a spell that mean death in hospital.
    pub spell_outcomes_died: Vec<String>,
    /// Codes of the list `discharge-method` that mean it.
    pub discharge_methods_died: Vec<String>,
    /// Outcomes of reablement (list `reablement-outcome`) that mean death.
    pub outcomes_died: Vec<String>,
    /// Outcomes of reablement that mean a move to a care home.
    pub outcomes_care_home: Vec<String>,
    /// Outcomes of reablement that mean a move to another council's area.
    pub outcomes_moved_away: Vec<String>,
    /// Which counts are too small to publish.
    pub small_numbers: SmallNumbers,
}

/// Which counts are too small to publish.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallNumbers {
    /// The smallest count that is not published.
    pub from: u64,
    /// The largest.
    pub to: u64,
    /// The rule in words, with whose it is.
    pub rule: String,
}

impl SmallNumbers {
    /// Whether the count is one of them.
    pub fn has(&self, count: u64) -> bool {
        (self.from..=self.to).contains(&count)
    }
}

/// The definition of "still at home after leaving hospital with reablement".
///
/// # Errors
/// What is wrong with the file; the same answer every time.
pub fn still_at_home() -> Result<&'static Definition, &'static toml::de::Error> {
    static DEFINITION: OnceLock<Result<Definition, toml::de::Error>> = OnceLock::new();
    DEFINITION
        .get_or_init(|| {
            toml::from_str(include_str!(
                "../../../../reference/indicators/still-at-home.toml"
            ))
        })
        .as_ref()
}

#[cfg(test)]
mod tests;
