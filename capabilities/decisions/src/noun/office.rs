//! People who hold a public office. Nobody else is named in the record.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, UNTIL, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// Somebody in an office.
pub(crate) static KIND: Kind = Kind {
    name: "office-holder",
    one: "holder of an office",
    many: "Holders of offices",
    prefix: "P",
    edit: "decision.edit",
    title: "name",
    fields: &[
        must("name", "Name, as published", Holds::Line),
        must("office", "Office", Holds::Line),
        must("body", "Council or organisation", Holds::Line),
        may("from", "From", Holds::Date),
        Field::new("until", "Until", UNTIL, Holds::Date, Need::May),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// Somebody in an office, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficeHolder {
    pub(crate) name: String,
    pub(crate) office: String,
    pub(crate) body: String,
    pub(crate) from: Option<Date>,
    /// The first day on which it is over.
    pub(crate) until: Option<Date>,
}

impl OfficeHolder {
    /// Whether the office is held on a day. A day on which it began or ended that is not known leaves it open.
    pub(crate) fn is_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

impl Noun for OfficeHolder {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            name: reading.text("name"),
            office: reading.text("office"),
            body: reading.text("body"),
            from: reading.date("from"),
            until: reading.date("until"),
        }
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    match read::<OfficeHolder>(values) {
        Ok(OfficeHolder {
            from: Some(from),
            until: Some(until),
            ..
        }) if until <= from => {
            vec![error("until", "An office cannot end before it began.")]
        }
        Ok(_) => Vec::new(),
        Err(errors) => errors,
    }
}
