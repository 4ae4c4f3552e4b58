//! Authority that a body gives to somebody else.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read, read_entry};

/// A delegation.
pub(crate) static KIND: Kind = Kind {
    name: "delegation",
    one: "delegation",
    many: "Delegations",
    prefix: "DG",
    edit: "decision.edit",
    title: "matter",
    fields: &[
        Field::new(
            "resolution",
            "Given by the decision",
            "Leave it empty if it was only recommended",
            Holds::Entry("resolution"),
            Need::May,
        ),
        Field::new(
            "recommendation",
            "Recommended by",
            "The recommendation that asks for it",
            Holds::Entry("recommendation"),
            Need::May,
        ),
        must("to", "To whom", Holds::Line),
        Field::new(
            "consulting",
            "In consultation with",
            "One a line",
            Holds::Text,
            Need::May,
        ),
        must("matter", "Authority to", Holds::Text),
        may("limits", "Limits", Holds::Text),
        may("from", "From", Holds::Date),
        Field::new("until", "Until", "The last day", Holds::Date, Need::May),
        Field::new(
            "supersedes",
            "In place of",
            "The earlier delegation that it changes",
            Holds::Entry("delegation"),
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delegation {
    pub(crate) resolution: Option<i64>,
    pub(crate) recommendation: Option<i64>,
    pub(crate) to: String,
    pub(crate) consulting: Vec<String>,
    pub(crate) matter: String,
    pub(crate) limits: String,
    pub(crate) from: Option<Date>,
    /// The last day on which it can be used.
    pub(crate) until: Option<Date>,
    pub(crate) supersedes: Option<i64>,
}

impl Noun for Delegation {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            resolution: reading.entry("resolution"),
            recommendation: reading.entry("recommendation"),
            to: reading.text("to"),
            consulting: reading.lines("consulting"),
            matter: reading.text("matter"),
            limits: reading.text("limits"),
            from: reading.date("from"),
            until: reading.date("until"),
            supersedes: reading.entry("supersedes"),
        }
    }
}

impl Delegation {
    /// Whether its time is over on a day.
    pub(crate) fn has_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let delegation: Delegation = match read(values) {
        Ok(delegation) => delegation,
        Err(errors) => return errors,
    };
    let mut errors = Vec::new();
    if delegation.resolution.is_none() && delegation.recommendation.is_none() {
        errors.push(error(
            "resolution",
            "Say which decision gives the authority, or which recommendation asks for it.",
        ));
    }
    if let (Some(from), Some(until)) = (delegation.from, delegation.until)
        && until < from
    {
        errors.push(error("until", "It cannot end before it begins."));
    }
    if goes_round(around, delegation.supersedes) {
        errors.push(error(
            "supersedes",
            "A delegation cannot stand in place of itself, or of one that stands in place of it.",
        ));
    }
    errors
}

/// Whether following what each supersedes comes back to the one that is checked.
fn goes_round(around: &Around, supersedes: Option<i64>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    let mut next = supersedes;
    while let Some(number) = next {
        let Some(entry) = around.entry("delegation", number) else {
            return false;
        };
        if around.of == Some(entry.id) || !seen.insert(number) {
            return true;
        }
        next = read_entry::<Delegation>(entry).supersedes;
    }
    false
}
