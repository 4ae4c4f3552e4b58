//! A date as it is typed in three parts.

use stour_design::DateInput;
use stour_kernel::Date;
use stour_web::Form;
use thiserror::Error;

/// A date as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TypedDate {
    day: String,
    month: String,
    year: String,
}

/// What was typed is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Enter a real date, such as 27 11 2026")]
pub(crate) struct NoDate;

impl TypedDate {
    /// A date before anybody types.
    pub(crate) fn of(date: Date) -> Self {
        Self {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
        }
    }

    /// The three fields of a form.
    pub(crate) fn from_form(form: &Form, name: &str) -> Self {
        let part = |part: &str| form.get(&format!("{name}-{part}")).to_owned();
        Self {
            day: part("day"),
            month: part("month"),
            year: part("year"),
        }
    }

    /// The date.
    pub(crate) fn date(&self) -> Result<Date, NoDate> {
        let year = self.year.parse().map_err(|_| NoDate)?;
        let month = self.month.parse().map_err(|_| NoDate)?;
        let day = self.day.parse().map_err(|_| NoDate)?;
        Date::new(year, month, day).map_err(|_| NoDate)
    }

    /// The three fields, filled in.
    pub(crate) fn input(&self, name: &str, legend: &str) -> DateInput {
        DateInput::new(name, legend).values([&self.day, &self.month, &self.year])
    }
}
