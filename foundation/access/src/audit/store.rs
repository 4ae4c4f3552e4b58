//! The audit in the database: one chain for each writer ("lane"), so that writers do not wait for each other.

use std::collections::BTreeMap;

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Environment, PersonId, Timestamp};

use super::entry::{AuditEntry, AuditId, BEGINNING, StoredEntry};

/// Records an entry in the transaction: it is stored if and only if the transaction is.
pub fn append(
    tx: &mut Transaction<'_>,
    env: &Environment,
    entry: &AuditEntry,
) -> Result<StoredEntry> {
    let lane = tx.lane();
    let (sequence, previous) = next_place(tx, lane)?;
    let stored = StoredEntry::chain(
        entry,
        (lane, sequence),
        env.id::<AuditId>(),
        env.now(),
        previous,
    );
    insert(tx, &stored)?;
    tx.execute(
        sql!("UPDATE audit_head SET hash = $2 WHERE lane = $1"),
        params![lane, stored.hash],
    )?;
    Ok(stored)
}

/// Takes the next place in the lane; holding the head's row keeps anybody else from taking it.
fn next_place(tx: &mut Transaction<'_>, lane: i64) -> Result<(i64, String)> {
    let next = sql!(
        "UPDATE audit_head SET sequence = sequence + 1 WHERE lane = $1 RETURNING sequence, hash"
    );
    if let Some(place) = tx.optional(next, params![lane], |row| Ok((row.get(0)?, row.get(1)?)))? {
        return Ok(place);
    }
    let first = sql!("INSERT INTO audit_head (lane, sequence, hash) VALUES ($1, 1, $2)");
    tx.execute(first, params![lane, BEGINNING])?;
    Ok((1, BEGINNING.to_owned()))
}

fn insert(tx: &mut Transaction<'_>, stored: &StoredEntry) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO audit_entry (lane, sequence, id, recorded_at, actor, actor_name, organisation, action, \
             resource_kind, resource_id, purpose, decision, detail, request_id, previous_hash, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        ),
        params![
            stored.lane,
            stored.sequence,
            stored.id,
            stored.at,
            stored.actor,
            stored.actor_name,
            stored.organisation,
            stored.action,
            stored.resource_kind,
            stored.resource_id,
            stored.purpose,
            stored.decision,
            stored.detail,
            stored.request_id,
            stored.previous_hash,
            stored.hash
        ],
    )?;
    for person in &stored.persons {
        tx.execute(
            sql!("INSERT INTO audit_person (person, recorded_at, lane, sequence) VALUES ($1, $2, $3, $4)"),
            params![person, stored.at, stored.lane, stored.sequence],
        )?;
    }
    Ok(())
}

/// Up to `limit` entries of a lane after a place in it, in order, with the persons of each.
pub(crate) fn entries_after(
    tx: &mut Transaction<'_>,
    lane: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<StoredEntry>> {
    let mut entries = tx.rows(
        sql!(
            "SELECT lane, sequence, id, recorded_at, actor, actor_name, organisation, action, resource_kind, \
             resource_id, purpose, decision, detail, request_id, previous_hash, hash FROM audit_entry \
             WHERE lane = $1 AND sequence > $2 ORDER BY sequence LIMIT $3"
        ),
        params![lane, after, limit],
        |row| {
            Ok(StoredEntry {
                lane: row.get(0)?,
                sequence: row.get(1)?,
                id: row.get(2)?,
                at: row.get(3)?,
                actor: row.get(4)?,
                actor_name: row.get(5)?,
                organisation: row.get(6)?,
                action: row.get(7)?,
                resource_kind: row.get(8)?,
                resource_id: row.get(9)?,
                persons: Vec::new(),
                purpose: row.get(10)?,
                decision: row.get(11)?,
                detail: row.get(12)?,
                request_id: row.get(13)?,
                previous_hash: row.get(14)?,
                hash: row.get(15)?,
            })
        },
    )?;
    let Some(last) = entries.last().map(|entry| entry.sequence) else {
        return Ok(entries);
    };
    let mut persons: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    tx.each(
        sql!(
            "SELECT sequence, person FROM audit_person WHERE lane = $1 AND sequence > $2 AND sequence <= $3 \
             ORDER BY sequence, person"
        ),
        params![lane, after, last],
        |row| {
            persons.entry(row.get(0)?).or_default().push(row.get(1)?);
            Ok(())
        },
    )?;
    for entry in &mut entries {
        entry.persons = persons.remove(&entry.sequence).unwrap_or_default();
    }
    Ok(entries)
}

/// The last place and hash of each lane.
pub(crate) fn heads(tx: &mut Transaction<'_>) -> Result<BTreeMap<i64, (i64, String)>> {
    let heads = tx.rows(
        sql!("SELECT lane, sequence, hash FROM audit_head"),
        params![],
        |row| Ok((row.get::<i64>(0)?, (row.get(1)?, row.get(2)?))),
    )?;
    Ok(heads.into_iter().collect())
}

/// One time somebody looked at a record, as the person may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who, by the name they had then.
    pub name: String,
    /// Their organisation then (ODS code).
    pub organisation: String,
    /// What they did, as a dotted name; [`Action`](crate::Action)'s definition has the words.
    pub action: String,
    /// What for; [`Purpose::words`](crate::Purpose::words) has the words.
    pub purpose: String,
    /// False when they were refused.
    pub permitted: bool,
    /// The entry's identifier: the cursor for the page after this one.
    pub entry: String,
}

/// Who has looked at a person's record, latest first: at most `limit`, earlier than the entry `before`.
pub fn looked_at(
    tx: &mut Transaction<'_>,
    person: PersonId,
    limit: i64,
    before: Option<&str>,
) -> Result<Vec<Look>> {
    tx.rows(
        sql!(
            "SELECT audit_entry.recorded_at, actor_name, organisation, action, purpose, decision, id \
             FROM audit_person JOIN audit_entry ON audit_entry.lane = audit_person.lane \
             AND audit_entry.sequence = audit_person.sequence \
             WHERE audit_person.person = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2) \
             ORDER BY audit_entry.id DESC LIMIT $3"
        ),
        params![person, before, limit],
        |row| {
            Ok(Look {
                at: row.get(0)?,
                name: row.get(1)?,
                organisation: row.get(2)?,
                action: row.get(3)?,
                purpose: row.get(4)?,
                permitted: row.get::<String>(5)? == "permit",
                entry: row.get(6)?,
            })
        },
    )
}
