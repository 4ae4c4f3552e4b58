//! Rows of a table of comma-separated values, read by heading.

use std::fmt::Display;
use std::str::FromStr;

use stour_kernel::{Date, Period};

use crate::{Files, ReferenceError};

/// One row, its fields found by heading, so that columns may stand in any order.
pub(crate) struct Row<'t> {
    file: &'t str,
    line: u64,
    headings: &'t csv::StringRecord,
    fields: &'t csv::StringRecord,
}

/// Every row of a file, each made into a value.
pub(crate) fn rows<T>(
    files: &Files,
    file: &'static str,
    mut read: impl FnMut(&Row<'_>) -> Result<T, ReferenceError>,
) -> Result<Vec<T>, ReferenceError> {
    let unreadable = |error: &csv::Error| ReferenceError::Unreadable {
        file: file.to_owned(),
        reason: error.to_string(),
    };
    let mut reader = csv::Reader::from_reader(files.text(file)?.as_bytes());
    let headings = reader
        .headers()
        .map_err(|error| unreadable(&error))?
        .clone();
    let mut found = Vec::new();
    for fields in reader.records() {
        let fields = fields.map_err(|error| unreadable(&error))?;
        let line = fields.position().map_or(0, csv::Position::line);
        found.push(read(&Row {
            file,
            line,
            headings: &headings,
            fields: &fields,
        })?);
    }
    Ok(found)
}

impl Row<'_> {
    /// The text of a field; empty when nothing stands there.
    pub(crate) fn text(&self, column: &'static str) -> Result<&str, ReferenceError> {
        self.headings
            .iter()
            .position(|heading| heading == column)
            .and_then(|place| self.fields.get(place))
            .ok_or_else(|| ReferenceError::Column {
                file: self.file.to_owned(),
                column,
            })
    }

    /// A text that must say something.
    pub(crate) fn words(&self, column: &'static str) -> Result<String, ReferenceError> {
        match self.text(column)? {
            "" => Err(self.wrong(column, "", "nothing stands here: fill it in")),
            words => Ok(words.to_owned()),
        }
    }

    /// A field that must be there.
    pub(crate) fn parse<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<T, ReferenceError> {
        let text = self.text(column)?;
        text.parse()
            .map_err(|error: T::Err| self.wrong(column, text, &error.to_string()))
    }

    /// A field that may be empty.
    pub(crate) fn optional<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, ReferenceError> {
        if self.text(column)?.is_empty() {
            Ok(None)
        } else {
            self.parse(column).map(Some)
        }
    }

    /// The columns `starts` and `ends`.
    pub(crate) fn period(&self) -> Result<Period, ReferenceError> {
        let (starts, ends): (Date, Option<Date>) = (self.parse("starts")?, self.optional("ends")?);
        Period::new(starts, ends).map_err(|reason| ReferenceError::Dates {
            file: self.file.to_owned(),
            line: self.line,
            reason,
        })
    }

    /// What is wrong with a field.
    pub(crate) fn wrong(&self, column: &'static str, value: &str, reason: &str) -> ReferenceError {
        ReferenceError::Field {
            file: self.file.to_owned(),
            line: self.line,
            column,
            value: value.to_owned(),
            reason: reason.to_owned(),
        }
    }
}
