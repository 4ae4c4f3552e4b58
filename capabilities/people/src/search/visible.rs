//! Searching on behalf of a caller: only those the policies let them find are counted or shown.

use std::collections::BTreeSet;

use stour_access::PersonFacts;
use stour_database::Transaction;
use stour_kernel::{Environment, PersonId};
use stour_web::{Caller, Problem};

use super::{Found, Query, Scope, search, search_near};
use crate::asking::may_find;
use crate::person::facts_for_access_all;

/// The most candidates that are looked at for one search.
const MOST: usize = 4_000;

/// Whom a caller may find, in order of closeness, at most `limit`; and whether there are more of
/// them. Somebody the caller may not find changes neither.
pub(crate) async fn visible(
    caller: &Caller,
    query: &Query,
    limit: usize,
) -> Result<(Vec<PersonFacts>, bool), Problem> {
    visible_by(caller, query, limit, search).await
}

/// The same of those whose names are near what was typed.
pub(crate) async fn visible_near(
    caller: &Caller,
    query: &Query,
    limit: usize,
) -> Result<(Vec<PersonFacts>, bool), Problem> {
    visible_by(caller, query, limit, search_near).await
}

type Search = fn(&mut Transaction<'_>, &Query, &Scope, usize) -> stour_database::Result<Found>;

async fn visible_by(
    caller: &Caller,
    query: &Query,
    limit: usize,
    search: Search,
) -> Result<(Vec<PersonFacts>, bool), Problem> {
    let scope = scope(caller);
    let mut looked_at = limit.saturating_add(1);
    loop {
        let (query, scope) = (query.clone(), scope.clone());
        let (candidates, more) = caller
            .house()
            .database()
            .read(move |tx| {
                let found = search(tx, &query, &scope, looked_at)?;
                Ok::<_, Problem>((facts_for_access_all(tx, &found.people)?, found.more))
            })
            .await?;
        let mut visible: Vec<PersonFacts> = candidates
            .into_iter()
            .filter(|facts| may_find(caller, facts.clone()))
            .collect();
        if visible.len() > limit || !more || looked_at >= MOST {
            let more = visible.len() > limit;
            visible.truncate(limit);
            return Ok((visible, more));
        }
        looked_at = looked_at.saturating_mul(8).min(MOST);
    }
}

/// Everybody, unless the policies let the caller find only those whom their organisation knows: then
/// there is no use in looking at others. Whoever is found is decided on in any case.
pub(crate) fn scope(caller: &Caller) -> Scope {
    let anybody = PersonFacts {
        id: nobody(caller.environment()),
        restricted: false,
        objection: false,
        known_to: BTreeSet::new(),
        locality: None,
        council: None,
    };
    if may_find(caller, anybody) {
        Scope::Everybody
    } else {
        Scope::KnownTo(caller.actor().organisation)
    }
}

fn nobody(environment: &Environment) -> PersonId {
    environment.id()
}
