//! CPU time that this process has used.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// What Linux counts process times in, on every architecture that it runs on today.
const TICK: Duration = Duration::from_millis(10);

/// User and system time of all threads of this process since it began.
pub(crate) fn used() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("Linux is needed to measure")?;
    // The second field is the program's name in brackets, which may hold spaces.
    let (_, fields) = stat.rsplit_once(')').context("/proc/self/stat")?;
    let ticks: u32 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u32>().unwrap_or(0))
        .sum();
    Ok(TICK * ticks)
}
