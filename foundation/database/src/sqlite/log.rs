//! When the write-ahead log is folded into the database file.
//!
//! SQLite would do it by itself within a commit, but says nothing when the disk then fails to
//! sync. Here the writer does it after it has answered, and sees the error.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use super::PATIENCE;
use crate::error::Result;

/// Pages (4 KiB) that the log may gain before it is folded in.
const FOLD_EVERY: u32 = 1_000;
/// Pages at which readers are waited for, so that readers who always overlap cannot make the log
/// grow for ever.
const TOO_LONG: u32 = 16_000;
/// How long writing may pause for those readers.
const PAUSE: Duration = Duration::from_millis(200);

pub(super) struct Log {
    pages: Arc<AtomicU32>,
    folded: u32,
}

impl Log {
    /// Takes the place of SQLite's own folding on this connection.
    pub(super) fn watch(connection: &mut Connection) -> Result<Self> {
        let pages = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&pages);
        connection.wal_hook(Some(move |_: &mut Wal, pages| {
            seen.store(u32::try_from(pages).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self { pages, folded: 0 })
    }

    /// Folds the log in if it has grown enough since the last time.
    ///
    /// # Errors
    /// [`Error::Stopped`](crate::Error::Stopped) when the disk failed to sync either file.
    pub(super) fn fold_when_due(&mut self, connection: &Connection) -> Result<()> {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < self.folded {
            // SQLite has begun the log afresh.
            self.folded = 0;
        }
        if pages < self.folded + FOLD_EVERY {
            return Ok(());
        }
        self.folded = pages;
        if pages < TOO_LONG {
            fold(connection, "PRAGMA wal_checkpoint(PASSIVE)")
        } else {
            fold_waiting(connection, "PRAGMA wal_checkpoint(RESTART)")
        }
    }

    /// Folds all of it in and empties it.
    pub(super) fn fold_all(connection: &Connection) -> Result<()> {
        fold_waiting(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
    }
}

fn fold_waiting(connection: &Connection, pragma: &str) -> Result<()> {
    connection.busy_timeout(PAUSE)?;
    let folded = fold(connection, pragma);
    connection.busy_timeout(PATIENCE)?;
    folded
}

fn fold(connection: &Connection, pragma: &str) -> Result<()> {
    // One row that says how much is left because of readers: there will be a next time.
    connection.query_row(pragma, [], |_| Ok(()))?;
    Ok(())
}
