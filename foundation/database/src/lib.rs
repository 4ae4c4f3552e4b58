//! One SQL text for two databases: an embedded SQLite file on a laptop, PostgreSQL for many
//! processes.
//!
//! A store function is an ordinary synchronous function of a [`Transaction`]. It says its SQL
//! once, beside itself, with [`sql!`], and never learns which database runs it. [`Database::read`]
//! and [`Database::write`] run such functions on the database's own threads, so that no
//! transaction is ever held across an `await`.
//!
//! ```ignore
//! let name = db.read(move |tx| {
//!     tx.optional(sql!("SELECT name FROM organisation WHERE code = $1"), params![code], |row| row.get::<String>(0))
//! }).await?;
//! ```
//!
//! **Durability.** SQLite runs in WAL mode with `synchronous=FULL`. One writer thread commits many
//! requests together: a savepoint for each, one fsync for all, replies after it. An error from the
//! disk's sync stops writing until the process is restarted; it is never retried, because a retry
//! that succeeds proves nothing about pages that the kernel may already have dropped. For the same
//! reason the writer folds the write-ahead log into the file itself, after it has answered: within a
//! commit SQLite would keep the disk's error to itself.
//!
//! **PostgreSQL** has a pool of worker threads, serialisable transactions, and retries those that
//! the server asks to have retried. A job whose row a unique key refused runs once more, because the
//! other row may have come while it ran: then it sees that row and can say what it means.
//!
//! **What differs even so.** `lower` knows only ASCII on SQLite: make search keys in Rust. A backslash
//! escapes in PostgreSQL's `LIKE` and not in SQLite's: write `ESCAPE`. SQLite lets a primary key be
//! NULL unless it says `NOT NULL` as well, and takes text in a column of numbers, where PostgreSQL
//! refuses both: every test runs on both.
//!
//! **Invariants.** No other crate names `rusqlite` or `postgres`. This crate knows no table but its
//! own three: `schema_history`, `once` and `live_topic`. SQL cannot be built from strings: a statement is a
//! literal in [`sql!`], and a test of the whole workspace prepares every one of them on both
//! databases.

mod backup;
mod companion;
mod cursor;
mod database;
mod engine;
mod error;
mod job;
mod migration;
mod once;
mod postgres;
mod queue;
mod row;
mod schema;
mod sql;
mod sqlite;
mod threads;
mod topic;
mod transaction;
mod url;
mod value;
mod version;

#[cfg(feature = "testing")]
pub mod testing;

pub use backup::{BackupError, BackupSummary, back_up, restore};
pub use cursor::{Cursor, CursorError, Page, PageSize};
pub use database::{Database, OpenOptions};
pub use error::{ConstraintKind, Error, Result};
pub use migration::{MIGRATIONS, Migrations, Step};
pub use once::{Once, forget_once, once};
pub use row::Row;
pub use schema::{Column, Table, tables};
pub use sql::Sql;
pub use topic::{topics, touch};
pub use transaction::Transaction;
pub use url::{DatabaseUrl, DatabaseUrlError};
pub use value::{FromValue, ToValue, Value};
pub use version::{Version, VersionError};
