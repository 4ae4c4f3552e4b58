//! Who a person is: names, dates, places, and the numbers that organisations know them by.

pub(crate) mod address_page;
pub(crate) mod api;
mod change;
pub(crate) mod draft;
pub(crate) mod fields;
pub(crate) mod heading;
mod known_to;
pub(crate) mod learn;
mod listed;
pub(crate) mod load;
pub(crate) mod making;
pub(crate) mod matching;
mod name;
pub(crate) mod new_page;
mod place;
mod read;
pub(crate) mod record;
pub(crate) mod record_page;
pub(crate) mod store;
pub(crate) mod summary;

pub use heading::who_it_is;
pub use known_to::{forget, know, known_among};
pub use listed::{Listed, Lives, each_listed, lives, living_at};
pub use load::insert_all;
pub(crate) use matching::UnknownValue;
pub use matching::{FlagReason, IdentifierStatus};
pub(crate) use name::is_invisible;
pub use name::{NameError, NameText, NameUse, PersonName, given_names};
pub use place::Place;
pub use read::{facts_for_access, facts_for_access_all, version_of};
pub use store::{MatchOutcome, Matched, PeopleError, create, match_or_create};

pub(crate) use change::{change_address, lift_restriction};
pub(crate) use record::{Record, record};
pub use summary::{PersonSummary, names, summaries, summary};

use serde::{Deserialize, Serialize};
use stour_kernel::{Code, Date, GssCode, NhsNumber, OdsCode, PersonId, Postcode};

/// The system of an NHS number among a person's identifiers; an organisation's own numbers are
/// under its ODS code.
pub(crate) const NHS_NUMBER: &str = "nhs-number";

/// Where a person lives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// The lines, without the postcode.
    pub lines: Vec<String>,
    /// The postcode, when there is one.
    pub postcode: Option<Postcode>,
    /// The lower-layer super output area, when it is known.
    pub lsoa: Option<GssCode>,
}

impl Address {
    /// On one line, with the postcode last.
    pub fn on_one_line(&self) -> String {
        let postcode = self.postcode.iter().map(ToString::to_string);
        self.lines
            .iter()
            .cloned()
            .chain(postcode)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What an organisation says of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demographics {
    /// The NHS number.
    pub nhs_number: Option<NhsNumber>,
    /// The organisation's own number for the person.
    pub local: Option<Code>,
    /// The name.
    pub name: PersonName,
    /// The date of birth.
    pub born: Option<Date>,
    /// The date of death.
    pub died: Option<Date>,
    /// A code of the list `administrative-sex`.
    pub sex: Option<Code>,
    /// The usual address.
    pub address: Option<Address>,
    /// A telephone number, as written.
    pub telephone: Option<String>,
    /// The general practice.
    pub practice: Option<OdsCode>,
    /// Whether the organisation has traced the NHS number, where it says so.
    pub number_status: Option<IdentifierStatus>,
    /// An e-mail address.
    pub email: Option<String>,
    /// The place in a multiple birth, from 1.
    pub birth_order: Option<u8>,
}

impl Demographics {
    /// Nothing but a name.
    pub fn named(name: PersonName) -> Self {
        Self {
            nhs_number: None,
            local: None,
            name,
            born: None,
            died: None,
            sex: None,
            address: None,
            telephone: None,
            practice: None,
            number_status: None,
            email: None,
            birth_order: None,
        }
    }
}

/// A person on the way into the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Chosen by the caller, so that facts can name the person before the person is stored.
    pub id: PersonId,
    /// Who it is.
    pub demographics: Demographics,
    /// Whether the NHS number may be relied on.
    pub number_status: IdentifierStatus,
    /// Where the person lives, in areas.
    pub place: Place,
    /// For most people the record must not seem to exist.
    pub restricted: bool,
    /// The person has objected to sharing.
    pub objection: bool,
    /// Organisations that look after the person, besides the source and the practice.
    pub known_to: Vec<OdsCode>,
    /// Which organisation says so.
    pub source: OdsCode,
    /// Who recorded it: a user's name or a system.
    pub recorded_by: String,
}

/// Completed years of age on a day; `None` before birth.
pub fn age(born: Date, on: Date) -> Option<i16> {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    let years = on.year().checked_sub(born.year())?;
    let years = if had_birthday {
        years
    } else {
        years.checked_sub(1)?
    };
    (years >= 0).then_some(years)
}

#[cfg(test)]
mod tests;
