//! By when an answer is due, and what is too small to be shown: from `reference/match-review.toml`.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Date, Period};
use stour_partnership::Status;
use thiserror::Error;

use super::ReviewKind;

/// The settings of reviews, as they are built into the binary.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    targets: Vec<Target>,
    /// Counts that are not shown.
    pub(crate) small: RangeInclusive<u64>,
    /// The rule of small numbers, in words.
    pub(crate) small_rule: String,
    /// With fewer decisions a rate says little.
    pub(crate) too_few: u64,
}

/// By when a review of a kind is to be answered.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    kind: ReviewKind,
    /// Days from the day it was opened.
    pub(crate) days: i64,
    valid: Period,
    pub(crate) source: String,
    pub(crate) status: Status,
}

/// The file cannot be used: a fault of the build.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("reference/match-review.toml cannot be used: {0}")]
pub(crate) struct SettingsFault(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    target: Vec<Row>,
    small_numbers: SmallNumbers,
    too_few: TooFew,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: String,
    days: i64,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmallNumbers {
    from: u64,
    to: u64,
    rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TooFew {
    decisions: u64,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "status")]
    _status: Status,
}

/// The settings; the same answer every time.
pub(crate) fn settings() -> Result<&'static Settings, SettingsFault> {
    static SETTINGS: OnceLock<Result<Settings, SettingsFault>> = OnceLock::new();
    SETTINGS
        .get_or_init(|| read(include_str!("../../../../reference/match-review.toml")))
        .as_ref()
        .map_err(Clone::clone)
}

fn read(text: &str) -> Result<Settings, SettingsFault> {
    let file: File = toml::from_str(text).map_err(|error| SettingsFault(error.to_string()))?;
    let mut targets: Vec<Target> = Vec::new();
    for row in file.target {
        let fault = |why: String| SettingsFault(format!("{}: {why}", row.kind));
        let kind = row
            .kind
            .parse()
            .map_err(|_| fault("no such kind".to_owned()))?;
        let valid = Period::new(row.starts, row.ends).map_err(|error| fault(error.to_string()))?;
        targets.push(Target {
            kind,
            days: row.days,
            valid,
            source: row.source,
            status: row.status,
        });
    }
    Ok(Settings {
        targets,
        small: file.small_numbers.from..=file.small_numbers.to,
        small_rule: file.small_numbers.rule,
        too_few: file.too_few.decisions,
    })
}

impl Settings {
    /// The target of a kind on a day.
    pub(crate) fn target(&self, kind: ReviewKind, on: Date) -> Option<&Target> {
        self.targets
            .iter()
            .find(|target| target.kind == kind && target.valid.contains(on))
    }
}

/// By when a review opened on a day is to be answered; that day where no target holds.
pub(crate) fn due(kind: ReviewKind, opened: Date) -> Date {
    let days = settings()
        .ok()
        .and_then(|settings| settings.target(kind, opened))
        .map_or(0, |target| target.days);
    opened
        .checked_add(std::time::Duration::from_secs(
            u64::try_from(days).unwrap_or(0).saturating_mul(86_400),
        ))
        .unwrap_or(opened)
}

#[cfg(test)]
mod tests;
