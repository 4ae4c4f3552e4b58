//! Under what conditions a programme is planned: assumptions, constraints, and what it depends on outside itself.

use stour_register::{Holds, Kind};

use crate::governance::EDIT;
use crate::governance::field::{
    SOURCE, UNVERIFIED, before_programme, may, must, should, unchecked,
};

/// Something taken to be so.
pub(crate) const ASSUMPTION: &Kind = &Kind {
    name: "assumption",
    one: "assumption",
    many: "Assumptions",
    prefix: "A",
    edit: EDIT,
    title: "text",
    fields: &[
        must("text", "Assumption", "", Holds::Text),
        must("status", "Status", "", Holds::Code("assumption-status")),
        should(
            "owner",
            "Owner",
            "Who finds out whether it holds",
            Holds::Owner,
        ),
        may("tested", "Tested on", "", Holds::Date),
        may("finding", "What was found", "", Holds::Text),
        SOURCE,
    ],
    check: |values, around| before_programme(values, around, &["tested"]),
};

/// Something that cannot be changed.
pub(crate) const CONSTRAINT: &Kind = &Kind {
    name: "constraint",
    one: "constraint",
    many: "Constraints",
    prefix: "C",
    edit: EDIT,
    title: "text",
    fields: &[
        must("text", "Constraint", "", Holds::Text),
        may("owner", "Owner", "", Holds::Owner),
        SOURCE,
    ],
    check: unchecked,
};

/// Something outside the programme that it cannot do without, or that it overlaps with.
pub(crate) const OUTSIDE: &Kind = &Kind {
    name: "outside-dependency",
    one: "dependency on something outside",
    many: "Dependencies on others",
    prefix: "D",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What it depends on", "", Holds::Line),
        may(
            "with",
            "Whose it is",
            "A programme, partner or project",
            Holds::Line,
        ),
        may("gives", "What it gives or takes", "", Holds::Text),
        may("needed", "Needed by", "", Holds::Month),
        should("owner", "Owner", "", Holds::Owner),
        must(
            "status",
            "Status",
            "",
            Holds::Code("outside-dependency-status"),
        ),
        SOURCE,
        UNVERIFIED,
    ],
    check: |values, around| before_programme(values, around, &["needed"]),
};

#[cfg(test)]
mod tests;
