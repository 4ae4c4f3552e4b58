//! The handle that everything else holds.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot::error::RecvError;

use crate::companion::Companions;
use crate::error::{Error, Result};
use crate::job::{Job, job};
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::threads;
use crate::transaction::Transaction;
use crate::url::DatabaseUrl;

/// A database that is open. Clones share it. Dropping the last one waits for what is under way and
/// then closes every file and connection.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
    companions: Companions,
}

enum Inner {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Threads that read, 1 to 64; a number outside is taken as the nearer end.
    pub readers: usize,
    /// Threads that write, 1 to 64; SQLite has one whatever this says.
    pub writers: usize,
    /// How long a read may take before it is stopped, at least a tenth of a second.
    pub read_limit: Duration,
}

impl OpenOptions {
    /// The nearest options that can work: no thread at all would leave callers waiting for ever,
    /// and PostgreSQL takes a limit of nought for none.
    fn sane(&self) -> Self {
        Self {
            readers: self.readers.clamp(1, 64),
            writers: self.writers.clamp(1, 64),
            read_limit: self
                .read_limit
                .clamp(Duration::from_millis(100), Duration::from_hours(24)),
        }
    }
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            readers: 4,
            writers: 8,
            read_limit: Duration::from_secs(30),
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match &*self.inner {
            Inner::Sqlite(_) => "Database(SQLite)",
            Inner::Postgres(_) => "Database(PostgreSQL)",
        })
    }
}

impl Database {
    /// Opens a database, creating a SQLite file that is not there yet. Run
    /// [`migrate`](Self::migrate) before anything else.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the file or server cannot be reached.
    pub fn open(url: &DatabaseUrl, options: &OpenOptions) -> Result<Self> {
        let options = options.sane();
        let inner = match url {
            DatabaseUrl::Sqlite(path) => Inner::Sqlite(Sqlite::open(path, &options)?),
            DatabaseUrl::Postgres(address) => Inner::Postgres(Postgres::open(address, &options)?),
        };
        Ok(Self {
            inner: Arc::new(inner),
            companions: Companions::default(),
        })
    }

    /// A value that is kept in memory beside this database, made when it is first asked for: one of each
    /// type, which every clone shares. A transaction that is rolled back leaves it as it is.
    pub fn companion<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.companions.get()
    }

    /// Runs a function of a transaction that sees one moment of the database and keeps nothing.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (job, answer) = job(work, true, &self.companions);
        self.start_read(job);
        answered(answer.await)
    }

    /// Runs a function of a transaction and answers once its writes are stored for good. The
    /// function may run more than once, so it must not change anything but the database.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (job, answer) = job(work, true, &self.companions);
        // A full queue makes the writer's callers wait, which must not hold an async worker.
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.write_async(job).await,
            Inner::Postgres(postgres) => postgres.write(job),
        }
        answered(answer.await)
    }

    /// [`read`](Self::read) for a thread of its own: the command line, a background task, a
    /// listener. Must not be called from async code.
    ///
    /// # Errors
    /// [`Error::Statement`] when called within a function of a transaction.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        not_within_a_job()?;
        let (job, answer) = job(work, true, &self.companions);
        self.start_read(job);
        answered(answer.blocking_recv())
    }

    /// [`read_blocking`](Self::read_blocking) that may take as long as it likes: a backup, an
    /// export. It holds one of the reading threads all the while.
    pub fn read_unhurried<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        not_within_a_job()?;
        let (job, answer) = job(work, false, &self.companions);
        self.start_read(job);
        answered(answer.blocking_recv())
    }

    /// [`write`](Self::write) for a thread of its own. Must not be called from async code.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        not_within_a_job()?;
        let (job, answer) = job(work, true, &self.companions);
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.write(job),
            Inner::Postgres(postgres) => postgres.write(job),
        }
        answered(answer.blocking_recv())
    }

    fn start_read(&self, job: Box<dyn Job>) {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.read(job),
            Inner::Postgres(postgres) => postgres.read(job),
        }
    }
}

fn not_within_a_job() -> Result<()> {
    if threads::is_one() {
        return Err(Error::Statement(
            "a job began another and would wait for it; use the transaction that it was given"
                .to_owned(),
        ));
    }
    Ok(())
}

fn answered<T, E: From<Error>>(answer: Result<Result<T, E>, RecvError>) -> Result<T, E> {
    answer.unwrap_or_else(|_| {
        Err(Error::Unavailable("the database thread has ended".to_owned()).into())
    })
}
