//! Published measures: what each counts, by whose definition, what it must not be taken for, what is
//! aimed at and what is known to be wrong with its figures. They are data
//! (`reference/measures.toml`), built into the binary.

mod every;
mod known;

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::Date;
use stour_statistics::xmr::Direction;

pub use every::Every;
pub use known::{Fault, Structure, Target, Together};

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
    /// The word before the subject when it rose.
    #[serde(default = "more")]
    pub up: String,
    /// The word before the subject when it fell.
    #[serde(default = "fewer")]
    pub down: String,
    /// What its values count.
    pub unit: String,
    /// How often there is a value.
    pub every: Every,
    /// Whether every value is a whole number.
    pub whole: bool,
    /// Whether every value is a share, from 0 to 100.
    #[serde(default)]
    pub percent: bool,
    /// How many decimals values that are neither are shown with.
    #[serde(default = "one")]
    pub decimals: u8,
    /// What it is about: one of `reference/themes.toml`.
    pub theme: String,
    /// Whose board it belongs on.
    pub altitude: Altitude,
    /// The role of `policies/` that answers for it here.
    pub owner: String,
    /// How long after a period its figure comes.
    pub lag: String,
    /// How areas are set side by side.
    pub compare: Compare,
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
    /// The lists by which it is divided, by their ids.
    #[serde(default)]
    pub breakdowns: Vec<String>,
    /// What it is.
    pub is: String,
    /// What it must not be taken for.
    pub is_not: Vec<String>,
    /// What else a reader should know.
    pub notes: Vec<String>,
    /// What is aimed at, in order of time.
    #[serde(default, rename = "target")]
    pub targets: Vec<Target>,
    /// What is known to be wrong with its figures.
    #[serde(default, rename = "fault")]
    pub faults: Vec<Fault>,
    /// The areas that make up the whole partnership.
    pub together: Option<Together>,
}

impl Measure {
    /// Whether its subject is one thing that is higher or lower, a share or a score, and not things that
    /// there are more or fewer of.
    pub fn is_singular(&self) -> bool {
        self.up.starts_with("a ")
    }

    /// Whether a value meets a target; `None` where neither way is better.
    pub fn meets(&self, value: f64, target: f64) -> Option<bool> {
        match self.direction {
            Direction::Increase => Some(value >= target),
            Direction::Decrease => Some(value <= target),
            Direction::Neutral => None,
        }
    }
}

/// Whose board a measure belongs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Altitude {
    /// Chief officers': the whole partnership.
    Macro,
    /// Those who run a service.
    Meso,
    /// Those who look after people.
    Micro,
}

impl Altitude {
    /// From the highest down.
    pub const ALL: [Self; 3] = [Self::Macro, Self::Meso, Self::Micro];

    /// That of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|altitude| altitude.name() == name)
    }

    /// Its name in addresses and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Macro => "macro",
            Self::Meso => "meso",
            Self::Micro => "micro",
        }
    }

    /// For whom: "Macro: the whole partnership".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Macro => "Macro: the whole partnership",
            Self::Meso => "Meso: a service or an organisation",
            Self::Micro => "Micro: a team and its people",
        }
    }
}

/// How areas are set side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compare {
    /// Their values, which do not depend on how large an area is.
    Value,
    /// Each as a percentage of its own mean: how it moved, not how much there is.
    Index,
}

fn one() -> u8 {
    1
}

fn more() -> String {
    "more".to_owned()
}

fn fewer() -> String {
    "fewer".to_owned()
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
