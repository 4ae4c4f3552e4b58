//! The one thread that writes.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::mpsc::Receiver;

use super::connect;
use super::log::Log;
use crate::engine::{Engine, SqliteTexts, run};
use crate::error::{Error, Result};
use crate::job::{Failed, Job};
use crate::transaction::Transaction;

/// How many requests one commit may hold.
pub(super) const GROUP: usize = 256;
/// How long a group may go on gathering before it is committed.
const GATHER: Duration = Duration::from_millis(20);

pub(super) struct Writer {
    connection: Connection,
    texts: SqliteTexts,
    log: Log,
    /// The disk has failed to sync, and nothing is written any more.
    stopped: bool,
}

impl Writer {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let mode: String =
            connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if connection.is_readonly(rusqlite::MAIN_DB)? || mode != "wal" {
            return Err(Error::Unavailable(format!(
                "{} cannot be written with a write-ahead log there (its mode is {mode})",
                path.display()
            )));
        }
        // The second and third ask macOS for what FULL means elsewhere.
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
        )?;
        let log = Log::watch(&mut connection)?;
        Ok(Self {
            connection,
            texts: SqliteTexts::new(),
            log,
            stopped: false,
        })
    }

    pub(super) fn run(mut self, mut waiting: Receiver<Box<dyn Job>>) {
        while let Some(first) = waiting.blocking_recv() {
            self.serve(first, &mut waiting);
        }
        if !self.stopped
            && let Err(error) = self
                .connection
                .execute_batch("PRAGMA optimize")
                .map_err(Error::from)
                .and_then(|()| Log::fold_all(&self.connection))
        {
            tracing::warn!(%error, "the write-ahead log was left for the next start");
        }
    }

    /// Runs a job together with those that wait behind it, and answers them all.
    fn serve(&mut self, first: Box<dyn Job>, waiting: &mut Receiver<Box<dyn Job>>) {
        if self.stopped {
            first.finish(Err(Error::Stopped));
            return;
        }
        let mut done = Vec::new();
        match self.group(first, waiting, &mut done) {
            Ok(()) => done.into_iter().for_each(|job| job.finish(Ok(()))),
            Err(error) => self.recover(&error, done),
        }
        if !self.stopped {
            match self.log.fold_when_due(&self.connection) {
                Err(Error::Stopped) => self.stop(),
                Err(error) => tracing::warn!(%error, "the write-ahead log could not be folded in"),
                Ok(()) => {}
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
        if let Err(error) = run(&self.connection, "BEGIN IMMEDIATE") {
            done.extend(next);
            return Err(error);
        }
        while let Some(mut job) = next.take() {
            let result = self.savepoint(job.as_mut());
            done.push(job);
            result?;
            if done.len() < GROUP && began.elapsed() < GATHER {
                next = waiting.try_recv().ok();
            }
        }
        run(&self.connection, "COMMIT")
    }

    /// Runs one job inside the group. An error is the group's, not the job's.
    fn savepoint(&mut self, job: &mut dyn Job) -> Result<()> {
        run(&self.connection, "SAVEPOINT job")?;
        let engine = Engine::Sqlite(&self.connection, &mut self.texts);
        let ran = job.run(&mut Transaction::to_write(engine, 0));
        // SQLite rolls the whole transaction back by itself on some errors, a full disk for one.
        if self.connection.is_autocommit() {
            return Err(match ran {
                Err(Failed::Database(error)) => error,
                _ => Error::Conflict,
            });
        }
        match ran {
            Err(Failed::Database(error @ (Error::DiskFull | Error::Stopped))) => return Err(error),
            Err(_) => run(&self.connection, "ROLLBACK TO job")?,
            Ok(()) => {}
        }
        run(&self.connection, "RELEASE job")
    }

    /// After a group that was not stored: stop for good, or run each of its jobs alone, so that
    /// one job's trouble is not its neighbours'.
    fn recover(&mut self, error: &Error, jobs: Vec<Box<dyn Job>>) {
        self.roll_back();
        if *error == Error::Stopped {
            self.stop();
        }
        for mut job in jobs {
            if self.stopped {
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
        run(&self.connection, "BEGIN IMMEDIATE")?;
        self.savepoint(job)?;
        run(&self.connection, "COMMIT")
    }

    fn roll_back(&self) {
        if !self.connection.is_autocommit()
            && let Err(error) = run(&self.connection, "ROLLBACK")
        {
            tracing::error!(%error, "a failed transaction could not be rolled back");
        }
    }

    fn stop(&mut self) {
        tracing::error!("the disk failed to store a write: writing has stopped until a restart");
        self.stopped = true;
    }
}

#[cfg(test)]
mod tests;
