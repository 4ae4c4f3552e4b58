//! PostgreSQL: a pool of worker threads, each with its own connection.

use std::time::Duration;

use ::postgres::{Client, Config, IsolationLevel, NoTls};

use crate::database::OpenOptions;
use crate::engine::{Engine, PostgresStatements};
use crate::error::{Error, Result};
use crate::job::{Failed, Job};
use crate::queue::Queue;
use crate::transaction::Transaction;

/// How often a transaction is run again when the server asks for it.
const ATTEMPTS: u32 = 12;

pub(crate) struct Postgres {
    reads: Queue,
    writes: Queue,
}

impl Postgres {
    pub(crate) fn open(address: &str, options: &OpenOptions) -> Result<Self> {
        let mut config: Config = address
            .parse()
            .map_err(|error: ::postgres::Error| Error::Unavailable(error.to_string()))?;
        config
            .connect_timeout(Duration::from_secs(5))
            .application_name("stour");
        let (reads, writes) = (Queue::new(), Queue::new());
        for number in 0..options.readers {
            Worker::start(
                &config,
                options,
                Purpose::Read,
                i64::try_from(number).unwrap_or(0),
                &reads,
            )?;
        }
        for lane in 0..options.writers {
            Worker::start(
                &config,
                options,
                Purpose::Write,
                i64::try_from(lane).unwrap_or(0),
                &writes,
            )?;
        }
        Ok(Self { reads, writes })
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
    connection: Option<(Client, PostgresStatements)>,
}

impl Worker {
    fn start(
        config: &Config,
        options: &OpenOptions,
        purpose: Purpose,
        lane: i64,
        queue: &Queue,
    ) -> Result<()> {
        let mut worker = Self {
            config: config.clone(),
            limit: options.read_limit,
            purpose,
            lane,
            connection: None,
        };
        if lane == 0 {
            worker.connect()?;
        }
        let queue = queue.clone();
        std::thread::Builder::new()
            .name(format!(
                "database-{}-{lane}",
                if purpose == Purpose::Read {
                    "reader"
                } else {
                    "writer"
                }
            ))
            .spawn(move || worker.run(&queue))
            .map(drop)
            .map_err(|error| Error::Unavailable(error.to_string()))
    }

    fn run(mut self, queue: &Queue) {
        while let Some(mut job) = queue.pop() {
            let fate = self.attempt(job.as_mut());
            job.finish(fate);
        }
    }

    fn connect(&mut self) -> Result<&mut (Client, PostgresStatements)> {
        let mut client = self.config.connect(NoTls)?;
        let limit = if self.purpose == Purpose::Read {
            self.limit.as_millis()
        } else {
            0
        };
        client.batch_execute(&format!(
            "SET statement_timeout = {limit}; SET timezone = 'UTC'"
        ))?;
        Ok(self.connection.insert((client, PostgresStatements::new())))
    }

    /// Runs a job until it is stored, refused, or has met too much trouble.
    fn attempt(&mut self, job: &mut dyn Job) -> Result<()> {
        let mut reconnected = false;
        for attempt in 1..=ATTEMPTS {
            match self.once(job) {
                Err(Trouble {
                    error: Error::Conflict,
                    ..
                }) if attempt < ATTEMPTS => self.back_off(attempt),
                // Before the commit was sent nothing can have been stored, so once more is safe.
                Err(Trouble {
                    error: Error::Unavailable(_),
                    committing: false,
                }) if !reconnected => {
                    reconnected = true;
                    self.connection = None;
                }
                Err(trouble) => {
                    if matches!(trouble.error, Error::Unavailable(_)) {
                        self.connection = None;
                    }
                    return Err(trouble.error);
                }
                Ok(()) => return Ok(()),
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
        let transaction = match purpose {
            Purpose::Read => builder
                .isolation_level(IsolationLevel::RepeatableRead)
                .read_only(true),
            Purpose::Write => builder.isolation_level(IsolationLevel::Serializable),
        }
        .start()
        .map_err(Error::from)?;
        let mut tx = Transaction::new(Engine::Postgres(transaction, statements), lane);
        match job.run(&mut tx) {
            Ok(()) if purpose == Purpose::Write => tx.commit().map_err(|error| Trouble {
                error,
                committing: true,
            }),
            // Dropping the transaction rolls it back.
            Err(Failed::Database(
                error @ (Error::Conflict | Error::Unavailable(_) | Error::DiskFull),
            )) => Err(error.into()),
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
