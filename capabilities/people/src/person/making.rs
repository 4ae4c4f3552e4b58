//! Making a person on behalf of a caller: never twice, and never without a look at who may be the
//! same.

use stour_access::PersonFacts;
use stour_database::Transaction;
use stour_kernel::{Environment, PersonId};
use stour_linkage::Found;
use stour_web::{Caller, FieldError, Problem};

use super::store::{create, create_unconfirmed, holder};
use super::{Demographics, PeopleError, facts_for_access, facts_for_access_all};
use crate::asking::may_find;
use crate::review::{NewReview, ReviewKind, open_review};
use crate::search::visible::scope;
use crate::search::{Query, search};
use crate::source::comparable::Comparable;
use crate::source::everybody;
use crate::words;

/// The kind of the problem that somebody is there who may be the same person.
pub(crate) const POSSIBLE_DUPLICATES: &str = "possible-duplicates";
/// The most possible duplicates that are shown.
const SHOWN: usize = 10;

impl From<PeopleError> for Problem {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::NumberHeld(_) => Problem::invalid(vec![FieldError {
                field: "nhs-number".to_owned(),
                message: "Another record holds this NHS number: open that record instead"
                    .to_owned(),
            }]),
            PeopleError::NoPerson | PeopleError::NoMerge | PeopleError::NoRecord => {
                Problem::not_found()
            }
            PeopleError::SamePerson
            | PeopleError::AlreadyMerged(_)
            | PeopleError::MergedOtherWay
            | PeopleError::AlreadyUndone
            | PeopleError::LastRecord => {
                Problem::conflict(format!("{}.", words::capital(&error.to_string())))
            }
            PeopleError::Version(error) => error.into(),
            PeopleError::Database(error) => error.into(),
        }
    }
}

/// Makes a person, or refuses because somebody the caller may find holds the NHS number, or
/// may be the same person and the caller has not said that this is another. Somebody the
/// caller may not find refuses nothing; the number is then kept as one that is not relied on.
pub(crate) fn make(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    caller: &Caller,
    who: &Demographics,
    is_confirmed: bool,
) -> Result<PersonId, Problem> {
    let (source, by) = (caller.actor().organisation, caller.actor().name.as_str());
    let held = match who.nhs_number {
        Some(number) => holder(tx, number)?,
        None => None,
    };
    if let Some(holder) = held {
        let facts = facts_for_access(tx, holder)?;
        if facts.is_some_and(|facts| may_find(caller, facts)) {
            return Err(PeopleError::NumberHeld(holder).into());
        }
    }
    let said = Comparable::new(who, source);
    let (found, [review, link]) = said.record(|query| everybody::find(tx, query))?;
    if !is_confirmed && !findable(tx, caller, who, (&found, review))?.is_empty() {
        let detail = "Somebody who may be this person has a record. Look whether it is the same person; if not, say so.";
        return Err(Problem {
            kind: POSSIBLE_DUPLICATES,
            ..Problem::conflict(detail)
        });
    }
    let person = if held.is_some() {
        create_unconfirmed(tx, environment, who, source, by)?
    } else {
        create(tx, environment, who, source, by)?
    };
    // Those who are so alike that an organisation's record would be taken for theirs: the records team looks,
    // whatever whoever makes the record says, and whether they may see those people or not.
    for found in found.into_iter().filter(|found| found.probability >= link) {
        let review = NewReview {
            kind: ReviewKind::Duplicate,
            person,
            candidate: found.key,
            record: None,
            source,
            rule: "created-alike".to_owned(),
            weight: Some(found.weight),
            probability: Some(found.probability),
            model: Some(found.explanation.model.clone()),
            explanation: serde_json::to_string(&found.explanation).ok(),
        };
        open_review(tx, environment, &review)?;
    }
    Ok(person)
}

/// People whom the caller may find and who may be the one that is described: those who are alike, the
/// likeliest first, and those with the same family name, first given name and date of birth.
pub(crate) fn alike(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    who: &Demographics,
) -> Result<Vec<PersonFacts>, Problem> {
    let said = Comparable::new(who, caller.actor().organisation);
    let (found, [review, _]) = said.record(|query| everybody::find(tx, query))?;
    findable(tx, caller, who, (&found, review))
}

fn findable(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    who: &Demographics,
    (found, review): (&[Found<PersonId>], f64),
) -> Result<Vec<PersonFacts>, Problem> {
    let found = found.iter().filter(|found| found.probability >= review);
    let mut people: Vec<PersonId> = found.map(|found| found.key).collect();
    if let Some(query) = Query::same(&who.name, who.born) {
        let same = search(tx, &query, &scope(caller), SHOWN)?.people;
        people.extend(
            same.into_iter()
                .filter(|same| !people.contains(same))
                .collect::<Vec<_>>(),
        );
    }
    people.truncate(SHOWN);
    let facts = facts_for_access_all(tx, &people)?;
    Ok(facts
        .into_iter()
        .filter(|facts| may_find(caller, facts.clone()))
        .collect())
}
