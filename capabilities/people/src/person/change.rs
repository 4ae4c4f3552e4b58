//! Changing what a record shows.

use stour_database::{Transaction, Version, params, sql};
use stour_kernel::{Environment, OdsCode, PersonId};

use super::learn::raise_version;
use super::load::list;
use super::{Address, PeopleError};
use crate::source::Said;
use crate::source::matcher::{Link, Step};
use crate::source::project::project;
use crate::source::store::{Saying, say};

/// Changes what the record shows as the person's address and telephone number, at the version that
/// the caller saw: kept as the word of the caller's organisation, from today on. What was shown
/// before is kept, ended today.
///
/// # Errors
/// [`PeopleError::Version`] when somebody changed the record first; [`PeopleError::NoPerson`].
pub(crate) fn change_address(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (person, seen): (PersonId, Version),
    (address, telephone): (&Address, Option<&str>),
    (source, by): (OdsCode, &str),
) -> Result<(), PeopleError> {
    let person = crate::merge::resolve(tx, person)?.ok_or(PeopleError::NoPerson)?;
    let version = super::version_of(tx, person)?.ok_or(PeopleError::NoPerson)?;
    version.expect(seen)?;
    let same = tx.optional(
        sql!(
            "SELECT 1 FROM person_address
             WHERE person = $1 AND shown = TRUE AND lines = $2 AND COALESCE(postcode, '') = COALESCE($3, '')"
        ),
        params![person, list(&address.lines), address.postcode],
        |_| Ok(()),
    )?;
    let said = Said {
        address: same.is_none().then(|| address.clone()),
        telephone: Some(telephone.unwrap_or_default().to_owned()),
        since: Some(environment.today()),
        ..Said::default()
    };
    let link = Link::of(
        Step::Human,
        "Somebody who had the record open corrected it.",
    );
    let saying = Saying {
        person,
        source,
        local: None,
        said,
        by,
        link: &link,
    };
    if !say(tx, environment, saying)? {
        raise_version(tx, person)?;
    }
    Ok(())
}

/// Lets the record of a person be seen as any other, if nothing else hides it: those joined with the person
/// may be restricted themselves.
pub(crate) fn lift_restriction(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
) -> Result<(), PeopleError> {
    tx.execute(
        sql!("UPDATE person SET restricted = FALSE WHERE id = $1"),
        params![person],
    )?;
    let standing = crate::merge::resolve(tx, person)?.ok_or(PeopleError::NoPerson)?;
    raise_version(tx, standing)?;
    Ok(project(tx, environment, standing)?)
}
