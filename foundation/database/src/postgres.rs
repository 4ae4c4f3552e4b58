//! PostgreSQL: a pool of worker threads, each with its own connection.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use ::postgres::config::TargetSessionAttrs;
use ::postgres::{Client, Config, IsolationLevel, NoTls};

use crate::database::OpenOptions;
use crate::engine::{Engine, PostgresStatements};
use crate::error::{Error, Result};
use crate::job::{Failed, Job};
use crate::queue::Queue;
use crate::threads::Threads;
use crate::transaction::Transaction;

/// How often a transaction is run when the server asks for it again.
const ATTEMPTS: u32 = 20;

pub(crate) struct Postgres {
    reads: Queue,
    writes: Queue,
    /// Dropped last: they end when the queues are closed.
    threads: Threads,
}

impl Postgres {
    pub(crate) fn open(address: &str, options: &OpenOptions) -> Result<Self> {
        let mut config: Config = address
            .parse()
            .map_err(|error: ::postgres::Error| Error::Unavailable(error.to_string()))?;
        // A server that vanishes without a word is noticed within a minute.
        config
            .connect_timeout(Duration::from_secs(5))
            .tcp_user_timeout(Duration::from_secs(30))
            .keepalives_idle(Duration::from_secs(30))
            .keepalives_interval(Duration::from_secs(10))
            .keepalives_retries(3);
        if config.get_application_name().is_none() {
            config.application_name("stour");
        }
        let mut postgres = Self {
            reads: Queue::new(),
            writes: Queue::new(),
            threads: Threads::default(),
        };
        let unlucky = Arc::default();
        let (ready, answers) = mpsc::channel();
        for (purpose, count) in [
            (Purpose::Read, options.readers),
            (Purpose::Write, options.writers),
        ] {
            for lane in (0..).take(count) {
                let worker = Worker::new(&config, options, (purpose, lane), &unlucky);
                postgres.start(worker, &ready)?;
            }
        }
        drop(ready);
        answers.iter().collect::<Result<()>>()?;
        Ok(postgres)
    }

    /// The first of each kind connects at once, so that a wrong address is known at the start. It
    /// does so on its own thread: the caller's may belong to an async runtime.
    fn start(&mut self, mut worker: Worker, ready: &mpsc::Sender<Result<()>>) -> Result<()> {
        let queue = match worker.purpose {
            Purpose::Read => self.reads.clone(),
            Purpose::Write => self.writes.clone(),
        };
        let ready = (worker.lane == 0).then(|| ready.clone());
        let name = format!("database-{}-{}", worker.purpose.name(), worker.lane);
        self.threads.spawn(&name, move || {
            if let Some(ready) = ready {
                // Nobody listens once another connection has failed.
                let _ = ready.send(worker.connect().map(drop));
            }
            worker.run(&queue);
        })
    }

    pub(crate) fn read(&self, job: Box<dyn Job>) {
        self.reads.push(job);
    }

    pub(crate) fn write(&self, job: Box<dyn Job>) {
        self.writes.push(job);
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

struct Worker {
    config: Config,
    limit: Duration,
    purpose: Purpose,
    lane: i64,
    /// Held while running again after a conflict, so that those who conflicted follow each other
    /// instead of conflicting again.
    unlucky: Arc<Mutex<()>>,
    connection: Option<(Client, PostgresStatements)>,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Read => "reader",
            Self::Write => "writer",
        }
    }
}

impl Worker {
    fn new(
        config: &Config,
        options: &OpenOptions,
        (purpose, lane): (Purpose, i64),
        unlucky: &Arc<Mutex<()>>,
    ) -> Self {
        Self {
            unlucky: Arc::clone(unlucky),
            config: config.clone(),
            limit: options.read_limit,
            purpose,
            lane,
            connection: None,
        }
    }

    fn run(mut self, queue: &Queue) {
        while let Some(mut job) = queue.pop() {
            let fate = match self.purpose {
                Purpose::Read if job.abandoned() => Ok(()),
                _ => self.attempt(job.as_mut()),
            };
            job.finish(fate);
        }
    }

