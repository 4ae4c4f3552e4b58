//! How long people like this one stay in hospital: the default expected date of discharge.

use stour_kernel::{Code, Date};

use crate::{Files, Reference, ReferenceError, Status, table};

/// The usual length of stay of one group of admissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The group of the admission method: `emergency`, `elective`, `maternity` or `other`.
    pub group: Code,
    /// The youngest age.
    pub age_from: u8,
    /// The first age that is too old; `None` for no limit.
    pub age_to: Option<u8>,
    /// The median length of stay in days, at least 1.
    pub median_days: u16,
    /// How many stays it is the median of.
    pub cases: u32,
    /// How far it can be trusted.
    pub status: Status,
    /// Where the stays come from.
    pub source: String,
}

impl Reference {
    /// The usual stay of someone of that age admitted that way on a day; an admission method that
    /// is unknown, or not given, counts as an emergency, the longer stay. `None` only where the
    /// table has no row for the age.
    pub fn usual_stay(&self, admission_method: Option<&Code>, age: u8, on: Date) -> Option<&Stay> {
        let group = admission_method
            .and_then(|method| self.code_list("admission-method")?.group_at(method, on))
            .unwrap_or("emergency");
        self.stays.iter().find(|stay| {
            stay.group.as_str() == group
                && stay.age_from <= age
                && stay.age_to.is_none_or(|age_to| age < age_to)
        })
    }
}

pub(crate) fn read(files: &Files) -> Result<Vec<Stay>, ReferenceError> {
    table::rows(files, "expected_discharge.csv", |row| {
        Ok(Stay {
            group: row.parse("admission_group")?,
            age_from: row.parse("age_from")?,
            age_to: row.optional("age_to")?,
            median_days: row.parse("median_days")?,
            cases: row.parse("cases")?,
            status: row.parse("status")?,
            source: row.words("source")?,
        })
    })
}
