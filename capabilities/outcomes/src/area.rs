//! The organisations and areas that a published series may be about: those of the partnership's
//! reference data, by whichever code the publisher uses for them, and those it is compared with.

use stour_kernel::{Date, GssCode, OdsCode, Period};
use stour_partnership::Reference;

use crate::comparator::comparator;

/// Endings of official names that a headline does without.
const FORMAL_ENDINGS: [&str; 4] = [
    " NHS Foundation Trust",
    " NHS Trust",
    " Integrated Care Board",
    " Clinical Commissioning Group",
];

/// An organisation or area, by the code that a publisher uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The publisher's code: of the Organisation Data Service, or of the Office for National
    /// Statistics.
    pub code: String,
    /// `acute-trust`, `icb`, `council`….
    pub kind: String,
    /// Its whole name.
    pub name: String,
    /// When it exists.
    pub valid: Period,
}

impl Area {
    /// The organisation or area that a publisher calls by this code: one of the partnership's or one
    /// that it is compared with. `None` for any other.
    pub fn named(reference: &Reference, code: &str) -> Option<Self> {
        Self::of_partnership(reference, code).or_else(|| {
            let known = comparator(&code.trim().to_ascii_uppercase())?;
            Some(known.area.clone())
        })
    }

    /// The same, of the partnership alone.
    pub fn of_partnership(reference: &Reference, code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        if let Some(council) = identified(reference, "cassr", &code) {
            return Some(Self {
                kind: council.kind.to_string(),
                name: council.name.clone(),
                valid: council.valid,
                code: council.code.to_string(),
            });
        }
        let organisation = code
            .parse::<OdsCode>()
            .ok()
            .and_then(|ods| reference.organisation(&ods))
            .or_else(|| identified(reference, "gss", &code));
        if let Some(organisation) = organisation {
            return Some(Self {
                kind: organisation.kind.to_string(),
                name: organisation.name.clone(),
                valid: organisation.valid,
                code,
            });
        }
        let area = reference.area(&code.parse::<GssCode>().ok()?)?;
        Some(Self {
            kind: area.kind.to_string(),
            name: area.name.clone(),
            valid: area.valid,
            code,
        })
    }

    /// The name without its formal ending: "University Hospitals Dorset".
    pub fn short_name(&self) -> &str {
        FORMAL_ENDINGS
            .iter()
            .find_map(|ending| self.name.strip_suffix(ending))
            .unwrap_or(&self.name)
    }

    /// The whole name as of a date: with its last day where it has ended by then.
    pub fn name_on(&self, date: Date) -> String {
        match self.valid.end() {
            Some(end) if end <= date => match end.yesterday() {
                Ok(last) => format!("{} (until {})", self.name, crate::words::day(last)),
                Err(_) => self.name.clone(),
            },
            _ => self.name.clone(),
        }
    }
}

/// A publisher goes on using the code of a body for the time before it, so any day will do; where
/// several bodies had the code, the last is meant.
fn identified<'r>(
    reference: &'r Reference,
    scheme: &str,
    code: &str,
) -> Option<&'r stour_partnership::Organisation> {
    let known = reference
        .identifiers
        .iter()
        .filter(|identifier| {
            identifier.scheme.as_str() == scheme && identifier.value.as_str() == code
        })
        .max_by_key(|identifier| identifier.valid.start())?;
    reference.organisation(&known.organisation)
}

#[cfg(test)]
mod tests;
