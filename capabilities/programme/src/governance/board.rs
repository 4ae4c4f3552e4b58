//! Boards and groups, and how they stand to each other.

use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::EDIT;
use super::field::{
    ENDS, SOURCE, STARTS, UNVERIFIED, may, month_order, must, number, unchecked, wrong,
};

/// A board or group.
pub(crate) const BOARD: &Kind = &Kind {
    name: "board",
    one: "board or group",
    many: "Boards and groups",
    prefix: "BD",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Name", "", Holds::Line),
        must("board-type", "What it is", "", Holds::Code("board-type")),
        may(
            "also-called",
            "Other names",
            "As papers use them, with semicolons between them",
            Holds::Line,
        ),
        may("purpose", "What it is for", "", Holds::Text),
        may("chair", "Chaired by", "", Holds::Owner),
        STARTS,
        ENDS,
        SOURCE,
        UNVERIFIED,
    ],
    check: month_order,
};

/// How one board stands to another.
pub(crate) const RELATION: &Kind = &Kind {
    name: "relation",
    one: "relationship between boards",
    many: "Relationships between boards",
    prefix: "BR",
    edit: EDIT,
    title: "says",
    fields: &[
        must("says", "In words", "As the source says it", Holds::Line),
        must("from", "From", "", Holds::Entry("board")),
        must(
            "relation-kind",
            "Relationship",
            "",
            Holds::Code("relation-kind"),
        ),
        must("to", "To", "", Holds::Entry("board")),
        STARTS,
        ENDS,
        SOURCE,
        UNVERIFIED,
    ],
    check: check_relation,
};

/// Part of a programme: projects that belong together.
pub(crate) const SUB_PROGRAMME: &Kind = &Kind {
    name: "sub-programme",
    one: "sub-programme",
    many: "Sub-programmes",
    prefix: "SP",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Name", "", Holds::Line),
        may("purpose", "What it is for", "", Holds::Text),
        may("board", "Overseen by", "", Holds::Entry("board")),
        SOURCE,
        UNVERIFIED,
    ],
    check: unchecked,
};

/// The code of the relationship by which a board is given authority.
pub(crate) const AUTHORITY: &str = "authority";

/// A relationship between two boards, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// A code of the list `relation-kind`.
    pub(crate) kind: String,
    pub(crate) says: String,
}

impl Relation {
    /// Reads it; nothing when it does not lead from one entry to another.
    pub(crate) fn read(entry: &Entry) -> Option<Self> {
        Self::of(&entry.values)
    }

    fn of(values: &Values) -> Option<Self> {
        Some(Self {
            from: number(values, "from")?,
            to: number(values, "to")?,
            kind: values.get("relation-kind").to_owned(),
            says: values.get("says").to_owned(),
        })
    }
}

/// Nobody stands over themselves, neither directly nor in a circle of authority.
fn check_relation(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = month_order(values, around);
    let Some(relation) = Relation::of(values) else {
        return errors;
    };
    if relation.from == relation.to {
        errors.push(wrong(
            "to",
            "Choose another board: none stands in a relationship to itself",
        ));
    } else if relation.kind == AUTHORITY && is_under(around, relation.from, relation.to) {
        errors.push(wrong(
            "to",
            "This board already stands over the other: authority would go round in a circle",
        ));
    }
    errors
}

/// Whether a board has its authority from another, directly or by way of others. The entry that is being
/// checked does not count: it is what would change.
fn is_under(around: &Around, board: i64, over: i64) -> bool {
    let others = around.of_kind(RELATION.name);
    let authority: Vec<Relation> = others
        .filter(|entry| around.of != Some(entry.id))
        .filter_map(Relation::read)
        .filter(|relation| relation.kind == AUTHORITY)
        .collect();
    let mut reached = vec![over];
    let mut next = 0;
    while let Some(from) = reached.get(next).copied() {
        if from == board {
            return true;
        }
        for relation in authority.iter().filter(|relation| relation.from == from) {
            if !reached.contains(&relation.to) {
                reached.push(relation.to);
            }
        }
        next += 1;
    }
    false
}

#[cfg(test)]
mod tests;
