//! Which organisations look after somebody.

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Date, Environment, OdsCode, PersonId};

/// Says that an organisation looks after somebody from a day on, for a reason of the caller's (a
/// spell, a service): the policies give it a legitimate relationship until [`forget`] with the same
/// reason.
pub fn know(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    organisation: OdsCode,
    why: &str,
    since: Date,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO person_known_to (person, organisation, why, since, until, recorded_at)
             VALUES ($1, $2, $3, $4, NULL, $5)
             ON CONFLICT (person, organisation, why) DO UPDATE SET until = NULL"
        ),
        params![person, organisation, why, since, environment.now()],
    )?;
    Ok(())
}

/// Says that a reason for which an organisation looked after somebody has ended.
pub fn forget(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
    why: &str,
    until: Date,
) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE person_known_to SET until = $4
             WHERE person = $1 AND organisation = $2 AND why = $3 AND until IS NULL"
        ),
        params![person, organisation, why, until],
    )?;
    Ok(())
}
