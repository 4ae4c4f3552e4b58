//! Storing what people are to each other.

use stour_database::{Error, Result, Row, Transaction, Value, params, sql};
use stour_kernel::{Environment, PersonId};

use super::{CARER, Relation, Relationship, RelationshipId};
use crate::merge::group;

/// Records that one person is something to another, once: said again while it is so, nothing
/// changes.
///
/// # Errors
/// A reference when either person does not exist; a check when the two are one.
pub fn relate(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    relation: &Relation,
) -> Result<RelationshipId> {
    let known = tx.optional(
        sql!(
            "SELECT id FROM person_relationship
             WHERE person = $1 AND kind = $2 AND other = $3 AND ends IS NULL"
        ),
        params![relation.person, relation.kind, relation.other],
        |row| row.get(0),
    )?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id: RelationshipId = environment.id();
    tx.bulk(
        "person_relationship",
        &COLUMNS,
        [values(id, relation, environment)],
    )?;
    Ok(id)
}

/// Records many relationships that are new. Returns how many.
///
/// # Errors
/// As [`relate`]; one that is refused refuses them all.
pub fn relate_all(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    relations: &[Relation],
) -> Result<u64> {
    let rows = relations
        .iter()
        .map(|relation| values(environment.id(), relation, environment));
    tx.bulk("person_relationship", &COLUMNS, rows)
}

const COLUMNS: [&str; 7] = [
    "id",
    "person",
    "kind",
    "other",
    "starts",
    "source",
    "recorded_at",
];

fn values(
    id: RelationshipId,
    relation: &Relation,
    environment: &Environment,
) -> Vec<Value<'static>> {
    let Relation {
        person,
        kind,
        other,
        starts,
        source,
    } = relation;
    params![id, person, kind, other, starts, source, environment.now()]
        .iter()
        .cloned()
        .map(Value::into_owned)
        .collect()
}

/// What somebody is, and was, to others, and others to them; under whichever identifiers it was
/// recorded, both are named as they stand now.
pub(crate) fn of_person(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Relationship>> {
    let mut found: Vec<Relationship> = Vec::new();
    for member in group(tx, person)? {
        found.extend(tx.rows(
            sql!(
                "SELECT r.id, COALESCE(p.survivor, r.person), r.kind, COALESCE(o.survivor, r.other), r.starts,
                        r.source, r.ends
                 FROM person_relationship r
                 JOIN person p ON p.id = r.person
                 JOIN person o ON o.id = r.other
                 WHERE r.person = $1 OR r.other = $1"
            ),
            params![member],
            read,
        )?);
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.relation.starts), one.id));
    let mut kept: Vec<Relationship> = Vec::new();
    for one in found {
        let is_own = one.relation.person == one.relation.other;
        let is_known = kept.iter().any(|known| {
            let said = |one: &Relationship| {
                let Relation {
                    person,
                    kind,
                    other,
                    ..
                } = &one.relation;
                (*person, kind.clone(), *other, one.ends)
            };
            said(known) == said(&one)
        });
        if !is_own && !is_known {
            kept.push(one);
        }
    }
    Ok(kept)
}

/// Who cares, unpaid, for somebody: those of whom nobody says that it has ended, as they stand now.
///
/// # Errors
/// Those of the database.
pub fn carers_of(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<PersonId>> {
    let cares = |one: &Relationship| {
        one.relation.kind.as_str() == CARER && one.relation.other == person && one.ends.is_none()
    };
    let all = of_person(tx, person)?;
    Ok(all
        .iter()
        .filter(|one| cares(one))
        .map(|one| one.relation.person)
        .collect())
}

fn read(row: &Row<'_>) -> Result<Relationship, Error> {
    Ok(Relationship {
        id: row.get(0)?,
        relation: Relation {
            person: row.get(1)?,
            kind: row.get(2)?,
            other: row.get(3)?,
            starts: row.get(4)?,
            source: row.get(5)?,
        },
        ends: row.get(6)?,
    })
}

stour_database::text_value!(RelationshipId);
