//! Making a person on behalf of a caller: never twice, and never without a look at who may be the
//! same.

use stour_access::PersonFacts;
use stour_database::Transaction;
use stour_kernel::{Environment, PersonId};
use stour_web::{Caller, FieldError, Problem};

use super::store::{create, create_unconfirmed, holder};
use super::{Demographics, PeopleError, facts_for_access, facts_for_access_all};
use crate::asking::may_find;
use crate::search::visible::scope;
use crate::search::{Query, search};
use crate::words;

/// The kind of the problem that somebody of the same name and date of birth is there.
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

/// Makes a person, or refuses because somebody the caller may find holds the NHS number, or has the
/// same name and date of birth and the caller has not said that this is another. Somebody the
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
    if !is_confirmed && !alike(tx, caller, who)?.is_empty() {
        let detail = "Somebody with this name and date of birth has a record. Look whether it is the same person; if not, say so.";
        return Err(Problem {
            kind: POSSIBLE_DUPLICATES,
            ..Problem::conflict(detail)
        });
    }
    if held.is_some() {
        return Ok(create_unconfirmed(tx, environment, who, source, by)?);
    }
    Ok(create(tx, environment, who, source, by)?)
}

/// People with the same family name, first given name and date of birth whom the caller may find.
pub(crate) fn alike(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    who: &Demographics,
) -> Result<Vec<PersonFacts>, Problem> {
    let Some(query) = Query::same(&who.name, who.born) else {
        return Ok(Vec::new());
    };
    let found = search(tx, &query, &scope(caller), SHOWN)?;
    let facts = facts_for_access_all(tx, &found.people)?;
    Ok(facts
        .into_iter()
        .filter(|facts| may_find(caller, facts.clone()))
        .collect())
}
