//! Storing keys, pairs and decisions.

use std::collections::BTreeSet;

use stour_database::{Cursor, Error, Page, PageSize, Row, Transaction, VersionError, params, sql};
use stour_kernel::Timestamp;

use super::{Decision, DecisionId, Pair, PairState};
use crate::error::DirectoryError;
use crate::listing::ListingId;

/// More listings than this with one key: the key tells nothing.
const MOST_WITH_KEY: i64 = 100;

fn read(row: &Row<'_>) -> Result<Pair, Error> {
    Ok(Pair {
        first: row.get(0)?,
        second: row.get(1)?,
        weight: row.get(2)?,
        evidence: serde_json::from_str(&row.get::<String>(3)?).unwrap_or_default(),
        state: row.get(4)?,
        found_at: row.get(5)?,
        version: row.get(6)?,
    })
}

/// The two identifiers in the order in which a pair has them.
pub(crate) fn ordered(one: ListingId, other: ListingId) -> (ListingId, ListingId) {
    (one.min(other), one.max(other))
}

/// The identifiers of a pair, in its order.
pub(crate) type Ids = (ListingId, ListingId);

/// One pair.
pub(crate) fn pair(
    tx: &mut Transaction<'_>,
    (first, second): (ListingId, ListingId),
) -> Result<Option<Pair>, Error> {
    tx.optional(
        sql!(
            "SELECT first, second, weight, evidence, state, found_at, version
             FROM duplicate_pair WHERE first = $1 AND second = $2"
        ),
        params![first, second],
        read,
    )
}

/// A page of the pairs in a state, the most probable first.
pub(crate) fn pairs(
    tx: &mut Transaction<'_>,
    state: PairState,
    after: Option<&Cursor>,
    size: PageSize,
) -> Result<Page<Pair>, DirectoryError> {
    let (weight, first, second) = match after {
        None => (2.0, String::new(), String::new()),
        Some(cursor) => {
            let [weight, first, second] = cursor.parts::<3>()?;
            let weight = weight.parse().map_err(|_| stour_database::CursorError)?;
            (weight, first.clone(), second.clone())
        }
    };
    let rows = tx.rows(
        sql!(
            "SELECT first, second, weight, evidence, state, found_at, version FROM duplicate_pair
             WHERE state = $1 AND (weight < $2 OR (weight = $2 AND (first > $3 OR (first = $3 AND second > $4))))
             ORDER BY weight DESC, first, second LIMIT $5"
        ),
        params![state, weight, first, second, size.with_one_more()],
        read,
    )?;
    Ok(Page::cut(rows, size, |pair| {
        Cursor::after([
            pair.weight.to_string(),
            pair.first.to_string(),
            pair.second.to_string(),
        ])
    }))
}

/// How many pairs wait for somebody.
pub(crate) fn open_count(tx: &mut Transaction<'_>) -> Result<i64, Error> {
    tx.one(
        sql!("SELECT count(*) FROM duplicate_pair WHERE state = 'open'"),
        params![],
        |row| row.get(0),
    )
}

/// Pairs of a listing that nobody has decided.
pub(super) fn undecided_of(tx: &mut Transaction<'_>, id: ListingId) -> Result<Vec<Pair>, Error> {
    tx.rows(
        sql!(
            "SELECT first, second, weight, evidence, state, found_at, version FROM duplicate_pair
             WHERE (first = $1 OR second = $1) AND state IN ('open', 'later')"
        ),
        params![id],
        read,
    )
}

/// Keeps a pair as it was found, or found anew.
pub(super) fn put(tx: &mut Transaction<'_>, pair: &Pair) -> Result<(), DirectoryError> {
    let evidence = serde_json::to_string(&pair.evidence)
        .map_err(|error| DirectoryError::Document(error.to_string()))?;
    tx.execute(
        sql!(
            "INSERT INTO duplicate_pair (first, second, weight, evidence, state, found_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (first, second) DO UPDATE SET weight = $3, evidence = $4, state = $5, version = $7"
        ),
        params![pair.first, pair.second, pair.weight, evidence, pair.state, pair.found_at, pair.version],
    )?;
    Ok(())
}

