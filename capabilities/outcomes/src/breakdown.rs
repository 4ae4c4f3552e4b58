//! What the whole of a measure is divided by: reasons, organisations, kinds of department. The lists
//! are data (`reference/series-breakdowns.toml`), built into the binary.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::Date;

/// A list of parts that add up to a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// Its name in layouts and the API.
    pub id: String,
    /// What a part is: "Reason for delay".
    pub title: String,
    /// How it divides: "by reason".
    pub heading: String,
    /// Who made the list.
    pub source: String,
    /// The first day it holds.
    pub starts: Date,
    /// The first day it no longer does.
    pub ends: Option<Date>,
    /// What else a reader should know.
    pub note: Option<String>,
    /// Its parts, in the publisher's order.
    pub part: Vec<Part>,
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What it belongs to with others: "Capacity".
    pub group: Option<String>,
    /// The discharge pathways it concerns: "1 or 3".
    pub pathway: Option<String>,
    /// How a published file names it.
    pub published: String,
}

impl Breakdown {
    /// The part of this code.
    pub fn coded(&self, code: &str) -> Option<&Part> {
        self.part.iter().find(|part| part.code == code)
    }

    /// The part that a published file calls this.
    pub fn published(&self, text: &str) -> Option<&Part> {
        self.part.iter().find(|part| part.published == text)
    }
}

impl Part {
    /// Its label, with what it belongs to before it.
    pub fn whole_label(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}: {}", self.label),
            None => self.label.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BreakdownFile {
    breakdown: Vec<Breakdown>,
}

/// Every breakdown, in the order of the file.
///
/// # Errors
/// What is wrong with the file; the same answer every time.
pub fn breakdowns() -> Result<&'static [Breakdown], &'static toml::de::Error> {
    static BREAKDOWNS: OnceLock<Result<BreakdownFile, toml::de::Error>> = OnceLock::new();
    BREAKDOWNS
        .get_or_init(|| toml::from_str(include_str!("../../../reference/series-breakdowns.toml")))
        .as_ref()
        .map(|file| file.breakdown.as_slice())
}

/// The breakdown of this name.
pub fn breakdown(id: &str) -> Option<&'static Breakdown> {
    breakdowns()
        .unwrap_or_default()
        .iter()
        .find(|breakdown| breakdown.id == id)
}

#[cfg(test)]
mod tests;
