//! Numbers of one organisation for one person.

use stour_database::{Error, Transaction};
use stour_kernel::{Code, Environment, OdsCode, PersonId};

use super::Joined;
use crate::person::store::known_by;
use crate::person::{Demographics, PeopleError, match_or_create};
use crate::review::{NewReview, PairAnswer, ReviewKind, decision_of, open_review};
use crate::source::Said;
use crate::source::matcher::{Link, Step};
use crate::source::store::{Saying, say};

/// Takes an organisation's word that the patient it describes, whose number `who.local` remains, also had
/// the number `retired`.
///
/// # Errors
/// Those of the database.
pub fn same_patient(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    organisation: OdsCode,
    (who, retired): (&Demographics, &Code),
) -> Result<Joined, PeopleError> {
    let before = known_by(tx, organisation, retired)?;
    let remaining = match &who.local {
        Some(local) => known_by(tx, organisation, local)?,
        None => None,
    };
    // The number that remains is new here: it is another number of the person whom the retired one names.
    if let (Some(person), None, Some(local)) = (before, remaining, &who.local) {
        put(tx, environment, (organisation, local), person)?;
    }
    let matched = match_or_create(tx, environment, who, organisation)?;
    let person = matched.person;
    match before {
        Some(other) if other != person => review(tx, environment, organisation, (person, other)),
        Some(_) => Ok(Joined::One(person)),
        None => {
            put(tx, environment, (organisation, retired), person)?;
            Ok(Joined::One(person))
        }
    }
}

/// Keeps a number of an organisation's as another of the person's.
fn put(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (organisation, number): (OdsCode, &Code),
    person: PersonId,
) -> Result<(), Error> {
    let link = Link::of(
        Step::LocalNumber,
        "The organisation says that it is another number of the same patient.",
    );
    let saying = Saying {
        person,
        source: organisation,
        local: Some(number),
        said: Said::default(),
        by: organisation.as_str(),
        link: &link,
    };
    say(tx, environment, saying).map(|_| ())
}

/// Opens a review of two people whom an organisation takes to be one, unless one is open or a human has
/// said before that they are two.
fn review(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    organisation: OdsCode,
    (remaining, retired): (PersonId, PersonId),
) -> Result<Joined, PeopleError> {
    let said = decision_of(tx, remaining, retired)?;
    if said.is_some_and(|said| said.answer == PairAnswer::Different) {
        return Ok(Joined::Different { remaining, retired });
    }
    let new = NewReview {
        kind: ReviewKind::Duplicate,
        person: retired,
        candidate: remaining,
        record: None,
        source: organisation,
        rule: "merged-by-sender".to_owned(),
        weight: None,
        probability: None,
        model: None,
        explanation: None,
    };
    open_review(tx, environment, &new)?;
    Ok(Joined::Review { remaining, retired })
}
