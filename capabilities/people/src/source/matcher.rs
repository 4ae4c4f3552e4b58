//! Whom an organisation speaks of: the one place where that is decided.

use std::fmt;
use std::str::FromStr;

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{OdsCode, PersonId};

use crate::person::matching::{Candidate, Claim, Decision, Flag, UnknownValue, decide};
use crate::person::{Demographics, FlagReason, IdentifierStatus, NHS_NUMBER};

/// The step of matching that decided whom a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The organisation has used its own number for this person before.
    LocalNumber,
    /// The NHS number together with what else must agree.
    CrossCheck,
    /// Everything that was said agrees exactly.
    Exact,
    /// The weight of the evidence.
    Probabilistic,
    /// Somebody looked and decided.
    Human,
    /// Nobody who is known.
    New,
    /// Perhaps somebody who is known: a new person until somebody has looked.
    Held,
}

impl Step {
    const ALL: [Self; 7] = [
        Self::LocalNumber,
        Self::CrossCheck,
        Self::Exact,
        Self::Probabilistic,
        Self::Human,
        Self::New,
        Self::Held,
    ];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LocalNumber => "local-number",
            Self::CrossCheck => "cross-check",
            Self::Exact => "exact",
            Self::Probabilistic => "probabilistic",
            Self::Human => "human",
            Self::New => "new",
            Self::Held => "held",
        }
    }

    /// For the page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::LocalNumber => "By the organisation’s own number",
            Self::CrossCheck => "By NHS number and date of birth",
            Self::Exact => "Everything agrees",
            Self::Probabilistic => "By the weight of the evidence",
            Self::Human => "Decided by a person",
            Self::New => "New record",
            Self::Held => "New record, to be checked",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Step {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL
            .into_iter()
            .find(|step| step.as_str() == text)
            .ok_or(UnknownValue)
    }
}

stour_database::text_value!(Step);

/// Why a record is about a person, as it is kept with the link.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub(crate) step: Step,
    /// The weight of the evidence in bits, where it was weighed.
    pub(crate) weight: Option<f64>,
    pub(crate) probability: Option<f64>,
    /// The model that weighed it.
    pub(crate) model: Option<String>,
    /// In one sentence.
    pub(crate) reason: String,
    /// As JSON, field by field.
    pub(crate) explanation: Option<String>,
}

impl Link {
    /// A link that nothing was weighed for.
    pub(crate) fn of(step: Step, reason: &str) -> Self {
        Self {
            step,
            weight: None,
            probability: None,
            model: None,
            reason: reason.to_owned(),
            explanation: None,
        }
    }
}

/// Whom an organisation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Somebody who is known and stands.
    Known(PersonId),
    /// Somebody new. The candidate is whom a reviewer should compare with.
    New { candidate: Option<PersonId> },
}

/// What matching found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) who: Who,
    /// The NHS number can be relied on to be this person's: nobody else holds it.
    pub(crate) relied: bool,
    pub(crate) flag: Option<Flag>,
    pub(crate) link: Link,
}

/// Finds whom an organisation speaks of: by its own number, else by NHS number and date of birth
/// together.
pub(crate) fn find(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    source: OdsCode,
) -> Result<Finding> {
    let by_local = match &who.local {
        Some(local) => candidate(tx, source.as_str(), local.as_str())?,
        None => None,
    };
    let by_number = match who.nhs_number {
        Some(number) => candidate(tx, NHS_NUMBER, &number.digits())?,
        None => None,
    };
    let claim = Claim {
        number: who.nhs_number,
        born: who.born,
    };
    Ok(match decide(claim, by_local, by_number) {
        Decision::Link {
            person,
            adopt,
            flag,
        } => {
            let link = if by_local.is_some() {
                Link::of(
                    Step::LocalNumber,
                    "The organisation has used its own number for this person before.",
                )
            } else {
                Link::of(
                    Step::CrossCheck,
                    "The NHS number and the date of birth are the same.",
                )
            };
            Finding {
                who: Who::Known(person),
                relied: adopt,
                flag,
                link,
            }
        }
        Decision::Create { status, flag } => created(status, flag),
    })
}

fn created(status: IdentifierStatus, flag: Option<Flag>) -> Finding {
    let candidate = flag.and_then(|flag| flag.other);
    let (step, reason) = match flag.map(|flag| flag.why) {
        Some(why) if candidate.is_some() => (Step::Held, why.words()),
        Some(FlagReason::NoNumber) => (
            Step::New,
            "No NHS number was given, and the organisation has no number of its own that is known.",
        ),
        Some(why) => (Step::New, why.words()),
        None => (Step::New, "Nobody holds this NHS number."),
    };
    Finding {
        who: Who::New { candidate },
        relied: status == IdentifierStatus::Traced,
        flag,
        link: Link::of(step, reason),
    }
}

/// Who holds a number for certain. The rows are those of people who stand, with everything that the
/// records merged into them brought.
pub(crate) fn candidate(
    tx: &mut Transaction<'_>,
    system: &str,
    value: &str,
) -> Result<Option<Candidate>> {
    tx.optional(
        sql!(
            "SELECT p.id, p.born, n.value FROM person_identifier i
             JOIN person p ON p.id = i.person
             LEFT JOIN person_identifier n
                ON n.person = p.id AND n.system = 'nhs-number' AND n.status = 'traced'
             WHERE i.system = $1 AND i.value = $2 AND i.status IN ('traced', 'superseded')"
        ),
        params![system, value],
        |row| {
            Ok(Candidate {
                person: row.get(0)?,
                born: row.get(1)?,
                number: row.get(2)?,
            })
        },
    )
}

#[cfg(test)]
mod tests;
