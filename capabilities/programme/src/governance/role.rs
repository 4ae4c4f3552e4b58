//! Roles of a programme, what each is responsible for, and who held it when.

use stour_kernel::Date;
use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::EDIT;
use super::field::{SOURCE, UNVERIFIED, day, may, must, number, unchecked, wrong};

/// A role.
pub(crate) const ROLE: &Kind = &Kind {
    name: "role",
    one: "role",
    many: "Roles",
    prefix: "RO",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Name", "", Holds::Line),
        may(
            "also-called",
            "Other names",
            "As papers use them, with semicolons between them",
            Holds::Line,
        ),
        may("who", "Who may hold it", "", Holds::Text),
        SOURCE,
        UNVERIFIED,
    ],
    check: unchecked,
};

/// Something that a role is responsible for.
pub(crate) const RESPONSIBILITY: &Kind = &Kind {
    name: "responsibility",
    one: "responsibility",
    many: "Responsibilities",
    prefix: "RE",
    edit: EDIT,
    title: "text",
    fields: &[
        must("text", "Responsibility", "", Holds::Text),
        must("role", "Role", "", Holds::Entry("role")),
        SOURCE,
    ],
    check: unchecked,
};

/// Who holds or held a role.
pub(crate) const HOLDER: &Kind = &Kind {
    name: "holder",
    one: "holder of a role",
    many: "Holders of roles",
    prefix: "H",
    edit: EDIT,
    title: "name",
    fields: &[
        must(
            "name",
            "Name",
            "A person who holds the role in public, or an organisation",
            Holds::Line,
        ),
        must("role", "Role", "", Holds::Entry("role")),
        may("post", "Post", "", Holds::Line),
        may("organisation", "Organisation", "", Holds::Line),
        may(
            "from",
            "First day",
            "Empty when it is not known",
            Holds::Date,
        ),
        may(
            "to",
            "Last day",
            "Empty when they hold it still",
            Holds::Date,
        ),
        SOURCE,
        UNVERIFIED,
    ],
    check: check_holder,
};

/// Who holds or held a role, read from the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) number: i64,
    pub(crate) name: String,
    pub(crate) role: i64,
    /// Post and organisation, as far as they are known.
    pub(crate) of: String,
    /// None when it is not known.
    pub(crate) from: Option<Date>,
    /// None when they hold it still.
    pub(crate) to: Option<Date>,
    pub(crate) source: String,
}

impl Holder {
    /// Reads it; nothing when it does not say which role.
    pub(crate) fn read(entry: &Entry) -> Option<Self> {
        let of = [entry.get("post"), entry.get("organisation")];
        let of: Vec<&str> = of.into_iter().filter(|text| !text.is_empty()).collect();
        Some(Self {
            number: entry.number,
            name: entry.get("name").to_owned(),
            role: number(&entry.values, "role")?,
            of: of.join(", "),
            from: day(&entry.values, "from"),
            to: day(&entry.values, "to"),
            source: entry.get("source").to_owned(),
        })
    }

    /// Whether they held the role on a day; nothing where the days that are known do not say.
    pub(crate) fn held_on(&self, on: Date) -> Option<bool> {
        if self.to.is_some_and(|to| to < on) {
            return Some(false);
        }
        self.from.map(|from| from <= on)
    }
}

fn check_holder(values: &Values, _: &Around) -> Vec<FieldError> {
    let (from, to) = (day(values, "from"), day(values, "to"));
    match from.zip(to) {
        Some((from, to)) if to < from => {
            vec![wrong("to", "The last day would come before the first")]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
