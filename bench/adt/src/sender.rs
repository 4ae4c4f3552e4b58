//! Hospitals that send one message and wait for its answer before the next.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use stour_hl7v2::mllp::frame;

/// Where a frame ends; a carriage return follows.
const END: u8 = 0x1c;

/// Sends every stay over one of the connections, its messages in order, and counts the answers that accept.
pub(crate) fn send(to: SocketAddr, stories: &[Vec<Vec<u8>>], connections: usize) -> Result<usize> {
    thread::scope(|scope| {
        let senders: Vec<_> = (0..connections)
            .map(|number| {
                scope.spawn(move || one(to, stories.iter().skip(number).step_by(connections)))
            })
            .collect();
        senders
            .into_iter()
            .map(|sender| {
                sender
                    .join()
                    .map_err(|_| anyhow::anyhow!("a sender panicked"))?
            })
            .sum()
    })
}

/// Sends every message in its turn, one each `apart`, shared out over the connections; gives how long each answer took.
pub(crate) fn send_paced(
    to: SocketAddr,
    messages: &[Vec<u8>],
    connections: u32,
    apart: Duration,
) -> Result<Vec<Duration>> {
    let begun = Instant::now();
    let parts = usize::try_from(connections)?;
    thread::scope(|scope| {
        let senders: Vec<_> = (0..connections)
            .map(|number| {
                scope.spawn(move || {
                    let mut sender = Sender::connect(to)?;
                    let own = messages
                        .iter()
                        .skip(usize::try_from(number)?)
                        .step_by(parts);
                    (0..)
                        .zip(own)
                        .map(|(turn, message)| {
                            let due = apart * (turn * connections + number);
                            thread::sleep(due.saturating_sub(begun.elapsed()));
                            let sent = Instant::now();
                            anyhow::ensure!(sender.is_accepted(message)?, "a message was refused");
                            Ok(sent.elapsed())
                        })
                        .collect::<Result<Vec<_>>>()
                })
            })
            .collect();
        let mut took = Vec::new();
        for sender in senders {
            let sender = sender.join();
            took.extend(sender.map_err(|_| anyhow::anyhow!("a sender panicked"))??);
        }
        Ok(took)
    })
}

fn one<'s>(to: SocketAddr, stories: impl Iterator<Item = &'s Vec<Vec<u8>>>) -> Result<usize> {
    let mut sender = Sender::connect(to)?;
    let mut accepted = 0;
    for message in stories.flatten() {
        accepted += usize::from(sender.is_accepted(message)?);
    }
    Ok(accepted)
}

/// One connection.
struct Sender {
    stream: TcpStream,
    answers: BufReader<TcpStream>,
    answer: Vec<u8>,
}

impl Sender {
    fn connect(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).context("connecting over MLLP")?;
        stream.set_nodelay(true)?;
        let answers = BufReader::new(stream.try_clone()?);
        Ok(Self {
            stream,
            answers,
            answer: Vec::new(),
        })
    }

    /// Sends a message and waits for its answer.
    fn is_accepted(&mut self, message: &[u8]) -> Result<bool> {
        self.stream.write_all(&frame(message)?)?;
        self.answer.clear();
        self.answers.read_until(END, &mut self.answer)?;
        Ok(self.answer.windows(6).any(|part| part == b"MSA|AA"))
    }
}
