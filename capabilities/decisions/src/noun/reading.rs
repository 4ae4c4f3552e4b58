//! Reading typed values from the fields of an entry.

use std::str::FromStr;

use stour_kernel::Date;
use stour_register::{Entry, Values};
use stour_web::FieldError;

use super::Noun;

/// The fields of an entry as they are read, and what is wrong with them.
pub(crate) struct Reading<'v> {
    values: &'v Values,
    errors: Vec<FieldError>,
}

/// A noun from the fields that somebody gives.
///
/// # Errors
/// Every field that does not hold what it should.
pub(crate) fn read<T: Noun>(values: &Values) -> Result<T, Vec<FieldError>> {
    let mut reading = Reading {
        values,
        errors: Vec::new(),
    };
    let noun = T::read(&mut reading);
    if reading.errors.is_empty() {
        Ok(noun)
    } else {
        Err(reading.errors)
    }
}

/// A noun from an entry that is kept. A field that no longer holds what it should is taken for empty: what was
/// published stays readable.
pub(crate) fn read_entry<T: Noun>(entry: &Entry) -> T {
    let mut reading = Reading {
        values: &entry.values,
        errors: Vec::new(),
    };
    T::read(&mut reading)
}

impl Reading<'_> {
    /// Words, empty when there are none.
    pub(crate) fn text(&self, field: &str) -> String {
        self.values.get(field).to_owned()
    }

    /// Lines of words, without empty ones.
    pub(crate) fn lines(&self, field: &str) -> Vec<String> {
        let lines = self.values.get(field).lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// A day.
    pub(crate) fn date(&mut self, field: &str) -> Option<Date> {
        self.parsed(field, "Give a day, such as 2024-10-30.")
    }

    /// A whole number that is not negative.
    pub(crate) fn whole(&mut self, field: &str) -> Option<u32> {
        self.parsed(field, "Give a whole number.")
    }

    /// The number of another entry.
    pub(crate) fn entry(&mut self, field: &str) -> Option<i64> {
        self.parsed(field, "Give the number of an entry.")
    }

    /// The numbers of other entries.
    pub(crate) fn entries(&mut self, field: &str) -> Vec<i64> {
        let numbers: Result<Vec<i64>, _> = self
            .values
            .get(field)
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect();
        numbers.unwrap_or_else(|_| {
            self.note(field, "Give numbers of entries with commas between them.");
            Vec::new()
        })
    }

    /// Whether something is so: `yes`.
    pub(crate) fn yes(&self, field: &str) -> bool {
        self.values.get(field) == "yes"
    }

    fn parsed<T: FromStr>(&mut self, field: &str, message: &str) -> Option<T> {
        let text = self.values.get(field);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.note(field, message);
        }
        value
    }

    /// Notes that a field, with others as they are, does not hold what it should.
    pub(super) fn note(&mut self, field: &str, message: &str) {
        self.errors.push(error(field, message));
    }
}

/// A mistake in a field.
pub(super) fn error(field: &str, message: impl Into<String>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: message.into(),
    }
}
