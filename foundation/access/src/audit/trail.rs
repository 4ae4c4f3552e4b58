//! Recording what leaves no other trace: an entry is in the database, in the audit file, or the answer is not given.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use stour_database::{Database, Transaction};
use stour_kernel::Environment;
use tokio::sync::oneshot;

use super::entry::{AuditEntry, AuditId, StoredEntry};
use super::file::{FileError, LANE, Writer};
use super::store::{append, entries_after, heads};

const PAGE: i64 = 1000;
const BATCH: usize = 1000;
/// How long an entry that nobody waits for may stay without its copy.
const IDLE: Duration = Duration::from_secs(1);

/// Neither the database nor the audit file could keep the record. Answer 503 and show nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the audit cannot be written, so nothing was shown")]
pub struct NoAudit;

/// How often something happened that somebody must look at. For the health page.
#[derive(Debug, Default)]
pub struct Alarms {
    /// Decisions refused because the policies could not be evaluated.
    pub policy_faults: AtomicU64,
    /// Entries that the database did not take.
    pub database_failures: AtomicU64,
    /// Times the audit file could not be written, or was ahead of the database.
    pub file_failures: AtomicU64,
}

impl Alarms {
    /// All of them together: nought is healthy.
    pub fn total(&self) -> u64 {
        [
            &self.policy_faults,
            &self.database_failures,
            &self.file_failures,
        ]
        .into_iter()
        .fold(0, |sum, counter| {
            sum.saturating_add(counter.load(Ordering::Relaxed))
        })
    }
}

/// The audit's two places. Clones share them.
#[derive(Clone, Debug)]
pub struct AuditTrail {
    database: Database,
    env: Environment,
    file: Option<SyncSender<Command>>,
    folder: Option<PathBuf>,
    alarms: Arc<Alarms>,
}

enum Command {
    /// Copy whatever the database has and the file lacks.
    Follow(oneshot::Sender<bool>),
    /// The database could not take this one.
    Keep(Box<AuditEntry>, oneshot::Sender<bool>),
}

impl AuditTrail {
    /// The trail in this database and, when a folder is given, in files there. A thread of its own copies entries from
    /// the database to the file, many with one write, and ends when the last clone is dropped.
    pub fn start(
        database: Database,
        env: Environment,
        folder: Option<&Path>,
    ) -> Result<AuditTrail, FileError> {
        let alarms = Arc::new(Alarms::default());
        let mut file = None;
        if let Some(folder) = folder {
            let writer = Writer::open(folder, &env.today().to_string())?;
            let (sender, receiver) = sync_channel(BATCH);
            let copier = Copier {
                writer,
                database: database.clone(),
                env: env.clone(),
                alarms: Arc::clone(&alarms),
            };
            std::thread::spawn(move || copier.run(&receiver));
            file = Some(sender);
        }
        Ok(AuditTrail {
            database,
            env,
            file,
            folder: folder.map(Path::to_owned),
            alarms,
        })
    }

    /// The alarms, for the health page.
    pub fn alarms(&self) -> &Alarms {
        &self.alarms
    }

    /// The database in which the entries are.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The clock, randomness and identifiers the trail uses.
    pub fn environment(&self) -> &Environment {
        &self.env
    }

    /// The audit file's folder.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Records an entry in the writer's own transaction, with what it changed.
    pub fn append(
        &self,
        tx: &mut Transaction<'_>,
        entry: &AuditEntry,
    ) -> stour_database::Result<StoredEntry> {
        append(tx, &self.env, entry)
    }

    /// Records an entry in a transaction of its own. Returns once the database has it and the file has its copy, or one
    /// of the two when the other fails, which raises an alarm.
    pub async fn record(&self, entry: AuditEntry) -> Result<(), NoAudit> {
        let (env, copy) = (self.env.clone(), entry.clone());
        let stored = self.database.write(move |tx| append(tx, &env, &copy)).await;
        match stored {
            Ok(_) => {
                self.copied().await;
                Ok(())
            }
            Err(error) => {
                self.alarms
                    .database_failures
                    .fetch_add(1, Ordering::Relaxed);
                tracing::error!(%error, "the database did not take an audit entry");
                if self
                    .tell(|reply| Command::Keep(Box::new(entry), reply))
                    .await
                {
                    Ok(())
                } else {
                    Err(NoAudit)
                }
            }
        }
    }

