//! What was measured, as a table for people and as JSON for machines.

use std::io::{Write as _, stdout};
use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

/// One measurement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// How many were done.
    pub(crate) count: u32,
    /// In how long.
    pub(crate) wall: Duration,
    /// With how much CPU time of this process.
    pub(crate) cpu: Duration,
}

impl Measured {
    fn rate(self) -> f64 {
        f64::from(self.count) / self.wall.as_secs_f64()
    }

    fn cpu_microseconds(self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / f64::from(self.count.max(1))
    }
}

#[derive(Default)]
pub(crate) struct Report {
    writes: Vec<(&'static str, usize, Measured)>,
    requests: Vec<(&'static str, &'static str, Measured)>,
}

impl Report {
    pub(crate) fn writes(&mut self, database: &'static str, writers: usize, measured: Measured) {
        self.writes.push((database, writers, measured));
    }

    pub(crate) fn requests(
        &mut self,
        database: &'static str,
        request: &'static str,
        measured: Measured,
    ) {
        self.requests.push((database, request, measured));
    }

    /// How many times the rate of a single writer.
    fn ratio(&self, database: &str, measured: Measured) -> f64 {
        let alone = self
            .writes
            .iter()
            .find(|(name, writers, _)| *name == database && *writers == 1);
        alone.map_or(f64::NAN, |(_, _, alone)| measured.rate() / alone.rate())
    }

    pub(crate) fn print_table(&self) -> Result<()> {
        let mut out = stdout().lock();
        writeln!(
            out,
            "Durable writes, each a person and an audit entry in one transaction"
        )?;
        writeln!(
            out,
            "{:<12}{:>8}{:>12}{:>16}{:>14}",
            "database", "writers", "a second", "× one writer", "CPU µs each"
        )?;
        for (database, writers, measured) in &self.writes {
            writeln!(
                out,
                "{database:<12}{writers:>8}{:>12.0}{:>16.1}{:>14.1}",
                measured.rate(),
                self.ratio(database, *measured),
                measured.cpu_microseconds()
            )?;
        }
        writeln!(out, "\nRequests over HTTP from 64 connections")?;
        writeln!(
            out,
            "{:<12}{:>8}{:>12}{:>30}",
            "database", "request", "a second", "server's CPU µs each"
        )?;
        for (database, request, measured) in &self.requests {
            writeln!(
                out,
                "{database:<12}{request:>8}{:>12.0}{:>30.1}",
                measured.rate(),
                measured.cpu_microseconds()
            )?;
        }
        Ok(())
    }

    pub(crate) fn print_json(&self) -> Result<()> {
        let writes: Vec<Value> = self
            .writes
            .iter()
            .map(|(database, writers, measured)| {
                json!({
                    "database": database,
                    "writers": writers,
                    "per_second": measured.rate(),
                    "times_one_writer": self.ratio(database, *measured),
                    "cpu_microseconds": measured.cpu_microseconds(),
                })
            })
            .collect();
        let requests: Vec<Value> = self
            .requests
            .iter()
            .map(|(database, request, measured)| {
                json!({
                    "database": database,
                    "request": request,
                    "per_second": measured.rate(),
                    "server_cpu_microseconds": measured.cpu_microseconds(),
                })
            })
            .collect();
        let all = json!({ "writes": writes, "requests": requests });
        writeln!(stdout(), "{all:#}")?;
        Ok(())
    }
}
