//! People and what happened to them as files hold them.

use anyhow::Context as _;
use serde_json::Value;
use stour_facts::FactKind;
use stour_kernel::{Code, Date, GssCode, LocalityCode, NhsNumber, OdsCode, Pence, Postcode};
use stour_population::event::SOURCE_SYSTEM;
use stour_population::{BLOCK, Block, Event, Household, Person};

/// Some people, everything that happened to them, and what they are to each other: nobody in it is
/// related to anybody outside it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chunk {
    /// Its number, from 0.
    pub number: u64,
    /// The people, by index.
    pub people: Vec<PersonRecord>,
    /// The events, by person.
    pub events: Vec<EventRecord>,
    /// The relationships.
    pub relationships: Vec<RelationshipRecord>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a flat row of a table, not a state"
)]
pub struct PersonRecord {
    /// Position in the population, from 0.
    pub index: u64,
    /// In the 999 range.
    pub nhs_number: NhsNumber,
    /// Surname.
    pub family_name: String,
    /// First and middle names, separated by a space.
    pub given_names: String,
    /// Whether recorded as female; male otherwise.
    pub female: bool,
    /// Date of birth.
    pub born: Date,
    /// Date of death.
    pub died: Option<Date>,
    /// Address lines.
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: Postcode,
    /// Small area.
    pub lsoa: GssCode,
    /// Council.
    pub council: GssCode,
    /// Locality.
    pub locality: LocalityCode,
    /// General practice.
    pub practice: OdsCode,
    /// Telephone.
    pub telephone: Option<String>,
    /// `fit`, `mild`, `moderate` or `severe`.
    pub frailty: String,
    /// The record is restricted.
    pub restricted: bool,
    /// The person objects to sharing.
    pub objection: bool,
    /// Lives alone.
    pub lives_alone: bool,
    /// Lives in a care home.
    pub care_home: bool,
}

/// Something that happened to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRecord {
    /// Index of the person.
    pub person: u64,
    /// What kind of fact.
    pub kind: FactKind,
    /// First day.
    pub started: Date,
    /// The day it ended; none while it goes on.
    pub ended: Option<Date>,
    /// Who did it.
    pub organisation: OdsCode,
    /// How it ended.
    pub outcome: Option<Code>,
    /// What it cost.
    pub cost: Option<Pence>,
    /// The system it comes from.
    pub system: String,
    /// That system's name for it.
    pub reference: String,
    /// What else is known.
    pub detail: Value,
}

/// That one person is something to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationshipRecord {
    /// Index of who.
    pub from: u64,
    /// What: a code of the list `relationship`.
    pub kind: Code,
    /// Index of to whom.
    pub to: u64,
}

/// The lines of an address that files hold on one.
pub(super) fn lines(address: &str) -> Vec<String> {
    address.split(", ").map(str::to_owned).collect()
}

/// The number of the chunk that a person is in.
pub(super) fn chunk_of(index: u64) -> u64 {
    index / BLOCK
}

impl Chunk {
    /// The people of a block of the generator.
    ///
    /// # Errors
    /// When a code of the generator's is none of the house's.
    pub fn of(block: &Block) -> anyhow::Result<Self> {
        let mut chunk = Self {
            number: block.number,
            ..Self::default()
        };
        for household in &block.households {
            for person in &household.people {
                chunk.people.push(PersonRecord::of(household, person));
                for event in &person.history {
                    chunk.events.push(EventRecord::of(person, event)?);
                }
            }
            for relationship in &household.relationships {
                chunk.relationships.push(RelationshipRecord {
                    from: relationship.from,
                    kind: code(relationship.kind)?,
                    to: relationship.to,
                });
            }
        }
        Ok(chunk)
    }
}

fn code(text: &str) -> anyhow::Result<Code> {
    text.parse()
        .with_context(|| format!("the generator's code {text:?}"))
}

impl PersonRecord {
    fn of(household: &Household, person: &Person) -> Self {
        let address = &household.address;
        Self {
            index: person.index,
            nhs_number: person.nhs_number,
            family_name: person.family_name.clone(),
            given_names: person.given_names.join(" "),
            female: person.sex == stour_population::Sex::Female,
            born: person.born,
            died: person.died,
            address: lines(&address.lines.join(", ")),
            postcode: address.postcode,
            lsoa: address.lsoa,
            council: address.council,
            locality: address.locality.clone(),
            practice: person.practice,
            telephone: person.telephone.clone(),
            frailty: person.frailty.as_str().to_owned(),
            restricted: person.restricted,
            objection: person.objection,
            lives_alone: person.lives_alone,
            care_home: person.care_home.is_some(),
        }
    }
}

impl EventRecord {
    fn of(person: &Person, event: &Event) -> anyhow::Result<Self> {
        Ok(Self {
            person: person.index,
            kind: event.kind().as_str().parse()?,
            started: event.started,
            ended: event.ended,
            organisation: event.organisation,
            outcome: event.outcome.map(code).transpose()?,
            cost: event.cost,
            system: SOURCE_SYSTEM.to_owned(),
            reference: event.reference.clone(),
            detail: serde_json::to_value(&event.detail)?,
        })
    }
}
