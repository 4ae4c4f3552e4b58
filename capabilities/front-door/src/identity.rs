//! Whom a page is about: what the policies decide on, and the header that every page about a person
//! begins with.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::{Action, Permit, PersonFacts, Resource};
use stour_design::Markup;
use stour_kernel::PersonId;
use stour_people::who_it_is;
use stour_web::{Caller, Problem};

/// The part of an address that names a thing; 404 when it cannot be a name.
pub(crate) fn named<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Whether the caller deals with requests about this person: whoever may refer may also conclude.
/// Residents, who may read and make requests of their own, may not.
pub(crate) fn deals(caller: &Caller, person: &PersonFacts) -> bool {
    let refer = "referral.create".parse::<Action>();
    refer.is_ok_and(|refer| caller.may(refer, &Resource::Person(person.clone())))
}

/// Only for those who deal with requests; for others the page does not exist, and the audit has that
/// they were refused.
pub(crate) async fn only_if_deals(caller: &Caller, person: &PersonFacts) -> Result<(), Problem> {
    if deals(caller, person) {
        return Ok(());
    }
    match stour_people::require(caller, person).await {
        Err(problem) if problem.status.is_server_error() => Err(problem),
        Ok(()) | Err(_) => Err(Problem::not_found()),
    }
}

/// The names of those whom a list may show.
pub(crate) async fn names_of(
    caller: &Caller,
    permit: Permit<BTreeSet<PersonId>>,
) -> Result<BTreeMap<PersonId, String>, Problem> {
    let database = caller.house().database();
    let names = database
        .read(move |tx| stour_people::names(tx, &permit))
        .await?;
    Ok(names
        .into_iter()
        .map(|(person, name)| (person, name.listed()))
        .collect())
}

/// Who the person is: first on every page about one, so that nobody writes in the wrong record.
pub(crate) async fn header(caller: &Caller, permit: Permit<PersonId>) -> Result<Markup, Problem> {
    let database = caller.house().database();
    let summary = database
        .read(move |tx| stour_people::summary(tx, &permit))
        .await?;
    Ok(who_it_is(&summary, caller.today()))
}
