//! What can be wrong with a model, a frequency or a pair of records.

use thiserror::Error;

/// Why a text is not a model that can be scored here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The text is not JSON, or the JSON has not the form that Splink saves.
    #[error("this is not the JSON of a Splink model: {0}")]
    Json(String),
    /// A setting of the whole model cannot be used.
    #[error("setting {setting}: {reason}")]
    Setting {
        /// The name of the setting in the JSON.
        setting: &'static str,
        /// What is wrong, and what is right.
        reason: String,
    },
    /// A comparison as a whole cannot be used.
    #[error("comparison {comparison:?}: {reason}")]
    Comparison {
        /// The name of the comparison.
        comparison: String,
        /// What is wrong, and what is right.
        reason: String,
    },
    /// A level of a comparison cannot be used.
    #[error("comparison {comparison:?}, level {level} ({label:?}): {reason}")]
    Level {
        /// The name of the comparison.
        comparison: String,
        /// Which level, counted from 1 as they stand in the JSON.
        level: usize,
        /// The label of the level for charts.
        label: String,
        /// What is wrong, where in the SQL, and what is supported.
        reason: String,
    },
    /// A blocking rule cannot be used.
    #[error("blocking rule {rule}: {reason}")]
    BlockingRule {
        /// Which rule, counted from 1 as they stand in the JSON.
        rule: usize,
        /// What is wrong, where in the SQL, and what is supported.
        reason: String,
    },
}

/// Why a pair of records has no score. `DuckDB` would end the whole prediction with an error, or
/// give no weight.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScoreError {
    /// The SQL cannot be evaluated for these values.
    #[error("{place}: {reason}")]
    Evaluation {
        /// The comparison and level, or the blocking rule.
        place: String,
        /// What is wrong with the values.
        reason: String,
    },
    /// No level of a comparison holds, and it has no ELSE level.
    #[error("comparison {0:?}: no level holds for these records, and there is no ELSE level")]
    NoLevel(String),
}

/// Why a term frequency cannot be supplied.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("a term frequency is a share above 0 and at most 1, not {0}")]
pub struct FrequencyError(pub f64);

/// What is wrong with a piece of SQL.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub(super) struct Problem(String);

impl Problem {
    /// With the piece of the SQL where it was noticed.
    pub(super) fn near(sql: &str, offset: usize, reason: impl AsRef<str>) -> Self {
        const SHOWN: usize = 40;
        let reason = reason.as_ref();
        let rest = sql.get(offset..).unwrap_or_default();
        let piece: String = rest.chars().take(SHOWN).collect();
        Self(match piece.as_str() {
            "" => format!("at the end of the SQL: {reason}"),
            _ => format!("at {piece:?} in the SQL: {reason}"),
        })
    }
}

/// Why an expression has no value for the records at hand.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub(super) struct Failure(Box<str>);

impl Failure {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into().into_boxed_str())
    }
}
