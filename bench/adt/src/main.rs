//! How fast hospital messages are taken in for good, worked through, and added up anew: by a server of its own on an empty
//! SQLite database, over MLLP, with 1, 8 and 64 connections that each send one message and wait for its answer.
//!
//! Then a busy hour: so many messages over two connections, as from two trusts, one after the other at even distances.
//!
//! Acknowledgements a second depend on the disk and on whoever shares the machine; their ratio and the CPU of a message
//! hardly do.

mod sender;
mod server;
mod stories;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

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
    peak(&program)?;
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

/// The messages of an hour, ten times as many as the busiest hour of two trusts has, in a minute.
///
/// The two of Dorset had some 26,400 attendances and 8,600 emergency admissions in July 2025 (NHS England, A&E attendances
/// and emergency admissions); with as many planned admissions, three messages an attendance and eight a stay that is 7,000
/// messages a day. A twelfth of them in the busiest hour is an assumption, as are the messages of each.
const PEAK: usize = 10 * 7_000 / 12;
/// In how long they are sent.
const WITHIN: Duration = Duration::from_mins(1);

fn peak(program: &Path) -> Result<()> {
    let stories = stories::make(PEAK.div_ceil(stories::EACH))?;
    // Turn by turn, so that many stays go on at a time.
    let messages: Vec<Vec<u8>> = (0..stories::EACH)
        .flat_map(|turn| stories.iter().filter_map(move |story| story.get(turn)))
        .cloned()
        .collect();
    let server = Server::start(program)?;
    let (before, begun) = (server.cpu()?, Instant::now());
    let apart = WITHIN / u32::try_from(messages.len())?;
    let mut took = sender::send_paced(server.mllp(), &messages, 2, apart)?;
    let sent = begun.elapsed();
    server.wait_until_worked_through()?;
    let behind = begun.elapsed().saturating_sub(sent);
    let used = server.cpu()?.saturating_sub(before);
    took.sort_unstable();
    let milliseconds = |share: usize| {
        let at = took.len().saturating_sub(1) * share / 100;
        took.get(at).map_or(0.0, |took| took.as_secs_f64() * 1e3)
    };
    say(&format!(
        "{} messages over two connections in {:.0} s: acknowledged within {:.1} ms (half), {:.1} (99 of 100), {:.1} (all); \
         the last was in the records {:.0} ms after its acknowledgement; {:.1} s of CPU",
        took.len(),
        sent.as_secs_f64(),
        milliseconds(50),
        milliseconds(99),
        milliseconds(100),
        behind.as_secs_f64() * 1e3,
        used.as_secs_f64(),
    ));
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
