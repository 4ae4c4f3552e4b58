//! Storing people and what is learnt of them.

use stour_database::{Error, Transaction, VersionError, params, sql};
use stour_kernel::{Code, Environment, NhsNumber, OdsCode, PersonId};
use thiserror::Error;

use super::known_to::know;
use super::learn::learn;
use super::load::insert_all;
use super::matching::{Candidate, Claim, Decision, Flag, decide};
use super::{Demographics, FlagReason, IdentifierStatus, NHS_NUMBER, NewPerson, Place};

/// Why a person was not stored or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PeopleError {
    /// Another record holds the NHS number.
    #[error("another record holds this NHS number: open that record instead")]
    NumberHeld(PersonId),
    /// There is no such person.
    #[error("there is no such person")]
    NoPerson,
    /// Somebody else changed the record first, or the version is malformed.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Whom a message or form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched {
    /// The person.
    pub person: PersonId,
    /// Whether the person was known.
    pub outcome: MatchOutcome,
}

/// How a person was found or made. A flag is also stored with the record, for its reviewers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchOutcome {
    /// The person was known.
    Linked {
        /// What does not fit.
        flag: Option<FlagReason>,
    },
    /// The person is new.
    Created {
        /// Why no known person was taken, where one might have been.
        flag: Option<FlagReason>,
    },
}

/// Finds the person that an organisation speaks of, or makes a new one, and keeps what it says.
/// What is new (a name, an address, a telephone number, a death, the organisation's own number) is
/// added beside what other organisations said; what the record shows does not change.
///
/// # Errors
/// Those of the database.
pub fn match_or_create(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    who: &Demographics,
    source: OdsCode,
) -> Result<Matched, PeopleError> {
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
    match decide(claim, by_local, by_number) {
        Decision::Link {
            person,
            adopt,
            flag,
        } => {
            learn(tx, environment, person, who, source, adopt)?;
            know(
                tx,
                environment,
                person,
                source,
                "record",
                environment.today(),
            )?;
            put_flag(tx, environment, person, flag, source)?;
            let flag = flag.map(|flag| flag.why);
            Ok(Matched {
                person,
                outcome: MatchOutcome::Linked { flag },
            })
        }
        Decision::Create { status, flag } => {
            let person = insert(tx, environment, who, source, source.as_str(), status)?;
            put_flag(tx, environment, person, flag, source)?;
            let flag = flag.map(|flag| flag.why);
            Ok(Matched {
                person,
                outcome: MatchOutcome::Created { flag },
            })
        }
    }
}

/// Who holds an NHS number for certain.
pub(crate) fn holder(
    tx: &mut Transaction<'_>,
    number: NhsNumber,
) -> Result<Option<PersonId>, Error> {
    Ok(candidate(tx, NHS_NUMBER, &number.digits())?.map(|holder| holder.person))
}

/// Whom an organisation knows by a number of its own.
pub(crate) fn known_by(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    number: &Code,
) -> Result<Option<PersonId>, Error> {
    let known = candidate(tx, organisation.as_str(), number.as_str())?;
    Ok(known.map(|known| known.person))
}

/// Makes a new person, whom somebody has looked for and not found.
///
/// # Errors
/// [`PeopleError::NumberHeld`] when another record holds the NHS number.
pub fn create(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    who: &Demographics,
    source: OdsCode,
    recorded_by: &str,
) -> Result<PersonId, PeopleError> {
    if let Some(number) = who.nhs_number
        && let Some(holder) = holder(tx, number)?
    {
        return Err(PeopleError::NumberHeld(holder));
    }
    let status = match who.nhs_number {
        Some(number) if number.is_repeated_digit() => IdentifierStatus::Untraced,
        _ => IdentifierStatus::Traced,
    };
    let person = insert(tx, environment, who, source, recorded_by, status)?;
    if who.nhs_number.is_none() {
        let flag = Flag {
            why: FlagReason::NoNumber,
            other: None,
        };
        put_flag(tx, environment, person, Some(flag), source)?;
    }
    Ok(person)
}

/// Makes a new person whose NHS number somebody else holds whom the maker may not know of.
pub(crate) fn create_unconfirmed(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    who: &Demographics,
    source: OdsCode,
    recorded_by: &str,
) -> Result<PersonId, PeopleError> {
    let status = IdentifierStatus::Untraced;
    let person = insert(tx, environment, who, source, recorded_by, status)?;
    let flag = Flag {
        why: FlagReason::NumberUnconfirmed,
        other: None,
    };
    put_flag(tx, environment, person, Some(flag), source)?;
    Ok(person)
}

fn insert(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    who: &Demographics,
    source: OdsCode,
    recorded_by: &str,
    number_status: IdentifierStatus,
) -> Result<PersonId, PeopleError> {
    let person = NewPerson {
        id: environment.id(),
        demographics: who.clone(),
        number_status,
        place: Place::of(who, environment.today()),
        restricted: false,
        objection: false,
        known_to: Vec::new(),
        source,
        recorded_by: recorded_by.to_owned(),
    };
    insert_all(tx, environment, std::slice::from_ref(&person))?;
    Ok(person.id)
}

/// Who holds an identifier for certain.
fn candidate(
    tx: &mut Transaction<'_>,
    system: &str,
    value: &str,
) -> Result<Option<Candidate>, Error> {
    tx.optional(
        sql!(
            "SELECT p.id, p.born, n.value FROM person_identifier i
             JOIN person p ON p.id = i.person
             LEFT JOIN person_identifier n
                ON n.person = p.id AND n.system = 'nhs-number' AND n.status = 'traced'
             WHERE i.system = $1 AND i.value = $2 AND i.status = 'traced'"
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

fn put_flag(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    flag: Option<Flag>,
    source: OdsCode,
) -> Result<(), Error> {
    let Some(Flag { why, other }) = flag else {
        return Ok(());
    };
    tx.execute(
        sql!(
            "INSERT INTO matching_flag (person, number, why, other, source, at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT)
             FROM matching_flag WHERE person = $1
             HAVING COALESCE(max(CASE WHEN why = $2 AND source = $4 THEN 1 ELSE 0 END), 0) = 0"
        ),
        params![person, why, other, source, environment.now()],
    )?;
    Ok(())
}
