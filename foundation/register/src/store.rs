//! Storing entries: every state stays.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, OdsCode, Timestamp};

use crate::{Author, Entry, EntryId, Values};

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// The next version, and the fields that others had changed meanwhile and that this change left alone.
    Saved(Entry, Vec<String>),
    /// Nothing was different.
    Same(Entry),
    /// Somebody else changed the same fields since: nothing was saved. The latest state, and those fields.
    Clash(Entry, Vec<String>),
}

/// Adds an entry with the next number of its kind, or with `number`, and gives its first version.
///
/// # Errors
/// Those of the database; a number that is taken breaks a constraint.
pub fn add(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (scope, kind, number): (&str, &str, Option<i64>),
    (values, why): (&Values, &str),
    by: &Author,
) -> Result<Entry, Error> {
    let number = match number {
        Some(number) => number,
        None => next_number(tx, scope, kind)?,
    };
    let entry = Entry {
        id: environment.id(),
        scope: scope.to_owned(),
        kind: kind.to_owned(),
        number,
        version: 1,
        values: values.clone(),
        removed: false,
        why: why.to_owned(),
        by: by.clone(),
        at: environment.now(),
    };
    tx.execute(
        sql!(
            "INSERT INTO register_entry (id, scope, kind, number, version)
             VALUES ($1, $2, $3, $4, 1)"
        ),
        params![entry.id, scope, kind, number],
    )?;
    insert(tx, &entry)?;
    Ok(entry)
}

/// The number of the next entry of a kind.
pub(crate) fn next_number(tx: &mut Transaction<'_>, scope: &str, kind: &str) -> Result<i64, Error> {
    let last: Option<i64> = tx.one(
        sql!("SELECT max(number) FROM register_entry WHERE scope = $1 AND kind = $2"),
        params![scope, kind],
        |row| row.get(0),
    )?;
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// A value as JSON to be stored.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Statement(error.to_string()))
}

fn insert(tx: &mut Transaction<'_>, entry: &Entry) -> Result<(), Error> {
    let given = json(&entry.values)?;
    tx.execute(
        sql!(
            "INSERT INTO register_version
                 (entry, version, given, removed, why, saved_by, saved_by_name, organisation, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            entry.id,
            entry.version,
            given,
            entry.removed,
            entry.why,
            entry.by.user,
            entry.by.name,
            entry.by.organisation,
            entry.at
        ],
    )?;
    Ok(())
}

/// Changes an entry from what it was at version `base` to `values`. What others changed meanwhile in other
/// fields stays as they left it; where both changed one field differently, nothing is saved.
///
/// # Errors
/// Those of the database; [`Error::NotFound`] when there is no such entry or version, or it was removed.
pub fn change(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, base): (EntryId, i64),
    (values, why): (&Values, &str),
    by: &Author,
) -> Result<Changed, Error> {
    let latest = entry(tx, id)?.filter(|latest| !latest.removed);
    let latest = latest.ok_or(Error::NotFound)?;
    let before = version(tx, id, base)?.ok_or(Error::NotFound)?;
    let merged = crate::merge(&before.values, &latest.values, values);
    let (values, theirs) = match merged {
        Ok(merged) => merged,
        Err(clash) => return Ok(Changed::Clash(latest, clash)),
    };
    if values == latest.values {
        return Ok(Changed::Same(latest));
    }
    let next = save(tx, environment, latest, (values, false, why), by)?;
    Ok(Changed::Saved(next, theirs))
}

/// Removes an entry from what is in force; its history stays. Gives nothing when it changed since `base`.
///
/// # Errors
/// Those of the database; [`Error::NotFound`] when there is no such entry.
pub fn remove(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, base): (EntryId, i64),
    why: &str,
    by: &Author,
) -> Result<Option<Entry>, Error> {
    let latest = entry(tx, id)?.ok_or(Error::NotFound)?;
    if latest.version != base {
        return Ok(None);
    }
    let values = latest.values.clone();
    Ok(Some(save(
        tx,
        environment,
        latest,
        (values, true, why),
        by,
    )?))
}

fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    latest: Entry,
    (values, removed, why): (Values, bool, &str),
    by: &Author,
) -> Result<Entry, Error> {
    let next = Entry {
        version: latest.version.saturating_add(1),
        values,
        removed,
        why: why.to_owned(),
        by: by.clone(),
        at: environment.now(),
        ..latest
    };
    let changed = tx.execute(
        sql!("UPDATE register_entry SET version = $1 WHERE id = $2 AND version = $3"),
        params![next.version, next.id, latest.version],
    )?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    insert(tx, &next)?;
    Ok(next)
}

