//! What a check of a feed found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fault::{Fault, Severity};
use super::version::Version;

/// What is known of a feed after it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The address of the feed, as it was given.
    pub feed: String,
    /// The version that it follows, where that could be told.
    pub version: Option<Version>,
    /// The answer in one word.
    pub outcome: Outcome,
    /// Every check, in the order in which they were made.
    pub checks: Vec<Check>,
    /// How much of the feed was read.
    pub sample: Sample,
    /// Entities in the sample, by name, nested ones included.
    pub completeness: BTreeMap<String, usize>,
    /// How often the feed was asked.
    pub requests: usize,
}

/// Whether a feed passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No check failed; there may be warnings.
    Pass,
    /// At least one check failed.
    Fail,
    /// There was no answer at all.
    NotRun,
}

/// How much was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// Services that the feed says it has.
    pub total: Option<u64>,
    /// Pages of services that were read.
    pub pages: usize,
    /// Services on them.
    pub services: usize,
    /// Services that were read whole.
    pub details: usize,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// A name for programs: `services`, `filter-age`.
    pub id: &'static str,
    /// A name for people.
    pub title: &'static str,
    /// Which part of the whole it belongs to.
    pub level: Level,
    /// The answer.
    pub verdict: Verdict,
    /// What came, and for what was not tested why.
    pub said: String,
    /// The addresses that were asked for, below that of the feed.
    pub asked: Vec<String>,
    /// What is wrong, each once.
    pub faults: Vec<Fault>,
}

/// What a check is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Level 1 of the official validator: a feed must pass.
    Basic,
    /// Level 2: what is missing or wrong is a warning.
    Extended,
    /// Whether filters do what they say.
    Filter,
    /// Good to know; never counted.
    Information,
}

/// The answer of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// As it should be.
    Pass,
    /// It does not fail the feed, and should be put right.
    Warning,
    /// It fails the feed.
    Fail,
    /// It could not be told; the check says why.
    NotTested,
}

impl Check {
    /// A check whose verdict follows from its faults.
    pub(super) fn of_faults(
        (id, title, level): (&'static str, &'static str, Level),
        faults: Vec<Fault>,
        said: String,
        asked: Vec<String>,
    ) -> Self {
        let worst = faults.iter().map(|fault| fault.severity).min();
        let verdict = match (worst, level) {
            (None, _) => Verdict::Pass,
            (Some(Severity::Error), Level::Basic | Level::Filter) => Verdict::Fail,
            (Some(_), _) => Verdict::Warning,
        };
        Self {
            id,
            title,
            level,
            verdict,
            said,
            asked,
            faults,
        }
    }
}

impl Report {
    /// How many checks that count have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let counted = self
            .checks
            .iter()
            .filter(|check| check.level != Level::Information);
        counted.filter(|check| check.verdict == verdict).count()
    }

    /// A check by its name for programs.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }
}
