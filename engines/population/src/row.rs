//! People, events and relationships as flat rows, for tables of comma-separated values.

use serde::Serialize;
use stour_kernel::{Date, GssCode, LocalityCode, NhsNumber, OdsCode, Pence, Postcode};

use crate::event::{Event, SOURCE_SYSTEM};
use crate::household::{Household, HouseholdKind};
use crate::person::{Person, Relationship};

/// A person as one row. Columns are the fields, in order; lists are joined by `;`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a flat row of a table, not a state"
)]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonRow {
    /// Position in the population, from 0.
    pub index: u64,
    /// Ten digits.
    pub nhs_number: NhsNumber,
    /// Surname.
    pub family_name: String,
    /// First and middle names, separated by a space.
    pub given_names: String,
    /// `female` or `male`.
    pub sex: &'static str,
    /// Date of birth.
    pub born: Date,
    /// Date of death.
    pub died: Option<Date>,
    /// Address lines, joined by `, `.
    pub address: String,
    /// Postcode.
    pub postcode: Postcode,
    /// Small area.
    pub lsoa: GssCode,
    /// Decile of deprivation, 1 the most deprived.
    pub imd_decile: u8,
    /// Council.
    pub council: GssCode,
    /// Locality.
    pub locality: LocalityCode,
    /// General practice.
    pub practice: OdsCode,
    /// Telephone.
    pub telephone: Option<String>,
    /// Household.
    pub household: String,
    /// Kind of household.
    pub household_kind: HouseholdKind,
    /// Condition slugs, joined by `;`.
    pub conditions: String,
    /// `fit`, `mild`, `moderate` or `severe`.
    pub frailty: &'static str,
    /// Restricted record.
    pub restricted: bool,
    /// Objects to sharing.
    pub objection: bool,
    /// Lives alone.
    pub lives_alone: bool,
    /// Lives, or lived until death, in a care home.
    pub care_home: bool,
}

impl PersonRow {
    /// A person of a household as a row.
    pub fn new(household: &Household, person: &Person) -> Self {
        let address = &household.address;
        Self {
            index: person.index,
            nhs_number: person.nhs_number,
            family_name: person.family_name.clone(),
            given_names: person.given_names.join(" "),
            sex: person.sex.as_str(),
            born: person.born,
            died: person.died,
            address: address.lines.join(", "),
            postcode: address.postcode,
            lsoa: address.lsoa,
            imd_decile: address.imd_decile,
            council: address.council,
            locality: address.locality.clone(),
            practice: person.practice,
            telephone: person.telephone.clone(),
            household: household.key.clone(),
            household_kind: household.kind,
            conditions: person.conditions.join(";"),
            frailty: person.frailty.as_str(),
            restricted: person.restricted,
            objection: person.objection,
            lives_alone: person.lives_alone,
            care_home: person.care_home.is_some(),
        }
    }
}

/// An event as one row. Columns are the fields, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// Index of the person.
    pub person: u64,
    /// NHS number of the person.
    pub nhs_number: NhsNumber,
    /// Kind of fact.
    pub kind: &'static str,
    /// First day.
    pub started: Date,
    /// The day it ended; empty while it goes on.
    pub ended: Option<Date>,
    /// Who did it.
    pub organisation: OdsCode,
    /// How it ended.
    pub outcome: Option<&'static str>,
    /// Cost in pence.
    pub cost_pence: Option<Pence>,
    /// Where it comes from: always [`SOURCE_SYSTEM`].
    pub source_system: &'static str,
    /// Unique reference.
    pub source_reference: String,
    /// The detail, as JSON.
    pub detail: String,
}

impl EventRow {
    /// An event of a person as a row. Fails only if the detail cannot be written as JSON, which no detail of this
    /// crate does.
    pub fn new(person: &Person, event: &Event) -> Result<Self, serde_json::Error> {
        Ok(Self {
            person: person.index,
            nhs_number: person.nhs_number,
            kind: event.kind().as_str(),
            started: event.started,
            ended: event.ended,
            organisation: event.organisation,
            outcome: event.outcome,
            cost_pence: event.cost,
            source_system: SOURCE_SYSTEM,
            source_reference: event.reference.clone(),
            detail: serde_json::to_string(&event.detail)?,
        })
    }
}

/// A relationship as one row: `from_index,kind,to_index`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RelationshipRow {
    /// Who.
    pub from_index: u64,
    /// What to them: list `relationship`.
    pub kind: &'static str,
    /// To whom.
    pub to_index: u64,
}

impl From<Relationship> for RelationshipRow {
    fn from(relationship: Relationship) -> Self {
        let Relationship { from, kind, to } = relationship;
        Self {
            from_index: from,
            kind,
            to_index: to,
        }
    }
}
