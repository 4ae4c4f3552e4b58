//! A seeded, deterministic generator of a synthetic population and its history.
//!
//! Given a [`Setting`] (areas, ages, practices, hospitals, names and rates, all handed over by the caller), a [`Seed`]
//! and a number of people, a [`Generator`] makes households, the people in them, who cares for whom, and three years
//! of what happened to each: requests, assessments, services, reviews, attendances, spells, delayed days, survey
//! answers and costs. The rates are known (see [`Rates`]), so that an indicator computed from the facts can be
//! checked against the number that made them. Every NHS number is in the 999 range, which is never given to anyone.
//!
//! The population comes in blocks of [`BLOCK`] people. A block depends on the setting, the seed, the count and its own
//! number, on nothing else, so blocks may be made in any order by any number of threads and give the same bytes.
//! (The last place of a logarithm may differ between builds for different machines; within one build nothing differs.)
//!
//! This crate must not know: files, databases, clocks, message formats (it describes hospital events, [`adt`];
//! writing them as HL7 is for others), or any other part of the house but the kernel.

mod address;
pub mod adt;
mod age;
mod block;
mod calendar;
mod condition;
mod diagnosis;
pub mod event;
mod generator;
mod history;
mod household;
mod names;
mod nhs_numbers;
mod person;
mod random;
mod rates;
mod row;
mod setting;
mod tables;

pub use age::{AgeBand, ByAge};
pub use condition::{CONDITIONS, Condition, Frailty};
pub use diagnosis::{DIAGNOSES, Diagnosis};
pub use event::{Detail, Event, EventKind};
pub use generator::{BLOCK, Block, Generator, MAXIMUM_PEOPLE};
pub use household::{Household, HouseholdKind};
pub use names::Names;
pub use person::{Address, Person, Relationship, Sex};
pub use random::Seed;
pub use rates::{Rate, Rates};
pub use row::{EventRow, PersonRow, RelationshipRow};
pub use setting::{
    AgeCount, Council, Hospital, Lsoa, PostcodeSector, Practice, Setting, SettingError, Ward,
};

#[cfg(test)]
mod tests;
