//! What is aimed at, what is known to be wrong, and which areas make up the whole.

use serde::Deserialize;
use stour_kernel::Date;

/// A target, from a day until the next one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The target, in the unit of the measure.
    pub value: f64,
    /// The first day it applies to.
    pub from: Date,
    /// What it is, and what about it is unverified.
    pub what: String,
    /// Who set it.
    pub source: String,
}

/// Something known about published figures that a reader must know too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The first period it is about.
    pub from: Date,
    /// The last period it is about.
    pub to: Date,
    /// The areas, by the publisher's codes; none means all.
    #[serde(default)]
    pub areas: Vec<String>,
    /// The figure cannot be true: it is kept as published and not shown.
    #[serde(default)]
    pub withheld: bool,
    /// What is wrong.
    pub what: String,
    /// How it is known.
    pub source: String,
}

impl Fault {
    /// Whether it is about this area.
    pub fn concerns(&self, area: &str) -> bool {
        self.areas.is_empty() || self.areas.iter().any(|code| code == area)
    }

    /// Whether it is about the figure of this area and period.
    pub fn covers(&self, area: &str, at: Date) -> bool {
        self.concerns(area) && (self.from..=self.to).contains(&at)
    }
}

/// The areas that make up the whole partnership, from time to time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// What they are called together.
    pub name: String,
    /// Which they are, in order of time.
    pub structures: Vec<Structure>,
}

/// The areas that make up the whole from a period on, until the next structure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// The first period.
    pub from: Date,
    /// The areas, by the publisher's codes.
    pub areas: Vec<String>,
    /// Why they are others than before.
    pub why: Option<String>,
}

impl Together {
    /// The code of the whole in addresses. No publisher has it.
    pub const CODE: &'static str = "together";

    /// The structure of a period.
    pub fn at(&self, date: Date) -> Option<&Structure> {
        self.structures
            .iter()
            .rev()
            .find(|structure| structure.from <= date)
    }
}
