//! A write sent twice happens once.

use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::transaction::Transaction;
use crate::{params, sql};

/// What became of a write that carries an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// It was done now; this is its answer.
    Done(String),
    /// It had been done before; this is the answer it got then.
    Before(String),
    /// The key was used before for a different write; nothing was done.
    KeyReused,
}

/// Does `work` unless this `scope` (a user and an action) has used this `key` before, and keeps its
/// answer in the same transaction. `fingerprint` is a digest of what was asked: a key that returns
/// with another one is a mistake of the caller's.
///
/// # Errors
/// Those of `work` and of the database.
pub fn once<E: From<Error>>(
    tx: &mut Transaction<'_>,
    (scope, key, fingerprint): (&str, &str, &str),
    at: Timestamp,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<String, E>,
) -> Result<Once, E> {
    let before = tx.optional(
        sql!("SELECT fingerprint, answer FROM once WHERE scope = $1 AND key = $2"),
        params![scope, key],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    if let Some((known, answer)) = before {
        return Ok(if known == fingerprint {
            Once::Before(answer)
        } else {
            Once::KeyReused
        });
    }
    let answer = work(tx)?;
    tx.execute(
        sql!("INSERT INTO once (scope, key, fingerprint, answer, at) VALUES ($1, $2, $3, $4, $5)"),
        params![scope, key, fingerprint, answer, at],
    )?;
    Ok(Once::Done(answer))
}
/// Forgets the writes whose scope begins so and which were done before a moment; returns how many. Whoever sends
/// one of them again does it again.
pub fn forget_once(tx: &mut Transaction<'_>, beginning: &str, before: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM once WHERE at < $1 AND substr(scope, 1, $2) = $3"),
        params![
            before,
            i64::try_from(beginning.chars().count()).unwrap_or(i64::MAX),
            beginning
        ],
    )
}
