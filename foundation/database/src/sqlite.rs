//! SQLite: one writer thread that commits many requests together, and reader threads.

mod log;
mod reader;
mod writer;

use std::fs::OpenOptions as FileOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::mpsc::error::SendError;
use tokio::sync::mpsc::{self, Sender};

use crate::database::OpenOptions;
use crate::error::{Error, Result};
use crate::job::Job;
use crate::queue::Queue;
use crate::threads::Threads;

use reader::Reader;
use writer::{GROUP, Writer};

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait before asking again where SQLite itself does not wait.
const PAUSE: Duration = Duration::from_millis(5);
/// Statements each connection keeps prepared.
const STATEMENTS: usize = 512;

pub(crate) struct Sqlite {
    writes: Option<Sender<Box<dyn Job>>>,
    reads: Queue,
    readers: Threads,
    /// Dropped last: it ends when `writes` has gone.
    writer_thread: Threads,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, options: &OpenOptions) -> Result<Self> {
        create_private(path)?;
        let thread = patiently(|| Writer::open(path))?;
        let (writes, waiting) = mpsc::channel(4 * GROUP);
        let mut sqlite = Self {
            writes: Some(writes),
            reads: Queue::new(),
            readers: Threads::default(),
            writer_thread: Threads::default(),
        };
        sqlite
            .writer_thread
            .spawn("database-writer", move || thread.run(waiting))?;
        for number in 0..options.readers {
            let reader = patiently(|| Reader::open(path, options.read_limit))?;
            let queue = sqlite.reads.clone();
            sqlite
                .readers
                .spawn(&format!("database-reader-{number}"), move || {
                    reader.run(&queue);
                })?;
        }
        Ok(sqlite)
    }

    pub(crate) fn read(&self, job: Box<dyn Job>) {
        self.reads.push(job);
    }

    pub(crate) fn write(&self, job: Box<dyn Job>) {
        if let Some(writes) = &self.writes {
            refuse_unsent(writes.blocking_send(job));
        }
    }

    /// Waits for a place in the queue without holding an async worker.
    pub(crate) async fn write_async(&self, job: Box<dyn Job>) {
        if let Some(writes) = &self.writes {
            refuse_unsent(writes.send(job).await);
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.reads.close();
        // Readers first, so that the writer can fold the whole log into the file as it ends.
        drop(std::mem::take(&mut self.readers));
        self.writes = None;
    }
}

/// Processes that open a file together are in each other's way while it gets its log, and SQLite then
/// refuses at once, whatever the time it is given to wait.
fn patiently<T>(open: impl Fn() -> Result<T>) -> Result<T> {
    let began = Instant::now();
    loop {
        match open() {
            Err(Error::Conflict) if began.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            opened => return opened,
        }
    }
}

fn refuse_unsent(sent: Result<(), SendError<Box<dyn Job>>>) {
    if let Err(SendError(job)) = sent {
        job.finish(Err(Error::Unavailable("the writer has ended".to_owned())));
    }
}

/// A new file is its owner's alone; SQLite gives its log and index the same permissions.
fn create_private(path: &Path) -> Result<()> {
    let made = FileOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(Error::Unavailable(format!("{}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(PATIENCE)?;
    // The writer folds the log into the file itself, where it sees what the disk says.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // "name" is a name, never text, as PostgreSQL has it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A statement is prepared once, and not anew for each value that it is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // LIKE tells capitals from small letters, as PostgreSQL's does.
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA case_sensitive_like = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;",
    )?;
    Ok(connection)
}
