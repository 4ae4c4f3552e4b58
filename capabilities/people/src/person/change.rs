//! Changing what a record shows.

use stour_database::{Result, Transaction, Version, params, sql};
use stour_kernel::{Date, Environment, OdsCode, PersonId};

use super::learn::{add_telephone, insert_address, raise_version, refresh_words};
use super::load::list;
use super::{Address, PeopleError, Place};

/// Changes what the record shows as the person's address and telephone number, at the version that
/// the caller saw. What was shown before is kept, ended today.
///
/// # Errors
/// [`PeopleError::Version`] when somebody changed the record first; [`PeopleError::NoPerson`].
pub(crate) fn change_address(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (person, seen): (PersonId, Version),
    (address, telephone): (&Address, Option<&str>),
    source: OdsCode,
) -> Result<(), PeopleError> {
    let version = super::version_of(tx, person)?.ok_or(PeopleError::NoPerson)?;
    version.expect(seen)?;
    let (at, today) = (environment.now(), environment.today());
    let same = tx.optional(
        sql!(
            "SELECT 1 FROM person_address
             WHERE person = $1 AND shown = TRUE AND lines = $2 AND COALESCE(postcode, '') = COALESCE($3, '')"
        ),
        params![person, list(&address.lines), address.postcode],
        |_| Ok(()),
    )?;
    if same.is_none() {
        tx.execute(
            sql!(
                "UPDATE person_address SET shown = FALSE, ends = $2, ended_at = $3
                 WHERE person = $1 AND shown = TRUE"
            ),
            params![person, today, at],
        )?;
        insert_address(tx, (person, source, at), address, Some(today), true)?;
        let practice = tx.one(
            sql!("SELECT practice FROM person WHERE id = $1"),
            params![person],
            |row| row.get(0),
        )?;
        move_to(tx, person, address, practice, today)?;
        refresh_words(tx, person)?;
    }
    tx.execute(
        sql!(
            "UPDATE person_contact SET ends = $2, ended_at = $3
             WHERE person = $1 AND kind = 'telephone' AND ends IS NULL AND value <> COALESCE($4, '')"
        ),
        params![person, today, at, telephone],
    )?;
    if let Some(telephone) = telephone {
        add_telephone(tx, (person, source, at), telephone)?;
    }
    raise_version(tx, person)?;
    Ok(())
}

fn move_to(
    tx: &mut Transaction<'_>,
    person: PersonId,
    address: &Address,
    practice: Option<OdsCode>,
    on: Date,
) -> Result<()> {
    let Ok(reference) = stour_partnership::reference() else {
        return Ok(());
    };
    let place = Place::from_parts(reference, Some(address), practice.as_ref(), on);
    tx.execute(
        sql!("UPDATE person SET council = $2, locality = $3, lsoa = $4 WHERE id = $1"),
        params![person, place.council, place.locality, place.lsoa],
    )?;
    Ok(())
}
