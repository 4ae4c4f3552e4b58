//! Where the messages of all connections are stored, those together that came meanwhile; and what the worker must know of
//! it: that something has come, and that senders wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use stour_database::Database;
use stour_kernel::Environment;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Notify, oneshot};
use tokio::time::timeout_at;

use super::receipt::Incoming;
use super::store;

/// How many messages one transaction stores, unless one connection brought more.
const TOGETHER: usize = 256;

/// What the listener tells the worker.
#[derive(Debug, Default)]
pub struct Arrivals {
    came: Notify,
    storing: Notify,
    waiting: AtomicUsize,
}

impl Arrivals {
    /// Returns once something has been stored since it was last asked.
    pub(super) async fn next(&self) {
        self.came.notified().await;
    }

    /// Returns when the next messages begin to be stored: what is written meanwhile is committed with them.
    pub(super) async fn next_storing(&self) {
        self.storing.notified().await;
    }

    /// Whether a sender waits for its message to be stored.
    pub(super) fn is_anybody_waiting(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

/// Messages of one connection, and where to say whether they were stored.
struct Handed {
    messages: Vec<Incoming>,
    answer: oneshot::Sender<bool>,
}

/// Takes messages from any number of connections. No connection hands over more before it has its answer, so what waits
/// here is bounded by their number.
#[derive(Debug, Clone)]
pub(super) struct Storeroom {
    handed: UnboundedSender<Handed>,
    arrivals: Arc<Arrivals>,
}

impl std::fmt::Debug for Handed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} messages", self.messages.len())
    }
}

impl Storeroom {
    /// Opens one, for as long as anybody has it.
    pub(super) fn open(
        database: Database,
        environment: Environment,
        arrivals: Arc<Arrivals>,
    ) -> Self {
        let (handed, taken) = unbounded_channel();
        let told = arrivals.clone();
        tokio::spawn(async move { store_all(taken, &database, &environment, &told).await });
        Self { handed, arrivals }
    }

    /// Stores messages, and says whether they are there for good.
    pub(super) async fn store(&self, messages: Vec<Incoming>) -> bool {
        let (answer, stored) = oneshot::channel();
        let _waits = Waits::new(&self.arrivals);
        let handed = self.handed.send(Handed { messages, answer });
        handed.is_ok() && stored.await.unwrap_or(false)
    }
}

/// A sender waits for as long as this lives.
struct Waits<'a>(&'a Arrivals);

impl<'a> Waits<'a> {
    fn new(arrivals: &'a Arrivals) -> Self {
        arrivals.waiting.fetch_add(1, Ordering::Relaxed);
        Self(arrivals)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn store_all(
    mut taken: UnboundedReceiver<Handed>,
    database: &Database,
    environment: &Environment,
    arrivals: &Arrivals,
) {
    let (mut expected, mut took) = (1, Duration::ZERO);
    while let Some(first) = taken.recv().await {
        let together = gather(&mut taken, first, expected, took).await;
        let all = together.iter().flat_map(|handed| &handed.messages).cloned();
        let began = Instant::now();
        arrivals.storing.notify_waiters();
        let stored = write(database, environment, all.collect()).await;
        took = began.elapsed();
        expected = together.len() + taken.len();
        for handed in together {
            // What one connection brought must not keep out what others did.
            let stored = stored || write(database, environment, handed.messages).await;
            // A connection that has gone needs no answer.
            let _ = handed.answer.send(stored);
        }
        arrivals.came.notify_one();
    }
}

/// What waits, and what is on its way: connections that were answered a moment ago send again at once while they have more, and one that
/// came a moment too late would wait for the disk twice. So as many are waited for as there were, but no longer than the disk took last.
async fn gather(
    taken: &mut UnboundedReceiver<Handed>,
    first: Handed,
    expected: usize,
    at_most: Duration,
) -> Vec<Handed> {
    let mut count = first.messages.len();
    let mut together = vec![first];
    let until = tokio::time::Instant::now() + at_most;
    while count < TOGETHER {
        let next = if together.len() < expected {
            timeout_at(until, taken.recv()).await.ok().flatten()
        } else {
            taken.try_recv().ok()
        };
        let Some(next) = next else { break };
        count += next.messages.len();
        together.push(next);
    }
    together
}

async fn write(database: &Database, environment: &Environment, messages: Vec<Incoming>) -> bool {
    let (environment, count) = (environment.clone(), messages.len());
    let stored = database
        .write(move |tx| store::keep(tx, &environment, &messages))
        .await;
    if let Err(error) = &stored {
        tracing::error!(%error, messages = count, "hospital messages could not be stored");
    }
    stored.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed() -> Handed {
        let (answer, _) = oneshot::channel();
        Handed {
            messages: Vec::new(),
            answer,
        }
    }

    /// How many are gathered where so many lie there, and so many more come a moment later.
    fn gathered(there: usize, later: usize, expected: usize, at_most: Duration) -> usize {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (send, mut taken) = unbounded_channel();
            for _ in 0..there {
                send.send(handed()).unwrap();
            }
            let more = send.clone();
            tokio::spawn(async move {
                for _ in 0..later {
                    tokio::task::yield_now().await;
                    more.send(handed()).unwrap();
                }
            });
            gather(&mut taken, handed(), expected, at_most).await.len()
        })
    }

    #[test]
    fn as_many_are_waited_for_as_there_were_and_what_is_there_is_always_taken() {
        let (never, long) = (Duration::ZERO, Duration::from_hours(1));
        assert_eq!(gathered(0, 3, 1, long), 1, "nobody else is expected");
        assert_eq!(gathered(0, 3, 4, long), 4, "and nobody waits for a fifth");
        assert_eq!(gathered(5, 0, 2, long), 6, "what lies there comes too");
        assert_eq!(
            gathered(0, 0, 4, never),
            1,
            "who does not come is not waited for"
        );
        assert_eq!(gathered(2, 0, 9, never), 3);
    }
}
