//! How fast hospital messages are taken in for good, worked through, and added up anew: by a server of its own on an empty
//! SQLite database, over MLLP, with 1, 8 and 64 connections that each send one message and wait for its answer.
//!
//! Acknowledgements a second depend on the disk and on whoever shares the machine; their ratio and the CPU of a message
//! hardly do.

mod sender;
mod server;
mod stories;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};

use server::Server;

/// How many connections send at once.
const CONNECTIONS: [usize; 3] = [1, 8, 64];
/// How many messages are sent over 64 connections; fewer go over one, which takes as long.
const MESSAGES: usize = 24_000;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().map(PathBuf::from);
    let program = program.context("usage: stour-bench-adt PROGRAM [MESSAGES]")?;
    let messages = match arguments.next() {
        Some(number) => number.to_string_lossy().parse()?,
        None => MESSAGES,
    };
    let mut alone = None;
    for connections in CONNECTIONS {
        let share = match connections {
            1 => messages / 12,
            8 => messages / 3,
            _ => messages,
        };
        let stories = stories::make(share / stories::EACH)?;
        let sent: usize = stories.iter().map(Vec::len).sum();
        let server = Server::start(&program)?;
        let before = server.cpu()?;
        let begun = Instant::now();
        let answers = sender::send(server.mllp(), &stories, connections)?;
        let acknowledged = begun.elapsed();
        server.wait_until_worked_through()?;
        let (settled, used) = (begun.elapsed(), server.cpu()?.saturating_sub(before));
        anyhow::ensure!(answers == sent, "{answers} of {sent} were accepted");
        let a_second = rate(sent, acknowledged.as_secs_f64());
        let ratio = a_second / *alone.get_or_insert(a_second);
        let each = used.as_secs_f64() * 1e6 / number(sent);
        say(&format!(
            "{connections:>2} connections: {a_second:.0} acknowledged a second, {ratio:.1} times one; \
             {each:.0} µs of CPU a message until it is in the records; worked through {:.1} s after the first was sent, {sent} messages",
            settled.as_secs_f64(),
        ));
        if connections == CONNECTIONS.into_iter().max().unwrap_or_default() {
            let data = server.stop()?;
            let (said, wall, cpu) = server::rebuild(&program, &data)?;
            say(said.trim());
            say(&format!(
                "added up anew: {:.0} messages a second, {:.0} µs of CPU each, the start of the program included",
                rate(sent, wall.as_secs_f64()),
                cpu.as_secs_f64() * 1e6 / number(sent),
            ));
        }
    }
    Ok(())
}

fn rate(count: usize, seconds: f64) -> f64 {
    number(count) / seconds
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[expect(
    clippy::print_stdout,
    reason = "what was measured is what this program is for"
)]
fn say(line: &str) {
    println!("{line}");
}
