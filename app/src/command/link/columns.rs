//! Which column of a file holds what.

use std::str::FromStr;

use csv::StringRecord;
use thiserror::Error;

/// What can be compared, by the names that `--columns` uses.
pub(super) const CANONICAL: [&str; 16] = [
    "id",
    "nhs_number",
    "nhs_status",
    "given",
    "middle",
    "family",
    "dob",
    "sex",
    "address",
    "postcode",
    "phone",
    "email",
    "source",
    "multiple_birth_order",
    "deceased_date",
    "restricted",
];
/// How many columns may be named for one thing, any of which may agree.
pub(super) const MOST_ALTERNATIVES: usize = 6;
/// What goes before the name of a further column.
const FURTHER: &str = "extra:";

/// Why the columns cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum ColumnsError {
    /// A part without `=`.
    #[error("--columns holds {0:?}: write NAME=COLUMN, such as given=first_name")]
    Form(String),
    /// A name that is none of ours.
    #[error("--columns names {0:?}, which is none of {names} or extra:NAME", names = CANONICAL.join(", "))]
    Unknown(String),
    /// A name given too often.
    #[error("--columns names {0:?} more than {MOST_ALTERNATIVES} times")]
    Often(String),
    /// A column that no file has.
    #[error("no file has a column called {column:?}: there are {there}")]
    Absent {
        /// The column.
        column: String,
        /// Those that there are.
        there: String,
    },
}

/// One thing that is compared, and the columns of a file that hold it: several are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mapping {
    name: String,
    columns: Vec<String>,
}

/// Which columns hold what. A name given twice has two values, either of which may agree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Columns {
    mappings: Vec<Mapping>,
}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let mut mappings = Vec::new();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (name, columns) = match part.split_once('=') {
                Some((name, columns)) => (name.trim(), columns),
                None => match part.strip_prefix(FURTHER) {
                    Some(column) => (part, column),
                    None => return Err(ColumnsError::Form(part.to_owned())),
                },
            };
            if !CANONICAL.contains(&name) && name.strip_prefix(FURTHER).is_none_or(str::is_empty) {
                return Err(ColumnsError::Unknown(name.to_owned()));
            }
            let times = mappings
                .iter()
                .filter(|mapping: &&Mapping| mapping.name == name)
                .count();
            if times >= MOST_ALTERNATIVES {
                return Err(ColumnsError::Often(name.to_owned()));
            }
            mappings.push(Mapping {
                name: name.to_owned(),
                columns: columns
                    .split('+')
                    .map(|column| column.trim().to_owned())
                    .collect(),
            });
        }
        Ok(Self { mappings })
    }
}

impl Columns {
    /// The names of the further columns, in the order given.
    pub(super) fn further(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .mappings
            .iter()
            .filter_map(|mapping| mapping.name.strip_prefix(FURTHER))
            .collect();
        let mut seen = Vec::new();
        names.retain(|name| {
            let is_new = !seen.contains(name);
            seen.push(name);
            is_new
        });
        names
    }

    /// These columns, or where none were given, those of the file that are called what they hold.
    pub(super) fn or_same_names(&self, header: &StringRecord) -> Self {
        if !self.mappings.is_empty() {
            return self.clone();
        }
        let same = header.iter().filter(|column| CANONICAL.contains(column));
        let mapping = |column: &str| Mapping {
            name: column.to_owned(),
            columns: vec![column.to_owned()],
        };
        Self {
            mappings: same.map(mapping).collect(),
        }
    }

    /// These columns, with this one as the identifier if a file has it and none was named.
    pub(super) fn or_id(mut self, header: &StringRecord, column: &str) -> Self {
        let found = header.iter().find(|name| name.eq_ignore_ascii_case(column));
        if let Some(found) = found.filter(|_| !self.names("id")) {
            self.mappings.push(Mapping {
                name: "id".to_owned(),
                columns: vec![found.to_owned()],
            });
        }
        self
    }

    /// Whether a column is named for this.
    pub(super) fn names(&self, name: &str) -> bool {
        self.mappings.iter().any(|mapping| mapping.name == name)
    }

    /// Whether any column is named that says something of the person.
    pub(super) fn are_of_people(&self) -> bool {
        CANONICAL
            .iter()
            .any(|name| !matches!(*name, "id" | "source") && self.names(name))
    }

    /// The places of the columns in a file with this header; a column that it does not have is missing.
    pub(super) fn places(&self, header: &StringRecord) -> Places {
        let place = |column: &String| header.iter().position(|name| name == column);
        let of = |name: &str| -> Vec<Vec<usize>> {
            let these = self.mappings.iter().filter(|mapping| mapping.name == name);
            let places =
                these.map(|mapping| mapping.columns.iter().filter_map(place).collect::<Vec<_>>());
            places.filter(|places| !places.is_empty()).collect()
        };
        let further = self
            .further()
            .into_iter()
            .map(|name| of(&format!("{FURTHER}{name}")))
            .collect();
        let id = header.iter().position(|name| name == "id").unwrap_or(0);
        Places {
            id: of("id")
                .first()
                .and_then(|id| id.first().copied())
                .unwrap_or(id),
            named: CANONICAL.map(of),
            further,
        }
    }

    /// Refuses a column that none of these files has.
    ///
    /// # Errors
    /// [`ColumnsError::Absent`].
    pub(super) fn check(&self, headers: &[&StringRecord]) -> Result<(), ColumnsError> {
        let mut columns = self.mappings.iter().flat_map(|mapping| &mapping.columns);
        let absent = columns.find(|column| {
            !headers
                .iter()
                .any(|header| header.iter().any(|name| name == column.as_str()))
        });
        match absent {
            None => Ok(()),
            Some(column) => Err(ColumnsError::Absent {
                column: column.clone(),
                there: headers
                    .iter()
                    .flat_map(|header| header.iter())
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        }
    }
}

/// Places of columns in one file. For each name its alternatives, for each of those the columns to join.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) id: usize,
    named: [Vec<Vec<usize>>; CANONICAL.len()],
    pub(super) further: Vec<Vec<Vec<usize>>>,
}

impl Places {
    /// The alternatives of a canonical name.
    pub(super) fn of(&self, name: &str) -> &[Vec<usize>] {
        let place = CANONICAL.iter().position(|canonical| *canonical == name);
        place
            .and_then(|place| self.named.get(place))
            .map_or(&[], Vec::as_slice)
    }
}
