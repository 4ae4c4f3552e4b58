//! One or two confidences, and the columns of their limits.

use std::str::FromStr;

use clap::Args;
use stour_statistics::rate::{Confidence, Interval};

use super::answer::Value;

/// How sure intervals are.
#[derive(Debug, Clone, Args)]
pub(super) struct Sureness {
    /// How sure the intervals are: one confidence or two, such as 0.95,0.998
    #[arg(long, value_name = "CONFIDENCE,…", default_value = "0.95")]
    pub(super) confidence: Levels,
}

/// A lower confidence is a slip: 0.05 is what 95% leaves out.
const LEAST: f64 = 0.5;

/// One confidence or two.
#[derive(Debug, Clone)]
pub(super) struct Levels(Vec<Confidence>);

impl FromStr for Levels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let level = |text: &str| {
            let text = text.trim();
            let number: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
            // 95 is meant as a percentage, as in published tables.
            let share = if number >= 50.0 {
                number / 100.0
            } else {
                number
            };
            if share < LEAST {
                return Err(format!(
                    "{text} is less than even chances: for 95% write 0.95"
                ));
            }
            Confidence::new(share).map_err(|wrong| wrong.to_string())
        };
        let levels: Vec<Confidence> = text.split(',').map(level).collect::<Result<_, _>>()?;
        match levels.as_slice() {
            [_] => {}
            [one, other] if one != other => {}
            [_, _] => return Err("the two confidences are the same".to_owned()),
            _ => return Err("give one confidence or two, such as 0.95,0.998".to_owned()),
        }
        Ok(Self(levels))
    }
}

impl Levels {
    /// What is worked out for each confidence.
    pub(super) fn each<T, E>(
        &self,
        work: impl Fn(Confidence) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        self.0.iter().map(|confidence| work(*confidence)).collect()
    }

    /// The two, or the one twice.
    pub(super) fn both(&self) -> Option<[Confidence; 2]> {
        let first = self.0.first()?;
        Some([*first, *self.0.get(1).unwrap_or(first)])
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The names of the columns of limits: with one confidence as short as published tables have them.
    pub(super) fn columns(&self, before: &str) -> Vec<String> {
        let pair = |label: &str| ["lower", "upper"].map(|side| format!("{before}{side}{label}cl"));
        match self.0.as_slice() {
            [_] => pair("").to_vec(),
            levels => levels
                .iter()
                .flat_map(|level| pair(&percent(*level).replace('.', "_")))
                .collect(),
        }
    }

    /// How a column names each confidence: 95 or 998.
    pub(super) fn short(&self) -> Vec<String> {
        let short = |level: &Confidence| {
            let percent = percent(*level);
            percent.trim_end_matches(".0").replace('.', "")
        };
        self.0.iter().map(short).collect()
    }

    /// The confidences as published tables name them: 95%, 99.8%.
    pub(super) fn told(&self) -> String {
        let told = |level: &Confidence| {
            let percent = percent(*level);
            format!("{}%", percent.trim_end_matches(".0"))
        };
        self.0.iter().map(told).collect::<Vec<_>>().join(", ")
    }
}

/// 0.998 as 99.8, with at least one place.
fn percent(level: Confidence) -> String {
    let percent = (level.get() * 1e11).round() / 1e9;
    let text = percent.to_string();
    if text.contains('.') {
        text
    } else {
        format!("{text}.0")
    }
}

/// The limits as the cells of their columns.
pub(super) fn cells(intervals: &[Interval]) -> Vec<Value> {
    intervals
        .iter()
        .flat_map(|interval| [interval.lower.into(), Value::Number(interval.upper)])
        .collect()
}
