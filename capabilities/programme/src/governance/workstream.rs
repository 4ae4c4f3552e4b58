//! Workstreams, each with a senior responsible owner.

use stour_register::{Holds, Kind};

use super::EDIT;
use super::field::{SOURCE, UNVERIFIED, may, must, should, unchecked};

/// A workstream.
pub(crate) const KIND: &Kind = &Kind {
    name: "workstream",
    one: "workstream",
    many: "Workstreams",
    prefix: "W",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Name", "", Holds::Line),
        should("sro", "Senior responsible owner", "", Holds::Owner),
        may("purpose", "What it is for", "", Holds::Text),
        SOURCE,
        UNVERIFIED,
    ],
    check: unchecked,
};
