//! Asking for people on behalf of a caller.

use std::collections::BTreeMap;

use stour_access::{Action, Ask, PersonFacts, Resource};
use stour_kernel::PersonId;
use stour_web::{Caller, Problem};

use crate::merge::resolve;
use crate::person::{PersonSummary, facts_for_access, facts_for_access_all, summaries};

/// The action of seeing somebody in a list.
const SEARCH: &str = "person.search";

/// What the policies decide on for the person of this identifier, as it stands in an address.
///
/// # Errors
/// [`Problem::not_found`] for a text that is no identifier and for nobody alike.
pub async fn facts_of(caller: &Caller, id: &str) -> Result<PersonFacts, Problem> {
    facts_of_person(caller, id.parse().map_err(|_| Problem::not_found())?).await
}

/// What the policies decide on for a person: of somebody who was merged, for the survivor. To the
/// caller whose own record it is it goes by the identifier that the account is linked to.
///
/// # Errors
/// [`Problem::not_found`] for nobody.
pub async fn facts_of_person(caller: &Caller, person: PersonId) -> Result<PersonFacts, Problem> {
    let own = caller.actor().person;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let facts = facts_for_access(tx, person)?;
            let own_now = match own {
                Some(own) => resolve(tx, own)?,
                None => None,
            };
            Ok::<_, stour_database::Error>((facts, own_now))
        })
        .await?;
    let (facts, own_now) = found;
    let mut facts = facts.ok_or_else(Problem::not_found)?;
    if let Some(own) = own
        && own_now == Some(facts.id)
    {
        facts.id = own;
    }
    Ok(facts)
}

/// Refuses a caller whom the policies do not allow this route's action on the person, before anything
/// else is said of the request: what is wrong with it must not show that the record exists. Records
/// nothing when the caller is allowed; the write that follows does.
///
/// # Errors
/// As [`Caller::permit_person`].
pub async fn require(caller: &Caller, person: &PersonFacts) -> Result<(), Problem> {
    if caller.may(caller.action(), &Resource::Person(person.clone())) {
        return Ok(());
    }
    caller.permit_person(person.clone()).await.map(|_| ())
}

/// The action of seeing somebody in a list.
pub(crate) fn search_action() -> Result<Action, Problem> {
    SEARCH.parse().map_err(|_| Problem::fault())
}

/// Whether the caller could find this person by searching.
pub(crate) fn may_find(caller: &Caller, facts: PersonFacts) -> bool {
    SEARCH
        .parse()
        .is_ok_and(|search| caller.may(search, &Resource::Person(facts)))
}

/// Those of these people whom the caller may see in a list, audited as such, whatever else the
/// route does. Nobody, and no entry, for callers who may not search.
///
/// # Errors
/// 403 when the list itself is refused.
pub async fn shown(
    caller: &Caller,
    people: Vec<PersonId>,
) -> Result<BTreeMap<PersonId, PersonSummary>, Problem> {
    let action = search_action()?;
    if people.is_empty() || !caller.may(action, &Resource::House) {
        return Ok(BTreeMap::new());
    }
    let database = caller.house().database();
    let facts = database
        .read(move |tx| facts_for_access_all(tx, &people))
        .await?;
    let ask = Ask {
        actor: caller.actor(),
        action,
        purpose: caller.purpose(),
        request_id: caller.request_id(),
    };
    let permit = caller
        .house()
        .access()
        .read_people(ask, Resource::House, facts)
        .await?;
    Ok(database.read(move |tx| summaries(tx, &permit)).await?)
}