fn entry_of(row: &Row<'_>) -> Result<Entry, Error> {
    let given: String = row.get(5)?;
    Ok(Entry {
        id: row.get(0)?,
        scope: row.get(1)?,
        kind: row.get(2)?,
        number: row.get(3)?,
        version: row.get(4)?,
        values: serde_json::from_str(&given).map_err(|_| Error::Decode {
            column: 5,
            expected: "an entry",
        })?,
        removed: row.get(6)?,
        why: row.get(7)?,
        by: Author {
            user: row.get(8)?,
            name: row.get(9)?,
            organisation: row.get::<OdsCode>(10)?,
        },
        at: row.get(11)?,
    })
}

/// The latest state of an entry, also of one that was removed.
///
/// # Errors
/// Those of the database.
pub fn entry(tx: &mut Transaction<'_>, id: EntryId) -> Result<Option<Entry>, Error> {
    tx.optional(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id AND v.version = e.version
             WHERE e.id = $1"
        ),
        params![id],
        entry_of,
    )
}

/// The latest state of an entry by its number, also of one that was removed.
///
/// # Errors
/// Those of the database.
pub fn numbered(
    tx: &mut Transaction<'_>,
    (scope, kind): (&str, &str),
    number: i64,
) -> Result<Option<Entry>, Error> {
    tx.optional(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id AND v.version = e.version
             WHERE e.scope = $1 AND e.kind = $2 AND e.number = $3"
        ),
        params![scope, kind, number],
        entry_of,
    )
}

/// One version of an entry.
///
/// # Errors
/// Those of the database.
pub fn version(
    tx: &mut Transaction<'_>,
    id: EntryId,
    version: i64,
) -> Result<Option<Entry>, Error> {
    tx.optional(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id
             WHERE e.id = $1 AND v.version = $2"
        ),
        params![id, version],
        entry_of,
    )
}

/// Every version of an entry, the latest first.
///
/// # Errors
/// Those of the database.
pub fn versions(tx: &mut Transaction<'_>, id: EntryId) -> Result<Vec<Entry>, Error> {
    tx.rows(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id
             WHERE e.id = $1 ORDER BY v.version DESC"
        ),
        params![id],
        entry_of,
    )
}

/// Every version of every entry of a kind in a scope, by number, the latest first.
///
/// # Errors
/// Those of the database.
pub fn versions_of(tx: &mut Transaction<'_>, scope: &str, kind: &str) -> Result<Vec<Entry>, Error> {
    tx.rows(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id
             WHERE e.scope = $1 AND e.kind = $2 ORDER BY e.number, v.version DESC"
        ),
        params![scope, kind],
        entry_of,
    )
}

/// All that is in force in a scope, of every kind, by kind and number.
///
/// # Errors
/// Those of the database.
pub fn in_force(tx: &mut Transaction<'_>, scope: &str) -> Result<Vec<Entry>, Error> {
    tx.rows(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id AND v.version = e.version
             WHERE e.scope = $1 AND NOT v.removed ORDER BY e.kind, e.number"
        ),
        params![scope],
        entry_of,
    )
}

/// What was in force in a scope at a past moment, by kind and number.
///
/// # Errors
/// Those of the database.
pub fn in_force_at(
    tx: &mut Transaction<'_>,
    scope: &str,
    at: Timestamp,
) -> Result<Vec<Entry>, Error> {
    let all = tx.rows(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id
             WHERE e.scope = $1 AND v.saved_at <= $2
               AND v.version = (SELECT max(w.version) FROM register_version w
                                WHERE w.entry = e.id AND w.saved_at <= $2)
             ORDER BY e.kind, e.number"
        ),
        params![scope, at],
        entry_of,
    )?;
    Ok(all.into_iter().filter(|entry| !entry.removed).collect())
}

/// The latest version of every entry of a scope that was saved after a moment, also of those that were removed, by kind and
/// number.
///
/// # Errors
/// Those of the database.
pub fn latest_since(
    tx: &mut Transaction<'_>,
    scope: &str,
    after: Timestamp,
) -> Result<Vec<Entry>, Error> {
    tx.rows(
        sql!(
            "SELECT e.id, e.scope, e.kind, e.number, v.version, v.given, v.removed, v.why,
                    v.saved_by, v.saved_by_name, v.organisation, v.saved_at
             FROM register_entry e JOIN register_version v ON v.entry = e.id AND v.version = e.version
             WHERE e.scope = $1 AND v.saved_at > $2 ORDER BY e.kind, e.number"
        ),
        params![scope, after],
        entry_of,
    )
}

/// The scopes that hold entries of this kind, by name.
///
/// # Errors
/// Those of the database.
pub fn scopes(tx: &mut Transaction<'_>, kind: &str) -> Result<Vec<String>, Error> {
    tx.rows(
        sql!("SELECT DISTINCT scope FROM register_entry WHERE kind = $1 ORDER BY scope"),
        params![kind],
        |row| row.get(0),
    )
}