/// Gives a pair another state at the version that was seen.
pub(super) fn set_state(
    tx: &mut Transaction<'_>,
    pair: &Pair,
    state: PairState,
) -> Result<(), DirectoryError> {
    let changed = tx.execute(
        sql!("UPDATE duplicate_pair SET state = $4, version = $5 WHERE first = $1 AND second = $2 AND version = $3"),
        params![pair.first, pair.second, pair.version, state, pair.version.next()],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}

/// Keeps the keys of a listing.
pub(super) fn put_keys(
    tx: &mut Transaction<'_>,
    id: ListingId,
    keys: &BTreeSet<String>,
) -> Result<(), Error> {
    tx.execute(
        sql!("DELETE FROM duplicate_key WHERE listing = $1"),
        params![id],
    )?;
    for key in keys {
        tx.execute(
            sql!("INSERT INTO duplicate_key (value, listing) VALUES ($1, $2)"),
            params![key, id],
        )?;
    }
    Ok(())
}

/// The other listings with a key; none where too many have it.
pub(super) fn with_key(
    tx: &mut Transaction<'_>,
    key: &str,
    id: ListingId,
) -> Result<Vec<ListingId>, Error> {
    let found: Vec<ListingId> = tx.rows(
        sql!("SELECT listing FROM duplicate_key WHERE value = $1 AND listing <> $2 LIMIT $3"),
        params![key, id, MOST_WITH_KEY + 1],
        |row| row.get(0),
    )?;
    let few = i64::try_from(found.len()).is_ok_and(|count| count <= MOST_WITH_KEY);
    Ok(if few { found } else { Vec::new() })
}

/// Up to when listings have been compared.
pub(super) fn progress(tx: &mut Transaction<'_>) -> Result<Option<Timestamp>, Error> {
    tx.optional(
        sql!("SELECT compared_to FROM duplicate_progress WHERE name = 'listings'"),
        params![],
        |row| row.get(0),
    )
}

/// Notes up to when listings have been compared.
pub(super) fn put_progress(tx: &mut Transaction<'_>, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO duplicate_progress (name, compared_to) VALUES ('listings', $1)
             ON CONFLICT (name) DO UPDATE SET compared_to = $1"
        ),
        params![at],
    )?;
    Ok(())
}

/// The listings changed since a moment, after a place in the order of their changes.
pub(super) fn changed(
    tx: &mut Transaction<'_>,
    (since, after): (Timestamp, &str),
    most: i64,
) -> Result<Vec<(ListingId, Timestamp)>, Error> {
    tx.rows(
        sql!(
            "SELECT id, updated_at FROM listing WHERE updated_at > $1 OR (updated_at = $1 AND id > $2)
             ORDER BY updated_at, id LIMIT $3"
        ),
        params![since, after, most],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Keeps a decision.
pub(super) fn put_decision(
    tx: &mut Transaction<'_>,
    pair: &Pair,
    decision: &Decision,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO duplicate_decision (id, first, second, answer, kept, why, decided_by, decided_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            decision.id, pair.first, pair.second, decision.answer, decision.kept, decision.why, decision.decided_by,
            decision.decided_at,
        ],
    )?;
    Ok(())
}

/// Notes that a decision was undone.
pub(super) fn undo_decision(
    tx: &mut Transaction<'_>,
    id: DecisionId,
    at: Timestamp,
    (by, why): (&str, &str),
) -> Result<(), DirectoryError> {
    let changed = tx.execute(
        sql!(
            "UPDATE duplicate_decision SET undone_by = $2, undone_at = $3, undone_why = $4
             WHERE id = $1 AND undone_at IS NULL"
        ),
        params![id, by, at, why],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}

/// What was decided about a pair, the latest first.
pub(crate) fn decisions(
    tx: &mut Transaction<'_>,
    (first, second): (ListingId, ListingId),
) -> Result<Vec<Decision>, Error> {
    tx.rows(
        sql!(
            "SELECT id, answer, kept, why, decided_by, decided_at, undone_by, undone_at, undone_why
             FROM duplicate_decision WHERE first = $1 AND second = $2 ORDER BY id DESC"
        ),
        params![first, second],
        read_decision,
    )
}

/// One decision, and the pair that it is about.
pub(super) fn decision(
    tx: &mut Transaction<'_>,
    id: DecisionId,
) -> Result<Option<(Decision, Ids)>, Error> {
    tx.optional(
        sql!(
            "SELECT id, answer, kept, why, decided_by, decided_at, undone_by, undone_at, undone_why, first, second
             FROM duplicate_decision WHERE id = $1"
        ),
        params![id],
        |row| Ok((read_decision(row)?, (row.get(9)?, row.get(10)?))),
    )
}

fn read_decision(row: &Row<'_>) -> Result<Decision, Error> {
    let undone = match (row.get(6)?, row.get(7)?, row.get(8)?) {
        (Some(by), Some(at), Some(why)) => Some((by, at, why)),
        _ => None,
    };
    Ok(Decision {
        id: row.get(0)?,
        answer: row.get(1)?,
        kept: row.get(2)?,
        why: row.get(3)?,
        decided_by: row.get(4)?,
        decided_at: row.get(5)?,
        undone,
    })
}
