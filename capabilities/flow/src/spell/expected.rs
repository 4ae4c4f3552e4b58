//! When somebody is expected to go home: by default as long after admission as people like them
//! usually stay, until the hospital or somebody on the ward says otherwise.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use stour_kernel::{Code, Date, Timestamp, london_date};
use stour_partnership::{Reference, Status};
use thiserror::Error;

/// Who says when somebody is expected to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidBy {
    /// Worked out by this system from usual lengths of stay.
    System,
    /// Sent by the hospital's system.
    Message,
    /// Set by somebody on the ward.
    Staff,
}

impl SaidBy {
    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Message => "message",
            Self::Staff => "staff",
        }
    }
}

impl fmt::Display for SaidBy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that names nobody who sets dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an expected date is said by the system, a message or staff")]
pub struct UnknownSaidBy;

impl FromStr for SaidBy {
    type Err = UnknownSaidBy;

    fn from_str(text: &str) -> Result<Self, UnknownSaidBy> {
        [Self::System, Self::Message, Self::Staff]
            .into_iter()
            .find(|by| by.as_str() == text)
            .ok_or(UnknownSaidBy)
    }
}

stour_database::text_value!(SaidBy);

/// An expected date of discharge, and why it should be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedDate {
    /// The day.
    pub on: Date,
    /// What kind of source says so.
    pub by: SaidBy,
    /// Who, or what it rests on.
    pub basis: String,
    /// When it was said.
    pub at: Timestamp,
}

/// The system's own estimate at admission; `None` when the date of birth is not known, or no table
/// has people of that age.
pub fn estimate(
    reference: &Reference,
    admitted: Timestamp,
    method: Option<&str>,
    born: Option<Date>,
) -> Option<ExpectedDate> {
    let day = london_date(admitted);
    let age = u8::try_from(stour_people::age(born?, day)?).ok()?;
    let method = method.and_then(|method| method.parse::<Code>().ok());
    let stay = reference.usual_stay(method.as_ref(), age, day)?;
    let on = day.checked_add(i64::from(stay.median_days).days()).ok()?;
    let (days, cases) = (stay.median_days, stay.cases);
    let unit = if days == 1 { "day" } else { "days" };
    let trust = match stay.status {
        Status::Sourced => "",
        Status::Demonstration => ", demonstration data",
        _ => ", unverified",
    };
    let group = stay.group.as_str();
    let basis =
        format!("{days} {unit} usual for {group} admissions of this age, {cases} cases{trust}");
    let by = SaidBy::System;
    Some(ExpectedDate {
        on,
        by,
        basis,
        at: admitted,
    })
}

/// Which of several dates stands: the latest that a person or the hospital said; the system's own
/// only where there is no other.
pub fn standing(dates: impl IntoIterator<Item = ExpectedDate>) -> Option<ExpectedDate> {
    dates
        .into_iter()
        .max_by_key(|date| (date.by != SaidBy::System, date.at))
}
