//! Time that one search takes, in milliseconds.

use std::time::Instant;

use anyhow::{Context as _, Result};

/// What one search took.
pub(crate) struct Spent {
    /// CPU time of all threads of this process, in milliseconds.
    pub(crate) cpu: f64,
    /// Time on the wall, in milliseconds.
    pub(crate) wall: f64,
}

/// Runs something and tells what it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Spent)> {
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
