//! Households: the people at one address.

use serde::Serialize;

use crate::person::{Address, Person, Relationship};

/// What kind of household it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HouseholdKind {
    /// One person.
    Single,
    /// Two partners.
    Couple,
    /// One or two parents and children.
    Family,
    /// Adults who share a home.
    Shared,
    /// A care home. Its residents are spread over blocks: those of one block come together, under the same key and
    /// address as those of others.
    CareHome,
}

/// The people at one address.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Household {
    /// Stable and unique, except that a care home has the same key in every block.
    pub key: String,
    /// What kind it is.
    pub kind: HouseholdKind,
    /// Where.
    pub address: Address,
    /// Who; the oldest generation first.
    pub people: Vec<Person>,
    /// From each of its people to others, within and outside the household.
    pub relationships: Vec<Relationship>,
}
