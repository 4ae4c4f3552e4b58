//! What may be known of a person without opening the record: what the policies decide on.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::PersonFacts;
use stour_database::{Result, Transaction, Value, Version, params, sql};
use stour_kernel::{OdsCode, PersonId};

/// How many people one statement asks about.
pub(crate) const AT_ONCE: usize = 10;

/// The version of a record, for a change to name: of somebody merged, that of the survivor.
pub fn version_of(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<Version>> {
    tx.optional(
        sql!(
            "SELECT p.version FROM person asked JOIN person p ON p.id = COALESCE(asked.survivor, asked.id)
             WHERE asked.id = $1"
        ),
        params![person],
        |row| row.get(0),
    )
}

/// What the policies decide on for one person; `None` when there is no such person.
pub fn facts_for_access(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<PersonFacts>> {
    Ok(facts_for_access_all(tx, &[person])?.pop())
}

/// What the policies decide on for several people, in the order given; those who do not exist are
/// left out. Of somebody who was merged they are those of the survivor, under the survivor's
/// identifier, and once. What is restricted, or objected to, of one record holds for all that were
/// merged with it, and whoever knows one of them knows the person.
pub fn facts_for_access_all(
    tx: &mut Transaction<'_>,
    people: &[PersonId],
) -> Result<Vec<PersonFacts>> {
    let mut found: BTreeMap<PersonId, PersonFacts> = BTreeMap::new();
    let mut standing: BTreeMap<PersonId, PersonId> = BTreeMap::new();
    for some in people.chunks(AT_ONCE) {
        own_facts(tx, some, &mut found, &mut standing)?;
    }
    let survivors: BTreeSet<PersonId> = standing.values().copied().collect();
    let missing: Vec<PersonId> = survivors
        .iter()
        .filter(|person| !found.contains_key(person))
        .copied()
        .collect();
    for some in missing.chunks(AT_ONCE) {
        own_facts(tx, some, &mut found, &mut standing)?;
    }
    let survivors: Vec<PersonId> = survivors.into_iter().collect();
    for some in survivors.chunks(AT_ONCE) {
        facts_of_merged(tx, some, &mut found)?;
    }
    Ok(people
        .iter()
        .filter_map(|person| found.remove(standing.get(person)?))
        .collect())
}

/// The facts of those who stand; of the others, who they are now.
fn own_facts(
    tx: &mut Transaction<'_>,
    people: &[PersonId],
    found: &mut BTreeMap<PersonId, PersonFacts>,
    standing: &mut BTreeMap<PersonId, PersonId>,
) -> Result<()> {
    tx.each(
        sql!(
            "SELECT p.id, p.restricted, p.objection, p.locality, p.council, k.organisation, p.survivor
             FROM person p
             LEFT JOIN person_known_to k ON k.person = p.id AND k.until IS NULL
             WHERE p.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &ids(people),
        |row| {
            let id = row.get(0)?;
            if let Some(survivor) = row.get::<Option<PersonId>>(6)? {
                standing.insert(id, survivor);
                return Ok(());
            }
            standing.insert(id, id);
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
    )
}

/// Adds what holds of those merged into these people.
fn facts_of_merged(
    tx: &mut Transaction<'_>,
    survivors: &[PersonId],
    found: &mut BTreeMap<PersonId, PersonFacts>,
) -> Result<()> {
    tx.each(
        sql!(
            "SELECT p.survivor, p.restricted, p.objection, k.organisation
             FROM person p
             LEFT JOIN person_known_to k ON k.person = p.id AND k.until IS NULL
             WHERE p.survivor IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &ids(survivors),
        |row| {
            if let Some(facts) = found.get_mut(&row.get(0)?) {
                facts.restricted |= row.get::<bool>(1)?;
                facts.objection |= row.get::<bool>(2)?;
                facts.known_to.extend(row.get::<Option<OdsCode>>(3)?);
            }
            Ok(())
        },
    )
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
