//! A date as it is typed in three fields.

use stour_design::{DateInput, Legend};
use stour_kernel::Date;
use thiserror::Error;

use super::Form;

/// A date as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedDate {
    day: String,
    month: String,
    year: String,
}

/// What was typed is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Enter a real date, such as 27 11 2026")]
pub struct NoDate;

impl TypedDate {
    /// Day, month and year as they were sent.
    pub fn typed(parts: [&str; 3]) -> Self {
        let [day, month, year] = parts.map(|part| part.trim().to_owned());
        Self { day, month, year }
    }

    /// What stands in the fields before anybody types.
    pub fn of(date: Date) -> Self {
        Self {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
        }
    }

    /// The three fields of a form: `{name}-day`, `{name}-month` and `{name}-year`.
    pub fn from_form(form: &Form, name: &str) -> Self {
        let part = |part: &str| form.get(&format!("{name}-{part}")).to_owned();
        Self {
            day: part("day"),
            month: part("month"),
            year: part("year"),
        }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        [&self.day, &self.month, &self.year]
            .iter()
            .all(|part| part.is_empty())
    }

    /// The date.
    ///
    /// # Errors
    /// When the calendar has no such day, or it is not whole.
    pub fn date(&self) -> Result<Date, NoDate> {
        let year = self.year.parse().map_err(|_| NoDate)?;
        let month = self.month.parse().map_err(|_| NoDate)?;
        let day = self.day.parse().map_err(|_| NoDate)?;
        Date::new(year, month, day).map_err(|_| NoDate)
    }

    /// The three fields, filled in.
    pub fn input(&self, name: &str, legend: impl Into<Legend>) -> DateInput {
        DateInput::new(name, legend).values([&self.day, &self.month, &self.year])
    }
}

#[cfg(test)]
mod tests;
