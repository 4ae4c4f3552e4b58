//! Whether an NHS number can be relied on to be a person's, and what a reviewer of the record should look at.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, NhsNumber, PersonId};
use thiserror::Error;

/// Whether an NHS number may be relied on to be this person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierStatus {
    /// Ours alone: no other record holds it.
    Traced,
    /// Ours alone too, but the record shows another: two records, each with a number, were merged, or a
    /// register has put another in its place.
    Superseded,
    /// Said to be this person's, but not relied on.
    Untraced,
    /// A register has withdrawn it.
    Invalidated,
    /// A register says that it was never this person's.
    Refuted,
}

impl IdentifierStatus {
    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Traced => "traced",
            Self::Superseded => "superseded",
            Self::Untraced => "untraced",
            Self::Invalidated => "invalidated",
            Self::Refuted => "refuted",
        }
    }
}

impl fmt::Display for IdentifierStatus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that names nothing in a closed list of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not one of the values that the database may hold here")]
pub struct UnknownValue;

impl FromStr for IdentifierStatus {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "traced" => Ok(Self::Traced),
            "superseded" => Ok(Self::Superseded),
            "untraced" => Ok(Self::Untraced),
            "invalidated" => Ok(Self::Invalidated),
            "refuted" => Ok(Self::Refuted),
            _ => Err(UnknownValue),
        }
    }
}

stour_database::text_value!(IdentifierStatus);

/// Why a reviewer should look at a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagReason {
    /// No NHS number was given.
    NoNumber,
    /// The NHS number given is one digit ten times: typed to get past a form.
    PlaceholderNumber,
    /// The NHS number could not be confirmed to be this person's.
    NumberUnconfirmed,
    /// No date of birth was given, so the NHS number can prove nothing.
    NoBirthDate,
    /// Another record holds the NHS number, with another date of birth.
    NumberWithAnotherBirthDate,
    /// Another record holds the NHS number, and a date of birth is missing on one side.
    NumberWithoutBirthDate,
    /// Linked by the organisation's own number, though another record holds the NHS number.
    NumberOfAnotherPerson,
    /// Linked by the organisation's own number, though the NHS number differs.
    NumberDiffers,
    /// Linked by the organisation's own number, though the date of birth differs.
    BirthDateDiffers,
}

impl FlagReason {
    const ALL: [Self; 9] = [
        Self::NoNumber,
        Self::PlaceholderNumber,
        Self::NumberUnconfirmed,
        Self::NoBirthDate,
        Self::NumberWithAnotherBirthDate,
        Self::NumberWithoutBirthDate,
        Self::NumberOfAnotherPerson,
        Self::NumberDiffers,
        Self::BirthDateDiffers,
    ];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoNumber => "no-number",
            Self::PlaceholderNumber => "placeholder-number",
            Self::NumberUnconfirmed => "number-unconfirmed",
            Self::NoBirthDate => "no-birth-date",
            Self::NumberWithAnotherBirthDate => "number-with-another-birth-date",
            Self::NumberWithoutBirthDate => "number-without-birth-date",
            Self::NumberOfAnotherPerson => "number-of-another-person",
            Self::NumberDiffers => "number-differs",
            Self::BirthDateDiffers => "birth-date-differs",
        }
    }

    /// For the page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoNumber => {
                "No NHS number was given: check whether this person has another record."
            }
            Self::PlaceholderNumber => {
                "The NHS number given is one digit ten times, so it is not relied on."
            }
            Self::NumberUnconfirmed => {
                "The NHS number could not be confirmed, so it is not relied on. Your information-governance lead can find out why."
            }
            Self::NoBirthDate => "No date of birth was given: add it when you know it.",
            Self::NumberWithAnotherBirthDate => {
                "Another record holds this NHS number with another date of birth: one of the two is wrong."
            }
            Self::NumberWithoutBirthDate => {
                "Another record holds this NHS number, and a date of birth is missing: it may be the same person."
            }
            Self::NumberOfAnotherPerson => {
                "A message about this person gave an NHS number that another record holds."
            }
            Self::NumberDiffers => "A message about this person gave another NHS number.",
            Self::BirthDateDiffers => "A message about this person gave another date of birth.",
        }
    }
}

impl fmt::Display for FlagReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for FlagReason {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or(UnknownValue)
    }
}

stour_database::text_value!(FlagReason);

/// What an organisation says that bears on who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) number: Option<NhsNumber>,
    pub(crate) born: Option<Date>,
}

/// Somebody we know, as far as matching looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) person: PersonId,
    pub(crate) born: Option<Date>,
    /// The traced NHS number of the record.
    pub(crate) number: Option<NhsNumber>,
}

/// A flag, and the other record it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flag {
    pub(crate) why: FlagReason,
    pub(crate) other: Option<PersonId>,
}

impl Claim {
    /// The number, unless it was typed to get past a form.
    fn usable(&self) -> Option<NhsNumber> {
        self.number.filter(|number| !number.is_repeated_digit())
    }

    /// Whether the NHS number can be relied on to be that of somebody new, and what a reviewer should look
    /// at. `holder` is who holds the number.
    pub(crate) fn of_new(self, holder: Option<Candidate>) -> (bool, Option<Flag>) {
        let flag = |why, other| Some(Flag { why, other });
        match (self.usable(), holder) {
            (Some(_), Some(holder)) => {
                let why = match (self.born, holder.born) {
                    (Some(said), Some(born)) if said == born => FlagReason::NumberOfAnotherPerson,
                    (Some(_), Some(_)) => FlagReason::NumberWithAnotherBirthDate,
                    _ => FlagReason::NumberWithoutBirthDate,
                };
                (false, flag(why, Some(holder.person)))
            }
            (Some(_), None) if self.born.is_none() => (true, flag(FlagReason::NoBirthDate, None)),
            (Some(_), None) => (true, None),
            (None, _) if self.number.is_some() => {
                (false, flag(FlagReason::PlaceholderNumber, None))
            }
            (None, _) => (false, flag(FlagReason::NoNumber, None)),
        }
    }

    /// Whether the NHS number is new to the record of somebody known and can be relied on, and what does
    /// not fit the record. `holder` is who holds the number.
    pub(crate) fn of_known(
        self,
        known: Candidate,
        holder: Option<Candidate>,
    ) -> (bool, Option<Flag>) {
        let number = self.usable();
        let holder = holder.filter(|_| number.is_some());
        let another = holder.filter(|other| other.person != known.person);
        let differs = |said: Option<_>, is: Option<_>| said.is_some() && is.is_some() && said != is;
        let why = if another.is_some() {
            Some(FlagReason::NumberOfAnotherPerson)
        } else if differs(number, known.number) {
            Some(FlagReason::NumberDiffers)
        } else if self.born.is_some() && known.born.is_some() && self.born != known.born {
            Some(FlagReason::BirthDateDiffers)
        } else {
            None
        };
        let agrees = self.born.is_some() && self.born == known.born;
        let adopt = number.is_some() && known.number.is_none() && another.is_none() && agrees;
        let other = another.map(|other| other.person);
        (adopt, why.map(|why| Flag { why, other }))
    }
}

#[cfg(test)]
mod tests;
