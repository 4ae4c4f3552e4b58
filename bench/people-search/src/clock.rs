//! Time that a piece of work takes, in milliseconds.

use std::time::Instant;

use anyhow::{Context as _, Result};

/// What a piece of work took.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// CPU time of all threads of this process, in milliseconds.
    pub cpu: f64,
    /// Time on the wall, in milliseconds.
    pub wall: f64,
}

/// Runs something and tells what it took. Threads that ended meanwhile are not counted.
///
/// # Errors
/// Those of the work, and when this is not Linux.
pub fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Spent)> {
    let (cpu, began) = (cpu()?, Instant::now());
    let value = work()?;
    let wall = began.elapsed().as_secs_f64() * 1e3;
    Ok((
        value,
        Spent {
            cpu: self::cpu()? - cpu,
            wall,
        },
    ))
}

/// CPU time of all threads that live, in milliseconds, counted by the scheduler in nanoseconds.
fn cpu() -> Result<f64> {
    let mut total = 0.0;
    for task in std::fs::read_dir("/proc/self/task").context("Linux is needed to measure")? {
        let text = std::fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        let on_cpu = text
            .split_whitespace()
            .next()
            .and_then(|field| field.parse::<f64>().ok());
        total += on_cpu.unwrap_or(0.0);
    }
    Ok(total / 1e6)
}

/// CPU time of this process since it began, threads that have ended included, in seconds, to a hundredth.
///
/// # Errors
/// When this is not Linux.
pub fn process_cpu() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").context("Linux is needed to measure")?;
    // The name of the program, in brackets, may hold spaces; user and system time are fields 14 and 15.
    let (_, fields) = text.rsplit_once(')').context("a line of /proc/self/stat")?;
    let times = fields.split_whitespace().skip(11).take(2);
    Ok(times
        .filter_map(|time| time.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0)
}
