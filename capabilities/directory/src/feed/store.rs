//! Storing feeds, attempts to read them, and what was noted.

use std::collections::BTreeMap;

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, Timestamp};
use stour_open_referral::Service;

use super::{Counts, Feed, FeedName, Note, Run, RunId};
use crate::error::DirectoryError;
use crate::listing::{ListingId, Role};

fn read_feed(row: &Row<'_>) -> Result<Feed, Error> {
    Ok(Feed {
        name: row.get(0)?,
        address: row.get(1)?,
        standard: row.get(2)?,
        role: row.get(3)?,
        honours_modified_after: row.get(4)?,
        whole_since: row.get(5)?,
        added_at: row.get(6)?,
    })
}

/// Every feed, in the order of their names.
pub(crate) fn feeds(tx: &mut Transaction<'_>) -> Result<Vec<Feed>, Error> {
    tx.rows(
        sql!(
            "SELECT name, address, standard, role, honours_modified_after, whole_since, added_at
             FROM feed WHERE removed_at IS NULL ORDER BY name"
        ),
        params![],
        read_feed,
    )
}

/// One feed.
pub(crate) fn feed(tx: &mut Transaction<'_>, name: &FeedName) -> Result<Option<Feed>, Error> {
    tx.optional(
        sql!(
            "SELECT name, address, standard, role, honours_modified_after, whole_since, added_at
             FROM feed WHERE name = $1 AND removed_at IS NULL"
        ),
        params![name],
        read_feed,
    )
}

/// Adds a feed, or one that was removed again, or gives one another address or role.
///
/// # Errors
/// Those of the database.
pub fn add(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (name, address, role): (&FeedName, &str, Role),
    by: &str,
) -> Result<(), DirectoryError> {
    tx.execute(
        sql!(
            "INSERT INTO feed (name, address, role, added_by, added_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (name) DO UPDATE SET address = $2, role = $3, removed_at = NULL, whole_since = NULL,
                                              honours_modified_after = NULL"
        ),
        params![name, address, role, by, environment.now()],
    )?;
    stour_database::touch(tx, crate::listing::TOPIC)?;
    Ok(())
}

/// Removes a feed: it is not read any more, and all that came from it is withdrawn.
///
/// # Errors
/// [`DirectoryError::NotThere`].
pub fn remove(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    name: &FeedName,
    by: &str,
) -> Result<usize, DirectoryError> {
    let changed = tx.execute(
        sql!("UPDATE feed SET removed_at = $2 WHERE name = $1 AND removed_at IS NULL"),
        params![name, environment.now()],
    )?;
    if changed != 1 {
        return Err(DirectoryError::NotThere);
    }
    let why = format!("The feed was removed by {by}");
    crate::listing::withdraw_unread(tx, environment, name.as_str(), Timestamp::MAX, &why)
}

/// When each listing of a feed that is not withdrawn was last changed at its source, by what the feed calls it.
pub(super) fn known(
    tx: &mut Transaction<'_>,
    feed: &FeedName,
) -> Result<BTreeMap<String, Timestamp>, Error> {
    let mut known = BTreeMap::new();
    tx.each(
        sql!("SELECT source_id, document FROM listing WHERE feed = $1 AND withdrawn_at IS NULL"),
        params![feed],
        |row| {
            #[derive(serde::Deserialize)]
            struct Changed {
                last_modified: Option<Timestamp>,
            }
            let document: String = row.get(1)?;
            let changed = serde_json::from_str::<Changed>(&document).ok();
            if let Some(at) = changed.and_then(|changed| changed.last_modified) {
                known.insert(row.get(0)?, at);
            }
            Ok(())
        },
    )?;
    Ok(known)
}

/// What a feed last said of a listing.
pub(super) fn said(tx: &mut Transaction<'_>, id: ListingId) -> Result<Option<Service>, Error> {
    tx.optional(
        sql!("SELECT document FROM listing_said WHERE listing = $1"),
        params![id],
        |row| {
            let document: String = row.get(0)?;
            serde_json::from_str(&document).map_err(|_| Error::Decode {
                column: 0,
                expected: "service",
            })
        },
    )
}

/// Keeps what a feed has said of a listing.
pub(super) fn put_said(
    tx: &mut Transaction<'_>,
    id: ListingId,
    service: &Service,
) -> Result<(), DirectoryError> {
    let document = serde_json::to_string(service)
        .map_err(|error| DirectoryError::Document(error.to_string()))?;
    tx.execute(
        sql!(
            "INSERT INTO listing_said (listing, document) VALUES ($1, $2)
             ON CONFLICT (listing) DO UPDATE SET document = $2"
        ),
        params![id, document],
    )?;
    Ok(())
}

/// Keeps what was learnt of a feed.
pub(super) fn learn(tx: &mut Transaction<'_>, feed: &Feed) -> Result<(), Error> {
    tx.execute(
        sql!("UPDATE feed SET standard = $2, honours_modified_after = $3, whole_since = $4 WHERE name = $1"),
        params![feed.name, feed.standard, feed.honours_modified_after, feed.whole_since],
    )?;
    Ok(())
}

fn read_run(row: &Row<'_>) -> Result<Run, Error> {
    Ok(Run {
        id: row.get(0)?,
        feed: row.get(1)?,
        since: row.get(2)?,
        started_at: row.get(3)?,
        ended_at: row.get(4)?,
        state: row.get(5)?,
        why: row.get(6)?,
        next_page: row.get(7)?,
        whole: row.get(8)?,
        counts: Counts {
            read: row.get(9)?,
            new: row.get(10)?,
            changed: row.get(11)?,
            unchanged: row.get(12)?,
            withdrawn: row.get(13)?,
            repaired: row.get(14)?,
            set_aside: row.get(15)?,
        },
    })
}

