//! `stour backup` and `stour restore`.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use stour_database::{BackupSummary, OpenOptions, back_up, restore};
use stour_kernel::Environment;

use crate::capabilities;
use crate::open::Place;
use crate::program::give;
use crate::progress::spinner;

/// Long enough for the whole database to be read once.
const A_DAY: Duration = Duration::from_hours(24);

/// How a database is moved.
const RESTORE: &str =
    "Example: stour --database postgres://stour@localhost/stour restore stour-2026-11-24.backup";

/// Write everything to one file while the service runs
///
/// The file holds one moment of the database, whichever database it is, and ends with a digest of itself.
/// Keep it as safe as the database: it holds people's records.
///
/// Example: stour backup /safe/place/stour-2026-11-24.backup
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; it must not exist
    file: PathBuf,
}

/// Put a backup into an empty database
///
/// All of it or nothing. The backup may come from the other kind of database, so this is also how to move
/// from SQLite to PostgreSQL. Afterwards, run: stour audit verify
#[derive(Debug, Args)]
#[command(after_help = RESTORE)]
pub(crate) struct Restore {
    /// The file to read
    file: PathBuf,
}

impl Backup {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        let options = OpenOptions {
            read_limit: A_DAY,
            ..OpenOptions::default()
        };
        let database = place.database(&options)?;
        let mark = spinner("Writing the backup");
        let summary = back_up(&database, &self.file, Environment::system().now());
        mark.finish_and_clear();
        let summary =
            summary.with_context(|| format!("no backup was made at {}", self.file.display()))?;
        give(&told("Backed up", &summary));
        Ok(())
    }
}

impl Restore {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        let database = place.database(&OpenOptions::default())?;
        database.migrate(&capabilities::migrations(), Environment::system().now())?;
        let mark = spinner("Restoring");
        let summary = restore(&database, &self.file);
        mark.finish_and_clear();
        let summary =
            summary.with_context(|| format!("{} was not restored", self.file.display()))?;
        give(&told("Restored", &summary));
        Ok(())
    }
}

fn told(done: &str, summary: &BackupSummary) -> String {
    format!(
        "{done} {} rows of {} tables. SHA-256 {}",
        summary.rows, summary.tables, summary.sha256
    )
}
