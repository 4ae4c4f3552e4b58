//! What is wrong with records, told once for each place and kind with how often it was met.

use std::collections::BTreeMap;

use serde::Serialize;

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It breaks the standard.
    Error,
    /// It is against what the standard recommends, or is likely to mislead.
    Warning,
}

/// One kind of fault at one place, however often it was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// How much it weighs.
    pub severity: Severity,
    /// Where: `contents[].organization.email`. Empty for a page or answer as a whole.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// How often it was met.
    pub count: usize,
    /// The first value that has it, shortened, and the record that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
}

/// Faults as they are met.
#[derive(Debug, Default)]
pub(super) struct Faults {
    met: BTreeMap<(Severity, String, String), (usize, Option<String>)>,
}

impl Faults {
    pub(super) fn error(&mut self, place: &str, what: impl Into<String>, example: Option<String>) {
        self.add(Severity::Error, place, what, example);
    }

    pub(super) fn warning(
        &mut self,
        place: &str,
        what: impl Into<String>,
        example: Option<String>,
    ) {
        self.add(Severity::Warning, place, what, example);
    }

    pub(super) fn add(
        &mut self,
        severity: Severity,
        place: &str,
        what: impl Into<String>,
        example: Option<String>,
    ) {
        let key = (severity, place.to_owned(), what.into());
        let (count, kept) = self.met.entry(key).or_default();
        *count += 1;
        if kept.is_none() {
            *kept = example;
        }
    }

    /// Adds those of another.
    pub(super) fn take_in(&mut self, others: Self) {
        for (key, (count, example)) in others.met {
            let (counted, kept) = self.met.entry(key).or_default();
            *counted += count;
            if kept.is_none() {
                *kept = example;
            }
        }
    }

    /// Each once, errors first, then by place.
    pub(super) fn told(self) -> Vec<Fault> {
        let met = self.met.into_iter();
        met.map(|((severity, place, what), (count, example))| Fault {
            severity,
            place,
            what,
            count,
            example,
        })
        .collect()
    }
}
