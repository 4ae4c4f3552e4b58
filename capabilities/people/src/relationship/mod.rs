//! What people are to each other.

pub(crate) mod page;
mod store;

pub(crate) use store::of_person;
pub use store::{carers_of, relate, relate_all};

use stour_kernel::{Code, Date, OdsCode, PersonId, typed_id};

typed_id!(pub RelationshipId, "a relationship between two people");

/// The code of the list `relationship` for somebody who cares, unpaid, for another.
pub const CARER: &str = "carer";

/// That one person is something to another, on the way into the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Who.
    pub person: PersonId,
    /// What: a code of the list `relationship`. `parent` means that `person` is the parent of `other`.
    pub kind: Code,
    /// To whom.
    pub other: PersonId,
    /// The first day.
    pub starts: Date,
    /// Which organisation says so.
    pub source: OdsCode,
}

/// That one person is something to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The relationship.
    pub id: RelationshipId,
    /// Who, what and to whom.
    pub relation: Relation,
    /// The first day on which it was no longer so.
    pub ends: Option<Date>,
}

/// What the other of two is to the first when the first is `kind` to the other, where that follows.
fn reciprocal(kind: &str) -> Option<&str> {
    match kind {
        "parent" => Some("child"),
        "child" => Some("parent"),
        "spouse-or-partner" | "sibling" | "other-relative" | "friend" | "neighbour" => Some(kind),
        _ => None,
    }
}

/// What is recorded of a person, without what the same two say from the other side: of a pair said both
/// ways, what the other is to the person is kept.
pub(crate) fn told_once(of: &[Relationship], person: PersonId) -> Vec<&Relationship> {
    let is_said = |one: &Relationship| {
        of.iter().any(|other| {
            other.relation.person == one.relation.other
                && other.relation.other == one.relation.person
                && other.ends == one.ends
                && reciprocal(one.relation.kind.as_str()) == Some(other.relation.kind.as_str())
        })
    };
    of.iter()
        .filter(|one| one.relation.other == person || !is_said(one))
        .collect()
}

impl Relationship {
    /// The one of the two who is not this person.
    pub fn other_than(&self, person: PersonId) -> PersonId {
        if self.relation.person == person {
            self.relation.other
        } else {
            self.relation.person
        }
    }
}

#[cfg(test)]
mod tests;