    fn connect(&mut self) -> Result<&mut (Client, PostgresStatements)> {
        let mut config = self.config.clone();
        if self.purpose == Purpose::Write {
            // Of several hosts, the one that writes.
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        let mut client = config.connect(NoTls).map_err(|error| match error.into() {
            Error::Statement(why) => Error::Unavailable(why),
            other => other,
        })?;
        // A write waits for others' locks, though not for ever. A server that answers before it
        // has stored would make every answer here untrue.
        let limit = match self.purpose {
            Purpose::Read => self.limit.as_millis(),
            Purpose::Write => 0,
        };
        client.batch_execute(&format!(
            "SET statement_timeout = {limit}; SET lock_timeout = '10s'; SET timezone = 'UTC';
             SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') = 'off'"
        ))?;
        Ok(self.connection.insert((client, PostgresStatements::new())))
    }

    /// Runs a job until it is stored, refused, or has met too much trouble.
    fn attempt(&mut self, job: &mut dyn Job) -> Result<()> {
        let (mut reconnected, mut refused) = (false, false);
        let unlucky = Arc::clone(&self.unlucky);
        let mut turn = None;
        for attempt in 1..=ATTEMPTS {
            let Err(trouble) = self.once(job) else {
                return Ok(());
            };
            match trouble.error {
                Error::Conflict if attempt < ATTEMPTS => {
                    self.back_off(attempt);
                    turn = turn
                        .or_else(|| Some(unlucky.lock().unwrap_or_else(PoisonError::into_inner)));
                }
                // Before the commit was sent nothing can have been stored, so once more is safe.
                Error::Unavailable(_) if !trouble.committing && !reconnected => {
                    reconnected = true;
                    self.connection = None;
                }
                // The row may be that of a transaction which this one cannot see yet. Run again,
                // the job sees it and can say better what it means.
                Error::Constraint { .. } if !trouble.committing && !refused => refused = true,
                // The job has said itself what the refusal means.
                Error::Constraint { .. } if !trouble.committing => return Ok(()),
                error => {
                    if matches!(error, Error::Unavailable(_)) {
                        self.connection = None;
                    }
                    return Err(error);
                }
            }
        }
        Err(Error::Conflict)
    }

    fn once(&mut self, job: &mut dyn Job) -> Result<(), Trouble> {
        let (purpose, lane) = (self.purpose, self.lane);
        let (client, statements) = match &mut self.connection {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let builder = client.build_transaction();
        let mut transaction = match purpose {
            Purpose::Read => builder
                .isolation_level(IsolationLevel::RepeatableRead)
                .read_only(true),
            Purpose::Write => builder.isolation_level(IsolationLevel::Serializable),
        }
        .start()
        .map_err(Error::from)?;
        if purpose == Purpose::Read && !job.hurried() {
            transaction
                .batch_execute("SET LOCAL statement_timeout = 0")
                .map_err(Error::from)?;
        }
        let engine = Engine::Postgres(transaction, statements);
        let mut tx = match purpose {
            Purpose::Read => Transaction::to_read(engine, lane),
            Purpose::Write => Transaction::to_write(engine, lane),
        };
        match job.run(&mut tx) {
            Ok(()) if purpose == Purpose::Write => tx.commit().map_err(|error| Trouble {
                error,
                committing: true,
            }),
            // Dropping the transaction rolls it back.
            Err(Failed::Database(
                error @ (Error::Conflict | Error::Unavailable(_) | Error::DiskFull),
            )) => Err(error.into()),
            Err(Failed::Database(error)) if error.is_duplicate() => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Waits a little longer after each attempt, and not as long as the neighbouring lane.
    fn back_off(&self, attempt: u32) {
        let lane = u32::try_from(self.lane).unwrap_or(0);
        std::thread::sleep(Duration::from_micros(u64::from(
            (1 << attempt.min(8)) * (90 + 37 * (lane % 7)),
        )));
    }
}

struct Trouble {
    error: Error,
    committing: bool,
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self {
            error,
            committing: false,
        }
    }
}
