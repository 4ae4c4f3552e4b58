//! The clocks that run: key decisions, call-ins, promises, answers to health reports, and authority that ends.

use serde::Serialize;
use stour_deadlines::Standing;
use stour_kernel::Date;
use stour_web::words::day as in_words;

use crate::clock::{self, ClockError, Notice};
use crate::record::Record;
use crate::site::{forward_plan, reports};
use crate::words::days;

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Running {
    /// `key-decision`, `call-in`, `commitment`, `scrutiny-report`, `healthwatch-report` or `delegation`.
    pub(crate) kind: &'static str,
    /// The number of the entry; of a call-in, that of the decision.
    pub(crate) number: i64,
    pub(crate) what: String,
    /// The day that counts: from when it may be taken, or until when it is in time.
    pub(crate) day: Option<Date>,
    /// Whether somebody has to act now.
    pub(crate) late: bool,
    pub(crate) stands: String,
}

impl Running {
    /// What it is, for people.
    pub(crate) fn called(&self) -> &'static str {
        match self.kind {
            "key-decision" => "Key decision",
            "call-in" => "Call-in",
            "commitment" => "Promise or request",
            "delegation" => "Delegation",
            _ => "Answer to",
        }
    }

    /// The page on which those who keep the record change it.
    pub(crate) fn href(&self) -> String {
        let kind = match self.kind {
            "call-in" => "resolution",
            kind => kind,
        };
        format!("/decisions/registers/{kind}/{}", self.number)
    }
}

/// Every clock that runs on a day. One that cannot be counted says why.
pub(crate) fn running(record: &Record, today: Date) -> Vec<Running> {
    key_decisions(record, today)
        .chain(call_ins(record, today))
        .chain(commitments(record, today))
        .chain(answers(record, today))
        .chain(delegations(record, today))
        .collect()
}

fn key_decisions(record: &Record, today: Date) -> impl Iterator<Item = Running> {
    let ahead = forward_plan::ahead(record).into_iter();
    ahead.map(move |decision| {
        let notice = clock::notice(decision, today);
        let day = match &notice {
            Ok(Notice::From { day, .. }) => Some(*day),
            _ => None,
        };
        Running {
            kind: "key-decision",
            number: decision.number,
            what: decision.matter.clone(),
            day,
            late: notice.as_ref().is_ok_and(Notice::is_too_early),
            stands: forward_plan::stands(&notice),
        }
    })
}

/// Decisions of an executive that can still be called in.
fn call_ins(record: &Record, today: Date) -> impl Iterator<Item = Running> {
    record.resolutions.iter().filter_map(move |resolution| {
        let item = record.item_of(resolution)?;
        let committee = record.committee_of(item)?;
        let last = clock::call_in_until(resolution.noticed?, committee.call_in?);
        let is_over = last.as_ref().is_ok_and(|last| *last < today);
        if committee.sort != "executive" || is_over {
            return None;
        }
        Some(Running {
            kind: "call-in",
            number: resolution.number,
            what: resolution.text.clone(),
            day: last.as_ref().ok().copied(),
            late: false,
            stands: match last {
                Ok(last) => until(last, today, "It can be called in"),
                Err(error) => told(&error),
            },
        })
    })
}

fn commitments(record: &Record, today: Date) -> impl Iterator<Item = Running> {
    record.commitments.iter().filter_map(move |kept| {
        let standing = kept.standing(today)?;
        let due = kept.promise().due?;
        standing.is_open().then(|| Running {
            kind: "commitment",
            number: kept.number,
            what: kept.promise().text.clone(),
            day: Some(due),
            late: is_late(standing),
            stands: due_words(due, standing, "No published answer was seen"),
        })
    })
}

fn answers(record: &Record, today: Date) -> impl Iterator<Item = Running> {
    reports::unanswered(record).filter_map(move |(report, code)| {
        let standing = reports::standing(report, code, today)?;
        let known = standing.as_ref().ok();
        Some(Running {
            kind: match code {
                reports::SCRUTINY => "scrutiny-report",
                _ => "healthwatch-report",
            },
            number: report.number,
            what: report.title.clone(),
            day: known.map(|(due, _)| *due),
            late: known.is_some_and(|(_, standing)| is_late(*standing)),
            stands: match standing {
                Ok((due, standing)) => due_words(due, standing, "Overdue"),
                Err(error) => told(&error),
            },
        })
    })
}

/// Authority that has a last day and can still be used.
fn delegations(record: &Record, today: Date) -> impl Iterator<Item = Running> {
    record.delegations.iter().filter_map(move |delegation| {
        let last = delegation.until.filter(|last| *last >= today)?;
        Some(Running {
            kind: "delegation",
            number: delegation.number,
            what: format!("{}: {}", delegation.to, delegation.matter),
            day: Some(last),
            late: false,
            stands: until(last, today, "The authority can be used"),
        })
    })
}

const fn is_late(standing: Standing) -> bool {
    matches!(standing, Standing::Overdue(_))
}

/// `Due by 1 December 2026, in 7 days`.
fn due_words(due: Date, standing: Standing, overdue: &str) -> String {
    match standing {
        Standing::Overdue(late) => {
            format!(
                "{overdue}: it was due by {}, {} ago",
                in_words(due),
                days(late)
            )
        }
        Standing::Running(0) => format!("Due today, {}", in_words(due)),
        Standing::Running(left) => format!("Due by {}, in {}", in_words(due), days(left)),
        Standing::Met | Standing::MetLate(_) => String::new(),
    }
}

/// `It can be called in until 27 November 2026, in 3 days`.
fn until(last: Date, today: Date, what: &str) -> String {
    match Standing::of(last, None, today) {
        Standing::Running(0) => format!("{what} until the end of today, {}", in_words(last)),
        Standing::Running(left) => format!("{what} until {}, in {}", in_words(last), days(left)),
        _ => format!("{what} no more"),
    }
}

/// Why a clock cannot be counted.
fn told(error: &ClockError) -> String {
    stour_web::words::capital(&error.to_string())
}

#[cfg(test)]
mod tests;
