//! Bodies that decide or scrutinise.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read};

/// A committee, a cabinet, a council, a board.
pub(crate) static KIND: Kind = Kind {
    name: "committee",
    one: "committee",
    many: "Committees",
    prefix: "C",
    edit: "decision.edit",
    title: "name",
    fields: &[
        must("name", "Name", Holds::Line),
        must("body", "Council or organisation it is of", Holds::Line),
        must("sort", "What it is", Holds::Code("committee-sort")),
        may("from", "From", Holds::Date),
        Field::new(
            "until",
            "Until",
            "The first day on which it was no more",
            Holds::Date,
            Need::May,
        ),
        Field::new(
            "members",
            "Members who may vote",
            "A vote cannot have more votes than this. If it was another number at a meeting, say so there",
            Holds::Whole,
            Need::Should,
        ),
        may("quorum", "Members who must be present", Holds::Whole),
        Field::new(
            "call-in",
            "Working days in which its decisions can be called in",
            "As the constitution says, counted after the day on which the decision was published",
            Holds::Whole,
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A committee as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Committee {
    pub(crate) name: String,
    pub(crate) body: String,
    pub(crate) sort: String,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    /// How many may vote.
    pub(crate) members: Option<u32>,
    pub(crate) quorum: Option<u32>,
    /// In working days.
    pub(crate) call_in: Option<u32>,
}

impl Noun for Committee {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            name: reading.text("name"),
            body: reading.text("body"),
            sort: reading.text("sort"),
            from: reading.date("from"),
            until: reading.date("until"),
            members: reading.whole("members"),
            quorum: reading.whole("quorum"),
            call_in: reading.whole("call-in"),
        }
    }
}

impl Committee {
    /// Its name and whose it is, as one that stands alone says it.
    pub(crate) fn of_body(&self) -> String {
        format!("{}, {}", self.name, self.body)
    }
}

fn check(values: &Values, _: &Around) -> Vec<FieldError> {
    let committee: Committee = match read(values) {
        Ok(committee) => committee,
        Err(errors) => return errors,
    };
    let mut errors = Vec::new();
    if let (Some(from), Some(until)) = (committee.from, committee.until)
        && until <= from
    {
        errors.push(error("until", "It cannot end before it began."));
    }
    if let (Some(members), Some(quorum)) = (committee.members, committee.quorum)
        && quorum > members
    {
        errors.push(error(
            "quorum",
            format!("It has {members} members, so {quorum} cannot have to be present."),
        ));
    }
    errors
}
