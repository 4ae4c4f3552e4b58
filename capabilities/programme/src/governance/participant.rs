//! Partners and people that take part in a programme or support it, in whatever way.

use stour_register::{Holds, Kind};

use super::EDIT;
use super::field::{SOURCE, UNVERIFIED, may, must, unchecked};

/// A partner or a person.
pub(crate) const KIND: &Kind = &Kind {
    name: "participant",
    one: "partner or person",
    many: "Partners and people",
    prefix: "PP",
    edit: EDIT,
    title: "name",
    fields: &[
        must("name", "Name", "", Holds::Line),
        may(
            "also-called",
            "Other names",
            "As papers use them, with semicolons between them",
            Holds::Line,
        ),
        may(
            "post",
            "Post",
            "Only of people who hold it in public",
            Holds::Line,
        ),
        may("organisation", "Organisation", "", Holds::Line),
        may("part", "What part they take", "", Holds::Line),
        SOURCE,
        UNVERIFIED,
    ],
    check: unchecked,
};
