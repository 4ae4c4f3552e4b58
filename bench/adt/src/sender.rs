//! Hospitals that send one message and wait for its answer before the next.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;

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

fn one<'s>(to: SocketAddr, stories: impl Iterator<Item = &'s Vec<Vec<u8>>>) -> Result<usize> {
    let mut stream = TcpStream::connect(to).context("connecting over MLLP")?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let (mut accepted, mut answer) = (0, Vec::new());
    for message in stories.flatten() {
        stream.write_all(&frame(message)?)?;
        answer.clear();
        answers.read_until(END, &mut answer)?;
        accepted += usize::from(answer.windows(6).any(|part| part == b"MSA|AA"));
    }
    Ok(accepted)
}
