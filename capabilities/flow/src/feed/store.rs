//! When each hospital was last heard of, in the database.

use jiff::SignedDuration;
use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{OdsCode, Timestamp};

use super::PATIENCE;

/// How exactly it is kept: a hospital that sends a hundred messages a second must not write as many lines.
const EXACT_TO: SignedDuration = SignedDuration::from_secs(60);

/// A hospital that sends messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feed {
    /// Which.
    pub(crate) organisation: OdsCode,
    /// When its latest message that could be read came in, to the minute.
    pub(crate) heard_at: Timestamp,
}

/// A message of a hospital that could be read came in then.
pub(crate) fn hear(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    at: Timestamp,
) -> Result<(), Error> {
    let known = at.checked_sub(EXACT_TO).unwrap_or(at);
    tx.execute(
        sql!(
            "INSERT INTO hospital_feed (organisation, heard_at, silent) VALUES ($1, $2, FALSE)
             ON CONFLICT (organisation) DO UPDATE SET heard_at = excluded.heard_at
             WHERE hospital_feed.heard_at < $3"
        ),
        params![organisation, at, known],
    )?;
    Ok(())
}

/// Every hospital that was ever heard of.
pub(crate) fn feeds(tx: &mut Transaction<'_>) -> Result<Vec<Feed>, Error> {
    tx.rows(
        sql!("SELECT organisation, heard_at FROM hospital_feed ORDER BY organisation"),
        params![],
        |row| {
            Ok(Feed {
                organisation: row.get(0)?,
                heard_at: row.get(1)?,
            })
        },
    )
}

/// Notes which hospitals have fallen silent or are heard of again, and says whether any has.
pub(super) fn note_silence(tx: &mut Transaction<'_>, now: Timestamp) -> Result<bool, Error> {
    let limit = now.checked_sub(PATIENCE).unwrap_or(now);
    let fallen = tx.execute(
        sql!("UPDATE hospital_feed SET silent = TRUE WHERE NOT silent AND heard_at <= $1"),
        params![limit],
    )?;
    let back = tx.execute(
        sql!("UPDATE hospital_feed SET silent = FALSE WHERE silent AND heard_at > $1"),
        params![limit],
    )?;
    Ok(fallen + back > 0)
}
