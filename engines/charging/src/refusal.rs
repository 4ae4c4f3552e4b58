//! Why nothing can be worked out.

use serde::Serialize;
use thiserror::Error;

/// A rate that is needed and not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The code of its kind, by which it can be supplied.
    pub kind: String,
    /// What it is called.
    pub label: String,
}

/// What is wrong with one thing that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldReason {
    /// Which: a field of [`Situation`](crate::Situation) or of [`Plan`](crate::Plan).
    pub field: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Why nothing can be worked out.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Rates are missing: whoever asks may supply them with their source.
    #[error("not known here: {}. Give the figure and say where it is from", labels(.0))]
    Missing(Vec<Missing>),
    /// What was said cannot be.
    #[error("{}", reasons(.0))]
    Wrong(Vec<FieldReason>),
    /// A sum that does not fit.
    #[error("an amount is too large to work with: check the figures")]
    TooLarge,
}

impl Refusal {
    pub(crate) fn wrong(field: &str, reason: impl Into<String>) -> Self {
        Self::Wrong(vec![FieldReason {
            field: field.to_owned(),
            reason: reason.into(),
        }])
    }
}

fn labels(missing: &[Missing]) -> String {
    let labels = missing.iter().map(|one| one.label.as_str());
    labels.collect::<Vec<_>>().join("; ")
}

fn reasons(reasons: &[FieldReason]) -> String {
    let all = reasons
        .iter()
        .map(|one| format!("{}: {}", one.field, one.reason));
    all.collect::<Vec<_>>().join("\n")
}
