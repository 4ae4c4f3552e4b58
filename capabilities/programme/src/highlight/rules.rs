//! When a programme is red, amber or green: thresholds from the reference data, applied to what is recorded.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use stour_partnership::Status;

const TEXT: &str = include_str!("../../../../reference/highlight.toml");

static RULES: LazyLock<Option<Rules>> = LazyLock::new(|| toml::from_str(TEXT).ok());

/// How a programme stands, from the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Rag {
    /// Nobody has said anything by which it could be judged.
    NotReported,
    /// No rule finds anything.
    Green,
    /// Something is to be looked at.
    Amber,
    /// Something has gone wrong.
    Red,
}

impl Rag {
    /// The word.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NotReported => "Not reported",
            Self::Green => "Green",
            Self::Amber => "Amber",
            Self::Red => "Red",
        }
    }
}

/// What is only counted where somebody has said something of the programme: how far an activity has got, how likely and bad a
/// risk is, or where a benefit should be by now. Dates alone, as a plan sets them out, say nothing of how it goes.
const SAID: [&str; 3] = [
    "overdue-activities",
    "highest-risk-score",
    "benefits-behind",
];

/// What is counted of a programme, by the name of its measure; what is not recorded is not there.
pub(super) type Counted = BTreeMap<&'static str, i64>;

/// A reason for how a programme stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reason {
    /// What it alone would make the programme.
    pub(super) rag: Rag,
    /// In words.
    pub(super) words: String,
}

/// The rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    #[expect(
        dead_code,
        reason = "said in the file for its readers, and checked to be there"
    )]
    source: String,
    pub(super) status: Status,
    #[expect(
        dead_code,
        reason = "said in the file for its readers, and checked to be there"
    )]
    starts: stour_kernel::Date,
    /// How many days a report goes back where nothing says from when.
    pub(super) back_days: u16,
    /// How many days ahead it looks.
    pub(super) ahead_days: u16,
    /// How many risks it shows.
    pub(super) top_risks: usize,
    rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    measure: String,
    one: String,
    many: String,
    amber: i64,
    red: Option<i64>,
}

/// The rules of the reference data.
pub(super) fn rules() -> Option<&'static Rules> {
    RULES.as_ref()
}

impl Rules {
    /// How a programme stands, and why: what is worst first.
    pub(super) fn judge(&self, counted: &Counted) -> (Rag, Vec<Reason>) {
        let mut reasons: Vec<Reason> = self
            .rule
            .iter()
            .filter_map(|rule| rule.reason(*counted.get(rule.measure.as_str())?))
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rag));
        let worst = reasons.first().map(|reason| reason.rag);
        let otherwise = if SAID.iter().any(|said| counted.contains_key(said)) {
            Rag::Green
        } else {
            Rag::NotReported
        };
        (worst.unwrap_or(otherwise), reasons)
    }
}

impl Rule {
    fn reason(&self, count: i64) -> Option<Reason> {
        let rag = if self.red.is_some_and(|red| count >= red) {
            Rag::Red
        } else if count >= self.amber {
            Rag::Amber
        } else {
            return None;
        };
        let words = if count == 1 {
            self.one.clone()
        } else {
            self.many.replace("{}", &count.to_string())
        };
        Some(Reason { rag, words })
    }
}

#[cfg(test)]
mod tests;
