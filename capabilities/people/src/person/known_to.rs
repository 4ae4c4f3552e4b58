//! Which organisations look after somebody.

use std::collections::BTreeSet;

use stour_database::{Result, Transaction, Value, params, sql};
use stour_kernel::{Date, Environment, OdsCode, PersonId};

use super::read::{AT_ONCE, ids};

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

/// Those of some people, named as they stand now, whom an organisation looks after under whichever of their records: whose
/// [`facts_for_access_all`](super::facts_for_access_all) say so. Few of many are found without reading more of the others.
pub fn known_among(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeSet<PersonId>> {
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut known = BTreeSet::new();
    for some in people.chunks(AT_ONCE) {
        let mut values = ids(some);
        values.push(Value::Text(organisation.to_string().into()));
        // SQLite would begin a plain join with all whom the organisation knows.
        tx.each(
            sql!(
                "SELECT k.person FROM person_known_to k
                 WHERE k.person IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AND k.organisation = $11 AND k.until IS NULL
                 UNION
                 SELECT p.survivor FROM person p CROSS JOIN person_known_to k
                 WHERE k.person = p.id AND p.survivor IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AND k.organisation = $11 AND k.until IS NULL"
            ),
            &values,
            |row| {
                known.insert(row.get(0)?);
                Ok(())
            },
        )?;
    }
    Ok(known)
}
