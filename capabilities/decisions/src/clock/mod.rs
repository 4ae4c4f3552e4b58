//! The clocks of public law: how long notice must be, and by when something must be answered.
//!
//! How many days are dated data with their source (`reference/decisions/clocks.toml`), and so are bank holidays
//! (`reference/bank-holidays.toml`). A count that would need holidays which are not known gives no day and says why.

mod holidays;
mod notice;
mod rule;

use stour_deadlines::{Count, DeadlineError, Period};
use stour_kernel::Date;

pub(crate) use holidays::{calendar, holidays};
pub(crate) use notice::{Notice, notice};
pub(crate) use rule::{rule, rules};

/// Why a clock gives no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClockError {
    /// The count needs what is not known.
    #[error(transparent)]
    Count(#[from] DeadlineError),
    /// The reference data cannot be read, or has no such rule.
    #[error("the clocks of the reference data cannot be used: {0}")]
    Reference(String),
}

/// The last day on which a decision can be called in that was published on a day, where the council's constitution
/// gives so many working days.
///
/// # Errors
/// [`ClockError`] when the holidays of a year are not known.
pub(crate) fn call_in_until(noticed: Date, days: u32) -> Result<Date, ClockError> {
    let period = Period {
        days: u16::try_from(days).map_err(|_| DeadlineError::OutOfRange)?,
        count: Count::WorkingDays,
    };
    Ok(period.from(noticed, holidays()?)?)
}

/// By when a report that was sent on a day must be answered, by the rule of this code.
///
/// # Errors
/// [`ClockError`] when the holidays of a year, or the rule, are not known.
pub(crate) fn answer_until(code: &str, sent: Date) -> Result<Date, ClockError> {
    let rule = rule(code)?;
    let period = rule
        .period
        .ok_or_else(|| ClockError::Reference(format!("{code} has no number of days")))?;
    Ok(period.from(sent, holidays()?)?)
}

#[cfg(test)]
mod tests;
