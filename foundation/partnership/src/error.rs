//! What can be wrong with the reference data.

use stour_kernel::{CodeListError, PeriodError};

/// What is wrong with the reference data, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// A file is not there.
    #[error("reference/{file} is missing: put it back, or copy it from another partnership")]
    Missing {
        /// The file's name below `reference/`.
        file: String,
    },
    /// A file is not comma-separated values, or not TOML.
    #[error("reference/{file} cannot be read: {reason}")]
    Unreadable {
        /// The file's name below `reference/`.
        file: String,
        /// What the reader found.
        reason: String,
    },
    /// A table lacks a column.
    #[error("reference/{file} has no column {column}: add it to the first line")]
    Column {
        /// The file's name below `reference/`.
        file: String,
        /// The heading that is not there.
        column: &'static str,
    },
    /// A field does not say what it should.
    #[error("reference/{file}, line {line}, {column}: {value:?}: {reason}")]
    Field {
        /// The file's name below `reference/`.
        file: String,
        /// The line, the heading being line 1.
        line: u64,
        /// The heading of the field.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What should, and what to do.
        reason: String,
    },
    /// The dates of a row are not a period.
    #[error("reference/{file}, line {line}: {reason}")]
    Dates {
        /// The file's name below `reference/`.
        file: String,
        /// The line, the heading being line 1.
        line: u64,
        /// What is wrong with them.
        reason: PeriodError,
    },
    /// A row points to something that is in no other table.
    #[error(
        "the {what} {from} names the {target} {to}, which the reference data does not have: add it, or correct the name"
    )]
    Unknown {
        /// What kind of row points.
        what: &'static str,
        /// Which one.
        from: String,
        /// What kind of row it points to.
        target: &'static str,
        /// The code that leads nowhere.
        to: String,
    },
    /// Two rows with the same code hold on the same day.
    #[error("the {what} {code} is there twice on one day: end one where the other starts")]
    Twice {
        /// What kind of row.
        what: &'static str,
        /// The code they share.
        code: String,
    },
    /// The people of an area by age are not as many as it has.
    #[error(
        "{area} has other people in reference/population_lsoa.csv than in reference/areas_lsoa.csv: take both from one source"
    )]
    Sums {
        /// The code of the area.
        area: String,
    },
    /// There are more people of 18 and 19 in an area than of 15 to 19.
    #[error(
        "{area} has more people of 18 and 19 than of 15 to 19 in reference/population_lsoa.csv: take both from one source"
    )]
    Adults {
        /// The code of the area.
        area: String,
    },
    /// The entries of a code list do not make a list.
    #[error("reference/{file}: {reason}")]
    List {
        /// The file's name below `reference/`.
        file: String,
        /// What is wrong with them.
        reason: CodeListError,
    },
}
