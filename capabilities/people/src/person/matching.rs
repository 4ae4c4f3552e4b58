//! Whether what an organisation says is about somebody we know.
//!
//! Two things prove it: the same number given by the same organisation, and the same NHS number
//! together with the same date of birth. Everything else is a new person, with a flag that says what
//! a reviewer should look at: a record too many can be merged later, a wrong link harms two people.

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

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is this person. `adopt`: the NHS number is new to the record and nobody else's.
    Link {
        person: PersonId,
        adopt: bool,
        flag: Option<Flag>,
    },
    /// It is somebody new.
    Create {
        status: IdentifierStatus,
        flag: Option<Flag>,
    },
}

/// A flag, and the other record it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flag {
    pub(crate) why: FlagReason,
    pub(crate) other: Option<PersonId>,
}

/// Decides from whom the organisation's own number, and the NHS number, are known to belong to.
pub(crate) fn decide(
    claim: Claim,
    by_local: Option<Candidate>,
    by_number: Option<Candidate>,
) -> Decision {
    let number = claim.number.filter(|number| !number.is_repeated_digit());
    let by_number = by_number.filter(|_| number.is_some());
    if let Some(known) = by_local {
        return link(Claim { number, ..claim }, known, by_number);
    }
    match (number, by_number) {
        (Some(_), Some(known)) => match (claim.born, known.born) {
            (Some(said), Some(born)) if said == born => Decision::Link {
                person: known.person,
                adopt: false,
                flag: None,
            },
            (Some(_), Some(_)) => untraced(FlagReason::NumberWithAnotherBirthDate, known),
            _ => untraced(FlagReason::NumberWithoutBirthDate, known),
        },
        (Some(_), None) => Decision::Create {
            status: IdentifierStatus::Traced,
            flag: claim.born.is_none().then_some(Flag {
                why: FlagReason::NoBirthDate,
                other: None,
            }),
        },
        (None, _) => {
            let why = if claim.number.is_some() {
                FlagReason::PlaceholderNumber
            } else {
                FlagReason::NoNumber
            };
            Decision::Create {
                status: IdentifierStatus::Untraced,
                flag: Some(Flag { why, other: None }),
            }
        }
    }
}

fn untraced(why: FlagReason, known: Candidate) -> Decision {
    Decision::Create {
        status: IdentifierStatus::Untraced,
        flag: Some(Flag {
            why,
            other: Some(known.person),
        }),
    }
}

fn link(claim: Claim, known: Candidate, by_number: Option<Candidate>) -> Decision {
    let another = by_number.filter(|other| other.person != known.person);
    let birth_date_differs = match (claim.born, known.born) {
        (Some(said), Some(born)) => said != born,
        _ => false,
    };
    let number_differs = match (claim.number, known.number) {
        (Some(said), Some(number)) => said != number,
        _ => false,
    };
    let flag = if let Some(other) = another {
        Some(Flag {
            why: FlagReason::NumberOfAnotherPerson,
            other: Some(other.person),
        })
    } else if number_differs {
        Some(Flag {
            why: FlagReason::NumberDiffers,
            other: None,
        })
    } else if birth_date_differs {
        Some(Flag {
            why: FlagReason::BirthDateDiffers,
            other: None,
        })
    } else {
        None
    };
    let agrees = claim.born.is_some() && claim.born == known.born;
    let adopt = claim.number.is_some() && known.number.is_none() && another.is_none() && agrees;
    Decision::Link {
        person: known.person,
        adopt,
        flag,
    }
}

#[cfg(test)]
mod tests;
