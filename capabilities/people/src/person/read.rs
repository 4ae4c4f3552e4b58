//! What may be known of a person without opening the record: what the policies decide on.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::PersonFacts;
use stour_database::{Result, Transaction, Value, Version, params, sql};
use stour_kernel::{OdsCode, PersonId};

/// How many people one statement asks about.
pub(crate) const AT_ONCE: usize = 10;

/// The version of a record, for a change to name.
pub fn version_of(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<Version>> {
    tx.optional(
        sql!("SELECT version FROM person WHERE id = $1"),
        params![person],
        |row| row.get(0),
    )
}

/// What the policies decide on for one person; `None` when there is no such person.
pub fn facts_for_access(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<PersonFacts>> {
    Ok(facts_for_access_all(tx, &[person])?.pop())
}

/// What the policies decide on for several people, in the order given; those who do not exist are
/// left out.
pub fn facts_for_access_all(
    tx: &mut Transaction<'_>,
    people: &[PersonId],
) -> Result<Vec<PersonFacts>> {
    let mut found: BTreeMap<PersonId, PersonFacts> = BTreeMap::new();
    for some in people.chunks(AT_ONCE) {
        let ids = ids(some);
        tx.each(
            sql!(
                "SELECT p.id, p.restricted, p.objection, p.locality, p.council, k.organisation
                 FROM person p
                 LEFT JOIN person_known_to k ON k.person = p.id AND k.until IS NULL
                 WHERE p.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
            ),
            &ids,
            |row| {
                let id = row.get(0)?;
                let (restricted, objection) = (row.get(1)?, row.get(2)?);
                let (locality, council) = (row.get(3)?, row.get(4)?);
                let facts = found.entry(id).or_insert_with(|| PersonFacts {
                    id,
                    restricted,
                    objection,
                    known_to: BTreeSet::new(),
                    locality,
                    council,
                });
                facts.known_to.extend(row.get::<Option<OdsCode>>(5)?);
                Ok(())
            },
        )?;
    }
    Ok(people
        .iter()
        .filter_map(|person| found.remove(person))
        .collect())
}

/// The parameters of a statement about [`AT_ONCE`] people: places left over name nobody.
pub(crate) fn ids(people: &[PersonId]) -> Vec<Value<'static>> {
    let texts = people
        .iter()
        .map(|person| Value::Text(person.to_string().into()));
    texts
        .chain(std::iter::repeat(Value::Text("".into())))
        .take(AT_ONCE)
        .collect()
}
