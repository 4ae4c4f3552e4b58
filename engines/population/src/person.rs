//! People, where they live, and who is what to whom.

use serde::Serialize;
use stour_kernel::{Date, GssCode, LocalityCode, NhsNumber, OdsCode, Postcode};

use crate::condition::Frailty;
use crate::event::{Detail, Event};

/// Sex as recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// `female` or `male`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Female => Self::Male,
            Self::Male => Self::Female,
        }
    }
}

/// A synthetic person as at `today`, with what happened to them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// Position in the whole population, from 0; stable for a seed, setting and count.
    pub index: u64,
    /// In the 999 range; no two people share one.
    pub nhs_number: NhsNumber,
    /// Surname.
    pub family_name: String,
    /// First and middle names, in order; at least one.
    pub given_names: Vec<String>,
    /// Sex as recorded.
    pub sex: Sex,
    /// Date of birth.
    pub born: Date,
    /// Date of death, for the dead.
    pub died: Option<Date>,
    /// A number of the range Ofcom keeps for drama (07700 900000 to 900999), so several people share one.
    pub telephone: Option<String>,
    /// General practice.
    pub practice: OdsCode,
    /// Slugs of [`crate::CONDITIONS`].
    pub conditions: Vec<&'static str>,
    /// Frailty.
    pub frailty: Frailty,
    /// Indices of the people this person cares for, unpaid.
    pub carer_of: Vec<u64>,
    /// The record is restricted.
    pub restricted: bool,
    /// The person objects to the record being shared.
    pub objection: bool,
    /// No living person shares the home.
    pub lives_alone: bool,
    /// The key of the care home this person lives in (or lived in until death).
    pub care_home: Option<String>,
    /// What happened, earliest first.
    pub history: Vec<Event>,
}

impl Person {
    /// Whether on the evening of this day the person was alive, not in hospital and not in a care home or recovery
    /// bed, as far as the history tells: the state that "still at home after 91 days" asks for.
    pub fn at_home_on(&self, day: Date) -> bool {
        if self.born > day || self.died.is_some_and(|died| died <= day) || self.care_home.is_some()
        {
            return false;
        }
        !self.history.iter().any(|event| {
            let covers = event.started <= day && event.ended.is_none_or(|ended| ended > day);
            covers
                && match &event.detail {
                    Detail::Spell(_) => true,
                    Detail::Service(service) => service.away_from_home(),
                    _ => false,
                }
        })
    }
}

/// Where a household lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// House and street, then the council area's name. The streets are invented.
    pub lines: Vec<String>,
    /// In a real sector, with two letters drawn at random: it may not exist, or may be anybody's.
    pub postcode: Postcode,
    /// Lower-layer super output area.
    pub lsoa: GssCode,
    /// Decile of deprivation of that area: 1 is the most deprived.
    pub imd_decile: u8,
    /// Council.
    pub council: GssCode,
    /// Locality, by the household's practice.
    pub locality: LocalityCode,
}

/// That one person is something to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Relationship {
    /// Who.
    pub from: u64,
    /// What: a code of the list `relationship` (`spouse-or-partner`, `parent`, `child`, `sibling`, `carer`). `parent`
    /// means that `from` is the parent of `to`.
    pub kind: &'static str,
    /// To whom. Always of the same block, not always of the same household.
    pub to: u64,
}
