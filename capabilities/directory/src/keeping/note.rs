//! What the public says of a listing.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Environment, Timestamp};

use super::settings::settings;
use crate::error::DirectoryError;
use crate::listing::ListingId;

stour_kernel::typed_id!(pub NoteId, "a note on a listing");
stour_database::text_value!(NoteId);

/// What somebody said of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// The note.
    pub id: NoteId,
    /// Of which listing.
    pub listing: ListingId,
    /// What the listing is called.
    pub listing_name: String,
    /// What kind: a code of `reference/directory/keeping.toml`.
    pub kind: String,
    /// Their words.
    pub words: String,
    /// Where to reply, if they said so.
    pub reply_to: Option<String>,
    /// When.
    pub left_at: Timestamp,
    /// Raised by every change.
    pub version: Version,
}

fn read(row: &Row<'_>) -> Result<Note, Error> {
    Ok(Note {
        id: row.get(0)?,
        listing: row.get(1)?,
        listing_name: row.get(2)?,
        kind: row.get(3)?,
        words: row.get(4)?,
        reply_to: row.get(5)?,
        left_at: row.get(6)?,
        version: row.get(7)?,
    })
}

/// Keeps a note; false when the listing has had as many today as are taken.
///
/// # Errors
/// Those of the database and of the settings.
pub(crate) fn leave(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    listing: ListingId,
    (kind, words, reply_to): (&str, &str, Option<&str>),
) -> Result<bool, DirectoryError> {
    let today = environment.today();
    let today_so_far: i64 = tx.one(
        sql!("SELECT count(*) FROM listing_note WHERE listing = $1 AND left_on = $2"),
        params![listing, today],
        |row| row.get(0),
    )?;
    if today_so_far >= i64::from(settings()?.notes_a_day) {
        return Ok(false);
    }
    let id: NoteId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO listing_note (id, listing, kind, words, reply_to, left_on, left_at, state, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)"
        ),
        params![
            id,
            listing,
            kind,
            words,
            reply_to,
            today,
            environment.now(),
            Version::FIRST
        ],
    )?;
    Ok(true)
}

/// Notes that nobody has dealt with, the earliest first, at most 200.
///
/// # Errors
/// Those of the database.
pub(crate) fn open(tx: &mut Transaction<'_>) -> Result<Vec<Note>, Error> {
    tx.rows(
        sql!(
            "SELECT n.id, n.listing, l.name, n.kind, n.words, n.reply_to, n.left_at, n.version
             FROM listing_note n JOIN listing l ON l.id = n.listing
             WHERE n.state = 'open' ORDER BY n.id LIMIT 200"
        ),
        &[],
        read,
    )
}

/// Notes that somebody has dealt with it, and how.
///
/// # Errors
/// [`DirectoryError::Version`] when somebody did first.
pub(crate) fn settle(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (NoteId, Version),
    (by, why): (&str, &str),
) -> Result<(), DirectoryError> {
    let changed = tx.execute(
        sql!(
            "UPDATE listing_note SET state = 'settled', settled_by = $3, settled_at = $4, settled_why = $5, version = $6
             WHERE id = $1 AND version = $2 AND state = 'open'"
        ),
        params![id, seen, by, environment.now(), why, seen.next()],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}