    /// Waits until the file has a copy of everything committed so far: for after a write whose entry was appended in
    /// its own transaction. True when it has, or when there is no file.
    pub async fn copied(&self) -> bool {
        self.file.is_none() || self.tell(Command::Follow).await
    }

    async fn tell(&self, command: impl FnOnce(oneshot::Sender<bool>) -> Command) -> bool {
        let Some(file) = self.file.clone() else {
            return false;
        };
        let (reply, answer) = oneshot::channel();
        let command = command(reply);
        // A full queue makes its senders wait, which must not hold up the async workers.
        let sent = match file.try_send(command) {
            Ok(()) => true,
            Err(std::sync::mpsc::TrySendError::Full(command)) => {
                tokio::task::spawn_blocking(move || file.send(command).is_ok())
                    .await
                    .unwrap_or(false)
            }
            Err(std::sync::mpsc::TrySendError::Disconnected(_)) => false,
        };
        sent && answer.await.unwrap_or(false)
    }
}

/// Copies entries to the file, on a thread of its own.
struct Copier {
    writer: Writer,
    database: Database,
    env: Environment,
    alarms: Arc<Alarms>,
}

impl Copier {
    fn run(mut self, commands: &Receiver<Command>) {
        loop {
            let first = match commands.recv_timeout(IDLE) {
                Ok(command) => Some(command),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let batch: Vec<Command> = first
                .into_iter()
                .chain(commands.try_iter().take(BATCH))
                .collect();
            self.serve(batch);
        }
        // What was committed last must not wait for the next start.
        self.serve(Vec::new());
    }

    fn serve(&mut self, batch: Vec<Command>) {
        if let Err(error) = self.writer.roll(&self.env.today().to_string()) {
            self.alarm(&error);
        }
        let (mut kept, mut keepers, mut followers) = (Vec::new(), Vec::new(), Vec::new());
        for command in batch {
            match command {
                Command::Follow(reply) => followers.push(reply),
                Command::Keep(entry, reply) => {
                    kept.push(*entry);
                    keepers.push(reply);
                }
            }
        }
        let kept = self.keep(&kept);
        for reply in keepers {
            let _ = reply.send(kept);
        }
        // Nobody waits on an idle round: the database being away is then its own alarm, not the file's.
        let followed = self.follow(!followers.is_empty());
        for reply in followers {
            let _ = reply.send(followed);
        }
    }

    /// Entries that the database could not take, in the file's own lane.
    fn keep(&mut self, entries: &[AuditEntry]) -> bool {
        let mut sequence = self.writer.position(LANE);
        let mut stored = Vec::with_capacity(entries.len());
        for entry in entries {
            sequence = sequence.saturating_add(1);
            let (id, at) = (self.env.id::<AuditId>(), self.env.now());
            stored.push(StoredEntry::chain(
                entry,
                (LANE, sequence),
                id,
                at,
                String::new(),
            ));
        }
        self.put(stored)
    }

    fn put(&mut self, entries: Vec<StoredEntry>) -> bool {
        if entries.is_empty() {
            return true;
        }
        match self.writer.append(entries) {
            Ok(()) => true,
            Err(error) => {
                self.alarm(&error);
                false
            }
        }
    }

    fn alarm(&self, error: &FileError) {
        self.alarms.file_failures.fetch_add(1, Ordering::Relaxed);
        tracing::error!(%error, "the audit file could not be written");
    }

    fn follow(&mut self, waited_for: bool) -> bool {
        let Ok(heads) = self.database.read_blocking(heads) else {
            return !waited_for;
        };
        for (lane, (head, _)) in heads {
            if head < self.writer.position(lane) {
                self.alarms.file_failures.fetch_add(1, Ordering::Relaxed);
                tracing::error!(
                    lane,
                    head,
                    "the audit file is ahead of the database: run `stour audit verify`"
                );
                return false;
            }
            while self.writer.position(lane) < head {
                let after = self.writer.position(lane);
                let page = self
                    .database
                    .read_blocking(move |tx| entries_after(tx, lane, after, PAGE));
                let page = match page {
                    Ok(page) if !page.is_empty() => page,
                    _ => return false,
                };
                if !self.put(page) {
                    return false;
                }
            }
        }
        true
    }
}
