//! Issues: what has gone wrong already, who owns it, and what is done about it.

use stour_kernel::Date;
use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::risk::closing;
use super::scale::is_closed;
use crate::governance::EDIT;
use crate::governance::field::{SOURCE, UNVERIFIED, may, must, should};

/// The list of where an issue can stand.
pub(crate) const STATUS: &str = "issue-status";

/// An issue.
pub(crate) const KIND: &Kind = &Kind {
    name: "issue",
    one: "issue",
    many: "Issues",
    prefix: "I",
    edit: EDIT,
    title: "description",
    fields: &[
        must("description", "Description", "", Holds::Text),
        should("priority", "Priority", "", Holds::Code("issue-priority")),
        should("owner", "Owner", "Who answers for it", Holds::Owner),
        should("action", "Action", "", Holds::Text),
        should("action-owner", "Action owner", "", Holds::Owner),
        must("status", "Status", "", Holds::Code(STATUS)),
        may(
            "risk",
            "The risk that happened",
            "Where it was foreseen",
            Holds::Entry("risk"),
        ),
        may("raised", "Raised on", "", Holds::Date),
        may("resolved", "Resolved on", "", Holds::Date),
        SOURCE,
        UNVERIFIED,
    ],
    check,
};

/// An issue, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) number: i64,
    pub(crate) description: String,
    /// A code of `issue-priority`, or empty.
    pub(crate) priority: String,
    pub(crate) owner: String,
    pub(crate) action: String,
    pub(crate) action_owner: String,
    pub(crate) status: String,
}

impl Issue {
    /// Reads the entry of an issue.
    pub(crate) fn read(entry: &Entry) -> Self {
        let text = |field| entry.get(field).to_owned();
        Self {
            number: entry.number,
            description: text("description"),
            priority: text("priority"),
            owner: text("owner"),
            action: text("action"),
            action_owner: text("action-owner"),
            status: text("status"),
        }
    }

    /// Every issue of a programme, by number.
    pub(crate) fn all(around: &Around) -> Vec<Self> {
        around.of_kind(KIND.name).map(Self::read).collect()
    }

    /// Whether something is still to be done about it.
    pub(crate) fn is_open(&self, on: Date) -> bool {
        !is_closed(STATUS, &self.status, on)
    }

    /// What people call it: `I1`.
    pub(crate) fn reference(&self) -> String {
        format!("{}{}", KIND.prefix, self.number)
    }
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    closing(values, around, (STATUS, "resolved", "raised"))
}
