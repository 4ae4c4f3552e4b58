//! Storing people and what is learnt of them.

use stour_database::{Error, Transaction, VersionError, params, sql};
use stour_kernel::{Code, Environment, NhsNumber, OdsCode, PersonId};
use thiserror::Error;

use super::known_to::know;
use super::load::insert_linked;
use super::matching::Flag;
use super::{Demographics, FlagReason, IdentifierStatus, NHS_NUMBER, NewPerson, Place};
use crate::review::{NewReview, ReviewKind, open_review};
use crate::source::matcher::{Finding, Link, Step, Who, candidate, find};
use crate::source::store::{Saying, heard, say};
use crate::source::{Said, familiar};

/// Why a person was not stored or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PeopleError {
    /// Another record holds the NHS number.
    #[error("another record holds this NHS number: open that record instead")]
    NumberHeld(PersonId),
    /// There is no such person.
    #[error("there is no such person")]
    NoPerson,
    /// A person would be merged into itself, or a record moved to where it is.
    #[error("both are the same record: choose another")]
    SamePerson,
    /// One of the two was merged before, into this person.
    #[error("this record was merged before: open the record that it was merged into")]
    AlreadyMerged(PersonId),
    /// The survivor was merged, before, into the person who would be merged into it.
    #[error("these records were merged before, the other way round: undo that first")]
    MergedOtherWay,
    /// There is no such merge.
    #[error("there is no such merge")]
    NoMerge,
    /// The merge was undone before.
    #[error("this merge was undone before")]
    AlreadyUndone,
    /// There is no such source record.
    #[error("there is no such source record")]
    NoRecord,
    /// Without the source record nothing would say what the person is called, or it says no name
    /// itself.
    #[error("the record cannot be parted: each person must keep a record with a name")]
    LastRecord,
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

/// Finds the person that an organisation speaks of, or makes a new one, and keeps what it says as a
/// version of its record. What the record of the person shows is then composed anew of what all
/// organisations say.
///
/// # Errors
/// Those of the database.
pub fn match_or_create(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    who: &Demographics,
    source: OdsCode,
) -> Result<Matched, PeopleError> {
    if let Some(person) = familiar::person(tx, who, source)? {
        heard(tx, environment, [source])?;
        let outcome = MatchOutcome::Linked { flag: None };
        return Ok(Matched { person, outcome });
    }
    let finding = find(tx, who, source)?;
    let why = finding.flag.map(|flag| flag.why);
    let (person, outcome) = match finding.who {
        Who::Known(person) => {
            let said = Said {
                relied: finding.relied,
                ..Said::from(who)
            };
            let saying = Saying {
                person,
                source,
                local: who.local.as_ref(),
                said,
                by: source.as_str(),
                link: &finding.link,
            };
            let is_new = say(tx, environment, saying)?;
            hold(
                tx,
                environment,
                (ReviewKind::Duplicate, person),
                source,
                &finding,
            )?;
            know(
                tx,
                environment,
                person,
                source,
                "record",
                environment.today(),
            )?;
            heard(tx, environment, [source])?;
            if !is_new && finding.link.step == Step::LocalNumber && finding.asks_nobody() {
                familiar::remember(tx, who, source)?;
            }
            (person, MatchOutcome::Linked { flag: why })
        }
        Who::New { restricted } => {
            let new = New {
                relied: finding.relied,
                restricted,
                link: &finding.link,
            };
            let person = insert(tx, environment, who, (source, source.as_str()), &new)?;
            hold(
                tx,
                environment,
                (ReviewKind::Link, person),
                source,
                &finding,
            )?;
            (person, MatchOutcome::Created { flag: why })
        }
    };
    put_flag(tx, environment, person, finding.flag, source)?;
    Ok(Matched { person, outcome })
}

/// Puts a person and whoever else it may be before the records team.
fn hold(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (kind, person): (ReviewKind, PersonId),
    source: OdsCode,
    finding: &Finding,
) -> Result<(), Error> {
    let Some(suspect) = finding.suspect.clone() else {
        return Ok(());
    };
    let record = tx.optional(
        sql!(
            "SELECT l.record FROM record_link l JOIN source_record s ON s.record = l.record AND s.number = 1
             WHERE l.person = $1 AND l.ended_at IS NULL AND s.source = $2
             ORDER BY l.record DESC LIMIT 1"
        ),
        params![person, source],
        |row| row.get(0),
    )?;
    let new = NewReview {
        kind,
        person,
        candidate: suspect.person,
        record,
        source,
        rule: suspect.rule.to_owned(),
        weight: suspect.weight,
        probability: suspect.probability,
        model: suspect.model,
        explanation: suspect.explanation,
    };
    open_review(tx, environment, &new)?;
    Ok(())
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
    let relied = who
        .nhs_number
        .is_some_and(|number| !number.is_repeated_digit());
    let link = Link::of(
        Step::Human,
        "Somebody looked for this person, found nobody and made the record.",
    );
    let new = New {
        relied,
        restricted: false,
        link: &link,
    };
    let person = insert(tx, environment, who, (source, recorded_by), &new)?;
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
    let link = Link::of(
        Step::Human,
        "Somebody looked for this person, found nobody and made the record; the NHS number could not be confirmed.",
    );
    let new = New {
        relied: false,
        restricted: false,
        link: &link,
    };
    let person = insert(tx, environment, who, (source, recorded_by), &new)?;
    let flag = Flag {
        why: FlagReason::NumberUnconfirmed,
        other: None,
    };
    put_flag(tx, environment, person, Some(flag), source)?;
    Ok(person)
}

/// How somebody new is stored.
struct New<'l> {
    /// The NHS number is relied on.
    relied: bool,
    /// The record must not seem to exist for most people.
    restricted: bool,
    link: &'l Link,
}

fn insert(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    who: &Demographics,
    (source, recorded_by): (OdsCode, &str),
    new: &New<'_>,
) -> Result<PersonId, PeopleError> {
    let person = NewPerson {
        id: environment.id(),
        demographics: who.clone(),
        number_status: if new.relied {
            IdentifierStatus::Traced
        } else {
            IdentifierStatus::Untraced
        },
        place: Place::of(who, environment.today()),
        restricted: new.restricted,
        objection: false,
        known_to: Vec::new(),
        source,
        recorded_by: recorded_by.to_owned(),
    };
    insert_linked(tx, environment, std::slice::from_ref(&person), new.link)?;
    Ok(person.id)
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
