//! The rules of the reference data.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_deadlines::{Count, Period};
use stour_partnership::Status;

use super::ClockError;

/// Notice of a key decision.
pub(crate) const KEY_DECISION_NOTICE: &str = "key-decision-notice";
/// Notice of a key decision under the general exception.
pub(crate) const GENERAL_EXCEPTION: &str = "general-exception";
/// A key decision without notice.
pub(crate) const SPECIAL_URGENCY: &str = "special-urgency";

/// What a law gives time for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) code: String,
    pub(crate) label: String,
    /// How long; none where the law asks for something other than time.
    pub(crate) period: Option<Period>,
    pub(crate) source: String,
    pub(crate) status: Status,
    pub(crate) note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    code: String,
    label: String,
    days: Option<u16>,
    count: Option<CountFile>,
    source: String,
    status: Status,
    #[serde(default)]
    note: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CountFile {
    Days,
    ClearDays,
    WorkingDays,
    ClearWorkingDays,
}

impl From<CountFile> for Count {
    fn from(count: CountFile) -> Self {
        match count {
            CountFile::Days => Self::Days,
            CountFile::ClearDays => Self::ClearDays,
            CountFile::WorkingDays => Self::WorkingDays,
            CountFile::ClearWorkingDays => Self::ClearWorkingDays,
        }
    }
}

/// Every rule, in the order of the file.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn rules() -> Result<&'static [Rule], ClockError> {
    static RULES: OnceLock<Result<Vec<Rule>, ClockError>> = OnceLock::new();
    let rules =
        RULES.get_or_init(|| read(include_str!("../../../../reference/decisions/clocks.toml")));
    rules.as_deref().map_err(Clone::clone)
}

/// A rule by its code.
///
/// # Errors
/// When the file cannot be read or has none of this code.
pub(crate) fn rule(code: &str) -> Result<&'static Rule, ClockError> {
    let mut rules = rules()?.iter();
    rules
        .find(|rule| rule.code == code)
        .ok_or_else(|| ClockError::Reference(format!("there is no rule {code}")))
}

fn read(text: &str) -> Result<Vec<Rule>, ClockError> {
    let wrong = |what: String| ClockError::Reference(format!("clocks.toml: {what}"));
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    file.rule
        .into_iter()
        .map(|rule| {
            let period = match (rule.days, rule.count) {
                (Some(days), Some(count)) => Some(Period {
                    days,
                    count: count.into(),
                }),
                (None, None) => None,
                _ => return Err(wrong(format!("{} needs both days and count", rule.code))),
            };
            Ok(Rule {
                code: rule.code,
                label: rule.label,
                period,
                source: rule.source,
                status: rule.status,
                note: rule.note,
            })
        })
        .collect()
}
