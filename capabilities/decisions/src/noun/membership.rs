//! Who belongs to which committee.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, UNTIL, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// Somebody's seat on a committee.
pub(crate) static KIND: Kind = Kind {
    name: "membership",
    one: "membership",
    many: "Memberships",
    prefix: "MS",
    edit: "decision.edit",
    title: "role",
    fields: &[
        must("person", "Who", Holds::Entry("office-holder")),
        must("committee", "Committee", Holds::Entry("committee")),
        must("role", "As what, for example Chair or Member", Holds::Line),
        may("from", "From", Holds::Date),
        Field::new("until", "Until", UNTIL, Holds::Date, Need::May),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// Somebody's seat on a committee, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    pub(crate) person: Option<i64>,
    pub(crate) committee: Option<i64>,
    pub(crate) role: String,
    pub(crate) from: Option<Date>,
    /// The first day on which it is over.
    pub(crate) until: Option<Date>,
}

impl Membership {
    /// Whether the seat is held on a day. A day on which it began or ended that is not known leaves it open.
    pub(crate) fn is_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

impl Noun for Membership {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            person: reading.entry("person"),
            committee: reading.entry("committee"),
            role: reading.text("role"),
            from: reading.date("from"),
            until: reading.date("until"),
        }
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    match read::<Membership>(values) {
        Ok(Membership {
            from: Some(from),
            until: Some(until),
            ..
        }) if until <= from => vec![error("until", "A membership cannot end before it began.")],
        Ok(_) => Vec::new(),
        Err(errors) => errors,
    }
}
