//! What is asked for, with the facts that policies decide on.

use std::collections::BTreeSet;

use stour_kernel::{GssCode, LocalityCode, OdsCode, PersonId};

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// The whole system: lists, queues, and what belongs to no single person.
    House,
    /// One person's record.
    Person(PersonFacts),
    /// A ward.
    Ward {
        /// The ward's code, unique within the organisation.
        code: String,
        /// The organisation that runs it.
        organisation: OdsCode,
    },
    /// A number on a board.
    Indicator {
        /// The indicator's identifier.
        id: String,
    },
}

impl Resource {
    /// The kind, as the audit writes it.
    pub fn kind(&self) -> &'static str {
        match self {
            Resource::House => "house",
            Resource::Person(_) => "person",
            Resource::Ward { .. } => "ward",
            Resource::Indicator { .. } => "indicator",
        }
    }

    /// The identifier within its kind, as the audit writes it; empty for the house.
    pub fn id(&self) -> String {
        match self {
            Resource::House => String::new(),
            Resource::Person(person) => person.id.to_string(),
            Resource::Ward { code, organisation } => format!("{organisation}/{code}"),
            Resource::Indicator { id } => id.clone(),
        }
    }
}

/// What policies may know of a person: never what the record says, only what governs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFacts {
    /// The person.
    pub id: PersonId,
    /// The record is restricted: for most people it must not seem to exist.
    pub restricted: bool,
    /// The person has objected to sharing.
    pub objection: bool,
    /// Organisations with a legitimate relationship: they gave part of the record, or have an open request, service
    /// or spell.
    pub known_to: BTreeSet<OdsCode>,
    /// Where the person lives.
    pub locality: Option<LocalityCode>,
    /// The council for where the person lives.
    pub council: Option<GssCode>,
}