/// The latest attempts to read a feed, the latest first.
pub(crate) fn runs(
    tx: &mut Transaction<'_>,
    feed: &FeedName,
    most: i64,
) -> Result<Vec<Run>, Error> {
    tx.rows(
        sql!(
            "SELECT id, feed, since, started_at, ended_at, state, why, next_page, whole, was_read, was_new, changed,
                    unchanged, withdrawn, repaired, set_aside
             FROM feed_run WHERE feed = $1 ORDER BY id DESC LIMIT $2"
        ),
        params![feed, most],
        read_run,
    )
}

/// Begins an attempt.
pub(super) fn begin(tx: &mut Transaction<'_>, run: &Run) -> Result<(), Error> {
    let counts = run.counts;
    tx.execute(
        sql!(
            "INSERT INTO feed_run (id, feed, since, started_at, ended_at, state, why, next_page, whole, was_read,
                                   was_new, changed, unchanged, withdrawn, repaired, set_aside)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        ),
        params![
            run.id, run.feed, run.since, run.started_at, run.ended_at, run.state, run.why, run.next_page, run.whole,
            counts.read, counts.new, counts.changed, counts.unchanged, counts.withdrawn, counts.repaired,
            counts.set_aside,
        ],
    )?;
    Ok(())
}

/// Keeps how far an attempt has come.
pub(super) fn keep(tx: &mut Transaction<'_>, run: &Run) -> Result<(), Error> {
    let counts = run.counts;
    tx.execute(
        sql!(
            "UPDATE feed_run SET ended_at = $2, state = $3, why = $4, next_page = $5, was_read = $6, was_new = $7,
                    changed = $8, unchanged = $9, withdrawn = $10, repaired = $11, set_aside = $12, whole = $13
             WHERE id = $1"
        ),
        params![
            run.id, run.ended_at, run.state, run.why, run.next_page, counts.read, counts.new, counts.changed,
            counts.unchanged, counts.withdrawn, counts.repaired, counts.set_aside, run.whole,
        ],
    )?;
    Ok(())
}

/// Notes that an attempt is under way.
pub(super) fn go_on(tx: &mut Transaction<'_>, run: RunId, now: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("UPDATE feed_run SET ended_at = $2 WHERE id = $1 AND state = 'running'"),
        params![run, now],
    )?;
    Ok(())
}

/// Adds notes to an attempt, numbered on from `from`.
pub(super) fn note(
    tx: &mut Transaction<'_>,
    run: RunId,
    from: i64,
    notes: &[Note],
) -> Result<(), Error> {
    for (number, note) in (from..).zip(notes) {
        let kind = if note.set_aside {
            "set-aside"
        } else {
            "repair"
        };
        tx.execute(
            sql!(
                "INSERT INTO feed_note (run, number, kind, source_id, place, was, became, why)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            ),
            params![
                run,
                number,
                kind,
                note.source_id,
                note.place,
                note.was,
                note.became,
                note.why
            ],
        )?;
    }
    Ok(())
}

/// The notes of an attempt from a number on, those that set a record aside before the others.
pub(crate) fn notes(tx: &mut Transaction<'_>, run: RunId, most: i64) -> Result<Vec<Note>, Error> {
    tx.rows(
        sql!(
            "SELECT kind, source_id, place, was, became, why FROM feed_note WHERE run = $1
             ORDER BY kind DESC, number LIMIT $2"
        ),
        params![run, most],
        |row| {
            Ok(Note {
                set_aside: row.get::<String>(0)? == "set-aside",
                source_id: row.get(1)?,
                place: row.get(2)?,
                was: row.get(3)?,
                became: row.get(4)?,
                why: row.get(5)?,
            })
        },
    )
}

/// Forgets the notes of all but the latest attempts of a feed.
pub(super) fn forget_old_notes(
    tx: &mut Transaction<'_>,
    feed: &FeedName,
    kept: i64,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "DELETE FROM feed_note WHERE run IN (SELECT id FROM feed_run WHERE feed = $1)
             AND run NOT IN (SELECT id FROM feed_run WHERE feed = $1 ORDER BY id DESC LIMIT $2)"
        ),
        params![feed, kept],
    )?;
    Ok(())
}

/// How many listings of a feed are not withdrawn, and how many of them were last read before a moment.
pub(crate) fn standing(
    tx: &mut Transaction<'_>,
    feed: &str,
    before: Timestamp,
) -> Result<(i64, i64), Error> {
    tx.one(
        sql!(
            "SELECT count(*), count(CASE WHEN read_at < $2 THEN 1 END)
             FROM listing WHERE feed = $1 AND withdrawn_at IS NULL"
        ),
        params![feed, before],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What the feed calls those that were last read before a moment, and are not withdrawn.
pub(super) fn unread(
    tx: &mut Transaction<'_>,
    feed: &FeedName,
    before: Timestamp,
) -> Result<Vec<String>, Error> {
    tx.rows(
        sql!(
            "SELECT source_id FROM listing WHERE feed = $1 AND withdrawn_at IS NULL AND read_at < $2
             ORDER BY source_id"
        ),
        params![feed, before],
        |row| row.get(0),
    )
}
