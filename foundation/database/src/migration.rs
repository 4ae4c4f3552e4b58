//! Schemas that grow in order and remember how.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use stour_kernel::hex;

use crate::database::Database;
use crate::error::{Error, Result};
use crate::transaction::Transaction;
use crate::{params, sql};

/// The steps by which one capability's tables came about.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// The capability that owns the tables.
    pub capability: &'static str,
    /// Its steps, in order.
    pub steps: &'static [Step],
}

/// One step: never changed once it has been released; a later change is a later step.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// From 1, without gaps.
    pub number: i64,
    /// The noun that it is about.
    pub name: &'static str,
    /// Statements in the dialect that both databases share. Lines between `-- only: postgres` (or
    /// `-- only: sqlite`) and `-- end` are for that one alone.
    pub sql: &'static str,
}

/// This crate's own tables.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "database",
    steps: &[Step {
        number: 1,
        name: "database",
        sql: include_str!("../migrations/0001_database.sql"),
    }],
};

/// A lock that no other part of the product takes, so that two processes that start together do
/// not both make the history.
const LOCK_HISTORY_MAKING: &str = "SELECT pg_advisory_xact_lock(7406173)";

/// Nor both run a step. `LOCK TABLE` does not fix the transaction's snapshot as the function above
/// would, so whoever had to wait sees what the other did.
const LOCK_STEPS: &str = "LOCK TABLE schema_history IN EXCLUSIVE MODE";

const HISTORY: &str = "CREATE TABLE IF NOT EXISTS schema_history (
    capability TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    PRIMARY KEY (capability, number)
)";

impl Database {
    /// Runs every step that this database has not had, all or none, and returns how many ran.
    /// Idempotent. This crate's own tables come first, whether or not they are listed.
    ///
    /// # Errors
    /// [`Error::Statement`] when a step that ran before has since been changed, when a later
    /// version of the product ran steps that this one does not know, or when the steps are not
    /// numbered from 1 without gaps.
    pub fn migrate(&self, all: &[Migrations], at: Timestamp) -> Result<usize> {
        let all = all.to_vec();
        self.write_blocking(|tx| {
            if !tx.is_sqlite() {
                tx.each_of_text(LOCK_HISTORY_MAKING, &mut |_| Ok(()))?;
            }
            tx.batch(HISTORY)
        })?;
        self.write_blocking(move |tx| {
            if !tx.is_sqlite() {
                tx.batch(LOCK_STEPS)?;
            }
            let mut ran = run(tx, &MIGRATIONS, at)?;
            for migrations in &all {
                ran += run(tx, migrations, at)?;
            }
            Ok(ran)
        })
    }
}

fn run(tx: &mut Transaction<'_>, migrations: &Migrations, at: Timestamp) -> Result<usize> {
    let latest = tx.one(
        sql!("SELECT coalesce(max(number), 0) FROM schema_history WHERE capability = $1"),
        params![migrations.capability],
        |row| row.get::<i64>(0),
    )?;
    if usize::try_from(latest).unwrap_or(usize::MAX) > migrations.steps.len() {
        return Err(Error::Statement(format!(
            "a later version has run migration {} {latest} here; run that version or a later one",
            migrations.capability
        )));
    }
    let mut ran = 0;
    for (number, step) in (1..).zip(migrations.steps) {
        if step.number != number {
            return Err(Error::Statement(format!(
                "migration {} {} stands where {number} should",
                migrations.capability, step.number
            )));
        }
        let digest = hex(&Sha256::digest(step.sql));
        let before = tx.optional(
            sql!("SELECT sha256 FROM schema_history WHERE capability = $1 AND number = $2"),
            params![migrations.capability, step.number],
            |row| row.get::<String>(0),
        )?;
        match before {
            Some(known) if known == digest => {}
            Some(_) => {
                return Err(Error::Statement(format!(
                    "migration {} {} has changed since it ran here",
                    migrations.capability, step.number
                )));
            }
            None => {
                let sqlite = tx.is_sqlite();
                tx.batch(&for_engine(step.sql, sqlite))?;
                tx.execute(
                    sql!("INSERT INTO schema_history (capability, number, name, sha256, applied_at) VALUES ($1, $2, $3, $4, $5)"),
                    params![migrations.capability, step.number, step.name, digest, at],
                )?;
                ran += 1;
            }
        }
    }
    Ok(ran)
}

/// The lines of a step that are meant for one database.
fn for_engine(sql: &str, sqlite: bool) -> String {
    let other = if sqlite {
        "-- only: postgres"
    } else {
        "-- only: sqlite"
    };
    let mut skipping = false;
    let mut out = String::with_capacity(sql.len());
    for line in sql.lines() {
        match line.trim() {
            marker if marker == other => skipping = true,
            "-- end" => skipping = false,
            _ if skipping => {}
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}
