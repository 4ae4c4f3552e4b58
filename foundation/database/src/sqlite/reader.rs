//! A thread that reads, on a connection of its own.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use super::connect;
use crate::engine::{Engine, SqliteTexts, run};
use crate::error::Result;
use crate::job::Job;
use crate::queue::Queue;
use crate::transaction::Transaction;

/// How many virtual-machine steps pass between looks at a read's deadline.
const STEPS: i32 = 10_000;

pub(super) struct Reader {
    connection: Connection,
    texts: SqliteTexts,
    limit: Duration,
    deadline: Arc<Mutex<Option<Instant>>>,
}

impl Reader {
    pub(super) fn open(path: &Path, limit: Duration) -> Result<Self> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let deadline = Arc::new(Mutex::new(None::<Instant>));
        let watched = Arc::clone(&deadline);
        connection.progress_handler(
            STEPS,
            Some(move || {
                let deadline = *watched.lock().unwrap_or_else(PoisonError::into_inner);
                deadline.is_some_and(|end| Instant::now() > end)
            }),
        )?;
        Ok(Self {
            connection,
            texts: SqliteTexts::new(),
            limit,
            deadline,
        })
    }

    pub(super) fn run(mut self, queue: &Queue) {
        while let Some(mut job) = queue.pop() {
            let fate = self.read(job.as_mut());
            job.finish(fate);
        }
    }

    fn read(&mut self, job: &mut dyn Job) -> Result<()> {
        if job.abandoned() {
            return Ok(());
        }
        run(&self.connection, "BEGIN")?;
        self.watch(job.hurried().then(|| Instant::now() + self.limit));
        let engine = Engine::Sqlite(&self.connection, &mut self.texts);
        // A read has nothing to keep: the job's own outcome says all.
        let _ = job.run(&mut Transaction::to_read(engine, 0));
        self.watch(None);
        if !self.connection.is_autocommit()
            && let Err(error) = run(&self.connection, "ROLLBACK")
        {
            tracing::error!(%error, "a read could not be ended");
        }
        Ok(())
    }

    fn watch(&self, until: Option<Instant>) {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}
