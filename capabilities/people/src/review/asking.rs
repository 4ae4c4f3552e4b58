//! Asking for a pair: it is there only for somebody who may see both sides.

use std::collections::BTreeSet;

use stour_access::{Ask, Permit, PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_kernel::PersonId;
use stour_web::{Caller, Problem};

use super::{Review, ReviewError, ReviewId, review, sides};
use crate::merge::resolve;
use crate::person::{facts_for_access, facts_for_access_all, version_of};

impl From<ReviewError> for Problem {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::NotThere => Problem::not_found(),
            ReviewError::Refused(refusal) => Problem::conflict(refusal.to_string()),
            ReviewError::People(error) => error.into(),
        }
    }
}

/// A review that the caller may see, and what the policies decided on.
pub(crate) struct Pair {
    pub(crate) review: Review,
    /// Both sides as they stand, with their versions; one and the same for a sampled link.
    pub(crate) sides: [(PersonId, Version); 2],
    pub(crate) facts: Vec<PersonFacts>,
}

/// Refuses whoever may not do this at all, before anything is looked for.
pub(crate) async fn require(caller: &Caller) -> Result<(), Problem> {
    if caller.may(caller.action(), &Resource::House) {
        return Ok(());
    }
    caller.permit(Resource::House).await
}

/// The review of this identifier, as it stands in an address.
///
/// # Errors
/// [`Problem::not_found`] alike for a text that is no identifier, for no review, and for a pair of
/// which one side must not seem to exist.
pub(crate) async fn pair(caller: &Caller, id: &str) -> Result<Pair, Problem> {
    require(caller).await?;
    let id: ReviewId = id.parse().map_err(|_| Problem::not_found())?;
    let database = caller.house().database();
    let found = database.read(move |tx| {
        let review = review(tx, id)?.ok_or(ReviewError::NotThere)?;
        let sides = sides(tx, &review)?;
        let facts = facts_for_access_all(tx, &people(&sides))?;
        Ok::<_, ReviewError>(Pair {
            review,
            sides,
            facts,
        })
    });
    let pair = found.await?;
    seen(caller, &pair.facts).await?;
    Ok(pair)
}

/// Each person of a pair, once.
pub(crate) fn people(sides: &[(PersonId, Version); 2]) -> Vec<PersonId> {
    let [(one, _), (other, _)] = *sides;
    if one == other {
        vec![one]
    } else {
        vec![one, other]
    }
}

/// Refuses, in the audit too, whoever may not see each of these people.
pub(crate) async fn seen(caller: &Caller, facts: &[PersonFacts]) -> Result<(), Problem> {
    for facts in facts {
        if !may(caller, facts) {
            let refused = caller.permit_person(facts.clone()).await;
            return Err(refused.err().unwrap_or_else(Problem::not_found));
        }
    }
    Ok(())
}

/// Whether the caller may do what this route does with a person.
pub(crate) fn may(caller: &Caller, facts: &PersonFacts) -> bool {
    caller.may(caller.action(), &Resource::Person(facts.clone()))
}

/// Permission to look at both sides, with every one of them in the audit.
pub(crate) async fn permit(
    caller: &Caller,
    facts: Vec<PersonFacts>,
) -> Result<Permit<BTreeSet<PersonId>>, Problem> {
    let all = facts.len();
    let permit = caller.permit_people(Resource::House, facts).await?;
    if permit.on().len() == all {
        Ok(permit)
    } else {
        Err(Problem::not_found())
    }
}

/// Asks for another person or action within a write, so that the audit names each.
pub(crate) fn permit_also(
    caller: &Caller,
    tx: &mut Transaction<'_>,
    action: &str,
    facts: &[PersonFacts],
) -> Result<(), Problem> {
    let action = action.parse().map_err(|_| Problem::fault())?;
    for facts in facts {
        let ask = Ask {
            actor: caller.actor(),
            action,
            purpose: caller.purpose(),
            request_id: caller.request_id(),
        };
        let _permit = caller
            .house()
            .access()
            .permit_person(tx, ask, facts.clone())?;
    }
    Ok(())
}

/// Somebody whose records are joined or parted.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) person: PersonId,
    pub(crate) version: Version,
    pub(crate) facts: PersonFacts,
}

/// Who stands under this identifier, as it stands in an address, when the caller may join and part
/// their records.
///
/// # Errors
/// [`Problem::not_found`] alike for a text that is no identifier, for nobody, and for somebody who must
/// not seem to exist.
pub(crate) async fn standing(caller: &Caller, id: &str) -> Result<Standing, Problem> {
    require(caller).await?;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let database = caller.house().database();
    let found = database.read(move |tx| standing_of(tx, person)).await?;
    let standing = found.ok_or_else(Problem::not_found)?;
    seen(caller, std::slice::from_ref(&standing.facts)).await?;
    Ok(standing)
}

/// Who stands under an identifier.
pub(crate) fn standing_of(
    tx: &mut Transaction<'_>,
    person: PersonId,
) -> Result<Option<Standing>, Problem> {
    let Some(person) = resolve(tx, person)? else {
        return Ok(None);
    };
    let version = version_of(tx, person)?;
    let facts = facts_for_access(tx, person)?;
    Ok(version.zip(facts).map(|(version, facts)| Standing {
        person,
        version,
        facts,
    }))
}

impl From<super::settings::SettingsFault> for Problem {
    fn from(fault: super::settings::SettingsFault) -> Self {
        tracing::error!(%fault, "the settings of reviews cannot be used");
        Self::fault()
    }
}
