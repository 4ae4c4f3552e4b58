//! SQLite: one writer thread that commits many requests together, and reader threads.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::mpsc::error::SendError;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::database::OpenOptions;
use crate::engine::{Engine, SqliteTexts};
use crate::error::{Error, Result};
use crate::job::{Failed, Job};
use crate::queue::Queue;
use crate::transaction::Transaction;

/// How many requests one commit may hold.
const GROUP: usize = 256;
/// How long a group may go on gathering before it is committed.
const GATHER: Duration = Duration::from_millis(20);
/// How many virtual-machine steps pass between looks at a read's deadline.
const STEPS: i32 = 10_000;
/// Statements each connection keeps prepared.
const STATEMENTS: usize = 512;

pub(crate) struct Sqlite {
    writes: Sender<Box<dyn Job>>,
    reads: Queue,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, options: &OpenOptions) -> Result<Self> {
        let thread = Writer::open(path)?;
        let (writes, waiting) = mpsc::channel(4 * GROUP);
        spawn("database-writer", move || thread.run(waiting))?;
        let reads = Queue::new();
        for number in 0..options.readers {
            let reader = Reader::open(path, options.read_limit)?;
            let queue = reads.clone();
            spawn(&format!("database-reader-{number}"), move || {
                reader.run(&queue);
            })?;
        }
        Ok(Self { writes, reads })
    }

    pub(crate) fn read(&self, job: Box<dyn Job>) {
        self.reads.push(job);
    }

    pub(crate) fn write(&self, job: Box<dyn Job>) {
        refuse_unsent(self.writes.blocking_send(job));
    }

    /// Waits for a place in the queue without holding an async worker.
    pub(crate) async fn write_async(&self, job: Box<dyn Job>) {
        refuse_unsent(self.writes.send(job).await);
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.reads.close();
    }
}

fn refuse_unsent(sent: Result<(), SendError<Box<dyn Job>>>) {
    if let Err(SendError(job)) = sent {
        job.finish(Err(Error::Unavailable("the writer has ended".to_owned())));
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(drop)
        .map_err(|error| Error::Unavailable(error.to_string()))
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192; PRAGMA mmap_size = 268435456;",
    )?;
    Ok(connection)
}

struct Writer {
    connection: Connection,
    texts: SqliteTexts,
    stopped: Arc<AtomicBool>,
}

impl Writer {
    fn open(path: &Path) -> Result<Self> {
        let connection = connect(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )?;
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        Ok(Self {
            connection,
            texts: SqliteTexts::new(),
            stopped: Arc::default(),
        })
    }

    fn run(mut self, mut waiting: Receiver<Box<dyn Job>>) {
        while let Some(first) = waiting.blocking_recv() {
            if self.stopped.load(Ordering::Acquire) {
                first.finish(Err(Error::Stopped));
                continue;
            }
            let mut done = Vec::new();
            match self.group(first, &mut waiting, &mut done) {
                Ok(()) => done.into_iter().for_each(|job| job.finish(Ok(()))),
                Err(error) => self.recover(&error, done),
            }
        }
    }

    /// Runs the first job and all that are waiting in one transaction. Those that were run are in
    /// `done` whatever happens; an error means that none of them is stored.
    fn group(
        &mut self,
        first: Box<dyn Job>,
        waiting: &mut Receiver<Box<dyn Job>>,
        done: &mut Vec<Box<dyn Job>>,
    ) -> Result<()> {
        let began = Instant::now();
        let mut next = Some(first);
        if let Err(error) = self.connection.execute_batch("BEGIN IMMEDIATE") {
            done.extend(next);
            return Err(error.into());
        }
        while let Some(mut job) = next.take() {
            let result = self.savepoint(job.as_mut());
            done.push(job);
            result?;
            if done.len() < GROUP && began.elapsed() < GATHER {
                next = waiting.try_recv().ok();
            }
        }
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    /// Runs one job inside the group. An error is the group's, not the job's.
    fn savepoint(&mut self, job: &mut dyn Job) -> Result<()> {
        self.connection
            .prepare_cached("SAVEPOINT job")?
            .raw_execute()?;
        let mut tx = Transaction::new(Engine::Sqlite(&self.connection, &mut self.texts), 0);
        let ran = job.run(&mut tx);
        // SQLite rolls the whole transaction back by itself on some errors, a full disk for one.
        if self.connection.is_autocommit() {
            return Err(match ran {
                Err(Failed::Database(error)) => error,
                _ => Error::Conflict,
            });
        }
        match ran {
            Err(Failed::Database(error @ (Error::DiskFull | Error::Stopped))) => return Err(error),
            Err(_) => {
                self.connection
                    .prepare_cached("ROLLBACK TO job")?
                    .raw_execute()?;
            }
            Ok(()) => {}
        }
        self.connection
            .prepare_cached("RELEASE job")?
            .raw_execute()?;
        Ok(())
    }

    /// After a group that was not stored: stop for good, or run each of its jobs alone, so that
    /// one job's trouble is not its neighbours'.
    fn recover(&mut self, error: &Error, jobs: Vec<Box<dyn Job>>) {
        self.roll_back();
        if *error == Error::Stopped {
            self.stop();
        }
        for mut job in jobs {
            if self.stopped.load(Ordering::Acquire) {
                job.finish(Err(Error::Stopped));
                continue;
            }
            let fate = self.alone(job.as_mut());
            if fate.is_err() {
                self.roll_back();
            }
            if fate == Err(Error::Stopped) {
                self.stop();
            }
            job.finish(fate);
        }
    }

    fn alone(&mut self, job: &mut dyn Job) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.savepoint(job)?;
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    fn roll_back(&self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a failed transaction could not be rolled back");
        }
    }

    fn stop(&self) {
        tracing::error!("the disk failed to store a write: writing has stopped until a restart");
        self.stopped.store(true, Ordering::Release);
    }
}

struct Reader {
    connection: Connection,
    texts: SqliteTexts,
    limit: Duration,
    deadline: Arc<std::sync::Mutex<Option<Instant>>>,
}

impl Reader {
    fn open(path: &Path, limit: Duration) -> Result<Self> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let deadline = Arc::new(std::sync::Mutex::new(None::<Instant>));
        let watched = Arc::clone(&deadline);
        connection.progress_handler(
            STEPS,
            Some(move || {
                watched
                    .lock()
                    .is_ok_and(|deadline| deadline.is_some_and(|end| Instant::now() > end))
            }),
        )?;
        Ok(Self {
            connection,
            texts: SqliteTexts::new(),
            limit,
            deadline,
        })
    }

    fn run(mut self, queue: &Queue) {
        while let Some(mut job) = queue.pop() {
            let fate = self.read(job.as_mut());
            job.finish(fate);
        }
    }

    fn read(&mut self, job: &mut dyn Job) -> Result<()> {
        self.watch(Some(Instant::now() + self.limit));
        self.connection.prepare_cached("BEGIN")?.raw_execute()?;
        let mut tx = Transaction::new(Engine::Sqlite(&self.connection, &mut self.texts), 0);
        // A read has nothing to keep: the job's own outcome says all.
        let _ = job.run(&mut tx);
        drop(tx);
        self.watch(None);
        if !self.connection.is_autocommit() {
            self.connection.prepare_cached("COMMIT")?.raw_execute()?;
        }
        Ok(())
    }

    fn watch(&self, until: Option<Instant>) {
        if let Ok(mut deadline) = self.deadline.lock() {
            *deadline = until;
        }
    }
}
