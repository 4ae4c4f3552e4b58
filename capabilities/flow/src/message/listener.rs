//! The MLLP listener. A message is answered after it has been stored for good and before anybody
//! looks at what it says; what cannot be stored is not accepted.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use stour_database::Database;
use stour_hl7v2::mllp::{Event, Fault, FrameReader, frame};
use stour_kernel::{Environment, Id};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::arrivals::{Arrivals, Storeroom};
use super::receipt::{Incoming, LARGEST, given_up, incoming, refused};

/// How the listener behaves.
#[derive(Debug, Clone, Copy)]
pub struct Listening {
    /// Refuse messages marked as training or debugging (MSH-11 `T`, `D`).
    pub live: bool,
    /// The largest message, in bytes.
    pub largest: usize,
    /// How many senders may be connected; others wait.
    pub connections: usize,
    /// How long half a message, or an unread answer, is waited for.
    pub patience: Duration,
    /// How long a connection may be silent.
    pub silence: Duration,
}

impl Default for Listening {
    fn default() -> Self {
        Self {
            live: true,
            largest: LARGEST,
            connections: 64,
            patience: Duration::from_mins(1),
            silence: Duration::from_hours(1),
        }
    }
}

/// How many messages of one connection are stored together.
const TOGETHER: usize = 64;
/// How many of their bytes.
const BYTES_TOGETHER: usize = 4 * LARGEST;

/// Takes in messages until the process ends. `arrivals` is told of what was stored.
pub async fn listen(
    socket: TcpListener,
    database: Database,
    environment: Environment,
    listening: Listening,
    arrivals: Arc<Arrivals>,
) {
    let storeroom = Storeroom::open(database, environment.clone(), arrivals);
    let places = Arc::new(Semaphore::new(listening.connections));
    loop {
        // A sender for whom there is no place waits in the system's queue.
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        match socket.accept().await {
            Ok((stream, peer)) => {
                let desk = Desk {
                    storeroom: storeroom.clone(),
                    environment: environment.clone(),
                    listening,
                    peer: peer.ip().to_string(),
                };
                tokio::spawn(async move {
                    desk.serve(stream, peer).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a hospital's connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Serves one connection.
struct Desk {
    storeroom: Storeroom,
    environment: Environment,
    listening: Listening,
    peer: String,
}

impl Desk {
    async fn serve<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, peer: SocketAddr) {
        let mut reader = FrameReader::new(stream, self.listening.largest);
        let mut garbage = false;
        while let Some(first) = self.next(&mut reader).await {
            let mut events = vec![first];
            self.gather(&mut reader, &mut events).await;
            // Garbage is noted once: a sender of nothing else must not fill the disk.
            events.retain(|event| !is_garbage(event) || !std::mem::replace(&mut garbage, true));
            let batch: Vec<Incoming> = events
                .into_iter()
                .map(|event| match event {
                    Event::Frame(bytes) => incoming(bytes, &self.peer, self.listening.live),
                    Event::Fault(fault) => refused(&fault, &self.peer),
                })
                .collect();
            if !self.take(&batch, reader.get_mut()).await {
                break;
            }
        }
        tracing::debug!(%peer, "a hospital's connection has ended");
    }

    /// The next thing in the stream; none when it has ended, or been silent for too long.
    async fn next<S: AsyncRead + Unpin>(&self, reader: &mut FrameReader<S>) -> Option<Event> {
        let wait = self.listening.patience;
        let mut silent = Duration::ZERO;
        loop {
            let had_begun = reader.is_within_frame();
            match timeout(wait, reader.next()).await {
                Ok(event) => return event.ok().flatten(),
                Err(_) if reader.is_within_frame() && !had_begun => {}
                Err(_) if had_begun => {
                    tracing::warn!(
                        peer = self.peer,
                        "half a message came and no more for too long"
                    );
                    self.storeroom.store(vec![given_up(wait, &self.peer)]).await;
                    return None;
                }
                Err(_) => {
                    silent += wait;
                    if silent >= self.listening.silence {
                        return None;
                    }
                }
            }
        }
    }

    /// What has arrived already, to be stored together with the first.
    async fn gather<S: AsyncRead + Unpin>(
        &self,
        reader: &mut FrameReader<S>,
        events: &mut Vec<Event>,
    ) {
        let mut bytes = 0;
        while events.len() < TOGETHER && bytes < BYTES_TOGETHER {
            let more = tokio::select! {
                biased;
                event = reader.next() => event.ok().flatten(),
                () = std::future::ready(()) => None,
            };
            let Some(event) = more else { return };
            if let Event::Frame(frame) = &event {
                bytes += frame.len();
            }
            events.push(event);
        }
    }

    /// Stores and answers; false when the connection is of no more use.
    async fn take<W: AsyncWrite + Unpin>(&self, batch: &[Incoming], stream: &mut W) -> bool {
        if batch.is_empty() {
            return true;
        }
        let stored = self.storeroom.store(batch.to_vec()).await;
        let now = self.environment.now();
        let mut answers = Vec::new();
        for one in batch.iter().filter(|one| one.is_answered) {
            let id: Id = self.environment.id();
            let answer = if stored {
                one.answer(id, now)
            } else {
                one.not_now(id, now)
            };
            match frame(&answer) {
                Ok(framed) => answers.extend_from_slice(&framed),
                Err(error) => {
                    tracing::error!(%error, "an answer could not be framed");
                    return false;
                }
            }
        }
        let written = timeout(self.listening.patience, async {
            stream.write_all(&answers).await?;
            stream.flush().await
        });
        matches!(written.await, Ok(Ok(())))
    }
}

fn is_garbage(event: &Event) -> bool {
    matches!(event, Event::Fault(Fault::Garbage { .. }))
}
