//! By when a notice is to be answered: dated data with its source (`reference/notice-clocks.toml`).

use std::sync::OnceLock;

use serde::Deserialize;
use stour_deadlines::{Count, DeadlineError, Holidays, Period as Days};
use stour_kernel::{Date, Period};
use stour_partnership::Status;

use super::notice::Kind;
use crate::error::FlowError;

/// How long a council has to answer one kind of notice, from time to time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Of which kind.
    pub kind: Kind,
    /// How many days, each of which counts; the day of sending does not.
    pub days: u16,
    /// For notices sent when.
    pub valid: Period,
    /// Who says so.
    pub source: String,
    /// How far that can be relied on.
    pub status: Status,
    /// What a reader should know.
    pub note: Option<String>,
}

impl Rule {
    /// The last day on which an answer to a notice that was sent on a day is in time.
    ///
    /// # Errors
    /// When the calendar ends.
    pub fn due(&self, sent: Date) -> Result<Date, DeadlineError> {
        let days = Days {
            days: self.days,
            count: Count::Days,
        };
        // Every day counts, so no holiday is asked for.
        days.from(sent, &Holidays::new([], 0..=0))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    notice: Kind,
    days: u16,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
    note: Option<String>,
}

/// Every rule, in the order of the file.
///
/// # Errors
/// [`FlowError::Reference`] when the file cannot be read.
pub fn rules() -> Result<&'static [Rule], FlowError> {
    static RULES: OnceLock<Result<Vec<Rule>, String>> = OnceLock::new();
    RULES
        .get_or_init(|| read(include_str!("../../../../reference/notice-clocks.toml")))
        .as_deref()
        .map_err(|why| FlowError::Reference(why.clone()))
}

/// The rule for a notice of a kind that was sent on a day, where there is one.
///
/// # Errors
/// [`FlowError::Reference`] when the file cannot be read.
pub fn rule(kind: Kind, sent: Date) -> Result<Option<&'static Rule>, FlowError> {
    let mut rules = rules()?.iter();
    Ok(rules.find(|rule| rule.kind == kind && rule.valid.contains(sent)))
}

/// By when a notice of a kind that was sent on a day is to be answered; none where no rule holds.
///
/// # Errors
/// [`FlowError::Reference`] when the file cannot be read.
pub fn due(kind: Kind, sent: Date) -> Result<Option<Date>, FlowError> {
    let rule = rule(kind, sent)?;
    Ok(rule.and_then(|rule| rule.due(sent).ok()))
}

pub(super) fn read(text: &str) -> Result<Vec<Rule>, String> {
    let wrong = |why: String| format!("notice-clocks.toml: {why}");
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let mut rules: Vec<Rule> = Vec::new();
    for row in file.rule {
        let valid = Period::new(row.starts, row.ends).map_err(|error| wrong(error.to_string()))?;
        let rule = Rule {
            kind: row.notice,
            days: row.days,
            valid,
            source: row.source,
            status: row.status,
            note: row.note,
        };
        let same = |other: &Rule| other.kind == rule.kind && other.valid.overlaps(&rule.valid);
        if rules.iter().any(same) {
            let why = format!("two rules for {} hold on one day", rule.kind.as_str());
            return Err(wrong(why));
        }
        rules.push(rule);
    }
    Ok(rules)
}
